import {
  countOf,
  type Figure,
  formatValue,
  leastCases,
  listInWords,
  type QueryRecord,
  type Result,
  type Table,
  wilson,
} from '../../core/index.ts';
import {
  type AgeBand,
  type ContactKind,
  countLimits,
  type FailureFigures,
  usualRepeatDays,
} from '../failure-demand/index.ts';
import { forHundredCaseWeeks, weekOfWaitingInWords } from '../findings/failure-demand.ts';
import type { FindWorkspace } from '../workspace.ts';
import { makeResult, shareCall } from './make-result.ts';
import { sparedBySooner, steppedWedge } from './sooner.ts';

const question = 'How many contacts are there only because we failed the first time, and what brings them?';
const method =
  'Failure demand: contacts caused by a failure to do something, or to do it right, for the person (the idea is Seddon’s; wording ours). Kinds by the reasons that the charter names; else by rule: chasing, where the case is open and has not moved since the contact before; a repeat on the same matter; within ten days of a letter; followed within 14 days by work done again. What no rule tells is unknown and always shown.';

/** What the kinds of contacts are called. */
export const contactKindWords: Readonly<Record<ContactKind, string>> = {
  value: 'What the service is there for',
  chasing: 'Chasing: asking how it is getting on',
  clarifying: 'Clarifying a letter, form or decision',
  correcting: 'Something was done wrong',
  complaint: 'Complaint or appeal',
  other: 'Other failure',
  repeat: 'Came again on the same matter',
  unknown: 'Unknown',
};

const inSentence: Readonly<Record<ContactKind, string>> = {
  ...contactKindWords,
  chasing: 'chasing',
  clarifying: 'asking what a letter or decision means',
  correcting: 'putting something right',
  complaint: 'complaints and appeals',
  other: 'other failures',
  repeat: 'coming again on the same matter',
};

/** Without contacts there is nothing to tell; one Result says what would help. */
export function noContactsResult(workspace: FindWorkspace, queries: readonly QueryRecord[]): Result {
  return makeResult(workspace, {
    id: 'failure-demand',
    question,
    method,
    queries,
    status: 'cannot-tell',
    answer: 'Cannot tell: the workspace holds no contacts.',
    next: [
      'Add calls, letters and messages with `wellspent add FILE --as contacts`, with the case and the reason of each.',
    ],
  });
}

/** "under 7 days", "7 to 14 days", "56 days and over". */
function ageInWords({ from, to }: AgeBand): string {
  if (to === null) return from === 0 ? 'any age' : `${countOf(from, 'day')} and over`;
  return from === 0 ? `under ${countOf(to, 'day')}` : `${from} to ${countOf(to, 'day')}`;
}

/** What waiting after a step brings, by the age of the case; none where one band holds all. */
function byAgeTable(step: string, byAge: readonly AgeBand[]): readonly Table[] {
  const bands = byAge.filter((band) => band.step === step && band.failure >= leastCases);
  if (bands.length < 2) return [];
  return [
    {
      id: 'by-age',
      title: `While cases wait after "${step}": contacts by how old the case is`,
      columns: [
        { key: 'age', title: 'Age of the case', type: 'text' },
        { key: 'days', title: 'Days of waiting, all cases', type: 'count', ofNobody: true },
        { key: 'failure', title: 'Contacts that a failure brings', type: 'count' },
        { key: 'rate', title: 'For 1,000 days of waiting', type: 'number', derivedFrom: ['failure'] },
        { key: 'low', title: 'At least (95%)', type: 'number', derivedFrom: ['rate'] },
        { key: 'high', title: 'At most (95%)', type: 'number', derivedFrom: ['rate'] },
        { key: 'week', title: 'For 100 cases waiting a week', type: 'number', derivedFrom: ['rate'] },
      ],
      rows: bands.map((band) => {
        const limits = countLimits(band.failure);
        const each = (n: number) => (1000 * n) / band.days;
        return {
          age: ageInWords(band),
          days: Math.round(band.days),
          failure: band.failure,
          rate: each(band.failure),
          low: each(limits.low),
          high: each(limits.high),
          week: forHundredCaseWeeks(band),
        };
      }),
      notes: [
        'Age: days since the first step of the case. Ages with fewer than ten contacts are joined to the next.',
      ],
    },
  ];
}

/** Contacts by kind, by the step their case waited in, and how many come again. */
export function failureDemandResult(
  workspace: FindWorkspace,
  { kinds, waiting, byAge, repeats, repeated, sooner }: FailureFigures,
  years: number | null,
  queries: readonly QueryRecord[],
): Result {
  const of = (kind: ContactKind) => kinds.find((row) => row.kind === kind)?.contacts ?? 0;
  const whole = kinds.reduce((sum, { contacts }) => sum + contacts, 0);
  const unknown = of('unknown');
  const failure = whole - unknown - of('value');
  const classified = whole - unknown;
  const base = { id: 'failure-demand', question, method, queries } as const;
  if (whole < leastCases)
    return makeResult(workspace, {
      ...base,
      status: 'cannot-tell',
      answer: 'Cannot tell: there are fewer than ten contacts.',
      next: ['Add an extract of contacts that covers more time.'],
    });
  const kindRows = kinds.filter(({ contacts }) => contacts >= leastCases);
  const rows = waiting.filter(({ contacts, failure: n }) => contacts >= leastCases && n >= leastCases);
  const share = classified === 0 ? null : failure / classified;
  const bounds = { low: failure / whole, high: (failure + unknown) / whole };
  const known = kinds.filter(({ kind }) => kind !== 'value' && kind !== 'unknown');
  const minutes = known.reduce((sum, row) => sum + (row.minutes ?? 0), 0);
  const pounds = known.reduce((sum, row) => sum + (row.pounds ?? 0), 0);
  const mapped = workspace.loaded.charter.contacts;
  const allMinutes = kinds.reduce((sum, row) => sum + (row.minutes ?? 0), 0);
  const named = mapped?.value !== undefined || mapped?.failure !== undefined;
  const most = known.filter(({ contacts }) => contacts >= 0.2 * failure).map(({ kind }) => inSentence[kind]);
  const [first] = rows;
  const fromWaiting = first
    ? ` Most come while a case waits after "${first.step}"${weekOfWaitingInWords(first, byAge)}.`
    : '';
  const spared = first ? sparedBySooner(first.step, sooner, { whole, minutes: allMinutes, years }) : null;
  const range =
    unknown === 0
      ? ''
      : ` Between ${formatValue(bounds.low, 'share')} and ${formatValue(bounds.high, 'share')} of all, since ${countOf(unknown, 'contact')} cannot be told.`;
  const figure = (id: string, name: string, value: number | null, unit: Figure['unit']): Figure => ({
    id,
    name,
    value,
    unit,
    interval: null,
    period: null,
  });
  // Fewer than half told apart: the share among those is of little use.
  const mostUnknown = unknown * 2 > whole;
  const answer =
    share === null || mostUnknown
      ? `Cannot tell how much is failure demand: ${formatValue(unknown / whole, 'share')} of ${countOf(whole, 'contact')} have no reason that tells.${range}${fromWaiting}`
      : `${formatValue(share, 'share')} of contacts whose kind is known are there because something failed${most.length > 0 ? `, mostly ${listInWords(most)}` : ''}.${range}${fromWaiting}${spared?.words ?? ''}`;
  return makeResult(workspace, {
    ...base,
    status: share === null || mostUnknown ? 'cannot-tell' : 'caution',
    answer,
    figures: [
      {
        ...figure('failure-share', 'Failure demand, of contacts whose kind is known', share, 'share'),
        interval: classified === 0 ? null : wilson(failure, classified),
      },
      ...(unknown === 0
        ? []
        : [
            figure('failure-at-least', 'At least, of all contacts', bounds.low, 'share'),
            figure('failure-at-most', 'At most, of all contacts', bounds.high, 'share'),
          ]),
      figure('unknown-share', 'Contacts whose kind is unknown', unknown / whole, 'share'),
      figure('contacts', 'Contacts that people made', whole, 'count'),
      figure('repeats', 'Came again on the same matter', repeated, 'count'),
      ...(minutes > 0
        ? [figure('failure-hours', 'Hours of handling failure demand', minutes / 60, 'hours')]
        : []),
      ...(pounds > 0 ? [figure('failure-pounds', 'Staff cost of handling it', pounds, 'pounds')] : []),
      ...(spared ? [spared.figure] : []),
    ],
    tables: [
      {
        id: 'kinds',
        title: 'Contacts by kind',
        columns: [
          { key: 'kind', title: 'Kind', type: 'text' },
          { key: 'contacts', title: 'Contacts', type: 'count' },
          { key: 'share', title: 'Share of all', type: 'share' },
          { key: 'hours', title: 'Hours of handling', type: 'hours' },
          { key: 'pounds', title: 'Staff cost', type: 'pounds' },
        ],
        rows: kindRows.map((row) => ({
          kind: contactKindWords[row.kind],
          contacts: row.contacts,
          share: row.contacts / whole,
          hours: row.minutes === null ? null : row.minutes / 60,
          pounds: row.pounds,
        })),
        notes: ['Kinds of fewer than ten contacts are left out of the table and kept in the totals.'],
      },
      {
        id: 'while-waiting',
        title: 'What cases waited after when the contact came',
        columns: [
          { key: 'step', title: 'Waiting after', type: 'text' },
          { key: 'failure', title: 'Contacts that a failure brings', type: 'count' },
          { key: 'share', title: 'Share of them', type: 'share' },
          { key: 'contacts', title: 'All contacts', type: 'count' },
          { key: 'cases', title: 'Cases', type: 'count' },
          { key: 'rate', title: 'For 1,000 days of waiting', type: 'number', derivedFrom: ['failure'] },
          { key: 'low', title: 'At least (95%)', type: 'number', derivedFrom: ['rate'] },
          { key: 'high', title: 'At most (95%)', type: 'number', derivedFrom: ['rate'] },
          { key: 'week', title: 'For 100 cases waiting a week', type: 'number', derivedFrom: ['rate'] },
          { key: 'pounds', title: 'Staff cost', type: 'pounds' },
        ],
        rows: rows.map((row) => {
          const limits = countLimits(row.failure);
          const each = (n: number) => (row.days > 0 ? (1000 * n) / row.days : null);
          return {
            step: row.step,
            failure: row.failure,
            share: failure === 0 ? null : row.failure / failure,
            contacts: row.contacts,
            cases: row.cases,
            rate: each(row.failure),
            low: each(limits.low),
            high: each(limits.high),
            week: forHundredCaseWeeks(row),
            pounds: row.pounds,
          };
        }),
        notes: ['Steps with fewer than ten contacts are left out of the table.'],
      },
      ...(first ? byAgeTable(first.step, byAge) : []),
      ...(spared ? [spared.table] : []),
      {
        id: 'again',
        title: 'Contacts that come again on the same matter',
        columns: [
          { key: 'days', title: 'Within days', type: 'count', ofNobody: true },
          { key: 'repeats', title: 'Contacts', type: 'count' },
          { key: 'share', title: 'Share of all', type: 'share' },
        ],
        rows: repeats.map(({ days, repeats: n }) => ({ days, repeats: n, share: n / whole })),
        notes: [
          `A repeat counts within ${mapped?.repeat_days ?? usualRepeatDays} days of the contact before, on the same case, or by the same person for the same reason.`,
        ],
      },
    ],
    charts:
      rows.length > 1
        ? [
            {
              id: 'while-waiting',
              kind: 'bar',
              title: `Contacts that a failure brings come most while cases wait after "${rows[0]?.step}"`,
              description: 'Contacts caused by a failure, by the step after which the case was waiting.',
              table: 'while-waiting',
              xTitle: 'Contacts that a failure brings',
              xUnit: 'count',
              bars: rows
                .slice(0, 10)
                .map((row) => ({ label: row.step, parts: [{ name: 'contacts', value: row.failure }] })),
            },
          ]
        : [],
    caveats: [
      ...(named
        ? []
        : [
            'The charter names no reasons of contacts, so only rules could tell: first contacts that chase are among the unknown.',
          ]),
      ...(spared ? [spared.caveat] : []),
      'A contact made while a case waits may be about something else. Listening to a sample of 200, with the people who answer, tells more.',
    ],
    next: [
      ...(spared && first ? [steppedWedge(first.step, workspace)] : []),
      named
        ? 'Listen to a sample of these contacts with the people who answer them, and agree what would have spared each.'
        : 'Name the reasons of contacts in the charter, under "contacts": which are what the service is there for, and which are not.',
    ],
    method,
    recompute: classified === 0 ? [] : [shareCall(failure, classified)],
  });
}
