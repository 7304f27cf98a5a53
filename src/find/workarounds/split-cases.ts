import { drawsFor, type QueryRecord } from '../../core/index.ts';
import { type ColumnSpec, identifier, joinSql, type Row, sql, type Warehouse } from '../../stores/index.ts';

/** An amount below which a case needs less, such as no approval, as the charter names it. */
export interface AmountLimit {
  readonly id: string;
  readonly title: string;
  /** The column of cases with the amount. */
  readonly amount: string;
  readonly limit: number;
  /** Columns of cases that must agree for two cases to belong together, such as the supplier or the applicant. */
  readonly unites: readonly string[];
}

/** Cases below a limit, with what unites them. `start` in seconds. */
export interface LimitedCase {
  readonly number: number;
  readonly type: string;
  readonly key: string;
  readonly start: number;
  readonly amount: number;
}

const windowShare = 0.5;
const daySeconds = 86_400;
const draws = 200;
const mostChance = 0.05;

/** How near in time two cases must start to be linked: half the mean time between starts, a day at least under ten a day. */
export function linkWindow(starts: readonly number[]): number {
  const sorted = starts.toSorted((a, b) => a - b);
  const span = (sorted.at(-1) ?? 0) - (sorted[0] ?? 0);
  const between = sorted.length > 1 ? span / (sorted.length - 1) : 0;
  const window = windowShare * between;
  return between > daySeconds / 10 ? Math.max(window, daySeconds) : window;
}

/** Chains of two or more cases with one key, each starting within the window of the one before. */
export function linkCases(
  cases: readonly LimitedCase[],
  window: number,
): readonly (readonly LimitedCase[])[] {
  const groups: LimitedCase[][] = [];
  for (const own of Map.groupBy(cases, ({ key }) => key).values()) {
    let chain: LimitedCase[] = [];
    for (const each of own.toSorted((a, b) => a.start - b.start || a.number - b.number)) {
      const last = chain.at(-1);
      if (last && each.start - last.start <= window) chain.push(each);
      else {
        if (chain.length > 1) groups.push(chain);
        chain = [each];
      }
    }
    if (chain.length > 1) groups.push(chain);
  }
  return groups;
}

/** Groups whose amounts together pass the limit, and how likely as many are where amounts fall as they may. */
export interface SplitGroups {
  readonly groups: readonly (readonly LimitedCase[])[];
  /** The share of draws, with amounts shuffled within type, that give as many groups or more. */
  readonly chance: number;
}

/**
 * Cases that may be one, kept below a limit (after a method of BPMDS 2021, doi 10.1007/978-3-030-79186-5_4): linked by
 * what unites them and by time, and together over the limit, held against 200 shuffles of the amounts within type.
 */
export function splitGroups(cases: readonly LimitedCase[], limit: number, window: number): SplitGroups {
  const linked = linkCases(cases, window);
  const over = (amountOf: (each: LimitedCase) => number) =>
    linked.filter((group) => group.reduce((sum, each) => sum + amountOf(each), 0) > limit);
  const groups = over(({ amount }) => amount);
  if (groups.length === 0) return { groups, chance: 1 };
  const members = linked.flat();
  const byType = Map.groupBy(cases, ({ type }) => type);
  let asMany = 0;
  for (let draw = 0; draw < draws; draw++) {
    const random = drawsFor(draw, 'split-cases');
    const shuffled = new Map<number, number>();
    for (const [type, all] of byType) {
      const amounts = all.map(({ amount }) => amount);
      // Drawn without putting back, for the linked cases alone: the first of a full shuffle.
      members
        .filter((each) => each.type === type)
        .forEach((each, i) => {
          const j = i + Math.floor(random(each.number) * (amounts.length - i));
          [amounts[i], amounts[j]] = [amounts[j] ?? 0, amounts[i] ?? 0];
          shuffled.set(each.number, amounts[i] ?? 0);
        });
    }
    if (over(({ number }) => shuffled.get(number) ?? 0).length >= groups.length) asMany += 1;
  }
  return { groups, chance: (1 + asMany) / (1 + draws) };
}

/** Raises an alert for each case that may be part of a split one (pattern 23); how many there were, and were kept. */
export async function raiseSplitCases(
  warehouse: Warehouse,
  limits: readonly AmountLimit[],
  log: QueryRecord[],
): Promise<{ readonly raised: number; readonly kept: number }> {
  const known = new Set((await warehouse.columns('cases')).map(({ name }) => name));
  let raised = 0;
  let kept = 0;
  for (const [place, { title, amount, limit, unites }] of limits.entries()) {
    if (![amount, 'opened', ...unites].every((name) => known.has(name))) continue;
    const key = joinSql(
      unites.map((name) => warehouse.dialect.toText(sql`c.${identifier(name)}`)),
      ` || '\u001f' || `,
    );
    const epoch = sql`cast('1970-01-01 00:00:00' as timestamp)`;
    const step = {
      name: 'split_cases',
      purpose: `Cases with an amount below "${title}" and what unites them, in the order in which they start.`,
      sql: sql`select p.number as number, coalesce(c.type, '') as type, ${key} as ${identifier('key')},
  ${warehouse.dialect.secondsBetween(epoch, sql`c.opened`)} as ${identifier('start')}, cast(c.${identifier(amount)} as double) as amount
from pattern_cases as p join cases as c on c.case_id = p.case_id
where p.peer is not null and c.opened is not null and c.${identifier(amount)} > 0 and c.${identifier(amount)} < cast(${limit} as double)
and ${key} is not null order by p.number`,
    };
    log.push(warehouse.explain(step));
    const rows = await warehouse.query<LimitedCase & Row>(step.sql);
    const window = linkWindow(rows.map(({ start }) => start));
    const { groups, chance } = splitGroups(rows, limit, window);
    raised += groups.flat().length;
    if (chance > mostChance) continue;
    const numbers = groups.flat().map(({ number }) => number);
    kept += numbers.length;
    const table = `split_cases_${place + 1}`;
    const columns: readonly ColumnSpec[] = [{ name: 'case_no', kind: 'integer' }];
    await warehouse.createTable(table, columns);
    await warehouse.append(table, columns, [Float64Array.from(numbers)]);
    await warehouse.run(
      sql`insert into pattern_alerts select 'split-cases' as pattern, case_no, cast(null as bigint) as step, cast(null as bigint) as other,
  cast(null as bigint) as team, ${title} as attribute, 'unusual' as direction, false as tied, cast(null as double) as z from ${identifier(table)}`,
    );
  }
  return { raised, kept };
}
