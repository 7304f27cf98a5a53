import type { Notice, RawBatch, RawTable } from '../readers/raw-table.ts';
import type { ColumnPlan } from './column-plan.ts';

/** Watches identifiers for what spreadsheets do to them. */
export interface IdentifierWatch {
  look(batch: RawBatch, plans: readonly ColumnPlan[]): void;
  /** Complete only after the last batch. */
  notices(table: RawTable): readonly Notice[];
}

const mostShown = 10;
const plus = 43;
const displayForm = /^\d(?:[.,]\d+)?E\+\d{2}$/i;

/** Makes the watch of one reading. */
export function watchIdentifiers(): IdentifierWatch {
  const damaged = new Map<string, { count: number; readonly lines: number[] }>();
  const columns = new Set<string>();

  const note = (column: string, line: number) => {
    const known = damaged.get(column) ?? { count: 0, lines: [] };
    known.count += 1;
    if (known.lines.length < mostShown) known.lines.push(line);
    damaged.set(column, known);
  };
  return {
    look(batch, plans) {
      for (const { column, index, field } of plans) {
        if (!field?.identity) continue;
        columns.add(column);
        const cells = batch.columns[index] ?? [];
        for (let i = 0; i < cells.length; i++) {
          const cell = cells[i] as string;
          // One look at a character tells nearly all ids apart from 1.23E+11.
          if (cell.charCodeAt(cell.length - 3) === plus && displayForm.test(cell))
            note(column, batch.lines[i] ?? 0);
        }
      }
    },
    notices: (table) => [
      ...[...damaged].map(
        ([column, { count, lines }]): Notice => ({
          code: 'ID_DAMAGED',
          message: `Column "${column}" holds ${count.toLocaleString('en-GB')} ${count === 1 ? 'id' : 'ids'} in a spreadsheet's display form, such as 1.23E+11 (${count > lines.length ? 'first of them in' : 'in'} rows ${lines.join(', ')}); several true ids may share one.`,
          count,
        }),
      ),
      ...[...columns]
        .filter((column) => (table.numberLengths?.(column).size ?? 0) > 1)
        .map(
          (column): Notice => ({
            code: 'ID_AS_NUMBER',
            message: `Column "${column}" holds ids as numbers of different lengths; leading zeros may have been lost.`,
          }),
        ),
    ],
  };
}
