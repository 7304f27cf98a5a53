import { drawsFor, type Interval, leastCases } from '../../core/index.ts';
import { percentileInterval } from '../../stats/index.ts';
import type { CaseBlock } from './case-blocks.ts';
import { type WaitCause, waitCauses } from './causes.ts';
import { type ShownCause, sumOf } from './shown-causes.ts';

/** Time worked and waited, in one unit; `declared` is the time of steps that are waiting themselves. */
export interface TimeSums extends Readonly<Record<WaitCause, number>> {
  readonly processing: number;
  readonly declared: number;
}

/** All waiting: between steps, and in steps declared to be waiting. */
export function waitingOf(sums: TimeSums): number {
  return waitCauses.reduce((total, cause) => total + sums[cause], sums.declared);
}

/** Cycle-time efficiency PT / (PT + WT); null where no time passed at all. */
export function cycleTimeEfficiency(sums: TimeSums): number | null {
  const whole = sums.processing + waitingOf(sums);
  return whole === 0 ? null : sums.processing / whole;
}

/** What it would be if all waiting of these causes vanished and nothing else changed: an upper bound. */
export function efficiencyWithout(sums: TimeSums, shown: ShownCause): number | null {
  const rest = sums.processing + waitingOf(sums) - sumOf(shown, sums);
  return rest === 0 ? null : sums.processing / rest;
}

/** Adds blocks up. */
export function addBlocks(blocks: readonly CaseBlock[]): TimeSums {
  const keys = ['processing', 'declared', ...waitCauses] as const;
  return Object.fromEntries(
    keys.map((key) => [key, blocks.reduce((total, block) => total + block[key], 0)]),
  ) as unknown as TimeSums;
}

const draws = 1000;
const keys = ['processing', 'declared', ...waitCauses] as const;

/**
 * Percentile intervals by resampling cases, 1,000 draws, with the cause of each moment held fixed (Efron, 1981).
 * `figures` are worked out from each draw's sums; a figure that is null in any draw gets no interval.
 */
export function bootstrapCases(
  blocks: readonly CaseBlock[],
  figures: readonly ((sums: TimeSums) => number | null)[],
  seed = 1,
): readonly (Interval | null)[] {
  const replicates = figures.map(() => [] as (number | null)[]);
  for (let replication = 0; replication < draws; replication++) {
    const draw = drawsFor(seed, 'waits by cause', replication);
    const sums = Object.fromEntries(keys.map((key) => [key, 0])) as Record<(typeof keys)[number], number>;
    for (let i = 0; i < blocks.length; i++) {
      const block = blocks[Math.floor(draw(i) * blocks.length)];
      if (block) for (const key of keys) sums[key] += block[key];
    }
    figures.forEach((figure, f) => {
      replicates[f]?.push(figure(sums));
    });
  }
  return replicates.map((values) => {
    const known = values.filter((value) => value !== null);
    if (known.length < draws || blocks.length === 0) return null;
    const { low, high } = percentileInterval(known);
    return {
      low,
      high,
      level: 0.95,
      method: 'percentile bootstrap of cases, causes held fixed, 1,000 draws',
      meaning: 'The range in which the figure falls in 95 of 100 redraws of the cases.',
    };
  });
}

/** Intervals of the efficiency and of each cause's share of all waiting; null each for fewer than ten cases. */
export function waitIntervals(
  { blocks, counts }: { readonly blocks: readonly CaseBlock[]; readonly counts: { readonly cases: number } },
  shown: readonly ShownCause[],
): { readonly efficiency: Interval | null; readonly shares: readonly (Interval | null)[] } {
  if (counts.cases < leastCases) return { efficiency: null, shares: shown.map(() => null) };
  const [efficiency = null, ...shares] = bootstrapCases(blocks, [
    cycleTimeEfficiency,
    ...shown.map((cause) => (drawn: TimeSums) => {
      const whole = waitingOf(drawn);
      return whole === 0 ? null : sumOf(cause, drawn) / whole;
    }),
  ]);
  return { efficiency, shares };
}
