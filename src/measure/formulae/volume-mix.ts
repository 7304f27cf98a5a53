/** An activity in two periods, and the coarse group it belongs to. */
interface MixedActivity {
  readonly id: string;
  readonly group: string;
  /** Base unit cost, pounds. */
  readonly unitCost: number;
  readonly base: number;
  readonly current: number;
}

/** Growth at the fine level split into growth at a coarse level and a change of mix. */
interface VolumeMix {
  readonly fine: number;
  readonly coarse: number;
  /** fine/coarse − 1. */
  readonly mix: number;
}

/**
 * Laspeyres volume at the fine level, at the coarse level (each group counted at its mean base cost), and the
 * mix effect that is their ratio less 1. A rise in mix with flat heads is a question, not a gain. Null where the
 * base period has no cost.
 */
export function volumeMix(activities: readonly MixedActivity[]): VolumeMix | null {
  const sum = (rows: readonly MixedActivity[], of: (row: MixedActivity) => number) =>
    rows.reduce((all, row) => all + of(row), 0);
  const value = sum(activities, (row) => row.unitCost * row.base);
  if (!(value > 0)) return null;
  const groups = Map.groupBy(activities, (row) => row.group);
  const coarse = [...groups.values()].reduce((all, rows) => {
    const volume = sum(rows, (row) => row.base);
    const cost = volume > 0 ? sum(rows, (row) => row.unitCost * row.base) / volume : 0;
    return all + cost * sum(rows, (row) => row.current);
  }, 0);
  const fine = sum(activities, (row) => row.unitCost * row.current);
  return { fine: fine / value, coarse: coarse / value, mix: coarse > 0 ? fine / coarse - 1 : 0 };
}
