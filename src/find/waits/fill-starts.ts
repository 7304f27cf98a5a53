import type { QueryRecord } from '../../core/index.ts';
import {
  type ColumnSpec,
  identifier,
  type QueryStep,
  type Sql,
  sql,
  type Warehouse,
} from '../../stores/index.ts';
import type { ConcurrentSteps } from './concurrency.ts';
import { enableLog } from './enable-log.ts';
import { estimateStarts } from './estimate-starts.ts';
import type { KnownHours } from './hours-rule.ts';
import { finishedTable, type InstanceCounts } from './instances.ts';
import type { WaitMarks } from './marks.ts';
import { readColumns } from './read-columns.ts';
import { lastReturn } from './work-hours.ts';

const startColumns: readonly ColumnSpec[] = [
  { name: 'id', kind: 'integer' },
  { name: 'begun', kind: 'integer' },
];

async function show(
  warehouse: Warehouse,
  kind: 'view' | 'table',
  purpose: string,
  body: Sql,
  log: QueryRecord[],
): Promise<void> {
  const step: QueryStep = {
    name: 'wait_instances',
    purpose,
    sql: warehouse.dialect.createTemporary(kind, identifier('wait_instances'), body),
  };
  log.push(warehouse.explain(step));
  await warehouse.run(step.sql);
}

async function estimated(
  warehouse: Warehouse,
  counts: InstanceCounts,
  concurrent: ConcurrentSteps,
  hours: KnownHours,
  marks: WaitMarks,
  log: QueryRecord[],
): Promise<Float64Array> {
  const enabling = await enableLog(warehouse, finishedTable, counts.instances, concurrent, log);
  const read = await readColumns(
    warehouse,
    ['worker_no', 'team_no', 'step_no', 'started', 'finished', 'minutes'],
    sql`select worker_no, team_no, step_no, started, finished, minutes from ${finishedTable} order by id`,
  );
  const { worker_no: workers, team_no: teams, step_no: steps, started, finished, minutes } = read;
  return estimateStarts(
    { workers, steps, started, finished, minutes },
    {
      enabling,
      noSource: 0,
      isInstant: (row) => marks.isSystem(teams[row] as number),
      lastReturn: (row, moment) => {
        const off = hours.offDuty(workers[row] as number, teams[row] as number);
        return off ? lastReturn(off, moment) : Number.NEGATIVE_INFINITY;
      },
    },
  );
}

/** Makes `wait_instances`: `wait_finished` with every start known, those estimated marked by `estimated` = 1. */
export async function fillStarts(
  warehouse: Warehouse,
  counts: InstanceCounts,
  concurrent: ConcurrentSteps,
  hours: KnownHours,
  marks: WaitMarks,
  log: QueryRecord[],
): Promise<void> {
  if (counts.withoutStart === 0) {
    const body = sql`select *, 0 as estimated from ${finishedTable}`;
    return show(warehouse, 'view', 'Every piece of work has its start.', body, log);
  }
  const starts = await estimated(warehouse, counts, concurrent, hours, marks, log);
  await warehouse.createTable('wait_starts', startColumns);
  const ids = Float64Array.from(starts, (_, i) => i + 1);
  await warehouse.append('wait_starts', startColumns, [ids, starts]);
  return show(
    warehouse,
    'table',
    'Starts that the log does not give, estimated: the later of when the piece could begin and when its worker was free.',
    sql`select f.id, f.case_no, f.step_no, f.worker_no, f.team_no, coalesce(f.started, s.begun) as started, f.finished, f.seq, f.minutes,
  case when f.started is null then 1 else 0 end as estimated
from ${finishedTable} as f join wait_starts as s on s.id = f.id`,
    log,
  );
}
