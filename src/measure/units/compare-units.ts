import { adjustForDiscoveries } from '../../stats/index.ts';
import type { UnitScore } from './score-units.ts';
import { leadOf, type Ranged, type Replicates } from './unit-ranges.ts';

/** Two units compared by what is counted and by what counts. */
export interface UnitPair {
  /** The place of the unit that counts more, and of the other. */
  readonly first: number;
  readonly second: number;
  /** How far the first is ahead in the figure in use. */
  readonly counted: Ranged;
  /** How far the second is ahead, all allowed for; below 0 where it is behind there too. */
  readonly adjusted: Ranged;
  /** True where the two order the units opposite ways, beyond chance, all pairs allowed for. */
  readonly isReversed: boolean;
}

/** Units whose cases are easier or harder than all cases, beyond chance and by enough to matter. */
export interface UnitMix {
  readonly unit: number;
  readonly mix: Ranged;
  readonly reading: 'easier' | 'harder' | 'alike';
}

const discoveries = 0.05;
/** How much easier cases must be for it to be said (product rule). */
const leastDifference = 0.02;

/**
 * Every two units. A pair is reversed where one is ahead in the one figure and behind in the other, both beyond chance:
 * the larger of the two p-values stands for the pair (intersection-union test; Berger, 1982), and false discoveries
 * over all pairs are held to 5% (Benjamini and Yekutieli, 2001).
 */
export function compareUnits(replicates: Replicates<readonly UnitScore[]>): readonly UnitPair[] {
  const { whole } = replicates;
  const pairs = whole.flatMap((one, a) =>
    whole.slice(a + 1).map((other, i) => {
      const b = a + 1 + i;
      const [first, second] = one.countedRate >= other.countedRate ? [a, b] : [b, a];
      const of = (u: number, key: 'countedRate' | 'score') => (scored: readonly UnitScore[]) =>
        scored[u]?.[key] ?? Number.NaN;
      return {
        first,
        second,
        counted: leadOf(replicates, of(first, 'countedRate'), of(second, 'countedRate')),
        adjusted: leadOf(replicates, of(second, 'score'), of(first, 'score')),
      };
    }),
  );
  const p = pairs.map(({ counted, adjusted }) =>
    counted.value > 0 && adjusted.value > 0 ? Math.max(counted.p, adjusted.p) : 1,
  );
  const held = adjustForDiscoveries(p, 'dependent');
  return pairs.map((pair, i) => ({ ...pair, isReversed: (held[i] ?? 1) < discoveries }));
}

/** Who comes to each unit: what its cases take anywhere, against all cases. */
export function compareMix(replicates: Replicates<readonly UnitScore[]>): readonly UnitMix[] {
  const found = replicates.whole.map((_, u) =>
    leadOf(
      replicates,
      (scored) => scored[u]?.mix ?? Number.NaN,
      () => 1,
    ),
  );
  const held = adjustForDiscoveries(
    found.map(({ p }) => p),
    'dependent',
  );
  return found.map((mix, unit) => {
    const isSeen = (held[unit] ?? 1) < discoveries && Math.abs(mix.value) >= leastDifference;
    return { unit, mix, reading: !isSeen ? 'alike' : mix.value < 0 ? 'easier' : 'harder' };
  });
}
