import { WellspentError } from '../../../core/index.ts';
import { nameColumns } from '../delimited/sniff.ts';
import type { SheetRow } from './sheet-rows.ts';

/** Where a sheet's table begins and what its columns are called. */
export interface SheetHeader {
  readonly row: number;
  readonly columns: readonly string[];
  /** Rows above it that hold something. */
  readonly preamble: number;
}

const rowsTried = 30;

function usualWidth(rows: readonly SheetRow[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const [best] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  return best?.[0] ?? 0;
}

/** Mostly texts, all but a few distinct, across more than half the width that rows usually have. */
function looksLikeHeader({ cells, kinds }: SheetRow, width: number): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '');
  const words = cells.filter((cell, c) => cell.trim() !== '' && kinds[c] === 'text');
  return (
    filled.length * 2 > width && words.length * 2 > filled.length && new Set(filled).size * 2 > filled.length
  );
}

/** Finds the header among the first rows that hold something; null for a sheet that holds nothing. */
export function findHeader(rows: readonly SheetRow[], file: string, mostColumns: number): SheetHeader | null {
  const width = usualWidth(rows);
  const tried = rows.slice(0, rowsTried);
  const at = Math.max(
    0,
    tried.findIndex((row) => looksLikeHeader(row, width)),
  );
  const found = rows[at];
  if (!found) return null;
  if (found.cells.length > mostColumns)
    throw new WellspentError('TOO_MANY_COLUMNS', `${file} has ${found.cells.length} columns.`, {
      where: { file, line: found.row },
    });
  return { row: found.row, columns: nameColumns(found.cells), preamble: at };
}
