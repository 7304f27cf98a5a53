import {
  formatValue,
  formatWithUnit,
  type Interval,
  leastCases,
  listInWords,
  type QueryRecord,
} from '../../core/index.ts';
import type { Clock, Facts } from '../../define/index.ts';
import { identifier, joinSql, type Row, runStep, type Sql, sql } from '../../stores/index.ts';
import type { Costs } from '../costs.ts';
import { type OutcomeMeasure, outcomeGap } from '../queries/outcome-gap.ts';
import { withoutNearCopies } from '../queries/overlap.ts';
import { timesOf } from '../queries/times-of.ts';
import type { FindWorkspace } from '../workspace.ts';
import { type Finding, findingKey } from './finding.ts';
import { totalInterval } from './total-interval.ts';

/** A mark that goes with restarting: an attribute's value, or a step seen before the restart. */
export interface Precursor {
  readonly label: string;
  /** Share of restarted cases, and of the others, that carry the mark. */
  readonly restarted: number;
  readonly others: number;
  readonly cases: number;
  /** Ids of restarted cases, and of other cases, with the mark. */
  readonly affected: Sql;
}

/** What restarting a clock comes to, in figures that a test can hold against a truth. */
export interface RestartFacts {
  readonly clock: Clock;
  readonly cases: number;
  /** Finished cases, restarted or not. */
  readonly finished: number;
  readonly share: number;
  readonly minutesShare: number | null;
  readonly hours: number | null;
  readonly pounds: number | null;
  readonly hoursInterval: Interval | null;
  readonly poundsInterval: Interval | null;
  readonly understatedMedianDays: number | null;
  readonly missedShareOfAll: number | null;
  readonly precursors: readonly Precursor[];
  readonly precededShare: number | null;
  readonly othersPrecededShare: number | null;
}

const column = (clock: Clock, part: string) => identifier(`${clock.id.replaceAll('-', '_')}_${part}`);

/** The moment a case truly began: the start of a clock with the same start that never restarts, else its first step. */
function trueStart(clock: Clock, clocks: readonly Clock[]): Sql {
  const same = clocks.find(
    (other) => !other.restart?.length && JSON.stringify(other.start) === JSON.stringify(clock.start),
  );
  return same ? sql`${column(same, 'started')}` : sql`first_at`;
}

/** What tells restarted and finished cases apart in `case_facts`, and the days by which the clock reads too short. */
export function restartConditions(
  { warehouse, loaded }: FindWorkspace,
  clock: Clock,
): { readonly restarted: Sql; readonly finished: Sql; readonly understated: Sql } {
  const began = trueStart(clock, loaded.charter.clocks ?? []);
  return {
    restarted: sql`${column(clock, 'restarts')} > 0`,
    finished: sql`${column(clock, 'stopped')} is not null`,
    understated: sql`${warehouse.dialect.secondsBetween(began, sql`${column(clock, 'started')}`)} / 86400.0`,
  };
}

async function attributeMarks(
  workspace: FindWorkspace,
  facts: Facts,
  log: QueryRecord[],
): Promise<readonly Precursor[]> {
  const known = new Set(facts.columns.map(({ name }) => name));
  const marks: Precursor[] = [];
  for (const group of workspace.loaded.charter.groups ?? []) {
    if (!known.has(group.column)) continue;
    const name = identifier(group.column);
    const rows = await runStep<
      Row & { value: string; restarted: number; others: number; allRestarted: number; allOthers: number }
    >(
      workspace.warehouse,
      {
        name: `restarts_by_${group.id}`,
        purpose: `Restarted and other cases by ${group.title}.`,
        sql: sql`select cast(${name} as varchar) as value, sum(restarted) as restarted, sum(1 - restarted) as others,
  sum(sum(restarted)) over () as ${identifier('allRestarted')}, sum(sum(1 - restarted)) over () as ${identifier('allOthers')}
from restart_marks where ${name} is not null group by ${name} order by value`,
      },
      log,
    );
    for (const row of rows) {
      marks.push({
        label: `${group.title}: ${row.value}`,
        restarted: row.restarted / Math.max(1, row.allRestarted),
        others: row.others / Math.max(1, row.allOthers),
        cases: row.restarted + row.others,
        affected: sql`select case_id from restart_marks where cast(${name} as varchar) = ${row.value}`,
      });
    }
  }
  return marks;
}

async function stepMarks(
  workspace: FindWorkspace,
  clock: Clock,
  log: QueryRecord[],
): Promise<readonly Precursor[]> {
  const at = identifier('at');
  const before = sql`(m.restarted = 0 or e.${at} < m.restarted_at)`;
  const own = joinSql(
    (clock.restart ?? []).map((step) => sql`${step}`),
    ', ',
  );
  const rows = await runStep<
    Row & { step: string; restarted: number; others: number; allRestarted: number; allOthers: number }
  >(
    workspace.warehouse,
    {
      name: 'steps_before_restart',
      purpose:
        'Cases with each step before the clock started again, against other cases with that step at any time.',
      sql: sql`select e.step, count(distinct case when m.restarted = 1 then e.case_id end) as restarted,
  count(distinct case when m.restarted = 0 then e.case_id end) as others,
  (select sum(restarted) from restart_marks) as ${identifier('allRestarted')},
  (select sum(1 - restarted) from restart_marks) as ${identifier('allOthers')}
from events as e join restart_marks as m on m.case_id = e.case_id
where ${before} and e.step not in (${own}) group by e.step order by e.step`,
    },
    log,
  );
  return rows.map((row) => ({
    label: `"${row.step}" before it`,
    restarted: row.restarted / Math.max(1, row.allRestarted),
    others: row.others / Math.max(1, row.allOthers),
    cases: row.restarted + row.others,
    affected: sql`select e.case_id from events as e join restart_marks as m on m.case_id = e.case_id where e.step = ${row.step} and ${before}`,
  }));
}

/** Marks that at least a tenth more of the restarted cases carry, and twice the share of others; strongest first. */
function telling(marks: readonly Precursor[]): readonly Precursor[] {
  return marks
    .filter(({ restarted, others }) => restarted - others >= 0.1 && restarted >= 2 * others)
    .toSorted((a, b) => b.restarted - b.others - (a.restarted - a.others) || (a.label < b.label ? -1 : 1));
}

/** Measures what goes with a clock that starts again; null when fewer than ten cases restart. */
async function restartFacts(
  workspace: FindWorkspace,
  facts: Facts,
  clock: Clock,
  costs: Costs,
  log: QueryRecord[],
): Promise<RestartFacts | null> {
  const { warehouse, loaded } = workspace;
  const { dialect } = warehouse;
  const { restarted, finished } = restartConditions(workspace, clock);
  const make = dialect.createTemporary(
    'table',
    identifier('restart_marks'),
    sql`select case_facts.*, case when ${restarted} then 1 else 0 end as restarted,
  case when ${restarted} then ${column(clock, 'started')} end as restarted_at,
  ${trueStart(clock, loaded.charter.clocks ?? [])} as truly_started
from case_facts where ${finished}`,
  );
  const step = {
    name: 'restart_marks',
    purpose: `Finished cases of the clock "${clock.title}", marked when it started again.`,
    sql: make,
  };
  log.push(warehouse.explain(step));
  await warehouse.run(make);
  const [size] = await runStep<Row & { n: number; restarted: number; median: number | null }>(
    warehouse,
    {
      name: 'restart_size',
      purpose: 'How many cases restart, and by how many days the recorded age is too short.',
      sql: sql`select count(*) as n, coalesce(sum(restarted), 0) as restarted,
  ${dialect.quantile(sql`${dialect.secondsBetween(sql`truly_started`, sql`restarted_at`)} / 86400.0`, 0.5)} as median
from restart_marks`,
    },
    log,
  );
  if (!size || size.restarted < leastCases) return null;
  const [work] = await runStep<
    Row & {
      mine: number | null;
      whole: number | null;
      pounds: number | null;
      mine_squared: number | null;
      pounds_squared: number | null;
    }
  >(
    warehouse,
    {
      name: 'restart_work',
      purpose: 'Minutes of work on cases whose clock started again, and on all.',
      sql: sql`select sum(case when restarted = 1 then m end) as mine, sum(m) as whole, sum(case when restarted = 1 then p end) as pounds,
  sum(case when restarted = 1 then m * m end) as mine_squared, sum(case when restarted = 1 then p * p end) as pounds_squared
from (select r.restarted as restarted, sum(${costs.minutes}) as m, sum(${costs.pounds}) as p
  from events join (select case_id as marked_id, restarted from restart_marks) as r on r.marked_id = events.case_id
  group by r.marked_id, r.restarted) as w`,
    },
    log,
  );
  const marks = telling([
    ...(await attributeMarks(workspace, facts, log)),
    ...(await stepMarks(workspace, clock, log)),
  ]);
  const precursors = (await withoutNearCopies(warehouse, marks)).slice(0, 4);
  const union = precursors.length > 0 ? await anyOf(workspace, precursors, log) : null;
  return {
    clock,
    cases: size.restarted,
    finished: size.n,
    share: size.restarted / size.n,
    minutesShare: work?.mine == null || !work.whole ? null : work.mine / work.whole,
    hours: work?.mine == null ? null : work.mine / 60,
    hoursInterval: totalInterval(
      work?.mine == null ? null : work.mine / 60,
      work?.mine_squared == null ? null : work.mine_squared / 3600,
    ),
    pounds: work?.pounds ?? null,
    poundsInterval: totalInterval(work?.pounds ?? null, work?.pounds_squared ?? null),
    understatedMedianDays: size.median,
    missedShareOfAll: null,
    precursors,
    precededShare: union?.restarted ?? null,
    othersPrecededShare: union?.others ?? null,
  };
}

async function anyOf(workspace: FindWorkspace, precursors: readonly Precursor[], log: QueryRecord[]) {
  const any = joinSql(
    precursors.map(({ affected }) => sql`case_id in (${affected})`),
    ' or ',
  );
  const [row] = await runStep<Row & { restarted: number; others: number }>(
    workspace.warehouse,
    {
      name: 'restart_preceded',
      purpose: 'Share of restarted cases, and of others, that carry any of these marks.',
      sql: sql`select avg(case when restarted = 1 then hit end) as restarted, avg(case when restarted = 0 then hit end) as others
from (select restarted, case when ${any} then 1.0 else 0.0 end as hit from restart_marks) as h`,
    },
    log,
  );
  return row ?? null;
}

/** The finding that a clock starts again, with its share of the work and of the cases that miss the outcome. */
export async function clockRestartFinding(
  workspace: FindWorkspace,
  facts: Facts,
  clock: Clock,
  costs: Costs,
  measure: OutcomeMeasure | null,
  log: QueryRecord[],
): Promise<{ readonly finding: Finding; readonly restart: RestartFacts } | null> {
  const restart = await restartFacts(workspace, facts, clock, costs, log);
  if (!restart) return null;
  const affected = sql`select case_id from case_facts where ${restartConditions(workspace, clock).restarted}`;
  const gap = measure
    ? await outcomeGap(
        workspace.warehouse,
        measure,
        `outcome_restart_${clock.id}`,
        { affected, times: timesOf(clock.restart ?? []) },
        log,
      )
    : null;
  const missed = gap ? gap.affectedMissed + gap.othersMissed : 0;
  const missedShareOfAll = gap && missed > 0 ? (gap.affectedMissed + gap.missedBefore) / missed : null;
  const parts = [
    ...(restart.minutesShare === null
      ? []
      : [`take ${formatValue(restart.minutesShare, 'share')} of the work`]),
    ...(missedShareOfAll === null || !measure
      ? []
      : [`make up ${formatValue(missedShareOfAll, 'share')} of the cases that miss "${measure.title}"`]),
  ];
  const understated =
    restart.understatedMedianDays === null
      ? ''
      : ` Their recorded age is too short by a median of ${formatWithUnit(restart.understatedMedianDays, 'days')}.`;
  const steps = listInWords((clock.restart ?? []).map((step) => `"${step}"`));
  return {
    restart: { ...restart, missedShareOfAll },
    finding: {
      id: `clock-restart-${clock.id}`,
      key: findingKey('clock-restart', clock.id),
      pattern: 'clock-restart',
      title:
        `The clock starts again at ${steps} in ${formatValue(restart.share, 'share')} of cases` +
        `${parts.length > 0 ? `, which ${listInWords(parts)}` : ''}.${understated}`,
      cases: restart.cases,
      affected,
      share: restart.share,
      days: null,
      hours: restart.hours,
      hoursInterval: restart.hoursInterval,
      pounds: restart.pounds,
      poundsInterval: restart.poundsInterval,
      delayPounds: null,
      gap,
      confidence:
        'The counts are sound. That moving makes a case late is consistent with the data, not shown by them.',
      evidence: 'find/clock-restarts',
      question: `Why does a case go to ${steps}? Ask those who move it, and whether it could be settled where it was.`,
    },
  };
}
