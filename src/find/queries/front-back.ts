import type { QueryRecord } from '../../core/index.ts';
import { identifier, joinSql, type Row, runStep, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import { tableInParts } from './case-parts.ts';
import { make } from './make-table.ts';

const at = identifier('at');

/** Time that the person sees pass, and time that passes behind the scenes, in cases of one group. Days. */
export interface StageTimes extends Row {
  readonly value: string;
  readonly cases: number;
  /** From the first step that the person sees to the last before work behind the scenes begins. */
  readonly front: number | null;
  /** All the rest, to the last step of the case. */
  readonly hidden: number | null;
  readonly hiddenP90: number | null;
  /** Minutes of work on steps that the person does not see, for each case. */
  readonly minutes: number | null;
  /** Cases that began by a digital channel and later went on by another; null where none is seen and some cannot tell. */
  readonly shifted: number | null;
  /** Cases with work in two systems or more; null where none is seen and some cannot tell. */
  readonly systems: number | null;
}

/** Runs of finishes of one step by one worker, each within seconds of the last. */
export interface SignOffs extends Row {
  readonly step: string;
  readonly runs: number;
  readonly events: number;
  readonly cases: number;
}

const digital = sql`('online', 'web', 'internet', 'digital', 'app', 'portal')`;

/**
 * Days that the person sees and days behind the scenes of each case with both, as a query by `case_id`. `shifted` is null
 * where the first channel is not known, or is digital and no later one is known; `systems` where no system is known.
 */
export function stagesOfCases(
  warehouse: Warehouse,
  front: readonly string[],
  minutes: Sql,
  group: string | null,
): Sql {
  const { dialect } = warehouse;
  const seen = sql`step in (${joinSql(
    front.map((step) => sql`${step}`),
    ', ',
  )})`;
  const value = group === null ? sql`'all'` : dialect.toText(sql`k.${identifier(group)}`);
  const seconds = (from: Sql, to: Sql) => sql`${dialect.secondsBetween(from, to)} / 86400.0`;
  return sql`with s as (select case_id, min(case when ${seen} then ${at} end) as first_seen, min(case when ${seen} then null else ${at} end) as first_back, max(${at}) as last_at,
  sum(case when ${seen} then 0 else ${minutes} end) as minutes, count(distinct ${identifier('system')}) as systems,
  max(case when position = 1 and channel is not null then case when lower(channel) in ${digital} then 1 else 0 end end) as digital,
  max(case when position > 1 and channel is not null then case when lower(channel) in ${digital} then 0 else 1 end end) as other
  from work_steps group by case_id),
f as (select w.case_id as case_id, max(w.${at}) as told from work_steps as w join s on s.case_id = w.case_id
  where w.${seen} and w.${at} <= s.first_back group by w.case_id)
select s.case_id as case_id, ${value} as value, ${seconds(sql`s.first_seen`, sql`f.told`)} as front, ${seconds(sql`f.told`, sql`s.last_at`)} as hidden,
  s.minutes as minutes, case when s.digital = 0 then 0 else s.digital * s.other end as shifted, case when s.systems > 1 then 1 when s.systems = 1 then 0 end as systems
  from s join f on f.case_id = s.case_id join cases as k on k.case_id = s.case_id`;
}

/** Front and hidden time of cases with both, by the values of a column of the cases; `null` for all cases together. */
export function stageTimes(
  warehouse: Warehouse,
  front: readonly string[],
  minutes: Sql,
  group: string | null,
  log: QueryRecord[],
): Promise<readonly StageTimes[]> {
  const { dialect } = warehouse;
  const seen = (flag: Sql) =>
    sql`case when sum(${flag}) > 0 or count(${flag}) = count(*) then sum(${flag}) end`;
  return runStep<StageTimes>(
    warehouse,
    {
      name: group === null ? 'front_and_back' : `front_and_back_by_${group}`,
      purpose:
        'Days that pass before the eyes of the person, and days that pass behind the scenes, of cases with both.',
      sql: sql`select value, count(*) as cases, ${dialect.quantile(sql`front`, 0.5)} as front, ${dialect.quantile(sql`hidden`, 0.5)} as hidden,
  ${dialect.quantile(sql`hidden`, 0.9)} as ${identifier('hiddenP90')}, avg(minutes) as minutes, ${seen(sql`shifted`)} as shifted, ${seen(sql`systems`)} as systems
from (${stagesOfCases(warehouse, front, minutes, group)}) as v where value is not null group by value order by count(*) desc, value`,
    },
    log,
  );
}

/** A step whose times stand at midnight exactly in this share or more has dates, no time of day. */
const mostlyDates = 0.99;

/** The steps whose times are dates without a time of day: how soon one follows another cannot be told. By name. */
export async function stepsOfDates(warehouse: Warehouse, log: QueryRecord[]): Promise<readonly string[]> {
  const wall = sql`coalesce(at_wall, ${at})`;
  const rows = await runStep<Row & { step: string }>(
    warehouse,
    {
      name: 'steps_of_dates',
      purpose: 'Steps whose times stand at midnight exactly: they are dates without a time of day.',
      sql: sql`select step from events where kind = 'step' and ${at} is not null group by step
having avg(case when ${wall} = ${warehouse.dialect.toDate(wall)} then 1.0 else 0.0 end) >= cast(${mostlyDates} as double) order by step`,
    },
    log,
  );
  return rows.map(({ step }) => step);
}

/** Events that are told apart at a time, so that memory stays bounded. */
const eventsAPart = 6_000_000;

/** Seconds that four pauses of a run of five finishes may come to at most. */
const spanOfFive = 20;

/**
 * Makes `busy_spans`: the step and worker of spans of twenty seconds with three finishes or more, and of the spans
 * beside them. Five finishes, each within five seconds of the last, lie in two spans that meet, so three of them in
 * one: every run of five or more lies in these spans, and they hold little else. Sorting all events would take longer;
 * so would telling all spans apart by name, which is done only of those that share a hash with two others.
 */
async function busySpans(
  warehouse: Warehouse,
  events: (columns: Sql) => Sql,
  log: QueryRecord[],
): Promise<void> {
  const [size] = await warehouse.query<Row & { n: number }>(sql`select count(*) as n from events`);
  const parts = Math.max(1, Math.ceil((size?.n ?? 0) / eventsAPart));
  const hashed = sql`select step, worker, span, ${warehouse.dialect.quickHash([sql`step`, sql`worker`, sql`span`])} as hash
  from (${events(sql`step, worker`)}) as e`;
  await tableInParts(
    warehouse,
    {
      events: size?.n ?? 0,
      conditions: Array.from({ length: parts }, (_, part) => sql`mod(hash, ${parts}) = ${part}`),
    },
    {
      name: 'busy_hashes',
      purpose: `Hashes of step, worker and span of ${spanOfFive} seconds that three finishes or more share.`,
      rowsOf: (part) =>
        sql`select hash from (${hashed}) as h where ${part} group by hash having count(*) >= 3`,
    },
    log,
  );
  await make(
    warehouse,
    'busy_spans',
    `Spans of ${spanOfFive} seconds in which a worker finishes a step three times or more, with those beside them.`,
    sql`select step, worker, span + beside as span from (
  select step, worker, span from (${hashed}) as h where hash in (select hash from busy_hashes) group by step, worker, span having count(*) >= 3) as b
cross join (select -1 as beside union all select 0 union all select 1) as s`,
    log,
  );
}

/** Five or more finishes of a step by one worker, each within five seconds of the last; `without` steps left out. */
export async function signOffs(
  warehouse: Warehouse,
  without: readonly string[],
  log: QueryRecord[],
): Promise<readonly SignOffs[]> {
  const { dialect } = warehouse;
  const listed = joinSql(
    without.map((step) => sql`${step}`),
    ', ',
  );
  const others = without.length === 0 ? sql`` : sql` and step not in (${listed})`;
  const since = dialect.secondsBetween(dialect.timestampValue('1970-01-01T00:00:00Z'), sql`${at}`);
  const events = (columns: Sql) =>
    sql`select ${columns}, cast(floor(${since} / ${spanOfFive}) as bigint) as span from events where kind = 'step' and ${at} is not null and worker is not null${others}`;
  await busySpans(warehouse, events, log);
  return runStep<SignOffs>(
    warehouse,
    {
      name: 'batch_sign_offs',
      purpose: 'Runs of five or more finishes of a step by one worker, each within five seconds of the last.',
      sql: sql`with e as (select e.step as step, e.worker as worker, e.case_id as case_id, e.${at} as ${at}, e.seq as seq
  from (${events(sql`step, worker, case_id, ${at}, seq`)}) as e join (select distinct step, worker, span from busy_spans) as b on b.span = e.span and b.worker = e.worker and b.step = e.step),
g as (select step, worker, case_id, ${at}, seq, case when ${dialect.secondsBetween(sql`lag(${at}) over in_order`, sql`${at}`)} <= 5 then 0 else 1 end as starts
  from e window in_order as (partition by worker, step order by ${at}, case_id, seq)),
r as (select step, worker, case_id, sum(starts) over (partition by worker, step order by ${at}, case_id, seq) as run from g),
n as (select step, worker, run, count(*) as events, count(distinct case_id) as cases from r group by step, worker, run having count(*) >= 5)
select step, count(*) as runs, sum(events) as events, sum(cases) as cases from n group by step order by sum(events) desc, step`,
    },
    log,
  );
}
