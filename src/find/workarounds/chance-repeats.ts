import type { QueryRecord } from '../../core/index.ts';
import { pooledScore } from '../../stats/index.ts';
import { identifier, joinSql, type Row, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import { make } from '../queries/make-table.ts';
import type { PatternId } from './alert.ts';

/** Cases of one peer group, team and quarter of the log that had a step, and how many of them repeat, how often. */
interface RepeatCount extends Row {
  readonly thing: string;
  readonly peer: number;
  readonly team: number;
  readonly quarter: number;
  readonly cases: number;
  /** Cases with a repeat, and with two, three and four or more. */
  readonly once: number;
  readonly twice: number;
  readonly thrice: number;
  readonly more: number;
}

/** What is kept of the repeats of one thing: those of some teams or quarters, and those repeated so many times or more. */
export interface KeptRepeats {
  readonly teams: readonly number[];
  readonly quarters: readonly number[];
  /** Null where no number of repeats stands out. */
  readonly times: number | null;
}

const leastInside = 10;
const leastOutside = 30;
const leastCases = 5;
const ratio = 3;
const points = 0.1;
/** Two-sided 0.00006: some thirty things by a few groups each are looked at in one log. */
const score = 4;
/** Of the cases kept for repeating so often, at most this share may be expected by chance. */
const mostByChance = 0.2;

const sum = (rows: readonly RepeatCount[], of: 'cases' | 'once' | 'twice' | 'thrice' | 'more') =>
  rows.reduce((total, row) => total + row[of], 0);

/** The groups in which repeats are far more common than in the others: by ten points or three times, beyond chance. */
function standingOut(rows: readonly RepeatCount[], by: 'team' | 'quarter'): readonly number[] {
  const groups = [...new Set(rows.map((row) => row[by]))];
  return groups.filter((group) => {
    const inside = rows.filter((row) => row[by] === group);
    const outside = rows.filter((row) => row[by] !== group);
    const [x1, n1, x0, n0] = [
      sum(inside, 'once'),
      sum(inside, 'cases'),
      sum(outside, 'once'),
      sum(outside, 'cases'),
    ];
    if (n1 < leastInside || n0 < leastOutside || x1 < leastCases) return false;
    const [p1, p0] = [x1 / n1, x0 / n0];
    return (p1 - p0 >= points || p1 >= ratio * p0) && pooledScore(x1, n1, x0, n0) > score;
  });
}

/**
 * How many repeats in a case stand out from chance: if each repeat is as likely as the first, k of them have the
 * probability p^k, p the share of cases with any, within each peer group (the geometric distribution).
 */
function standingTimes(rows: readonly RepeatCount[]): number | null {
  const peers = [...Map.groupBy(rows, ({ peer }) => peer).values()];
  for (const [times, of] of [
    [2, 'twice'],
    [3, 'thrice'],
    [4, 'more'],
  ] as const) {
    const expected = peers.reduce((total, peer) => {
      const cases = sum(peer, 'cases');
      return total + cases * (sum(peer, 'once') / cases) ** times;
    }, 0);
    const seen = sum(rows, of);
    if (seen >= leastCases && expected <= mostByChance * seen) return times;
  }
  return null;
}

/** What to keep of the repeats of one thing: chance at a steady rate over teams and time is no workaround. */
export function keptRepeats(rows: readonly RepeatCount[]): KeptRepeats {
  const teams = standingOut(rows, 'team');
  const quarters = standingOut(rows, 'quarter');
  const rest = rows.filter(({ team, quarter }) => !teams.includes(team) && !quarters.includes(quarter));
  return { teams, quarters, times: standingTimes(rest) };
}

const repeating: readonly PatternId[] = ['direct-repetition', 'frequent-occurrence', 'recurrent-sequence'];

/** What an alert is about, as one text. */
const thing: Sql = sql`a.pattern || ' ' || cast(a.step as varchar) || ' ' || coalesce(cast(a.other as varchar), '') || ' ' || coalesce(a.attribute, '')`;

/** Alerts of repeats: of the patterns of repetition, and of an unusual next step that the case has had before. */
const repeatAlerts: Sql = sql`select ${thing} as thing, a.case_no as case_no, a.step as step, a.pattern as pattern
from pattern_alerts as a where a.direction = 'more' and a.pattern in (${joinSql(
  repeating.map((pattern) => sql`${pattern}`),
  ', ',
)})
union all
select ${thing} as thing, a.case_no as case_no, a.step as step, a.pattern as pattern from pattern_alerts as a
join (select s.case_no as case_no, s.step as step, s.next_step as other from pattern_steps as s
  join (select case_no, step, min(position) as first_place from pattern_steps group by case_no, step) as f
  on f.case_no = s.case_no and f.step = s.next_step and f.first_place <= s.position) as r
  on r.case_no = a.case_no and r.step = a.step and r.other = a.other
where a.pattern = 'unusual-neighbour'`;

/**
 * Makes `repeat_places`: each case with a step of which repeats were flagged, with the team that first did it there,
 * the quarter of the log (by order of cases in time), and how often the case repeats the step; and `repeat_alerts`.
 */
async function prepareRepeats(warehouse: Warehouse, log: QueryRecord[]): Promise<void> {
  await make(
    warehouse,
    'repeat_alerts',
    'Alerts of work done again, by what they are about.',
    sql`select distinct * from (${repeatAlerts}) as r`,
    log,
  );
  await make(
    warehouse,
    'repeat_places',
    'Cases with a step of which repeats were flagged: by whom, when, and how often again.',
    sql`select s.case_no, s.peer, s.step, coalesce(${warehouse.dialect.valueAtMin(sql`s.team`, sql`s.position`)}, 0) as team,
  min(q.quarter) as quarter, count(*) - 1 as times, sum(case when s.next_step = s.step then 1 else 0 end) as straight
from pattern_steps as s join (select case_no, ntile(4) over (order by opened, case_no) as quarter
  from (select case_no, min(${identifier('at')}) as opened from pattern_steps where peer is not null group by case_no) as o) as q on q.case_no = s.case_no
where s.peer is not null and s.step in (select step from repeat_alerts) group by s.case_no, s.peer, s.step`,
    log,
  );
}

/** How often a case repeats what an alert is about; of a run or pair once for each case with the alert, however often. */
const again = (pattern: Sql): Sql =>
  sql`case when ${pattern} = 'direct-repetition' then p.straight when ${pattern} = 'frequent-occurrence' then p.times when r.case_no is null then 0 else 1 end`;

/** Over all cases with the step, flagged or not: a test may flag only those with most repeats. */
const counts: Sql = sql`with each as (select t.thing as thing, p.peer as peer, p.team as team, p.quarter as quarter, ${again(sql`t.pattern`)} as again
  from (select distinct thing, step, pattern from repeat_alerts) as t join repeat_places as p on p.step = t.step
  left join repeat_alerts as r on r.thing = t.thing and r.case_no = p.case_no)
select thing, peer, team, quarter, count(*) as cases, sum(case when again >= 1 then 1 else 0 end) as once,
  sum(case when again >= 2 then 1 else 0 end) as twice, sum(case when again >= 3 then 1 else 0 end) as thrice, sum(case when again >= 4 then 1 else 0 end) as more
from each group by thing, peer, team, quarter order by thing, peer, team, quarter`;

const numbers = (values: readonly number[]) =>
  joinSql(
    values.map((value) => sql`${value}`),
    ', ',
  );

function keeping(name: string, { teams, quarters, times }: KeptRepeats): Sql | null {
  const conditions = [
    ...(teams.length > 0 ? [sql`p.team in (${numbers(teams)})`] : []),
    ...(quarters.length > 0 ? [sql`p.quarter in (${numbers(quarters)})`] : []),
    ...(times === null ? [] : [sql`${again(sql`r.pattern`)} >= ${times}`]),
  ];
  return conditions.length === 0 ? null : sql`(r.thing = ${name} and (${joinSql(conditions, ' or ')}))`;
}

const key: Sql = sql`${thing} || ' in ' || cast(a.case_no as varchar)`;

/**
 * Takes back alerts of repeats that look like chance: of one step, pair or run they are kept where one team or quarter
 * of the log has far more of them, or where a case has more of them than chance gives to any number worth telling.
 * Lateness of a step that a case has more than once goes with its repeat, and is taken back as well.
 */
export async function dropChanceRepeats(warehouse: Warehouse, log: QueryRecord[]): Promise<void> {
  await warehouse.run(
    sql`delete from pattern_alerts where pattern = 'delay-from-start' and direction = 'longer'
and cast(case_no as varchar) || ' ' || cast(step as varchar) in (select cast(case_no as varchar) || ' ' || cast(step as varchar) from pattern_steps group by case_no, step having count(*) > 1)`,
  );
  await prepareRepeats(warehouse, log);
  log.push(
    warehouse.explain({
      name: 'repeats_by_group',
      purpose:
        'How often cases of each team and quarter repeat a step, to tell a way of working from chance.',
      sql: counts,
    }),
  );
  const rows = Map.groupBy(await warehouse.query<RepeatCount>(counts), (row) => row.thing);
  const kept = [...rows].flatMap(([name, of]) => keeping(name, keptRepeats(of)) ?? []);
  const keptCases = sql`select r.thing || ' in ' || cast(r.case_no as varchar) from repeat_alerts as r
join repeat_places as p on p.case_no = r.case_no and p.step = r.step where ${kept.length === 0 ? sql`false` : joinSql(kept, ' or ')}`;
  await make(
    warehouse,
    'chance_repeats',
    'Repeats at a steady rate over teams and time, and no more of them in a case than chance gives.',
    sql`select thing || ' in ' || cast(case_no as varchar) as flagged from repeat_alerts where thing || ' in ' || cast(case_no as varchar) not in (${keptCases})`,
    log,
  );
  await warehouse.run(
    sql`delete from pattern_alerts as a where ${key} in (select flagged from chance_repeats)`,
  );
}
