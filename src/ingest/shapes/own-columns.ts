import type { RawTable } from '../readers/raw-table.ts';

/** Passes on which columns nobody reads, but for those that a shape makes its rows of. */
export function leaveOutBut(table: RawTable, own: Iterable<string>): Pick<RawTable, 'leaveOut'> {
  const needed = new Set(own);
  return {
    leaveOut: (columns) => table.leaveOut?.(new Set([...columns].filter((column) => !needed.has(column)))),
  };
}
