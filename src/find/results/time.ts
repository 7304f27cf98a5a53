import {
  durationInWords,
  formatValue,
  leastCases,
  type QueryRecord,
  type Result,
  type Table,
} from '../../core/index.ts';
import type { Edge } from '../queries/edges.ts';
import type { WaitEdge, Waits } from '../queries/work-waits.ts';
import type { FindWorkspace } from '../workspace.ts';
import { makeResult } from './make-result.ts';
import { type MapParts, processMap } from './process-map.ts';

const daySeconds = 86_400;

/** Who a wait after a step is for, by the charter's list of steps after which the service waits for the person. */
export function waitsOn(workspace: FindWorkspace, edge: Pick<Edge, 'from'>): 'the applicant' | 'the service' {
  const applicant = workspace.loaded.charter.steps?.waiting_for_applicant ?? [];
  return applicant.includes(edge.from) ? 'the applicant' : 'the service';
}

/** Connections by the total time between their two steps, longest first; ties by name. */
export function byTotalTime<E extends Edge>(edges: readonly E[]): readonly E[] {
  return edges
    .filter(({ cases }) => cases >= leastCases)
    .toSorted((a, b) => b.total - a.total || (a.from < b.from ? -1 : 1) || (a.to < b.to ? -1 : 1));
}

/** What the times of a log are, in the words of its page. */
interface TimeWords {
  readonly title: string;
  readonly median: string;
  readonly p90: string;
  readonly of: string;
  readonly first: string;
  readonly own: string;
  readonly longer: string;
  readonly total: string;
  readonly largest: string;
  readonly applicant: string;
}

const asTime: TimeWords = {
  title: 'Where time goes, longest in total first',
  median: 'Median time, days',
  p90: 'One in ten takes longer than, days',
  of: 'all elapsed time',
  first: 'The most time passes between',
  own: "Of the time in the service's own hands most passes between",
  longer: 'takes longer than',
  total: 'Elapsed time between steps, all cases',
  largest: 'Share of elapsed time in the longest connection',
  applicant: 'Share of elapsed time spent waiting for the applicant',
};

const asWaiting: TimeWords = {
  title: 'Where cases wait, longest in total first',
  median: 'Median wait, days',
  p90: 'One in ten waits longer than, days',
  of: 'all waiting between steps',
  first: 'Cases wait longest in total between',
  own: "Of the waiting in the service's own hands most is between",
  longer: 'waits longer than',
  total: 'Waiting between steps, all cases',
  largest: 'Share of waiting in the longest connection',
  applicant: 'Share of waiting spent waiting for the applicant',
};

function timeTable(
  workspace: FindWorkspace,
  edges: readonly WaitEdge[],
  whole: number,
  words: TimeWords,
): Table {
  const named = (workspace.loaded.charter.steps?.waiting_for_applicant ?? []).length > 0;
  return {
    id: 'where-time-goes',
    title: words.title,
    columns: [
      { key: 'from', title: 'From', type: 'text' },
      { key: 'to', title: 'To', type: 'text' },
      ...(named ? [{ key: 'waitsOn', title: 'Waits on', type: 'text' } as const] : []),
      { key: 'cases', title: 'Cases', type: 'count' },
      { key: 'times', title: 'Times', type: 'count' },
      { key: 'median', title: words.median, type: 'days' },
      { key: 'p90', title: words.p90, type: 'days' },
      { key: 'days', title: 'Total, days', type: 'count' },
      { key: 'share', title: `Share of ${words.of}`, type: 'share' },
    ],
    rows: edges.map((edge) => ({
      from: edge.from,
      to: edge.to,
      ...(named ? { waitsOn: waitsOn(workspace, edge) } : {}),
      cases: edge.cases,
      times: edge.count,
      median: edge.median / daySeconds,
      p90: edge.p90 / daySeconds,
      days: edge.total / daySeconds,
      share: whole === 0 ? null : edge.total / whole,
    })),
    notes: [
      `Connections of fewer than ${leastCases} cases are left out of the table and kept in the totals.`,
    ],
  };
}

/** What the times are of, and where work and waiting cannot be told apart; `timed` of `count` have both times recorded. */
function caveatsOfTimes(timed: number, count: number): readonly string[] {
  if (timed === 0)
    return ['This is elapsed time between two steps: time on the calendar, work and waiting together.'];
  return [
    'A wait runs from the recorded finish of a step to the recorded start of the next: the work in both is left out.',
    ...(timed < count
      ? [
          `In ${formatValue((count - timed) / count, 'share')} of waits one of the two is not recorded: there work and waiting stand together.`,
        ]
      : []),
  ];
}

/** Where time goes: the ranked table first, then the bars, then the map. Waits are those that findings tell of. */
export function timeResult(
  workspace: FindWorkspace,
  parts: MapParts,
  { edges, elapsed }: Waits,
  ties: number,
  queries: readonly QueryRecord[],
): Result {
  const whole = edges.reduce((sum, { total }) => sum + total, 0);
  const ranked = byTotalTime(edges);
  const [first] = ranked;
  const timed = edges.reduce((sum, edge) => sum + edge.timed, 0);
  const words = timed > 0 ? asWaiting : asTime;
  const table = timeTable(workspace, ranked, whole, words);
  const top = ranked.slice(0, 8);
  const tied = edges.reduce((sum, { count }) => sum + count, 0);
  const question = 'Where are people waiting, and what exactly are they waiting for?';
  const method = `Directly-follows relations with ${timed > 0 ? 'waits from the finish of one step to the start of the next' : 'elapsed time'} (van der Aalst, 2019); quantiles of type 7 (Hyndman and Fan, 1996)`;
  if (!first || whole === 0) {
    return makeResult(workspace, {
      id: 'time',
      question,
      answer: 'Cannot tell: no step is followed by another in ten cases or more with a time between them.',
      status: 'cannot-tell',
      next: ['Add an event log with a time for each step.'],
      method,
      queries,
    });
  }
  const share = formatValue(first.total / whole, 'share');
  const tieShare = tied === 0 ? 0 : ties / tied;
  const applicant = ranked.filter((edge) => waitsOn(workspace, edge) === 'the applicant');
  const applicantShare = applicant.reduce((sum, { total }) => sum + total, 0) / whole;
  const isApplicants = waitsOn(workspace, first) === 'the applicant';
  const own = ranked.find((edge) => waitsOn(workspace, edge) === 'the service');
  const inOwnHands =
    isApplicants && own
      ? ` ${words.own} "${own.from}" and "${own.to}": ${formatValue(own.total / whole, 'share')}.`
      : '';
  return makeResult(workspace, {
    id: 'time',
    question,
    answer:
      `${words.first} "${first.from}" and "${first.to}"${isApplicants ? ', waiting for the applicant' : ''}: ` +
      `${share} of ${words.of}, a median of ${durationInWords(first.median, { beside: first.p90 })}, ` +
      `and one case in ten ${words.longer} ${durationInWords(first.p90)}.${inOwnHands}`,
    status: tieShare > 0.05 ? 'caution' : 'sound',
    figures: [
      {
        id: 'largest-share',
        name: words.largest,
        value: first.total / whole,
        unit: 'share',
        interval: null,
        period: null,
      },
      {
        id: 'total-days',
        name: words.total,
        value: whole / daySeconds,
        unit: 'days',
        interval: null,
        period: null,
      },
      ...(timed > 0
        ? [
            {
              id: 'elapsed-days',
              name: 'Elapsed time between steps, work and waiting together',
              value: elapsed / daySeconds,
              unit: 'days',
              interval: null,
              period: null,
            } as const,
          ]
        : []),
      ...(applicant.length > 0
        ? [
            {
              id: 'applicant-share',
              name: words.applicant,
              value: applicantShare,
              unit: 'share',
              interval: null,
              period: null,
            } as const,
          ]
        : []),
    ],
    tables: [table],
    charts: [
      {
        id: 'time-bars',
        kind: 'bar',
        title: `${top.length} connections hold ${formatValue(top.reduce((sum, { total }) => sum + total, 0) / whole, 'share')} of ${words.of}`,
        description: `Bars of total days between two steps. The longest is from "${first.from}" to "${first.to}".`,
        table: table.id,
        xTitle: 'Days, all cases together',
        xUnit: 'count',
        bars: top.map(({ from, to, total }) => ({
          label: `${from} to ${to}`,
          parts: [{ name: 'Days', value: total / daySeconds }],
        })),
      },
      processMap('process-map', table.id, parts),
    ],
    caveats: [
      ...caveatsOfTimes(timed, tied),
      ...(tieShare > 0.05
        ? [
            `${formatValue(tieShare, 'share')} of events share their instant with the event before: their order is the order of the file.`,
          ]
        : []),
    ],
    next: [
      isApplicants
        ? `Ask whether what people are asked for at "${first.from}" could be asked earlier, in fewer parts, or not at all.`
        : `Ask the people who do the work what a case waits for between "${first.from}" and "${first.to}".`,
    ],
    method,
    queries,
    parameters: { leastCases },
  });
}
