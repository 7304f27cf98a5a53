import { type ColumnSpec, canonicalTables, openDuckdb, type Warehouse } from '../../stores/index.ts';

/** One row of a log given as values: a finished step, or a status of the case. Times in milliseconds since 1970. */
export interface WorkRow {
  readonly case: string;
  readonly step: string;
  readonly started: number | null;
  readonly finished: number | null;
  readonly worker: string | null;
  readonly team: string | null;
  readonly minutes: number | null;
  readonly kind: 'step' | 'status';
}

const wanted = ['case_id', 'seq', 'step', 'at', 'started', 'finished', 'worker', 'team', 'kind', 'minutes'];
const columns: readonly ColumnSpec[] = canonicalTables.events.filter(({ name }) => wanted.includes(name));

function cellOf(row: WorkRow, seq: number, name: string): string | number | bigint | null {
  const instant = (ms: number | null) => (ms === null ? null : BigInt(Math.round(ms * 1000)));
  switch (name) {
    case 'case_id':
      return row.case;
    case 'seq':
      return seq;
    case 'at':
      return instant(row.finished ?? row.started);
    case 'started':
      return instant(row.started);
    case 'finished':
      return instant(row.finished);
    default:
      return row[name as 'step' | 'worker' | 'team' | 'kind' | 'minutes'];
  }
}

/** Opens an engine that holds the rows as its table `events`, uses it, and closes it. */
export async function withWorkRows<T>(
  rows: readonly WorkRow[],
  use: (warehouse: Warehouse) => Promise<T>,
): Promise<T> {
  const warehouse = await openDuckdb({ folders: [] });
  try {
    await warehouse.createTable('events', columns);
    const values = columns.map(({ name }) => rows.map((row, i) => cellOf(row, i + 1, name)));
    if (rows.length > 0) await warehouse.append('events', columns, values);
    return await use(warehouse);
  } finally {
    await warehouse.close();
  }
}
