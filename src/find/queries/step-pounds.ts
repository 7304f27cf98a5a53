import type { QueryRecord } from '../../core/index.ts';
import { type Row, runStep, sql, type Warehouse } from '../../stores/index.ts';
import type { Costs } from '../costs.ts';

/** What work at each step costs in pounds, all cases together; steps without a known cost are left out. */
export async function poundsByStep(
  warehouse: Warehouse,
  costs: Costs,
  log: QueryRecord[],
): Promise<ReadonlyMap<string, number>> {
  if (!costs.hasRates) return new Map();
  const rows = await runStep<Row & { step: string; pounds: number }>(
    warehouse,
    {
      name: 'step_pounds',
      purpose: 'What work at each step costs: minutes at the rate of the team.',
      sql: sql`select step, sum(${costs.pounds}) as pounds from work_steps group by step having sum(${costs.pounds}) is not null order by step`,
    },
    log,
  );
  return new Map(rows.map(({ step, pounds }) => [step, pounds]));
}
