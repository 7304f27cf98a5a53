import type { Column, Table } from '../../core/index.ts';

/**
 * How a column of shares comes from counts of the same row: `of` is a share of that count, so that share × count
 * is a count too; `in` is that count's share of one total, the same for every row.
 */
export type ExplainedShare =
  | { readonly kind: 'of'; readonly column: string; readonly count: string }
  | { readonly kind: 'in'; readonly column: string; readonly count: string; readonly total: number };

/** True for a count that is another of its row, scaled: cases a year are worked out from cases. */
export function isScaledCount({ type, derivedFrom }: Column): boolean {
  return type === 'count' && derivedFrom?.length === 1;
}

/** Columns of counts that tell of people or cases. */
export function countColumns({ columns }: Table): readonly Column[] {
  return columns.filter((column) => column.type === 'count' && !column.ofNobody && !isScaledCount(column));
}

const isNearlyWhole = (value: number) => Math.abs(value - Math.round(value)) < 1e-6 + 1e-12 * value;

function pairs(table: Table, share: string, count: string): readonly (readonly [number, number])[] {
  return table.rows.flatMap((row) => {
    const [s, n] = [row[share], row[count]];
    return typeof s === 'number' && typeof n === 'number' && n > 0 ? [[s, n] as const] : [];
  });
}

function shareOf(table: Table, column: string, count: string): ExplainedShare | undefined {
  const found = pairs(table, column, count);
  const holds = found.length > 0 && found.every(([s, n]) => s >= 0 && s <= 1 && isNearlyWhole(s * n));
  return holds ? { kind: 'of', column, count } : undefined;
}

function shareIn(table: Table, column: string, count: string): ExplainedShare | undefined {
  const found = pairs(table, column, count).filter(([s]) => s > 0);
  const totals = found.map(([s, n]) => n / s);
  const [total] = totals;
  if (total === undefined || !isNearlyWhole(total)) return undefined;
  const holds = totals.every((other) => Math.abs(other - total) < 1e-6 * total);
  return holds ? { kind: 'in', column, count, total: Math.round(total) } : undefined;
}

/** The shares of a table that its own counts explain, found from the numbers. */
export function explainedShares(table: Table): readonly ExplainedShare[] {
  const counts = countColumns(table);
  return table.columns
    .filter(({ type, ofNobody }) => type === 'share' && !ofNobody)
    .flatMap(({ key }) => {
      const of = counts.map((count) => shareOf(table, key, count.key)).find((found) => found !== undefined);
      const found =
        of ?? counts.map((count) => shareIn(table, key, count.key)).find((other) => other !== undefined);
      return found === undefined ? [] : [found];
    });
}
