import { leastSquares } from '../../stats/index.ts';
import type { EffortGroup } from './effort-return.ts';

/** Efforts in order, and how the mean saving at each follows from the savings of the groups. */
export interface EffortLevels {
  /** Minutes, rising. */
  readonly minutes: readonly number[];
  /** Savings of the groups, in their order, to savings of the efforts, all blocks alike. */
  readonly savingsOf: (savings: readonly number[]) => readonly number[];
}

const blockOf = ({ block = '' }: EffortGroup) => block;

/**
 * Each effort once. Where groups come in blocks, such as years, efforts are compared only within a block: least
 * squares of the groups' savings on effort and block, without interaction, weighted by cases (Scheffé, 1959, The
 * Analysis of Variance, chapter 4). Not by precision: in skewed samples a low mean has a low error too. Null where no
 * chain of blocks joins every effort, or one stands twice in a block.
 */
export function effortLevels(groups: readonly EffortGroup[]): EffortLevels | null {
  const minutes = [...new Set(groups.map((group) => group.minutes))].sort((a, b) => a - b);
  const blocks = [...new Set(groups.map(blockOf))].sort();
  const cells = new Set(groups.map((group) => `${group.minutes} ${blockOf(group)}`));
  if (cells.size < groups.length) return null;
  if (blocks.length === 1) {
    const order = minutes.map((level) => groups.findIndex((group) => group.minutes === level));
    return { minutes, savingsOf: (savings) => order.map((i) => savings[i] ?? 0) };
  }
  const design = groups.map((group) => [
    ...minutes.map((level) => Number(group.minutes === level)),
    ...blocks.slice(1).map((block) => Number(blockOf(group) === block)),
  ]);
  const weights = groups.map(({ cases }) => cases);
  const fit = leastSquares(
    design,
    groups.map(({ saving }) => saving),
    weights,
  );
  if (!fit) return null;
  // (X'WX)⁻¹X'W, the rows that belong to efforts: worked out once, since the same map takes every draw.
  const map = minutes.map((_, level) =>
    design.map(
      (row, i) =>
        (weights[i] ?? 1) * row.reduce((sum, value, k) => sum + value * (fit.inverse[level]?.[k] ?? 0), 0),
    ),
  );
  return {
    minutes,
    savingsOf: (savings) =>
      map.map((row) => row.reduce((sum, share, i) => sum + share * (savings[i] ?? 0), 0)),
  };
}
