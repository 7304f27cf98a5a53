import { pickedCells, textsOf } from '../readers/cells.ts';
import { batchRows, type RawBatch, type RawTable, type RowFault } from '../readers/raw-table.ts';
import type { ShapedColumns } from './extract-shape.ts';
import { leaveOutBut } from './own-columns.ts';

/** Which columns of a table of changes say what, and whose changes are steps. */
export interface HistoryShape {
  /** The column that names the field which changed. */
  readonly fieldColumn: string;
  /** The field whose changes are steps. */
  readonly field: string;
  /** Field or attribute: column. */
  readonly says: Readonly<Record<string, string>>;
}

/** A table of changed fields as a table of events: a change of the field chosen is an event, others are set aside. */
export function historyTable(
  table: RawTable,
  { fieldColumn, field, says }: HistoryShape,
): RawTable & { readonly shaped: ShapedColumns } {
  const narrow = (batch: RawBatch): RawBatch => {
    const names = textsOf(batch.columns[table.columns.indexOf(fieldColumn)]);
    const rows: number[] = [];
    const faults: RowFault[] = [...batch.faults];
    for (let row = 0; row < batch.rows; row++) {
      const name = (names[row] ?? '').trim();
      if (name === field) rows.push(row);
      else
        faults.push({
          line: batch.lines[row] ?? 0,
          column: fieldColumn,
          value: name.slice(0, 200) || null,
          reason: 'OTHER_FIELD',
        });
    }
    return {
      rows: rows.length,
      lines: rows.map((row) => batch.lines[row] ?? 0),
      columns: batch.columns.map((cells) => pickedCells(cells, rows)),
      faults,
    };
  };
  return {
    ...table,
    ...leaveOutBut(table, [fieldColumn]),
    get columns() {
      return table.columns;
    },
    get facts() {
      return table.facts;
    },
    shaped: {
      says,
      usedUp: new Map([[fieldColumn, `it names the field that changed; changes of "${field}" are steps`]]),
      rowsAreCases: false,
    },
    async *batches() {
      // The first rows decide what the columns hold, so rows are put together until they are many.
      let held: RawBatch | undefined;
      for await (const batch of table.batches()) {
        held = joined(held, narrow(batch));
        if (held.rows < batchRows && held.faults.length < batchRows) continue;
        yield held;
        held = undefined;
      }
      if (held) yield held;
    },
  };
}

/** Two batches as one; columns may have been added in between. */
function joined(a: RawBatch | undefined, b: RawBatch): RawBatch {
  if (!a) return b;
  const empty = Array.from({ length: a.rows }, () => '');
  return {
    rows: a.rows + b.rows,
    lines: [...a.lines, ...b.lines],
    columns: b.columns.map((cells, c) => [...textsOf(a.columns[c] ?? empty), ...textsOf(cells)]),
    faults: [...a.faults, ...b.faults],
  };
}
