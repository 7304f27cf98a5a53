import { leastCases } from '../../core/index.ts';
import type { UnitRow, ValueSums } from './collect-units.ts';

/** Everything about units over some cases, from which their scores follow. */
export interface UnitTally {
  /** `[stratum][unit]`: cases, and sums of each value. */
  readonly strata: readonly UnitStratum[];
  /** By unit: what the figure in use counts, and what it used. */
  readonly counted: readonly number[];
  readonly used: readonly number[];
}

/** Alike cases of every unit. */
export interface UnitStratum {
  readonly key: string;
  readonly output: number | null;
  readonly cases: readonly number[];
  /** `[value][unit]`. */
  readonly values: readonly (readonly ValueSums[])[];
}

/** No cases. */
export const noSums: ValueSums = { n: 0, sum: 0, squares: 0 };

/** Sums of two sets of cases together. */
export function added(a: ValueSums, b: ValueSums): ValueSums {
  return { n: a.n + b.n, sum: a.sum + b.sum, squares: a.squares + b.squares };
}

/** Which strata stand by themselves: those with ten cases in every unit; the rest are put together (product rule). */
export function strataOf(rows: readonly UnitRow[], units: readonly string[]): ReadonlyMap<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const { stratum, unit, n } of rows) {
    const own = counts.get(stratum) ?? new Map<string, number>();
    counts.set(stratum, own.set(unit, (own.get(unit) ?? 0) + n));
  }
  return new Map(
    [...counts].map(([stratum, own]) => {
      const isLarge = units.every((unit) => (own.get(unit) ?? 0) >= leastCases);
      return [stratum, isLarge ? stratum : `${stratum.split(' / ')[0]} / small strata together`];
    }),
  );
}

/** Sums rows by stratum and unit. */
export function tallyRows(
  rows: readonly UnitRow[],
  units: readonly string[],
  strata: ReadonlyMap<string, string>,
  values: number,
): readonly UnitStratum[] {
  const places = new Map(units.map((unit, u) => [unit, u]));
  const found = new Map<string, { output: number; cases: number[]; values: ValueSums[][] }>();
  for (const row of rows) {
    const u = places.get(row.unit);
    if (u === undefined) continue;
    const key = strata.get(row.stratum) ?? row.stratum;
    const own = found.get(key) ?? {
      output: row.output,
      cases: units.map(() => 0),
      values: Array.from({ length: values }, () => units.map(() => noSums)),
    };
    found.set(key, own);
    own.cases[u] = (own.cases[u] ?? 0) + row.n;
    row.values.forEach((value, k) => {
      const sums = own.values[k];
      if (sums) sums[u] = added(sums[u] ?? noSums, value);
    });
  }
  return [...found].map(([key, own]) => ({ key, ...own }));
}

/** What is left of some strata without the cases of others: of one group of cases, say. */
export function without(
  strata: readonly UnitStratum[],
  others: readonly UnitStratum[],
): readonly UnitStratum[] {
  const byKey = new Map(others.map((own) => [own.key, own]));
  return strata.map((own) => {
    const other = byKey.get(own.key);
    if (!other) return own;
    return {
      ...own,
      cases: own.cases.map((n, u) => n - (other.cases[u] ?? 0)),
      values: own.values.map((units, k) =>
        units.map(({ n, sum, squares }, u) => {
          const less = other.values[k]?.[u] ?? noSums;
          return { n: n - less.n, sum: sum - less.sum, squares: squares - less.squares };
        }),
      ),
    };
  });
}

/** Rows by their group of cases. */
export function byGroup<T extends { readonly group: string }>(
  rows: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const own = groups.get(row.group);
    if (own) own.push(row);
    else groups.set(row.group, [row]);
  }
  return groups;
}
