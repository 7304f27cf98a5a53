import { periodStart } from '../core/index.ts';
import { linkBetween } from './link.ts';
import type { MeasurePlan } from './plan.ts';
import type { ItemState } from './snapshot.ts';

/** One period of the chained series; the first weight period is 100. */
export interface ChainPoint {
  readonly start: string;
  readonly volume: number | null;
  readonly adjusted: number | null;
}

/** Groups period starts by the year (or period) whose weights they share, in time order. */
export function weightBlocks(plan: MeasurePlan, starts: readonly string[]): readonly (readonly string[])[] {
  if (plan.weights === 'period') return starts.map((start) => [start]);
  const grain = plan.weights;
  const blocks = new Map<string, string[]>();
  for (const start of starts) {
    const key = periodStart(grain, start);
    blocks.set(key, [...(blocks.get(key) ?? []), start]);
  }
  return [...blocks.values()];
}

/**
 * Chained Laspeyres over complete periods. Each period is valued at the mean quantities, unit costs and quality
 * of the weight period before (its own, in the first), and linked where weight periods meet by their means:
 * the annual overlap technique of the Quarterly National Accounts Manual (IMF, 2017, chapter 8).
 */
export function chainSeries(
  plan: MeasurePlan,
  starts: readonly string[],
  stateOver: (starts: readonly string[]) => readonly ItemState[],
): readonly ChainPoint[] {
  const points: ChainPoint[] = [];
  let level: { volume: number; adjusted: number } | null = { volume: 100, adjusted: 100 };
  let base: readonly ItemState[] | null = null;
  for (const block of weightBlocks(plan, starts)) {
    const own = stateOver(block);
    const from: readonly ItemState[] = base ?? own;
    for (const start of block) {
      const link = linkBetween(from, block.length === 1 ? own : stateOver([start]));
      points.push({
        start,
        volume: level && link ? level.volume * (1 + link.volume) : null,
        adjusted: level && link ? level.adjusted * (1 + link.adjusted) : null,
      });
    }
    if (base) {
      const whole = linkBetween(base, own);
      level =
        level && whole
          ? { volume: level.volume * (1 + whole.volume), adjusted: level.adjusted * (1 + whole.adjusted) }
          : null;
    }
    base = own;
  }
  return points;
}
