import type { QueryRecord } from '../../../core/index.ts';
import { identifier, type Row, runStep, sql } from '../../../stores/index.ts';
import type { CheckedData } from '../checked-data.ts';
import type { DataShape } from '../data-shape.ts';

/** How long after the fact work is written down. */
export interface LoggingLag {
  readonly medianSeconds: number | null;
  readonly p90Seconds: number | null;
  readonly negativeShare: number | null;
}

/** Median and nine-tenths point of the time between finishing a step and logging it; null where nothing is logged. */
export async function loggingLag(
  data: CheckedData,
  shape: DataShape,
  log: QueryRecord[],
): Promise<LoggingLag | null> {
  if (shape.filled.logged === 0) return null;
  const { dialect } = data.warehouse;
  const [row] = await runStep<Row & { p50: number | null; p90: number | null; negative: number | null }>(
    data.warehouse,
    {
      name: 'logging_lag',
      purpose: 'Time from the end of a step to when it was logged.',
      sql: sql`select ${dialect.quantile(sql`lag`, 0.5)} as p50, ${dialect.quantile(sql`lag`, 0.9)} as p90,
  avg(case when lag < 0 then 1.0 else 0.0 end) as negative
from (select ${dialect.secondsBetween(sql`${identifier('at')}`, sql`logged`)} as lag from events where logged is not null and ${identifier('at')} is not null) as lags`,
    },
    log,
  );
  return {
    medianSeconds: row?.p50 ?? null,
    p90Seconds: row?.p90 ?? null,
    negativeShare: row?.negative ?? null,
  };
}
