import type { QueryRecord } from '../../core/index.ts';
import { identifier, type Row, runStep, sql, type Warehouse } from '../../stores/index.ts';

/** A step and the number of cases that begin, or end, with it. */
export interface StepCases extends Row {
  readonly step: string;
  readonly cases: number;
}

/** First or last steps of cases, most frequent first. */
export async function caseEnds(
  warehouse: Warehouse,
  which: 'first' | 'last',
  log: QueryRecord[],
): Promise<readonly StepCases[]> {
  const column = identifier(`${which}_step`);
  return runStep<StepCases>(
    warehouse,
    {
      name: `${which}_steps`,
      purpose: `How many cases have each step as their ${which}.`,
      sql: sql`select ${column} as step, count(*) as cases from cases where ${column} is not null
group by ${column} order by count(*) desc, ${column}`,
    },
    log,
  );
}
