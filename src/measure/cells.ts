/** Sums of one quality measure over some cases: how many it covers, the sum of its value, and of its square. */
export interface Stat {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

/**
 * Cases that are alike for every figure: same output, period, block of weeks, and quality; or one row of a
 * table of aggregates. Everything is worked out from cells, and resampling them resamples the cases.
 */
export interface Cell {
  /** Place of the output in the charter's list. */
  readonly output: number;
  /** First day of the reporting period. */
  readonly period: string;
  /** First day of the block of weeks. */
  readonly block: string;
  /** Alike cases, each of which is resampled; or an aggregate, of which only counts are. */
  readonly kind: 'cases' | 'aggregate';
  /** How many; null where the table of quality has a row and the table of volumes none. */
  readonly count: number | null;
  /** What the count is multiplied by where the charter joins a break or holds the series to annual figures; 1 by default. */
  readonly scale?: number;
  /** By quality measure; null where the measure does not cover these cases. */
  readonly stats: readonly (Stat | null)[];
}

/** A cost of one, known from a day on. */
export interface CostRow {
  readonly output: number;
  readonly period: string;
  /** Units the cost was observed on; null for a declared assumption. */
  readonly quantity: number | null;
  /** Pounds for all of them, fixed costs included; or pounds for one where quantity is null. */
  readonly cost: number;
}

/** One input in one reporting period. */
export interface InputCell {
  readonly input: number;
  readonly period: string;
  readonly block: string;
  /** Hours, units, or pounds at constant prices; null where neither a volume nor a deflator is given. */
  readonly volume: number | null;
  /** Pounds at current prices. */
  readonly cost: number | null;
  /** Both as the table has them, where they are corrected. */
  readonly reported?: { readonly volume: number | null; readonly cost: number | null };
}

/** How many a cell stands for in growth: its count, corrected where the charter says so. */
export function quantityIn({ count, scale = 1 }: Pick<Cell, 'count' | 'scale'>): number {
  return (count ?? 0) * scale;
}
