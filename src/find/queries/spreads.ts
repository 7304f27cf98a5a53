import type { QueryRecord } from '../../core/index.ts';
import { identifier, joinSql, type Row, runStep, type Sql, sql, type Warehouse } from '../../stores/index.ts';

/** Rows up to which the engine may hold all values at once: it takes some 30 bytes of memory a value. */
const held = 12_000_000;

/** What values of a group come to: how many, their sum, median and 90th percentile (type 7). */
interface Spread extends Row {
  readonly count: number;
  readonly total: number;
  readonly median: number;
  readonly p90: number;
}

/** What to work out spreads of. */
export interface Spreads {
  readonly name: string;
  readonly purpose: string;
  /** A query that gives the keys and a `value` of 0 or more, none of them null. */
  readonly rows: Sql;
  readonly keys: readonly string[];
  /** About how many rows that is. */
  readonly size: number;
}

interface Ranked extends Row {
  readonly count: number;
  readonly total: number;
  readonly median_below: number;
  readonly median_above: number;
  readonly p90_below: number;
  readonly p90_above: number;
}

const quantiles = [
  ['median', 0.5],
  ['p90', 0.9],
] as const;

const list = (names: readonly string[]) => joinSql(names.map(identifier), ', ');

/** Spreads by group, the largest group first, ties by key. `limit` is the number of rows held at once. */
export async function spreadsByGroup<K>(
  warehouse: Warehouse,
  what: Spreads,
  log: QueryRecord[],
  limit = held,
): Promise<readonly (K & Spread)[]> {
  const rows =
    what.size <= limit ? await atOnce(warehouse, what, log) : await inTwoPasses(warehouse, what, log);
  return rows as unknown as readonly (K & Spread)[];
}

function atOnce(warehouse: Warehouse, { name, purpose, rows, keys }: Spreads, log: QueryRecord[]) {
  const { dialect } = warehouse;
  const value = sql`value`;
  return runStep<Spread>(
    warehouse,
    {
      name,
      purpose,
      sql: sql`select ${list(keys)}, count(*) as count, ${dialect.quantile(value, 0.5)} as median,
  ${dialect.quantile(value, 0.9)} as p90, sum(value) as total
from (${rows}) as r group by ${list(keys)} order by count(*) desc, ${list(keys)}`,
    },
    log,
  );
}

/** The band of a value: bands follow one another as values do, each about a hundredth wide at a day in seconds. */
const band = sql`floor(sqrt(sqrt(value)) * 16)`;

/**
 * The same figures where the values of all rows are too many to hold: the first pass counts values by band, which
 * tells the band that each order statistic lies in; the second reads the values of those bands alone.
 */
async function inTwoPasses(
  warehouse: Warehouse,
  what: Spreads,
  log: QueryRecord[],
): Promise<readonly Spread[]> {
  const { dialect } = warehouse;
  const { name, purpose, rows, keys } = what;
  const tallies = identifier(`${name}_tallies`);
  const bands = identifier(`${name}_bands`);
  const make = async (table: typeof tallies, says: string, body: Sql) => {
    const step = { name: table.name, purpose: says, sql: dialect.createTemporary('table', table, body) };
    log.push(warehouse.explain(step));
    await warehouse.run(step.sql);
  };
  await make(
    tallies,
    `${purpose} First by bands of values, since there are too many to hold at once.`,
    sql`select ${list(keys)}, ${band} as band, count(*) as n, sum(value) as total from (${rows}) as r group by ${list(keys)}, ${band}`,
  );
  // Type 7 lies between the order statistics at floor and ceiling of (n - 1)p, counted from 0.
  const rank = (p: number, round: 'floor' | 'ceil') =>
    round === 'floor' ? sql`floor(${last} * ${p})` : sql`ceil(${last} * ${p})`;
  const last = dialect.toDouble(sql`(size - 1)`);
  const wanted = quantiles.map(
    ([, p]) => sql`(below <= ${rank(p, 'ceil')} and ${rank(p, 'floor')} < below + n)`,
  );
  await make(
    bands,
    'The bands that hold the order statistics on both sides of each quantile.',
    sql`select ${list(keys)}, band, below, size, whole from (
  select ${list(keys)}, band, n, sum(n) over (partition by ${list(keys)} order by band) - n as below,
    sum(n) over (partition by ${list(keys)}) as size, sum(total) over (partition by ${list(keys)}) as whole
  from ${tallies}) as t where ${joinSql(wanted, ' or ')}`,
  );
  const same = keys.map((key) => sql`b.${identifier(key)} = r.${identifier(key)}`);
  const at = (p: number, round: 'floor' | 'ceil') =>
    sql`min(case when upto > ${rank(p, round)} then value end)`;
  const statistics = quantiles.map(
    ([as, p]) =>
      sql`${at(p, 'floor')} as ${identifier(`${as}_below`)}, ${at(p, 'ceil')} as ${identifier(`${as}_above`)}`,
  );
  const mine = joinSql(
    keys.map((key) => sql`b.${identifier(key)}`),
    ', ',
  );
  const ranked = await runStep<Ranked>(
    warehouse,
    {
      name,
      purpose: `${purpose} Then the order statistics themselves.`,
      sql: sql`select ${list(keys)}, max(size) as count, max(whole) as total, ${joinSql(statistics, ', ')}
from (select ${list(keys)}, value, size, whole, below + sum(n) over (partition by ${list(keys)}, band order by value) as upto
  from (select ${mine}, b.band, b.below, b.size, b.whole, r.value, count(*) as n
    from (select ${list(keys)}, value, ${band} as band from (${rows}) as v) as r
    join ${bands} as b on ${joinSql(same, ' and ')} and b.band = r.band
    group by ${mine}, b.band, b.below, b.size, b.whole, r.value) as counted) as placed
group by ${list(keys)} order by max(size) desc, ${list(keys)}`,
    },
    log,
  );
  return ranked.map(({ median_below, median_above, p90_below, p90_above, ...row }) => ({
    ...row,
    median: between(median_below, median_above, row.count, 0.5),
    p90: between(p90_below, p90_above, row.count, 0.9),
  }));
}

/** Linear interpolation between two order statistics (Hyndman and Fan, 1996, type 7). */
function between(below: number, above: number, n: number, p: number): number {
  const place = (n - 1) * p;
  return below + (above - below) * (place - Math.floor(place));
}
