import { type Row, sql, type Warehouse } from '../../stores/index.ts';
import type { LogEnabling } from './enable-log.ts';

/** The instances that show what a setting changes. */
export interface CaseSample {
  /** One case in so many was taken, by a hash of its id; 1 where all were. */
  readonly oneIn: number;
  readonly isSampled: (id: number) => boolean;
}

/** Over so many waits a sample of cases is enough to see what a setting changes. */
const mostWaits = 100_000;

/** Which instances show what a setting changes: all, or those of a sample of cases by a hash of their ids. */
export async function sampleOfCases(
  warehouse: Warehouse,
  { cases, source }: LogEnabling,
): Promise<CaseSample> {
  const waits = source.reduce((sum, one) => sum + (one === 0 ? 0 : 1), 0);
  const oneIn = Math.max(1, Math.ceil(waits / mostWaits));
  if (oneIn === 1) return { oneIn, isSampled: () => true };
  const rows = await warehouse.query<Row & { number: number }>(
    sql`select number from wait_cases where ${warehouse.dialect.bucket(sql`case_id`, oneIn)} = 0`,
  );
  const taken = new Set(rows.map(({ number }) => number));
  return { oneIn, isSampled: (id) => taken.has(cases[id - 1] as number) };
}
