import type { DuckDBVector } from '@duckdb/node-api';
import type { ColumnKind } from '../warehouse.ts';

/** The part of the binding's vectors that bulk writes use: their buffer of fixed-width items. */
interface FixedWidthVector {
  readonly items: Float64Array | BigInt64Array;
  setItem(index: number, value: null): void;
  flush(): void;
}

const twoTo32 = 4_294_967_296;

/**
 * Writes doubles into a vector of doubles or 64-bit integers; NaN is null. Integers are written as two
 * halves, since a bigint a value costs more than all the rest of an import.
 */
export function writeDoubles(
  vector: DuckDBVector,
  kind: ColumnKind,
  values: Float64Array,
  from: number,
  to: number,
): void {
  const target = vector as unknown as FixedWidthVector;
  const size = to - from;
  if (kind === 'number') (target.items as Float64Array).set(values.subarray(from, to));
  else {
    const halves = new Int32Array(target.items.buffer, target.items.byteOffset, size * 2);
    for (let i = 0; i < size; i++) {
      const value = Math.floor(values[from + i] as number);
      halves[2 * i] = value >>> 0;
      halves[2 * i + 1] = Math.floor(value / twoTo32);
    }
  }
  for (let i = 0; i < size; i++) {
    if (Number.isNaN(values[from + i])) target.setItem(i, null);
  }
  target.flush();
}
