import type { QueryRecord } from '../../core/index.ts';
import { identifier, type Row, runStep, sql, type Warehouse } from '../../stores/index.ts';

/** What a log holds. `timed` counts rows with a time; `ties` those at the same instant as the row before in the case. */
export interface LogSize extends Row {
  readonly events: number;
  readonly timed: number;
  readonly steps: number;
  readonly cases: number;
  readonly singleEventCases: number;
  readonly ties: number;
  readonly first: string | null;
  readonly last: string | null;
}

/** Counts of events, steps, cases and ties, with the first and last instant. */
export async function logSize(warehouse: Warehouse, log: QueryRecord[]): Promise<LogSize> {
  const at = identifier('at');
  const name = identifier;
  const [events] = await runStep<Row>(
    warehouse,
    {
      name: 'log_size',
      purpose: 'How many events, steps and ties there are, and from when to when.',
      sql: sql`select count(*) as events, count(${at}) as timed, count(distinct step) as steps,
  coalesce(sum(case when prev_at = ${at} then 1 else 0 end), 0) as ties, min(${at}) as ${name('first')}, max(${at}) as ${name('last')}
from events`,
    },
    log,
  );
  const [cases] = await runStep<Row>(
    warehouse,
    {
      name: 'case_count',
      purpose: 'How many cases there are, and how many have one event.',
      sql: sql`select count(*) as cases, coalesce(sum(case when events = 1 then 1 else 0 end), 0) as ${name('singleEventCases')} from cases`,
    },
    log,
  );
  return { ...events, ...cases } as LogSize;
}
