import type { ErrorCode } from '../../core/index.ts';
import type { RowFault } from '../readers/raw-table.ts';

/** Marks rows of one batch that cannot be used, with every reason each has. */
export interface RowFaults {
  readonly bad: Uint8Array;
  readonly list: RowFault[];
  set(row: number, column: string | null, value: string | null, reason: ErrorCode): void;
}

const shown = 200;

/** `ignored` rows are no rows of the source, so nothing can be wrong with them. */
export function newFaults(lines: readonly number[], ignored?: ReadonlySet<number>): RowFaults {
  const bad = new Uint8Array(lines.length);
  const list: RowFault[] = [];
  return {
    bad,
    list,
    set(row, column, value, reason) {
      if (ignored?.has(row)) return;
      bad[row] = 1;
      list.push({ line: lines[row] ?? 0, column, value: value?.slice(0, shown) ?? null, reason });
    },
  };
}
