import { formatValue, type QueryRecord } from '../../core/index.ts';
import { identifier, joinSql, keyword, type Row, runStep, sql, type Warehouse } from '../../stores/index.ts';
import type { Costs } from '../costs.ts';
import { addUp, caseParts, runInParts } from '../queries/case-parts.ts';
import type { Edge } from '../queries/edges.ts';
import { type FixedDays, stepsOnFixedDays } from '../queries/fixed-days.ts';
import { type OutcomeMeasure, outcomeGap } from '../queries/outcome-gap.ts';
import { repeatsIn } from '../queries/rework.ts';
import type { WaitEdge, Waits } from '../queries/work-waits.ts';
import { byTotalTime, waitsOn } from '../results/time.ts';
import type { FindWorkspace } from '../workspace.ts';
import { type Finding, findingKey } from './finding.ts';
import { casesWithInducedWork, inducedWork } from './induced-work.ts';
import { sameAsOutcome } from './same-as-outcome.ts';
import { waitSizes } from './wait-costs.ts';
import { waitTitle } from './wait-title.ts';

type SquaredRow = Row & { readonly from: string; readonly to: string; readonly squared: number };

const most = 8;
const leastShare = 0.02;

/**
 * Sums over cases of the square of their days on each connection, which give the intervals of the days: of the days of
 * each wait, and of what cases add that pass a connection more than once, whose first step `step_repeats` names.
 */
async function squaredDays(
  warehouse: Warehouse,
  edges: readonly Edge[],
  log: QueryRecord[],
): Promise<(edge: Edge) => number | null> {
  if (edges.length === 0) return () => null;
  const days = sql`(next_wait / 86400.0)`;
  const named = sql`step as ${identifier('from')}, next_step as ${identifier('to')}`;
  const singly = await runStep<SquaredRow>(
    warehouse,
    {
      name: 'squared_waits',
      purpose: 'The squares of the days of each wait on each connection, for intervals.',
      sql: sql`select ${named}, sum(${days} * ${days}) as squared from work_waits where next_step is not null group by step, next_step`,
    },
    log,
  );
  const together = await runInParts<SquaredRow>(
    warehouse,
    await caseParts(warehouse),
    (part) => ({
      name: 'squared_waits_again',
      purpose:
        'What the squares of the days of a case add to that where it passes a connection more than once.',
      sql: sql`select ${named}, sum(days * days - squares) as squared
from (select case_id, step, next_step, sum(${days}) as days, sum(${days} * ${days}) as squares
  from work_waits join (select case_id as repeating, step as again from (${repeatsIn(part)}) as r) as r on repeating = case_id and again = step
  where next_step is not null and ${part} group by case_id, step, next_step having count(*) > 1) as d group by step, next_step`,
    }),
    log,
  );
  const sums = addUp([...singly, ...together], ['from', 'to']);
  return ({ from, to }) => sums.find((row) => row.from === from && row.to === to)?.squared ?? null;
}

/** The mean wait, in seconds, of those that wait longer than nine in ten on a connection; null where there are none. */
async function tailWaits(
  warehouse: Warehouse,
  edges: readonly Edge[],
  log: QueryRecord[],
): Promise<(edge: Edge) => number | null> {
  if (edges.length === 0) return () => null;
  const those = joinSql(
    edges.map(
      ({ from, to, p90 }) =>
        sql`(step = ${from} and next_step = ${to} and next_wait > cast(${p90} as double))`,
    ),
    ' or ',
  );
  // One comparison with a number that the engine may read files by: it leaves few rows for those of texts.
  const least = keyword(String(Math.floor(Math.min(...edges.map(({ p90 }) => p90)))));
  const rows = await runStep<Row & { from: string; to: string; mean: number }>(
    warehouse,
    {
      name: 'longest_waits',
      purpose:
        'How long those wait, on average, that wait longer than nine in ten on the longest connections.',
      sql: sql`select step as ${identifier('from')}, next_step as ${identifier('to')}, avg(next_wait) as mean
from work_waits where next_wait > ${least} and (${those}) group by step, next_step`,
    },
    log,
  );
  return ({ from, to }) => rows.find((row) => row.from === from && row.to === to)?.mean ?? null;
}

/** What to ask of a wait, and of whom. */
function questionOf(workspace: FindWorkspace, edge: Edge, fixed: FixedDays | undefined): string {
  if (waitsOn(workspace, edge) === 'the applicant')
    return `Could what is asked for at "${edge.from}" be asked earlier, or not at all?`;
  if (fixed)
    return `"${edge.to}" falls on a ${fixed.days.join(' or ')} in ${formatValue(fixed.share, 'share')} of cases, as a run on fixed days would: could it be done on more days?`;
  return `Ask those who do "${edge.to}" what a case waits for after "${edge.from}".`;
}

/**
 * The longest waits, longest first: at most eight, each at least 2% of all elapsed time. Where nine
 * in ten do not wait at all there is no finding.
 */
export function longestWaits({ edges, elapsed }: Waits): readonly WaitEdge[] {
  return byTotalTime(edges)
    .filter(({ total, p90 }) => p90 > 0 && total >= leastShare * elapsed)
    .slice(0, most);
}

/** How far a wait can be told from work: by recorded starts, or not at all. */
function howSure({ timed, count }: WaitEdge): string {
  if (timed === 0)
    return 'Sound as time on the calendar. What fills it, work or waiting, cannot be told from one time a step.';
  if (timed === count)
    return 'Sound: from the recorded finish of one step to the recorded start of the next, with the work of both left out.';
  return `Where the finish of one step and the start of the next are recorded (${formatValue(timed / count, 'share')} of these waits), the work of both is left out; in the others work and waiting cannot be told apart.`;
}

/** The longest waits as findings. Needs `work_waits`, `step_repeats`, and `contact_facts` where `hasContacts`. */
export async function waitFindings(
  workspace: FindWorkspace,
  waits: Waits,
  cases: number,
  hasContacts: boolean,
  costs: Costs,
  measure: OutcomeMeasure | null,
  log: QueryRecord[],
): Promise<readonly Finding[]> {
  const chosen = longestWaits(waits);
  const findings: Finding[] = [];
  const { warehouse, loaded } = workspace;
  const squared = await squaredDays(warehouse, chosen, log);
  const induced = await inducedWork(warehouse, loaded.charter, chosen, hasContacts, costs, log);
  const tail = await tailWaits(workspace.warehouse, chosen, log);
  const ends = [...new Set(chosen.map(({ to }) => to))];
  const fixedDays = await stepsOnFixedDays(workspace.warehouse, ends, log);
  const ofTime = measure?.reads.times
    ? 'Not held against the outcome, which counts the same time: that cases which wait longer miss it more often is arithmetic, and no sign of a cause.'
    : null;
  for (const [i, edge] of chosen.entries()) {
    const passing = sql`select case_id from work_waits where step = ${edge.from} and next_step = ${edge.to}`;
    // From a step to itself: each such case has the step twice, which the outcome may be about.
    const same = edge.from === edge.to ? sameAsOutcome(measure, [edge.to]) : null;
    // A wait is held against its own length: nearly every case may pass the connection, most of them quickly.
    const longest = sql`${passing} and next_wait > cast(${edge.p90} as double)`;
    const gap =
      measure && same === null && !measure.reads.times
        ? await outcomeGap(
            workspace.warehouse,
            { ...measure, counted: sql`${measure.counted} and case_id in (${passing})` },
            `outcome_wait_${i + 1}`,
            {
              affected: longest,
              times: sql`select case_id, ${identifier('at')} from work_waits where false`,
            },
            log,
          )
        : null;
    findings.push({
      id: `wait-${i + 1}`,
      key: findingKey('wait', edge.from, edge.to),
      pattern: 'wait',
      isElapsed: edge.timed === 0,
      title: waitTitle(edge, tail(edge)),
      cases: edge.cases,
      share: cases === 0 ? 0 : edge.cases / cases,
      ...waitSizes(edge, squared(edge), induced(edge), hasContacts, costs),
      // Nearly every case may pass both of two connections: they are still two waits.
      affected: null,
      about: [edge.from, edge.to],
      longest: { affected: longest, among: passing },
      induced: induced(edge) ? casesWithInducedWork(loaded.charter, edge, hasContacts, costs) : null,
      sameAsOutcome: same,
      outcomeNote: same === null ? ofTime : null,
      gap,
      confidence: howSure(edge),
      evidence: edge.timed > 0 ? 'find/waits' : 'find/time',
      question: questionOf(workspace, edge, fixedDays.get(edge.to)),
    });
  }
  return findings;
}
