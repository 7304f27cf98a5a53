import {
  formatValue,
  formatWithUnit,
  type Interval,
  leastCases,
  listInWords,
  type QueryRecord,
} from '../../core/index.ts';
import type { Clock, Facts } from '../../define/index.ts';
import { identifier, type Row, runStep, type Sql, sql } from '../../stores/index.ts';
import type { Costs } from '../costs.ts';
import { type OutcomeMeasure, outcomeGap } from '../queries/outcome-gap.ts';
import { timesOf } from '../queries/times-of.ts';
import type { FindWorkspace } from '../workspace.ts';
import { type AfterRestart, afterInWords, afterRestart } from './after-restart.ts';
import { type Finding, findingKey } from './finding.ts';
import { type Precursor, precededBy, precededInWords } from './restart-precursors.ts';
import { totalInterval } from './total-interval.ts';

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
  /** Minutes of work on a restarted case and on any other, on average; null where no work is timed. */
  readonly minutesEach: { readonly these: number; readonly others: number } | null;
  readonly precursors: readonly Precursor[];
  readonly precededShare: number | null;
  readonly othersPrecededShare: number | null;
  /** What comes before it, in words; null where nothing telling does. */
  readonly before: string | null;
  readonly after: readonly AfterRestart[];
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
  ${trueStart(clock, loaded.charter.clocks ?? [])} as truly_started, ${column(clock, 'stopped')} as stopped_at
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
  const preceded = await precededBy(workspace, facts, clock, log);
  const others = size.n - size.restarted;
  return {
    before: precededInWords(preceded, size.restarted, size.n),
    after: await afterRestart(workspace, costs, log),
    minutesEach:
      work?.mine == null || !work.whole || others === 0
        ? null
        : { these: work.mine / size.restarted, others: (work.whole - work.mine) / others },
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
    precursors: preceded.precursors,
    precededShare: preceded.restarted,
    othersPrecededShare: preceded.others,
  };
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
      before: restart.before,
      after: afterInWords(restart.after, restart.cases, restart.minutesEach),
      confidence:
        'The counts are sound. That moving makes a case late is consistent with the data, not shown by them.',
      evidence: 'find/clock-restarts',
      question: `Why does a case go to ${steps}? Ask those who move it, and whether it could be settled where it was.`,
    },
  };
}
