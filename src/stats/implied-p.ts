import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { twoSidedStudent } from './inference/index.ts';

/** Stands for a normal distribution, which Student's t with so many degrees of freedom is to eight digits. */
const manyBlocks = 1e8;

/**
 * The two-sided p-value of no growth that a range of growth implies, on the log scale: its end nearest to none is as
 * many standard errors off as Student's t says for the range's level. `blocks` are the pairs of blocks that the range
 * rests on; under three it is taken for one over many cases. 1 where growth is 0.
 */
export function pOfGrowthRange(
  growth: number,
  range: { readonly low: number; readonly high: number; readonly level: number },
  blocks: number,
): number {
  if (growth === 0) return 1;
  const half = Math.abs(Math.log((1 + growth) / (1 + (growth > 0 ? range.low : range.high))));
  if (half === 0) return 0;
  const freedom = blocks < 3 ? manyBlocks : blocks - 1;
  const t = (tQuantile((1 + range.level) / 2, freedom) * Math.log(1 + growth)) / half;
  return twoSidedStudent(t, freedom);
}
