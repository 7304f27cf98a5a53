import type { NumberStyle } from '../numbers.ts';
import { textsOf } from '../readers/cells.ts';
import type { PlacedColumn, RawBatch, RawTable } from '../readers/raw-table.ts';
import { tallyOf } from '../readers/tally.ts';
import type { AttributeKind } from './column-plan.ts';

/** What the first filled cells of an attribute are, and how its numbers are written. */
export interface FoundKind {
  readonly kind: AttributeKind;
  readonly style: NumberStyle;
}

/** Says that columns whose first rows were blank hold numbers or times; caught where the import starts again. */
export class KindOpen extends Error {
  readonly columns: readonly PlacedColumn[];

  constructor(columns: readonly PlacedColumn[]) {
    super(`the kind is open of ${columns.map(({ column }) => column).join(', ')}`);
    this.name = 'KindOpen';
    this.columns = columns;
  }
}

/** What some cells are; null where none of them is filled. */
export type KindReading = (texts: readonly string[]) => FoundKind | null;

/** The kinds of columns by their first filled cells, wherever these are: the file is read once more, for none not at all. */
export async function wholeKinds(
  table: RawTable,
  columns: readonly PlacedColumn[],
  read: KindReading,
): Promise<ReadonlyMap<string, FoundKind>> {
  const found = new Map<string, FoundKind>();
  if (columns.length === 0) return found;
  for await (const batch of table.batches()) {
    for (const { column, index } of columns) {
      if (found.has(column)) continue;
      const kind = read(textsOf(batch.columns[index]));
      if (kind) found.set(column, kind);
    }
    if (found.size === columns.length) break;
  }
  return found;
}

/** Watches attributes whose first rows were blank, and were taken for text, for what fills them further down. */
export class BlankWatch {
  readonly #read: KindReading;
  readonly #blank = new Map<string, PlacedColumn>();

  constructor(read: KindReading) {
    this.#read = read;
  }

  add(column: PlacedColumn): void {
    this.#blank.set(column.column, column);
  }

  /** Throws `KindOpen` for all columns that are still blank, where one of them turns out to hold numbers or times. */
  look(batch: RawBatch): void {
    if (this.#blank.size === 0) return;
    for (const { column, index } of [...this.#blank.values()]) {
      const found = this.#read(tallyOf(batch.columns[index]).texts);
      if (!found) continue;
      if (found.kind !== 'text') throw new KindOpen([...this.#blank.values()]);
      this.#blank.delete(column);
    }
  }
}
