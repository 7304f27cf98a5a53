import type { ColumnSpec, Warehouse } from '../../stores/index.ts';
import { GrowingColumn } from './read-columns.ts';

const piecesTable = 'wait_pieces';
const columns: readonly ColumnSpec[] = [
  { name: 'id', kind: 'integer' },
  { name: 'lo', kind: 'integer' },
  { name: 'hi', kind: 'integer' },
  { name: 'cause', kind: 'integer' },
];

/** Stretches of waits with the cause that claims them, collected until there are enough to hand over. */
export class Pieces {
  readonly #columns = columns.map(() => new GrowingColumn());

  get size(): number {
    return this.#columns[0]?.size ?? 0;
  }

  /** Adds a stretch of the wait of an instance; empty ones are dropped. */
  add(id: number, from: number, to: number, cause: number): void {
    if (to <= from) return;
    [id, from, to, cause].forEach((value, c) => {
      this.#columns[c]?.add(value);
    });
  }

  /** Makes them the content of `wait_pieces(id, lo, hi, cause)`, and begins anew. */
  async load(warehouse: Warehouse): Promise<void> {
    await warehouse.createTable(piecesTable, columns);
    if (this.size > 0)
      await warehouse.append(
        piecesTable,
        columns,
        this.#columns.map((column) => column.values()),
      );
    for (const column of this.#columns) column.clear();
  }
}
