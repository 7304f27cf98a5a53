import type { QueryRecord } from '../../core/index.ts';
import { identifier, joinSql, keyword, type Row, runStep, sql, type Warehouse } from '../../stores/index.ts';
import { type WaitCause, waitCauses } from './causes.ts';
import { instancesTable, nameTables } from './instances.ts';

/** Sums over the cases of one block, in microseconds: a case each, or cases put together by a hash of their ids. */
export interface CaseBlock extends Row, Readonly<Record<WaitCause, number>> {
  readonly processing: number;
  readonly declared: number;
}

/** More cases than this are resampled in as many blocks, put together at random. */
const mostBlocks = 1000;

/** Sums of work and of waits by case, or by block of cases where there are many. */
export async function caseBlocks(
  warehouse: Warehouse,
  cases: number,
  declaredSteps: readonly number[],
  log: QueryRecord[],
): Promise<readonly CaseBlock[]> {
  const block = cases <= mostBlocks ? sql`k.number` : warehouse.dialect.bucket(sql`k.case_id`, mostBlocks);
  const isDeclared =
    declaredSteps.length === 0 ? sql`false` : sql`i.step_no in (${keyword(declaredSteps.join(', '))})`;
  const causes = waitCauses.map(
    (cause) => sql`coalesce(sum(c.${identifier(cause)}), 0) as ${identifier(cause)}`,
  );
  const length = (declared: boolean) =>
    sql`sum(case when ${isDeclared} then ${declared ? sql`i.finished - i.started` : sql`0`} else ${declared ? sql`0` : sql`i.finished - i.started`} end)`;
  return runStep<CaseBlock>(
    warehouse,
    {
      name: 'wait_blocks',
      purpose:
        'Work and waits by case, or by block of cases put together by a hash of their ids: what the intervals resample. Microseconds.',
      sql: sql`select ${block} as block, ${length(false)} as processing, ${length(true)} as declared, ${joinSql(causes, ', ')}
from ${instancesTable} as i join ${identifier(nameTables.case_id)} as k on k.number = i.case_no
left join wait_causes as c on c.id = i.id group by 1 order by 1`,
    },
    log,
  );
}
