import type { QueryRecord } from '../../core/index.ts';
import { identifier, joinSql, type Row, runStep, type Sql, sql, type Warehouse } from '../../stores/index.ts';

/** Rows up to which the engine may hold all values at once: it takes some 30 bytes of memory a value. */
const held = 12_000_000;

/** What to work out spreads of. */
export interface Spreads {
  readonly name: string;
  readonly purpose: string;
  /** A query that gives the keys and a `value` of 0 or more, none of them null. */
  readonly rows: Sql;
  readonly keys: readonly string[];
  /** The quantiles wanted (type 7), by the name of their column. */
  readonly quantiles: Readonly<Record<string, number>>;
  /** About how many rows that is. */
  readonly size: number;
}

/** Values of a group: how many, and their sum. With them come the keys and the quantiles, by name. */
interface Sized {
  readonly count: number;
  readonly total: number;
}

const list = (names: readonly string[]) =>
  joinSql(
    names.map((name) => identifier(name)),
    ', ',
  );

/** Spreads by group, the largest group first, ties by key. `limit` is the number of rows held at once. */
export async function spreadsByGroup<R>(
  warehouse: Warehouse,
  what: Spreads,
  log: QueryRecord[],
  limit = held,
): Promise<readonly (R & Sized)[]> {
  const rows =
    what.size <= limit ? await atOnce(warehouse, what, log) : await inTwoPasses(warehouse, what, log);
  return rows as readonly unknown[] as readonly (R & Sized)[];
}

function atOnce(warehouse: Warehouse, what: Spreads, log: QueryRecord[]): Promise<readonly Row[]> {
  const { name, purpose, rows } = what;
  const keys = list(what.keys);
  const { dialect } = warehouse;
  const quantiles = Object.keys(what.quantiles).map(
    (as, i) => sql`${dialect.element(sql`quantiles`, i + 1)} as ${identifier(as)}`,
  );
  // All quantiles from one list: the engine holds the values of each list it is asked for.
  const body = sql`select ${keys}, count, total, ${joinSql(quantiles, ', ')}
from (select ${keys}, count(*) as count, sum(value) as total, ${dialect.quantiles(sql`value`, Object.values(what.quantiles))} as quantiles
  from (${rows}) as r group by ${keys}) as s order by count desc, ${keys}`;
  return runStep(warehouse, { name, purpose, sql: body }, log);
}

/** The band of a value: bands follow one another as values do; near a day in seconds one is a hundredth wide. */
const band = sql`floor(sqrt(sqrt(value)) * 16)`;

/**
 * The same figures where the values of all rows are too many to hold: the first pass counts values by band, which
 * tells the bands that the order statistics lie in; the second reads the values of those bands alone.
 */
async function inTwoPasses(warehouse: Warehouse, what: Spreads, log: QueryRecord[]): Promise<readonly Row[]> {
  const { dialect } = warehouse;
  const { name, purpose, rows } = what;
  const keys = list(what.keys);
  const tallies = identifier(`${name}_tallies`);
  const bands = identifier(`${name}_bands`);
  const make = async (table: typeof tallies, why: string, body: Sql) => {
    const step = { name: table.name, purpose: why, sql: dialect.createTemporary('table', table, body) };
    log.push(warehouse.explain(step));
    await warehouse.run(step.sql);
  };
  await make(
    tallies,
    `${purpose} First by bands of values, since there are too many to hold at once.`,
    sql`select ${keys}, ${band} as band, count(*) as n, sum(value) as total from (${rows}) as r group by ${keys}, ${band}`,
  );
  // Type 7 lies between the order statistics at floor and ceiling of (n - 1)p, counted from 0.
  const last = dialect.toDouble(sql`(size - 1)`);
  const below = (p: number) => sql`floor(${last} * ${p})`;
  const above = (p: number) => sql`ceil(${last} * ${p})`;
  const wanted = Object.values(what.quantiles).map(
    (p) => sql`(below <= ${above(p)} and ${below(p)} < below + n)`,
  );
  await make(
    bands,
    'The bands that hold the values on both sides of each quantile.',
    sql`select ${keys}, band, below, size, whole from (select ${keys}, band, n,
  sum(n) over (partition by ${keys} order by band) - n as below,
  sum(n) over (partition by ${keys}) as size, sum(total) over (partition by ${keys}) as whole
  from ${tallies}) as t where ${joinSql(wanted, ' or ')}`,
  );
  const at = (rank: Sql) => sql`min(case when upto > ${rank} then value end)`;
  const statistics = Object.entries(what.quantiles).map(
    ([as, p]) =>
      sql`${at(below(p))} as ${identifier(`${as}_below`)}, ${at(above(p))} as ${identifier(`${as}_above`)}`,
  );
  const same = what.keys.map((key) => sql`b.${identifier(key)} = v.${identifier(key)}`);
  const own = joinSql(
    what.keys.map((key) => sql`b.${identifier(key)}`),
    ', ',
  );
  const body = sql`select ${keys}, max(size) as count, max(whole) as total, ${joinSql(statistics, ', ')}
from (select ${keys}, value, size, whole, below + sum(n) over (partition by ${keys}, band order by value) as upto
  from (select ${own}, b.band, b.below, b.size, b.whole, v.value, count(*) as n
    from (select ${keys}, value, ${band} as band from (${rows}) as r) as v
    join ${bands} as b on ${joinSql(same, ' and ')} and b.band = v.band
    group by ${own}, b.band, b.below, b.size, b.whole, v.value) as counted) as placed
group by ${keys} order by max(size) desc, ${keys}`;
  const ranked = await runStep(
    warehouse,
    { name, purpose: `${purpose} Then the values on both sides of each quantile.`, sql: body },
    log,
  );
  return ranked.map((row) => withQuantiles(row, what));
}

/** The group with its quantiles between the two values of each: linear interpolation (Hyndman and Fan, 1996, type 7). */
function withQuantiles(row: Row, { keys, quantiles }: Spreads): Row {
  const { count, total = null } = row;
  const values = Object.entries(quantiles).map(([as, p]) => {
    const place = (Number(count) - 1) * p;
    const low = Number(row[`${as}_below`]);
    return [as, low + (Number(row[`${as}_above`]) - low) * (place - Math.floor(place))] as const;
  });
  const own = keys.map((key) => [key, row[key] ?? null] as const);
  return Object.fromEntries([...own, ['count', Number(count)], ['total', total], ...values]);
}
