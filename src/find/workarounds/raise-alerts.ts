import type { QueryRecord } from '../../core/index.ts';
import { discoveryLimit } from '../../stats/index.ts';
import { identifier, type Row, sql, type Warehouse } from '../../stores/index.ts';
import type { PatternTest } from './alert.ts';

/** Makes the empty table `pattern_alerts`. */
export async function beginAlerts(warehouse: Warehouse): Promise<void> {
  await warehouse.createTable('pattern_alerts', [
    { name: 'pattern', kind: 'text' },
    { name: 'case_no', kind: 'integer' },
    { name: 'step', kind: 'integer' },
    { name: 'other', kind: 'integer' },
    { name: 'team', kind: 'integer' },
    { name: 'attribute', kind: 'text' },
    { name: 'direction', kind: 'text' },
    { name: 'tied', kind: 'boolean' },
    { name: 'z', kind: 'number' },
  ]);
}

const falseDiscoveries = 0.05;

/** How many alerts a test added to those of its pattern, and how many more are left when chance findings are taken out. */
export interface RaisedAlerts {
  readonly raised: number;
  readonly kept: number;
}

/** Runs one test into `pattern_alerts`; a scored test keeps what passes Benjamini and Hochberg at 5%, if asked. */
export async function raiseAlerts(
  warehouse: Warehouse,
  test: PatternTest,
  controlled: boolean,
  log: QueryRecord[],
): Promise<RaisedAlerts> {
  const { pattern, purpose } = test;
  const columns = sql`case_no, step, other, team, attribute, direction, tied, cast(z as double) as z`;
  const insert = sql`insert into pattern_alerts select ${pattern} as pattern, ${columns} from (${test.sql}) as found`;
  log.push(warehouse.explain({ name: pattern.replaceAll('-', '_'), purpose, sql: insert }));
  const before = await countOf(warehouse, pattern);
  await warehouse.run(insert);
  const raised = (await countOf(warehouse, pattern)) - before;
  if (!test.tested || !controlled || raised === 0) return { raised, kept: raised };
  const rows = await warehouse.query<Row & { z: number }>(
    sql`select z from pattern_alerts where pattern = ${pattern} order by z desc`,
  );
  const [whole] = await warehouse.query<Row & { n: number }>(test.tested);
  const limit = discoveryLimit(
    rows.map(({ z }) => z),
    whole?.n ?? 0,
    falseDiscoveries,
  );
  await warehouse.run(
    Number.isFinite(limit)
      ? sql`delete from pattern_alerts where pattern = ${pattern} and z < cast(${limit} as double)`
      : sql`delete from pattern_alerts where pattern = ${pattern}`,
  );
  return { raised, kept: (await countOf(warehouse, pattern)) - before };
}

async function countOf(warehouse: Warehouse, pattern: string): Promise<number> {
  const [row] = await warehouse.query<Row & { n: number }>(
    sql`select count(*) as n from ${identifier('pattern_alerts')} where pattern = ${pattern}`,
  );
  return row?.n ?? 0;
}
