import type { Column, Result } from '../../core/index.ts';
import type { DisclosureProfile } from '../../stats/index.ts';
import type { CountedTable } from './published-counts.ts';
import { roundPublished } from './round-published.ts';

/** How changes may be told beside the counts that they are worked out from. */
export interface ChangeSteps {
  /** A change between counts as it may be published; null where it would tell of a small one. */
  between(value: number, counts: readonly number[], type: Column['type']): number | null;
  /** A change of the whole, whose counts do not stand beside it. */
  ofWhole(value: number, type: Column['type']): number | null;
}

const steps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1];

function wholeOf(tables: readonly CountedTable[]): number | null {
  const smaller = tables.flatMap(({ table }) => {
    const columns = table.columns.filter(({ changeOf }) => (changeOf ?? []).length > 0);
    return table.rows.flatMap((row) =>
      columns.map(({ changeOf }) => Math.min(...(changeOf ?? []).map((key) => Number(row[key] ?? 0)))),
    );
  });
  return smaller.length === 0 ? null : Math.max(...smaller);
}

/**
 * Growth from 12 to 15 cases is 25.0%, which no other counts give that round to the same: a change is told no more
 * finely than the profile rounds counts, one count being 1/n of the smaller of both sides, and not at all where that
 * is more than a tenth.
 */
export function changeSteps(tables: readonly CountedTable[], { base }: DisclosureProfile): ChangeSteps {
  const whole = wholeOf(tables);
  const told = (value: number, least: number, type: Column['type']) => {
    const step = steps.find((size) => size >= base / least - 1e-9);
    return step === undefined ? null : roundPublished(Math.round(value / step) * step, type);
  };
  return {
    between: (value, counts, type) => told(value, Math.min(...counts), type),
    ofWhole: (value, type) => (whole === null ? roundPublished(value, type) : told(value, whole, type)),
  };
}

/** True where a figure of this unit, which stands in no table of its Result, is a change of the whole. */
export function isChangeOfWhole({ tables }: Pick<Result, 'tables'>, unit: Column['type']): boolean {
  if (unit === 'growth') return true;
  return tables.some(({ columns }) => columns.some(({ type, changeOf }) => type === unit && changeOf));
}
