import type { CellValue, Figure, Result } from '../../src/core/index.ts';

/** Rows of a table of a Result. */
export type Rows = readonly Readonly<Record<string, CellValue>>[];

/** One Result, with its figures and the rows of its tables by id. */
export function read(results: readonly Result[], id: string) {
  const result = results.find((one) => one.id === id);
  return {
    result,
    figure: (name: string) => result?.figures.find((one) => one.id === name),
    rows: (table: string): Rows => result?.tables.find((one) => one.id === table)?.rows ?? [],
  };
}

/** True where the interval of a figure holds a value. */
export function holds(figure: Figure | undefined, value: number): boolean {
  return figure?.interval ? figure.interval.low <= value && value <= figure.interval.high : false;
}
