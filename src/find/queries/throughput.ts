import type { QueryRecord } from '../../core/index.ts';
import { type Row, runStep, sql, type Warehouse } from '../../stores/index.ts';

/** Time from the first to the last event of a case, in seconds, over cases with a time. */
export interface Throughput extends Row {
  readonly cases: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly p90: number | null;
}

/** Mean, median and 90th percentile of first to last event. */
export async function throughput(warehouse: Warehouse, log: QueryRecord[]): Promise<Throughput> {
  const { dialect } = warehouse;
  const seconds = dialect.secondsBetween(sql`first_at`, sql`last_at`);
  const [row] = await runStep<Throughput>(
    warehouse,
    {
      name: 'throughput',
      purpose: 'Seconds from the first to the last event of each case: mean, median and 90th percentile.',
      sql: sql`select count(*) as cases, avg(${seconds}) as mean, ${dialect.quantile(seconds, 0.5)} as median,
  ${dialect.quantile(seconds, 0.9)} as p90
from cases where first_at is not null`,
    },
    log,
  );
  return row ?? { cases: 0, mean: null, median: null, p90: null };
}
