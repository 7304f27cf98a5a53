import { countStyles, type NumberStyle, styleIn } from '../numbers.ts';
import { textsOf } from '../readers/cells.ts';
import type { PlacedColumn, RawTable } from '../readers/raw-table.ts';

/** Says that numbers further down tell of the decimal mark what the first did not; caught where the import starts again. */
export class StyleOpen extends Error {
  readonly number: PlacedColumn;

  constructor(number: PlacedColumn) {
    super(`the decimal mark is open in ${number.column}`);
    this.name = 'StyleOpen';
    this.number = number;
  }
}

/** The decimal marks of some columns, from the whole file, which is read once more; not at all for none. */
export async function wholeStyles(
  table: RawTable,
  columns: readonly PlacedColumn[],
): Promise<ReadonlyMap<string, NumberStyle>> {
  if (columns.length === 0) return new Map();
  const counted = columns.map((known) => ({ ...known, counts: { comma: 0, point: 0 } }));
  for await (const batch of table.batches())
    for (const { index, counts } of counted) countStyles(counts, textsOf(batch.columns[index]));
  return new Map(counted.map(({ column, counts }) => [column, styleIn(counts)]));
}
