import type { Claim } from './claim.ts';
import type { Classification } from './classify-claim.ts';

/** A saving as it was claimed or reported in public, and what it is by the Framework's rules. */
export interface PublishedClaim {
  readonly text: string;
  readonly source: string;
  readonly claim: Claim;
  readonly expected: Omit<Classification, 'rules'>;
}

/** The reasons of a claim of which the source gives a definition and a baseline, and no more. */
const nothingShown = ['G4', 'G5', 'G6', 'G7', 'G8', 'G9', 'G10', 'G11'];
const claimed = (
  reasons: readonly string[],
  cash: NonNullable<Classification['cash']>,
  extra: Partial<PublishedClaim['expected']> = {},
): PublishedClaim['expected'] => ({
  verdict: 'efficiency (claimed, not shown)',
  reasons,
  cls: 'not-evidenced',
  budget_falls: cash === 'cash-releasing',
  cash,
  type: 'technical',
  ...extra,
});
const failed = (
  verdict: string,
  cls: Classification['cls'],
  reasons: readonly string[],
  budget_falls = false,
): PublishedClaim['expected'] => ({ verdict, reasons, cls, budget_falls });

/**
 * Savings of British public bodies as claimed or reported. A claim holds what the source says and no more:
 * whatever it leaves open is not known. The verdict is on the claim as published, not on the service.
 */
export const publishedClaims: readonly PublishedClaim[] = [
  {
    text: 'Efficiency Programme, gains without a robust baseline, among the 23% that may be substantially incorrect',
    source: 'NAO, The Efficiency Programme: a second review of progress (2007)',
    claim: { definition: 'Efficiency Technical Note', baseline: null, evidence: 'self-report' },
    expected: failed('not classifiable', 'not-classifiable', ['G1']),
  },
  {
    text: 'Efficiency Programme, the 51% of £13.3bn that represent efficiency with some uncertainty',
    source: 'NAO, The Efficiency Programme: a second review of progress (2007)',
    claim: {
      definition: 'Efficiency Technical Note',
      baseline: '2003-04',
      saving_gbp: 6_783_000_000,
      monetised: true,
      counterfactual: 'none',
      evidence: 'self-report',
    },
    expected: claimed(nothingShown, 'non-cash-releasing'),
  },
  {
    text: 'Value for money savings of which the auditors doubted some, among them gains that were counted elsewhere',
    source: 'NAO, Progress with VFM savings and lessons for cost reduction programmes (2010)',
    claim: {
      definition: 'value for money delivery agreement',
      baseline: '2007-08',
      duplicate_of: 'another programme of the same department',
    },
    expected: failed('not an efficiency', 'not-an-efficiency', ['G3']),
  },
  {
    text: 'HMRC personal tax: staff released before demand fell; callers pay £4 for each £1 saved (per £17m saved, at £17 an hour)',
    source: 'NAO, The quality of service for personal taxpayers (2016)',
    claim: {
      definition: 'cost of personal tax operations',
      baseline: '2010-11',
      saving_gbp: 17_000_000,
      budget_reduced: true,
      shifted_citizen_hours: 4_000_000,
      citizen_rate_gbp: 17,
      evidence: 'measured',
    },
    expected: claimed(['G4', 'G5', 'G6', 'G7', 'G8', 'G9', 'G10'], 'cash-releasing', {
      notes: ['net of citizen time: GBP -51000000', 'false economy: citizens pay more than the saving'],
    }),
  },
  {
    text: 'NHS: £4.3bn moved from capital to revenue budgets, 2014-15 to 2018-19, maintenance left for later',
    source: 'NAO, Review of capital expenditure in the NHS (2020)',
    claim: {
      definition: 'capital budget',
      baseline: '2014-15',
      saving_gbp: 4_300_000_000,
      budget_reduced: true,
      deferred: true,
      evidence: 'measured',
    },
    expected: failed('not an efficiency', 'deferral', ['G7'], true),
  },
  {
    text: 'Aircraft carriers delayed by up to two years: £450m less in the first years, £674m more over all',
    source: 'NAO, Ministry of Defence: Major Projects Report 2009',
    claim: {
      definition: 'cost of the Queen Elizabeth class',
      baseline: 'plan of 2007',
      saving_gbp: 450_000_000,
      budget_reduced: true,
      deferred: true,
      evidence: 'measured',
    },
    expected: failed('not an efficiency', 'deferral', ['G7'], true),
  },
  {
    text: 'Court reform: £133m claimed as saved by the end of 2018-19, effect not told apart from other changes',
    source: 'NAO, Transforming courts and tribunals: a progress update (2019)',
    claim: {
      definition: 'running cost of courts and tribunals',
      baseline: '2014-15',
      saving_gbp: 133_000_000,
      budget_reduced: true,
      counterfactual: 'none',
      evidence: 'self-report',
    },
    expected: claimed(nothingShown, 'cash-releasing'),
  },
  {
    text: 'Universal Credit: £8bn a year of benefit to society, which cannot all be measured',
    source: 'NAO, Rolling out Universal Credit (2018)',
    claim: {
      definition: 'business case',
      baseline: 'the six benefits it replaces',
      saving_gbp: 8_000_000_000,
      monetised: true,
      counterfactual: 'none',
    },
    expected: claimed(nothingShown, 'non-cash-releasing'),
  },
  {
    text: 'Prisons: budget down 13% from 2009-10 to 2016-17, while incidents of self-harm rose 73% from 2012 to 2016',
    source: 'NAO, Mental health in prisons (2017)',
    claim: {
      definition: 'budget of the prison service; safety as its outcome',
      baseline: '2009-10',
      budget_reduced: true,
      input: [-0.13, null, null],
      outcome: [-0.73, null, null],
      evidence: 'measured',
    },
    expected: failed('not an efficiency', 'not-an-efficiency', ['G9'], true),
  },
  {
    text: 'Councils withdraw supported bus services to spend less',
    source: 'NAO, Financial sustainability of local authorities (2018)',
    claim: {
      definition: 'net current spending',
      baseline: '2010-11',
      intends_less: true,
      budget_reduced: true,
      evidence: 'measured',
    },
    expected: failed('non-efficiency saving', 'non-efficiency-saving', ['G2'], true),
  },
  {
    text: 'Civil legal aid: fewer kinds of case covered, about £300m a year less',
    source: 'NAO, Implementing reforms to civil legal aid (2014)',
    claim: {
      definition: 'civil legal aid spending',
      baseline: '2012-13',
      intends_less: true,
      saving_gbp: 300_000_000,
      budget_reduced: true,
      evidence: 'measured',
    },
    expected: failed('non-efficiency saving', 'non-efficiency-saving', ['G2'], true),
  },
  {
    text: 'Railway lines and stations closed to cut the loss',
    source: 'British Railways Board, The Reshaping of British Railways (1963)',
    claim: { definition: 'working loss', baseline: '1961', intends_less: true, budget_reduced: true },
    expected: failed('non-efficiency saving', 'non-efficiency-saving', ['G2'], true),
  },
  {
    text: 'Consult, an assistant that sorts consultation replies, could save 75,000 days a year, worth £20m',
    source: 'Department for Science, Innovation and Technology, press release (May 2025)',
    claim: {
      definition: 'days of analysis',
      baseline: 'analysis by hand',
      saving_gbp: 20_000_000,
      monetised: true,
      counterfactual: 'none',
    },
    expected: claimed(nothingShown, 'non-cash-releasing'),
  },
  {
    text: 'An office assistant saves civil servants 26 minutes a day, as they reported',
    source: 'Government Digital Service, Microsoft 365 Copilot experiment (2025)',
    claim: {
      definition: 'minutes a day, by survey',
      baseline: 'without the assistant',
      counterfactual: 'none',
      evidence: 'self-report',
    },
    expected: claimed(nothingShown, 'not monetised'),
  },
  {
    text: 'Shared service centres: £90m saved so far for £94m spent',
    source: 'NAO, Shared service centres (2016)',
    claim: {
      definition: 'cost of back-office functions',
      baseline: '2011-12',
      saving_gbp: 90_000_000,
      budget_reduced: true,
      counterfactual: 'none',
    },
    expected: claimed(nothingShown, 'cash-releasing'),
  },
  {
    text: 'GOV.UK Verify: £217m of benefits estimated, which the auditors could not replicate',
    source: 'NAO, Investigation into Verify (2019)',
    claim: {
      definition: 'benefits of identity checks online',
      baseline: '2015-16',
      saving_gbp: 217_000_000,
      monetised: true,
      evidence: 'self-report',
    },
    expected: claimed(nothingShown, 'non-cash-releasing'),
  },
  {
    text: 'Paper tax disc ended: £10m a year saved at DVLA, while duty lost rose from about £35m to £80m a year',
    source:
      'Department for Transport, Vehicle excise duty evasion statistics 2015 (all of the rise put down to it)',
    claim: {
      definition: 'cost of licensing vehicles',
      baseline: '2013',
      saving_gbp: 10_000_000,
      shifted_public_gbp: 45_000_000,
      budget_reduced: true,
      outcome: [-0.008, null, null],
      evidence: 'measured',
      counterfactual: 'none',
    },
    expected: failed('not an efficiency', 'cost-shift', ['G8'], true),
  },
  {
    text: 'NHS: £5.8bn of efficiency savings in 2011-12, as its bodies reported',
    source: 'NAO, Progress in making NHS efficiency savings (2012)',
    claim: {
      definition: 'quality, innovation, productivity and prevention',
      baseline: '2010-11',
      saving_gbp: 5_800_000_000,
      monetised: true,
      evidence: 'self-report',
    },
    expected: claimed(nothingShown, 'non-cash-releasing'),
  },
  {
    text: 'Troubled Families: £1.2bn of costs avoided, gross, as councils reported',
    source: 'Committee of Public Accounts, Troubled families: progress review (2016)',
    claim: {
      definition: 'costs avoided by families turned around',
      baseline: 'the year before each family joined',
      saving_gbp: 1_200_000_000,
      monetised: true,
      counterfactual: 'none',
      evidence: 'self-report',
    },
    expected: claimed(nothingShown, 'non-cash-releasing'),
  },
  {
    text: 'Digital by default: £1.7bn to £1.8bn a year that could be saved, most of it in staff time',
    source: 'Cabinet Office, Digital Efficiency Report (2012)',
    claim: {
      definition: 'cost of transactions',
      baseline: '2011-12',
      saving_gbp: 1_700_000_000,
      monetised: true,
      counterfactual: 'none',
    },
    expected: claimed(nothingShown, 'non-cash-releasing'),
  },
  {
    text: 'London stroke services brought into eight hyperacute units: deaths within 90 days down 1.1 points (0.1 to 2.1) beside the rest of England',
    source: 'Morris and others, BMJ 2014;349:g4757',
    claim: {
      definition: 'alive 90 days after admission',
      baseline: '2008 to 2009',
      outcome: [0.011, 0.001, 0.021],
      counterfactual: 'the rest of England, difference in differences',
      evidence: 'measured',
      redesigned_inputs_processes_outputs: true,
    },
    expected: claimed(['G4', 'G6', 'G7', 'G8'], 'not monetised', { type: 'allocative' }),
  },
  {
    text: 'Court interpreters from one contractor: cheaper, with far fewer bookings filled than the 98% required',
    source: "NAO, The Ministry of Justice's language services contract (2012)",
    claim: {
      definition: 'cost of interpreters in court',
      baseline: '2010-11',
      saving_gbp: 15_000_000,
      budget_reduced: true,
      floor_broken: true,
      evidence: 'measured',
    },
    expected: failed('not an efficiency', 'not-an-efficiency', ['G4'], true),
  },
  {
    text: 'Adult social care: spending down 8% in real terms from 2010-11 to 2012-13, three quarters of it because less care was provided',
    source: 'NAO, Adult social care in England: overview (2014)',
    claim: {
      definition: 'spending of councils on adult social care',
      baseline: '2010-11',
      budget_reduced: true,
      input: [-0.08, null, null],
      output: [-0.06, null, null],
      evidence: 'measured',
    },
    expected: claimed(['G4', 'G5', 'G7', 'G8', 'G9', 'G10'], 'cash-releasing'),
  },
  {
    text: 'All public services 2017: inputs down 0.8%, output down 0.2%, productivity up 0.6%',
    source: 'ONS, Quarterly UK public service productivity, January 2019 (rounded figures taken as exact)',
    claim: {
      definition: 'quality-adjusted output',
      baseline: '2016',
      input: [-0.008, null, null],
      output: [-0.002, null, null],
      counterfactual: 'none',
      evidence: 'measured',
    },
    expected: claimed(['G4', 'G7', 'G8', 'G9', 'G10'], 'not monetised'),
  },
  {
    text: 'All public services 2001: inputs up 3.1%, output up 4.2%, productivity up 1.1%',
    source: 'ONS, Quarterly UK public service productivity, January 2019 (rounded figures taken as exact)',
    claim: {
      definition: 'quality-adjusted output',
      baseline: '2000',
      input: [0.031, null, null],
      output: [0.042, null, null],
      counterfactual: 'none',
      evidence: 'measured',
    },
    expected: failed('not an efficiency', 'investment', ['G6']),
  },
  {
    text: 'All public services 2016: inputs down 0.2%, output up 1.1%',
    source: 'ONS, Quarterly UK public service productivity, January 2019 (rounded figures taken as exact)',
    claim: {
      definition: 'quality-adjusted output',
      baseline: '2015',
      input: [-0.002, null, null],
      output: [0.011, null, null],
      counterfactual: 'none',
      evidence: 'measured',
    },
    expected: claimed(['G4', 'G7', 'G8', 'G9', 'G10'], 'not monetised'),
  },
];
