import type { DisclosureProfile } from '../../stats/index.ts';
import type { CountedTable } from './published-counts.ts';

/** How finely the index of a period may be told, in index points, by its first day; null where it may not be. */
export type IndexSteps = (start: string) => number | null;

const steps = [0.1, 0.2, 0.5, 1, 2, 5];

interface PeriodCount {
  total: number;
  isHidden: boolean;
}

/** Counts of what was produced by the first day of each period, from the tables that hold both. */
function countsByPeriod(
  tables: readonly CountedTable[],
  published: ReadonlyMap<string, number | null>,
): ReadonlyMap<string, PeriodCount> {
  const found = new Map<string, PeriodCount>();
  for (const { table, series } of tables) {
    const start = table.columns.find(({ type, forMachines }) => type === 'date' && forMachines);
    const [quantities] = series;
    if (table.id !== 'volumes' || !start || !quantities) continue;
    table.rows.forEach((row, r) => {
      const period = String(row[start.key]);
      const known = found.get(period) ?? { total: 0, isHidden: false };
      found.set(period, known);
      const id = quantities.ids[r];
      known.total += quantities.values[r] ?? 0;
      known.isHidden ||= typeof id === 'string' && (published.get(id) ?? null) === null;
    });
  }
  return found;
}

/**
 * How finely indices may be told beside the counts that they are made of. An index is a count over that of its base,
 * so its decimals give a suppressed or rounded count away: it is left out where a count of its period is suppressed,
 * and told no more finely than the profile rounds counts, one count being 100 / (mean count of a period) points.
 */
export function indexSteps(
  tables: readonly CountedTable[],
  published: ReadonlyMap<string, number | null>,
  { base }: DisclosureProfile,
): IndexSteps {
  const counts = countsByPeriod(tables, published);
  const totals = [...counts.values()].map(({ total }) => total).filter((total) => total > 0);
  if (totals.length === 0) return () => steps[0] ?? null;
  const mean = totals.reduce((sum, total) => sum + total, 0) / totals.length;
  const step = steps.find((size) => size >= (100 * base) / mean - 1e-9) ?? null;
  return (start) => (counts.get(start)?.isHidden ? null : step);
}
