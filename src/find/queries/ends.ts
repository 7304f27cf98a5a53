import type { QueryRecord } from '../../core/index.ts';
import { identifier, type Row, runStep, sql, type Warehouse } from '../../stores/index.ts';
import { addUp, runInParts } from './case-parts.ts';
import { type CaseCounting, caseCounting, countedSteps } from './ways.ts';

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

/** Cases that go through each step of the work, most first. */
export async function stepCounts(
  warehouse: Warehouse,
  log: QueryRecord[],
  given?: CaseCounting,
): Promise<readonly StepCases[]> {
  const counting = given ?? (await caseCounting(warehouse));
  const rows = await runInParts<StepCases>(
    warehouse,
    counting,
    (part) => ({
      name: 'step_cases',
      purpose: 'How many cases go through each step.',
      sql: sql`select step, sum(cases) as cases
from (select distinct example, cases, step from (${countedSteps(counting, part)}) as s) as passed
group by step`,
    }),
    log,
  );
  return addUp(rows, ['step']).toSorted((a, b) => b.cases - a.cases || (a.step < b.step ? -1 : 1));
}
