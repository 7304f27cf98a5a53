/** The quantile p of a sample by linear interpolation between order statistics (Hyndman and Fan, 1996, type 7). */
export function quantile(sample: readonly number[], p: number): number {
  if (sample.length === 0) throw new RangeError('a quantile needs at least one value');
  if (!(p >= 0 && p <= 1)) throw new RangeError('p lies between 0 and 1');
  const sorted = Float64Array.from(sample).sort();
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? 0;
  return low + (position - below) * (high - low);
}
