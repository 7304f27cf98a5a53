import { type CountSystem, membersOf } from './count-system.ts';
import type { CountRange } from './profile.ts';

const mostRounds = 20;

/**
 * Ranges that hold every feasible count and are quick to find: each sum by itself narrows each of its members,
 * again and again. The exact range is never wider, so a cell that is too close here is too close.
 */
export function outerRanges(
  { cells, sums }: CountSystem,
  own: (cell: CountSystem['cells'][number]) => CountRange,
): ReadonlyMap<string, CountRange> {
  const ranges = new Map(cells.map((cell) => [cell.id, { ...own(cell) }]));
  const none = { low: 0, high: Number.POSITIVE_INFINITY };
  for (let round = 0, changed = true; changed && round < mostRounds; round++) {
    changed = false;
    for (const sum of sums) {
      const members = membersOf(sum).map((id) => ranges.get(id) ?? { ...none });
      members.forEach((range, i) => {
        // The whole is the parts added up; a part is the whole less the other parts.
        const bound = (end: 'low' | 'high', other: 'low' | 'high') =>
          members.reduce((total, member, j) => {
            if (j === i) return total;
            return i === 0 || j === 0 ? total + member[end] : total - member[other];
          }, 0);
        const [low, high] = [bound('low', 'high'), bound('high', 'low')];
        if (low > range.low + 1e-9) {
          range.low = low;
          changed = true;
        }
        if (high < range.high - 1e-9) {
          range.high = high;
          changed = true;
        }
      });
    }
  }
  return ranges;
}
