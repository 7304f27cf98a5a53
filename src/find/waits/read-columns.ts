import type { Row, Sql, Warehouse } from '../../stores/index.ts';

/** A column of doubles that grows as values are added. */
export class GrowingColumn {
  #values = new Float64Array(1 << 12);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(value: number): void {
    if (this.#size === this.#values.length) {
      const larger = new Float64Array(2 * this.#values.length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#size++] = value;
  }

  /** What has been added: a view, good until the next value. */
  values(): Float64Array {
    return this.#values.subarray(0, this.#size);
  }

  clear(): void {
    this.#size = 0;
  }
}

/** The rows of a query as columns of doubles, 8 bytes a value; null is NaN. */
export async function readColumns<Name extends string>(
  warehouse: Warehouse,
  names: readonly Name[],
  query: Sql,
): Promise<Readonly<Record<Name, Float64Array>>> {
  const columns = names.map((name) => [name, new GrowingColumn()] as const);
  for await (const batch of warehouse.stream<Row>(query)) {
    for (const [name, column] of columns)
      for (const row of batch) {
        const value = row[name];
        column.add(typeof value === 'number' ? value : Number.NaN);
      }
  }
  return Object.fromEntries(columns.map(([name, column]) => [name, column.values()])) as Record<
    Name,
    Float64Array
  >;
}
