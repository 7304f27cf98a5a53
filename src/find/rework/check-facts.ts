import type { QueryRecord } from '../../core/index.ts';
import type { Charter } from '../../define/index.ts';
import { identifier, joinSql, type Row, runStep, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import type { Costs } from '../costs.ts';
import { addUp, caseParts, runInParts } from '../queries/case-parts.ts';
import { stepList } from './turned-rows.ts';

/** A check of the charter as the log shows it, closed cases only. */
export interface CheckFacts {
  readonly step: string;
  /** Places of the other checks that it must follow, whether straight or by way of others. */
  readonly after: readonly number[];
  /** Cases that had it, and times that they did. */
  readonly cases: number;
  readonly times: number;
  /** Times whose minutes, or pounds, are known; their mean and the square of its standard error. */
  readonly minutes: Measured | null;
  readonly pounds: Measured | null;
  /** Cases that it turned down for good, and what other checks that need not come before it had taken on them. */
  readonly turnedDown: number;
  readonly inVain: InVain;
}

/** A mean over times with the square of its standard error. */
export interface Measured {
  readonly mean: number;
  readonly variance: number;
}

/** Work of other checks on cases that a check then turned down. Sums of squares are by case. */
export interface InVain extends Row {
  readonly cases: number;
  readonly minutes: number | null;
  readonly minutesSquared: number | null;
  readonly pounds: number | null;
  readonly poundsSquared: number | null;
}

/** The order in which most cases that pass every check take them, as places, and how many of those do. */
export interface UsualOrder {
  readonly order: readonly number[];
  readonly cases: number;
  readonly ofCases: number;
}

type Rule = NonNullable<NonNullable<Charter['steps']>['checks']>[number];

/** The checks that each must follow, straight or by way of others, as places in the list. */
function mustFollow(rules: readonly Rule[]): readonly (readonly number[])[] {
  const place = new Map(rules.map(({ step }, i) => [step, i]));
  return rules.map((_, start) => {
    const found = new Set<number>();
    const waiting = [start];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop())
      for (const step of rules[at]?.after ?? []) {
        const next = place.get(step);
        if (next === undefined || found.has(next)) continue;
        found.add(next);
        waiting.push(next);
      }
    return [...found].toSorted((a, b) => a - b);
  });
}

const loop = identifier('loop');
const none: InVain = { cases: 0, minutes: null, minutesSquared: null, pounds: null, poundsSquared: null };

/** A condition on cases that are closed; every case where the data close none. */
async function closedCases(warehouse: Warehouse): Promise<Sql> {
  const [row] = await warehouse.query<Row & { n: number }>(sql`select count(closed) as n from cases`);
  return (row?.n ?? 0) > 0 ? sql`case_id in (select case_id from cases where closed is not null)` : sql`true`;
}

function measured(n: number, sum: number | null, squares: number | null): Measured | null {
  if (n < 2 || sum === null || squares === null) return null;
  const mean = sum / n;
  return { mean, variance: Math.max(0, squares - n * mean * mean) / (n - 1) / n };
}

/**
 * Makes `turned_down`: closed cases that were turned down and did not come back, with the last check before it, and
 * `checked_in_vain`: the work of other checks of the charter, since the case last came in, that need not come before.
 */
async function prepareInVain(
  warehouse: Warehouse,
  rules: readonly Rule[],
  after: readonly (readonly number[])[],
  closed: Sql,
  log: QueryRecord[],
): Promise<void> {
  const make = async (name: string, purpose: string, body: Sql) => {
    const statement = warehouse.dialect.createTemporary('table', identifier(name), body);
    log.push(warehouse.explain({ name, purpose, sql: statement }));
    await warehouse.run(statement);
  };
  const steps = stepList(rules.map(({ step }) => step));
  await make(
    'turned_down',
    'Closed cases that were turned down and did not come back, with the check before it.',
    sql`select t.case_id, ${warehouse.dialect.valueAtMax(sql`t.step`, sql`t.position`)} as step, max(t.position) as position, max(t.${loop}) as ${loop}
from turned_rows as t join (select r.case_id, r.${loop}, min(r.position) as position from turned_rows as r
  join (select case_id, max(${loop}) as ${loop} from turned_rows where ${closed} group by case_id) as l on l.case_id = r.case_id and l.${loop} = r.${loop}
  where r.turned = 1 group by r.case_id, r.${loop}) as d on d.case_id = t.case_id and d.${loop} = t.${loop} and t.position < d.position
where t.step in (${steps}) group by t.case_id`,
  );
  const pairs = rules.flatMap((rule, place) =>
    rules.flatMap((other, j) =>
      j === place || after[place]?.includes(j)
        ? []
        : [sql`(d.step = ${rule.step} and t.step = ${other.step})`],
    ),
  );
  await make(
    'checked_in_vain',
    'Work of checks that need not come before the one that turned the case down.',
    sql`select d.case_id, d.step, sum(t.minutes) as minutes, sum(t.pounds) as pounds
from turned_down as d join turned_rows as t on t.case_id = d.case_id and t.${loop} = d.${loop} and t.position < d.position
where ${pairs.length === 0 ? sql`false` : joinSql(pairs, ' or ')} group by d.case_id, d.step`,
  );
}

/** The ids of cases on which checks were done in vain, as a query. */
export const casesCheckedInVain: Sql = sql`select case_id from checked_in_vain`;

/** The checks of the charter as the log shows them; needs `turned_rows`. */
export async function checkFacts(
  warehouse: Warehouse,
  rules: readonly Rule[],
  costs: Costs,
  log: QueryRecord[],
): Promise<readonly CheckFacts[]> {
  const after = mustFollow(rules);
  const closed = await closedCases(warehouse);
  const steps = stepList(rules.map(({ step }) => step));
  await prepareInVain(warehouse, rules, after, closed, log);
  const rows = addUp(
    await runInParts<
      Row & { step: string; cases: number; times: number } & Record<
          'nm' | 'np' | 'm' | 'p' | 'mm' | 'pp',
          number | null
        >
    >(
      warehouse,
      await caseParts(warehouse),
      (part) => ({
        name: 'checks',
        purpose: 'How many closed cases have each check, how often, and what it takes.',
        sql: sql`select step, count(*) as cases, sum(times) as times, sum(nm) as nm, sum(m) as m, sum(mm) as mm, sum(np) as np, sum(p) as p, sum(pp) as pp
from (select case_id, step, count(*) as times, count(minutes) as nm, sum(minutes) as m, sum(minutes * minutes) as mm,
  count(pounds) as np, sum(pounds) as p, sum(pounds * pounds) as pp
  from (select case_id, step, ${costs.minutes} as minutes, ${costs.pounds} as pounds from work_steps where step in (${steps}) and ${closed} and ${part}) as r
  group by case_id, step) as c group by step`,
      }),
      log,
    ),
    ['step'],
  );
  const down = await runStep<InVain & { step: string; down: number }>(
    warehouse,
    {
      name: 'checks_in_vain',
      purpose: 'Cases that each check turned down, and the work of other checks on them.',
      sql: sql`select d.step, count(*) as down, count(v.case_id) as cases, sum(v.minutes) as minutes, sum(v.minutes * v.minutes) as ${identifier('minutesSquared')},
  sum(v.pounds) as pounds, sum(v.pounds * v.pounds) as ${identifier('poundsSquared')}
from turned_down as d left join checked_in_vain as v on v.case_id = d.case_id group by d.step order by d.step`,
    },
    log,
  );
  return rules.map(({ step }, place) => {
    const row = rows.find((each) => each.step === step);
    const at = down.find((each) => each.step === step);
    return {
      step,
      after: after[place] ?? [],
      cases: row?.cases ?? 0,
      times: row?.times ?? 0,
      minutes: measured(row?.nm ?? 0, row?.m ?? null, row?.mm ?? null),
      pounds: measured(row?.np ?? 0, row?.p ?? null, row?.pp ?? null),
      turnedDown: at?.down ?? 0,
      inVain: at ?? none,
    };
  });
}

/** The order in which most closed cases with every check first take them; null where no case has them all. */
export async function usualOrder(
  warehouse: Warehouse,
  checks: readonly string[],
  log: QueryRecord[],
): Promise<UsualOrder | null> {
  const closed = await closedCases(warehouse);
  const places = checks.map((step, place) => sql`when step = ${step} then ${String(place)}`);
  const rows = addUp(
    await runInParts<Row & { taken: string; cases: number }>(
      warehouse,
      await caseParts(warehouse),
      (part) => ({
        name: 'orders_of_checks',
        purpose: 'In which order cases that pass every check first take them.',
        sql: sql`select taken, count(*) as cases from (select case_id, ${warehouse.dialect.orderedJoin(sql`place`, ',', sql`first_place`)} as taken
  from (select case_id, case ${joinSql(places, ' ')} end as place, min(position) as first_place from work_steps
    where step in (${stepList(checks)}) and ${closed} and ${part} group by case_id, step) as f
  group by case_id having count(*) = ${checks.length}) as o group by taken order by taken`,
      }),
      log,
    ),
    ['taken'],
  );
  const [most] = rows.toSorted((a, b) => b.cases - a.cases || (a.taken < b.taken ? -1 : 1));
  if (!most) return null;
  const ofCases = rows.reduce((sum, { cases }) => sum + cases, 0);
  return { order: most.taken.split(',').map(Number), cases: most.cases, ofCases };
}
