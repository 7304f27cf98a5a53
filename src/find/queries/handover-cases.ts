import type { QueryRecord } from '../../core/index.ts';
import { identifier, joinSql, type Row, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import { addUp, type CaseParts, runInParts } from './case-parts.ts';

/** Pairs that one whole number holds, a bit each, and numbers a case at most; a test takes fewer. */
export interface PairBits {
  readonly bits: number;
  readonly numbers: number;
}

const usual: PairBits = { bits: 62, numbers: 8 };

interface Pair {
  readonly from: string;
  readonly to: string;
}

interface PairCases extends Row, Pair {
  readonly from: string;
  readonly to: string;
  readonly cases: number;
}

const from = identifier('from');
const to = identifier('to');
const pairBits = identifier('handover_pairs');
const commas = (parts: readonly Sql[]) => joinSql(parts, ', ');

/** Each pair with the number that holds its bit; all its other numbers are 0. */
async function makePairs(
  warehouse: Warehouse,
  pairs: readonly Pair[],
  columns: readonly Sql[],
  bits: number,
  log: QueryRecord[],
): Promise<void> {
  const rows = pairs.map((pair, i) => {
    const own = columns.map((_, c) => (Math.floor(i / bits) === c ? String(2n ** BigInt(i % bits)) : '0'));
    return sql`(${pair.from}, ${pair.to}, ${commas(own.map((bit) => sql`cast(${bit} as bigint)`))})`;
  });
  const step = {
    name: pairBits.name,
    purpose: 'Pairs of teams, each with a bit of its own.',
    sql: warehouse.dialect.createTemporary(
      'table',
      pairBits,
      sql`select * from (values ${commas(rows)}) as v(from_team, to_team, ${commas(columns)})`,
    ),
  };
  log.push(warehouse.explain(step));
  await warehouse.run(step.sql);
}

/**
 * How many cases go through each pair of teams, by a query of the hand-overs of a part (`case_id`, `from`, `to`).
 * The pairs of a case are gathered as bits of a few whole numbers, one row a case, which takes half as long as telling
 * case and pair apart row by row; that is done only where there are more pairs than bits.
 */
export async function casesByPair(
  warehouse: Warehouse,
  parts: CaseParts,
  handedOver: (part: Sql) => Sql,
  pairs: readonly Pair[],
  log: QueryRecord[],
  { bits, numbers }: PairBits = usual,
): Promise<(pair: Pair) => number> {
  const key = (pair: Pair) => JSON.stringify([pair.from, pair.to]);
  const name = 'handover_cases';
  const purpose = 'Cases in which work passes from one known team to another between neighbouring steps.';
  const needed = Math.ceil(pairs.length / bits);
  const columns = Array.from({ length: needed }, (_, i) => sql`${identifier(`bits_${i}`)}`);
  const isBits = needed > 0 && needed <= numbers;
  if (isBits) await makePairs(warehouse, pairs, columns, bits, log);
  const inBits = (part: Sql) => {
    const gathered = columns.map((column) => sql`bit_or(${column}) as ${column}`);
    const held = columns.map((column) => sql`(m.${column} & p.${column}) <> 0`);
    return sql`select p.from_team as ${from}, p.to_team as ${to}, sum(m.cases) as cases
from (select ${commas(columns)}, count(*) as cases from (
    select case_id, ${commas(gathered)} from (${handedOver(part)}) as h
    join ${pairBits} on h.${from} = from_team and h.${to} = to_team group by case_id) as c
  group by ${commas(columns)}) as m join ${pairBits} as p on ${joinSql(held, ' or ')} group by p.from_team, p.to_team`;
  };
  const rowByRow = (part: Sql) => sql`select ${from}, ${to}, count(*) as cases
from (select distinct case_id, ${from}, ${to} from (${handedOver(part)}) as h) as passed group by ${from}, ${to}`;
  const rows = await runInParts<PairCases>(
    warehouse,
    parts,
    (part) => ({ name, purpose, sql: isBits ? inBits(part) : rowByRow(part) }),
    log,
  );
  const cases = new Map(addUp(rows, ['from', 'to']).map((row) => [key(row), row.cases]));
  return (pair) => cases.get(key(pair)) ?? 0;
}
