import { type Cells, textsOf } from '../readers/cells.ts';
import type { PlacedColumn, RawBatch } from '../readers/raw-table.ts';
import { spreadColumns } from '../shapes/extract-shape.ts';

/**
 * A column of dates, named as the file names it. Where the dates of a case's row were spread over events, those of
 * several columns stand among each other in one place, and each of them is known by its title.
 */
export interface DatedColumn extends PlacedColumn {
  readonly isTitle?: true;
}

/** Columns of dates as the file has them: in place of the one that spreading added, those its dates stood in. */
export function datedColumns(
  columns: readonly PlacedColumn[],
  titles: readonly string[] = [],
): readonly DatedColumn[] {
  return columns.flatMap(({ column, index }): readonly DatedColumn[] => {
    if (titles.length === 0) return [{ column, index }];
    if (column === spreadColumns.finished)
      return titles.map((title) => ({ column: title, index, isTitle: true }));
    // One that is kept for the case as well holds the same dates, again for each event.
    return titles.includes(column) ? [] : [{ column, index }];
  });
}

function byTitle({ columns, titles = [] }: RawBatch, index: number): ReadonlyMap<string, readonly string[]> {
  const cells = textsOf(columns[index]);
  const parts = new Map<string, string[]>();
  for (const [row, title] of titles.entries()) {
    const part = parts.get(title);
    if (part) part.push(cells[row] ?? '');
    else parts.set(title, [cells[row] ?? '']);
  }
  return parts;
}

/** The cells of a column, once for each row of the source where rows were spread. */
function onceEach({ columns, titles, repeats }: RawBatch, index: number): Cells | undefined {
  const cells = columns[index];
  return titles && repeats ? textsOf(cells).filter((_, row) => !repeats.has(row)) : cells;
}

/** Hands out the dates of a batch, each column's for itself. */
export function datesIn(batch: RawBatch): (dated: DatedColumn) => Cells | undefined {
  let parts: ReadonlyMap<string, readonly string[]> | undefined;
  return ({ column, index, isTitle }) => {
    if (!isTitle) return onceEach(batch, index);
    parts ??= byTitle(batch, index);
    return parts.get(column);
  };
}
