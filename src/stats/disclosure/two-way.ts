import type { CountSystem } from './count-system.ts';

/** Counts by row and column, the body of a table without its totals. */
export type CountGrid = readonly (readonly number[])[];

/** The names of a table's cells in its count system; `total` stands for a whole row or column. */
export function gridCell(row: number | 'total', column: number | 'total'): string {
  return `${row} ${column}`;
}

const added = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** A table with the totals of its rows, of its columns and of all, and how they add up. */
export function gridSystem(counts: CountGrid): CountSystem {
  const rows = counts.map((_, r) => r);
  const columns = (counts[0] ?? []).map((_, c) => c);
  const columnOf = (c: number) => counts.map((row) => row[c] ?? 0);
  return {
    cells: [
      ...rows.flatMap((r) => columns.map((c) => ({ id: gridCell(r, c), value: counts[r]?.[c] ?? 0 }))),
      ...rows.map((r) => ({ id: gridCell(r, 'total'), value: added(counts[r] ?? []) })),
      ...columns.map((c) => ({ id: gridCell('total', c), value: added(columnOf(c)) })),
      { id: gridCell('total', 'total'), value: added(counts.map(added)) },
    ],
    sums: [
      ...rows.map((r) => ({
        whole: gridCell(r, 'total'),
        parts: columns.map((c) => gridCell(r, c)),
      })),
      ...columns.map((c) => ({
        whole: gridCell('total', c),
        parts: rows.map((r) => gridCell(r, c)),
      })),
      { whole: gridCell('total', 'total'), parts: rows.map((r) => gridCell(r, 'total')) },
      { whole: gridCell('total', 'total'), parts: columns.map((c) => gridCell('total', c)) },
    ],
  };
}
