import type { QueryRecord, Table } from '../../../core/index.ts';
import { type Row, runStep, sql } from '../../../stores/index.ts';
import type { CheckedData } from '../checked-data.ts';
import { secondOfDay } from '../fragments.ts';
import { column } from '../make-result.ts';

const mostlyShare = 0.99;
const leastRows = 20;

interface StepPrecision extends Row {
  readonly step: string;
  readonly rows: number;
  readonly midnight: number;
  readonly minute: number;
  readonly half: number;
}

function precisionOf({ rows, midnight, minute }: StepPrecision): string {
  if (rows < leastRows) return 'too few to tell';
  if (midnight >= mostlyShare * rows) return 'day';
  return minute >= mostlyShare * rows ? 'minute' : 'second';
}

/** How finely each step is timed, and how many of its times look typed in. */
export async function precision(data: CheckedData, log: QueryRecord[]): Promise<Table> {
  const second = secondOfDay(data.warehouse.dialect, sql`at_wall`);
  const rows = await runStep<StepPrecision>(
    data.warehouse,
    {
      name: 'precision_by_step',
      purpose:
        'For each step, how many times stand at midnight, on a whole minute, and on a whole or half hour.',
      sql: sql`select step, count(*) as rows, sum(case when second = 0 then 1 else 0 end) as midnight,
  sum(case when floor(second / 60) * 60 = second then 1 else 0 end) as minute, sum(case when floor(second / 1800) * 1800 = second then 1 else 0 end) as half
from (select step, ${second} as second from events where at_wall is not null) as timed group by step order by count(*) desc, step`,
    },
    log,
  );
  return {
    id: 'precision',
    title: 'How finely each step is timed',
    columns: [
      column('step', 'Step'),
      column('rows', 'Rows', 'count'),
      column('precision', 'Timed to the'),
      column('midnight', 'At midnight exactly', 'share'),
      column('half', 'On a whole or half hour', 'share'),
    ],
    rows: rows
      .filter((row) => row.rows >= leastRows)
      .map((row) => ({
        step: row.step,
        rows: row.rows,
        precision: precisionOf(row),
        midnight: row.midnight / row.rows,
        half: row.half / row.rows,
      })),
    notes: [
      'A step timed to the day is left out of anything about the time of day. By chance, about 1 in 1,800 times stands on a whole or half hour to the second; far more were typed in.',
      `Steps with fewer than ${leastRows} rows are left out.`,
    ],
  };
}
