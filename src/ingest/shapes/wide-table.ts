import { textsOf } from '../readers/cells.ts';
import { batchRows, type RawBatch, type RawTable } from '../readers/raw-table.ts';
import { type ShapedColumns, spreadColumns } from './extract-shape.ts';
import { leaveOutBut } from './own-columns.ts';

/** Which columns of a case's row are dates of steps. */
export interface WideShape {
  /** Step: column with its date. */
  readonly steps: Readonly<Record<string, string>>;
  /** Words that mean "missing": such a cell gives no event. */
  readonly nulls: ReadonlySet<string>;
  /** Columns that are kept beside the events made of them. */
  readonly kept: ReadonlySet<string>;
  /** True when the cells of columns that are used up are still needed, to tell equal rows. */
  readonly keepsCells: boolean;
  /** Field: column, beside step and time. */
  readonly says: Readonly<Record<string, string>>;
}

const spreadNames: ReadonlySet<string> = new Set(Object.values(spreadColumns));

interface Spread {
  lines: number[];
  columns: string[][];
  titles: string[];
  repeats: Set<number>;
}

/** A table of one row a case as a table of events: each filled date of a row is an event of its column's step. */
export function wideTable(
  table: RawTable,
  { steps, nulls, kept, keepsCells, says }: WideShape,
): RawTable & { readonly shaped: ShapedColumns } {
  const titles = Object.entries(steps);
  const usedUp = new Map(
    titles
      .filter(([, column]) => !kept.has(column))
      .map(([step, column]) => [column, `its dates are events of the step "${step}"`]),
  );
  const columns: string[] = [];
  const indexOf = new Map<string, number>();
  const know = (name: string) => {
    if (!indexOf.has(name)) indexOf.set(name, columns.push(name) - 1);
  };
  const follow = () => table.columns.forEach(know);
  follow();
  Object.values(spreadColumns).forEach(know);

  const empty = (): Spread => ({
    lines: [],
    columns: columns.map(() => []),
    titles: [],
    repeats: new Set(),
  });

  /** Puts rows' events behind the others, one row after the other; a row without any has an empty date. */
  const spreaderOf = (batch: RawBatch) => {
    const cellsOf = (name: string) => textsOf(batch.columns[table.columns.indexOf(name)]);
    const dates = titles.map(([step, column]) => ({ step, column, cells: cellsOf(column) }));
    const others = columns.flatMap((name, to) =>
      (usedUp.has(name) && !keepsCells) || spreadNames.has(name) ? [] : [{ cells: cellsOf(name), to }],
    );
    const stepAt = columns.indexOf(spreadColumns.step);
    const dateAt = columns.indexOf(spreadColumns.finished);
    return (row: number, into: Spread) => {
      const filled = dates.filter(({ cells }) => {
        const text = (cells[row] ?? '').trim();
        return text !== '' && !nulls.has(text);
      });
      const events = filled.length > 0 ? filled : dates.slice(0, 1);
      for (const [i, { step, column, cells }] of events.entries()) {
        const at = into.lines.push(batch.lines[row] ?? 0) - 1;
        if (i > 0) into.repeats.add(at);
        into.titles.push(column);
        into.columns[stepAt]?.push(step);
        into.columns[dateAt]?.push(filled.length > 0 ? (cells[row] ?? '') : '');
        for (const other of others) into.columns[other.to]?.push(other.cells[row] ?? '');
      }
    };
  };

  const finished = (spread: Spread, faults: RawBatch['faults']): RawBatch => ({
    rows: spread.lines.length,
    ...spread,
    faults,
  });

  return {
    ...table,
    ...leaveOutBut(table, Object.values(steps)),
    columns,
    get facts() {
      return table.facts;
    },
    shaped: {
      says: { ...says, step: spreadColumns.step, finished: spreadColumns.finished },
      usedUp,
      rowsAreCases: true,
      titles: [...new Set(Object.values(steps))],
    },
    async *batches() {
      for await (const batch of table.batches()) {
        follow();
        const spreadRow = spreaderOf(batch);
        let spread = empty();
        for (let row = 0; row < batch.rows; row++) {
          spreadRow(row, spread);
          if (spread.lines.length < batchRows) continue;
          yield finished(spread, []);
          spread = empty();
        }
        yield finished(spread, batch.faults);
      }
    },
  };
}
