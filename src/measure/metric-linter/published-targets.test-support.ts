import type { KnownDefinition } from '../../define/index.ts';

/** A target or measure as it was published, and the rules that must fire on it, no more and no fewer. */
export interface PublishedMetric {
  readonly text: string;
  readonly source: string;
  readonly definition: KnownDefinition;
  readonly flags: readonly string[];
}

/**
 * Published targets and measures of British public services. A definition holds what the source says of the
 * measure alone; fields it leaves open take their defaults.
 */
export const publishedMetrics: readonly PublishedMetric[] = [
  {
    text: 'Adviser attempts handled by HMRC: 85% of calls from people who want an adviser',
    source: 'NAO, HMRC customer service (May 2024)',
    definition: {
      stat: 'share',
      counts: 'contact',
      denominator_scope: 'conditional',
      excluded_share: null,
      stop_is_final_outcome: false,
      target_history: [{ period: '2022-23', value: 0.85 }],
    },
    flags: ['M02', 'M03', 'M07', 'M17'],
  },
  {
    text: 'Customer correspondence cleared by HMRC within 15 working days, target 80%',
    source: 'NAO, HMRC customer service (May 2024)',
    definition: { stat: 'share', counts: 'contact', within_target: 0.8, stop_is_final_outcome: false },
    flags: ['M02', 'M07', 'M17'],
  },
  {
    text: 'Average days to process new tax credits and Child Benefit claims from the United Kingdom, target 22 days',
    source: 'HMRC, Annual Report and Accounts 2018-19',
    definition: {
      stat: 'mean',
      tail_reported: false,
      target_history: [{ period: '2018-19', value: 22 }],
    },
    flags: ['M06', 'M17'],
  },
  {
    text: 'DVLA: 90% of driving licence applications with a medical condition decided within 90 working days',
    source: 'NAO, Investigation into the management of backlogs in driving licence applications (2022)',
    definition: { stat: 'share', within_target: 0.9, tail_reported: false },
    flags: ['M05', 'M17'],
  },
  {
    text: 'Average wait for a car driving test to be 7 weeks or less by December 2025, later by summer 2026',
    source:
      'DVSA, plan to reduce driving test waiting times (December 2024); Transport Committee (April 2025)',
    definition: {
      stat: 'mean',
      tail_reported: false,
      target_history: [
        { period: '2025', value: 7 },
        { period: '2026', value: 7, easier: true },
      ],
    },
    flags: ['M06', 'M16', 'M17'],
  },
  {
    text: 'Straightforward asylum claims decided within six months, service standard 98%',
    source:
      'Independent Chief Inspector of Borders and Immigration, An inspection of asylum casework (published 2021)',
    definition: {
      stat: 'share',
      denominator_scope: 'conditional',
      excluded_share: null,
      within_target: 0.98,
      tail_reported: false,
      stop_is_final_outcome: false,
    },
    flags: ['M03', 'M05', 'M07', 'M17'],
  },
  {
    text: 'Visit visas: 90% decided in 15 working days, 98% in 30 and 100% in 60',
    source: 'UK Visas and Immigration, customer service standards (2014)',
    definition: { stat: 'share', within_target: 0.9, tail_reported: true },
    flags: ['M17'],
  },
  {
    text: 'A&E: 98% of patients admitted, transferred or discharged within four hours',
    source:
      'Department of Health, The NHS Plan (2000), with the standard of 98% from 2004; Bevan and Hood (2006)',
    definition: { stat: 'share', within_target: 0.98, tail_reported: false, stop_is_final_outcome: false },
    flags: ['M05', 'M07', 'M17'],
  },
  {
    text: 'Consultant-led treatment: 92% of those waiting have waited under 18 weeks; median and 92nd percentile published; clock ends at active monitoring and is void after a missed first appointment',
    source:
      'Department of Health and Social Care, Handbook to the NHS Constitution; NHS England, RTT rules suite',
    definition: {
      stat: 'share',
      within_target: 0.92,
      tail_reported: true,
      clock_restarts_on: ['first appointment missed'],
      stop_is_final_outcome: false,
    },
    flags: ['M04', 'M07', 'M17'],
  },
  {
    text: 'Cancer: 85% begin first treatment within 62 days of an urgent referral, of those treated; the clock is set back after a missed first appointment',
    source: 'NHS England, Cancer Waiting Times guidance; Handbook to the NHS Constitution',
    definition: {
      stat: 'share',
      denominator_scope: 'conditional',
      excluded_share: null,
      within_target: 0.85,
      tail_reported: false,
      clock_restarts_on: ['first appointment missed'],
    },
    flags: ['M03', 'M04', 'M05', 'M17'],
  },
  {
    text: 'Category A ambulance calls reached within eight minutes, target 75%',
    source: 'Bevan and Hamblin, Hitting and missing targets by ambulance services (2009)',
    definition: { stat: 'share', within_target: 0.75, tail_reported: false },
    flags: ['M05', 'M17'],
  },
  {
    text: 'Category 1 ambulance response: mean of 7 minutes, with a 90th percentile of 15 minutes beside it',
    source: 'NHS England, Ambulance Response Programme standards (2017)',
    definition: { stat: 'mean', tail_reported: true, target_history: [{ period: '2018-19', value: 7 }] },
    flags: ['M17'],
  },
  {
    text: 'NHS 111: 95% of calls answered within 60 seconds, with the share abandoned beside it',
    source: 'NHS England, NHS 111 minimum data set',
    definition: {
      stat: 'share',
      counts: 'contact',
      within_target: 0.95,
      tail_reported: false,
      stop_is_final_outcome: false,
      paired: [{ metric: 'calls abandoned', role: 'counter' }],
    },
    flags: ['M02', 'M05', 'M07'],
  },
  {
    text: 'GP appointments within 48 hours, as practices themselves reported on a survey day',
    source: 'Department of Health, The NHS Plan (2000), and the Primary Care Access Survey',
    definition: { stat: 'share', within_target: 1, tail_reported: false, self_reported: true },
    flags: ['M05', 'M09', 'M17'],
  },
  {
    text: '50 million more appointments in general practice a year by 2024',
    source: 'Conservative and Unionist Party manifesto (2019); NHS England, Appointments in General Practice',
    definition: {
      stat: 'count',
      counts: 'contact',
      claims: 'output',
      target_history: [{ period: '2024', value: 50_000_000 }],
    },
    flags: ['M01', 'M02', 'M17'],
  },
  {
    text: '100,000 coronavirus tests a day by the end of April 2020, kits counted when they were posted',
    source: 'UK Statistics Authority, letter to the Secretary of State for Health (2 June 2020)',
    definition: {
      stat: 'count',
      counts: 'event',
      claims: 'output',
      stop_is_final_outcome: false,
      target_history: [{ period: '2020-04', value: 100_000 }],
    },
    flags: ['M01', 'M07', 'M17'],
  },
  {
    text: 'NHS Test and Trace: 80% of the close contacts that were named reached and asked to isolate',
    source: "NAO, The government's approach to test and trace in England: interim report (December 2020)",
    definition: {
      stat: 'share',
      counts: 'person',
      denominator_scope: 'conditional',
      excluded_share: null,
      stop_is_final_outcome: false,
      target_history: [{ period: '2020', value: 0.8 }],
    },
    flags: ['M03', 'M07', 'M17'],
  },
  {
    text: '999 calls to the police answered within 10 seconds, target 90%',
    source: 'Home Office and ACPO, National Call Handling Standards (2005)',
    definition: {
      stat: 'share',
      counts: 'contact',
      within_target: 0.9,
      tail_reported: false,
      stop_is_final_outcome: false,
    },
    flags: ['M02', 'M05', 'M07', 'M17'],
  },
  {
    text: 'Offences brought to justice: 1.25 million a year by 2007-08, cautions and warnings counted',
    source: 'HM Treasury, 2004 Spending Review: public service agreements',
    definition: {
      stat: 'count',
      counts: 'case',
      claims: 'output',
      target_history: [{ period: '2007-08', value: 1_250_000 }],
    },
    flags: ['M01', 'M17'],
  },
  {
    text: '20,000 additional police officers by March 2023',
    source: 'Home Office, Police officer uplift',
    definition: {
      stat: 'count',
      counts: 'input',
      claims: 'outcome',
      target_history: [{ period: '2022-23', value: 20_000 }],
    },
    flags: ['M12', 'M17'],
  },
  {
    text: 'Average response time of fire engines to primary fires, incidents over an hour left out',
    source: 'Home Office, Response times to fires attended by fire and rescue services: England',
    definition: {
      stat: 'mean',
      denominator_scope: 'conditional',
      excluded_share: null,
      tail_reported: false,
    },
    flags: ['M03', 'M06'],
  },
  {
    text: 'Major planning applications decided within 13 weeks or an agreed later date, threshold 60%, beside decisions overturned at appeal',
    source:
      'Ministry of Housing, Communities and Local Government, Improving planning performance: criteria for designation',
    definition: {
      stat: 'share',
      within_target: 0.6,
      tail_reported: false,
      clock_restarts_on: ['extension of time agreed'],
      paired: [{ metric: 'decisions overturned at appeal', role: 'counter' }],
    },
    flags: ['M04', 'M05'],
  },
  {
    text: 'Freedom of information requests answered within 20 working days, 95% being good; the clock starts again when a request is clarified',
    source:
      "Information Commissioner's Office, FOI self-assessment toolkit; Freedom of Information Act 2000, sections 1 and 10",
    definition: {
      stat: 'share',
      within_target: 0.95,
      tail_reported: false,
      clock_restarts_on: ['request clarified'],
    },
    flags: ['M04', 'M05', 'M17'],
  },
  {
    text: "Off-flow: share of claimants who have left Jobseeker's Allowance by 13, 26, 39 and 52 weeks, whatever they left for",
    source: 'NAO, Responding to change in jobcentres (2013)',
    definition: { stat: 'share', counts: 'person', stop_is_final_outcome: false },
    flags: ['M07'],
  },
  {
    text: 'Families turned around in the Troubled Families programme, as councils reported for payment by results',
    source: 'Committee of Public Accounts, Troubled families: progress review (December 2016)',
    definition: { stat: 'share', counts: 'case', self_reported: true },
    flags: ['M09'],
  },
  {
    text: 'Three million apprenticeship starts by 2020',
    source: 'HM Government, English Apprenticeships: Our 2020 Vision (2015)',
    definition: {
      stat: 'count',
      counts: 'event',
      claims: 'output',
      stop_is_final_outcome: false,
      target_history: [{ period: '2020', value: 3_000_000 }],
    },
    flags: ['M01', 'M07', 'M17'],
  },
  {
    text: '60% of 16-year-olds with five GCSEs at grades A* to C or the equivalent by 2008',
    source: 'HM Treasury, 2004 Spending Review: public service agreements',
    definition: { stat: 'share', counts: 'person', within_target: 0.6, tail_reported: false },
    flags: ['M05', 'M17'],
  },
  {
    text: 'First-class letters delivered the next working day, 93%, the Christmas period left out',
    source: 'Ofcom, Designated Universal Service Provider condition 1',
    definition: {
      stat: 'share',
      denominator_scope: 'conditional',
      excluded_share: null,
      within_target: 0.93,
      tail_reported: false,
    },
    flags: ['M03', 'M05', 'M17'],
  },
  {
    text: 'Complaints resolved by the end of the next working day, as energy suppliers publish them for Ofgem',
    source: 'The Gas and Electricity (Consumer Complaints Handling Standards) Regulations 2008',
    definition: { stat: 'share', counts: 'case', self_reported: true },
    flags: ['M09'],
  },
  {
    text: 'Trains on time within 5 or 10 minutes at their last station (PPM), with cancelled and significantly late beside it, target 92.5%',
    source: 'Office of Rail and Road, Periodic Review 2013',
    definition: { stat: 'share', counts: 'event', within_target: 0.925, tail_reported: true },
    flags: ['M17'],
  },
  {
    text: 'Homelessness: prevention duty ended with a home expected to last six months',
    source:
      'Ministry of Housing, Communities and Local Government, Statutory homelessness in England (H-CLIC)',
    definition: { stat: 'share', maturity_days: 182, measured_after_days: 0 },
    flags: ['M10'],
  },
  {
    text: 'Proven reoffending within a year, with six more months for the court',
    source: 'Ministry of Justice, Proven reoffending statistics: definitions and measurement',
    definition: { stat: 'share', counts: 'person', maturity_days: 547, measured_after_days: 547 },
    flags: [],
  },
  {
    text: 'Customer service rating of energy suppliers, with published weights',
    source: 'Citizens Advice, energy supplier star ratings',
    definition: { stat: 'index', claims: 'quality', weights: 'declared' },
    flags: [],
  },
];
