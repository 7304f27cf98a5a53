import { chiSquareTail } from './tails.ts';

/** How far counts lie from what was expected. */
export interface Fit {
  readonly statistic: number;
  readonly df: number;
  readonly p: number;
}

function expectedOf(counts: readonly number[], shares: readonly number[]): readonly number[] {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => (n * share) / whole);
}

/** Pearson's chi-squared test that counts come from the given shares, with one degree of freedom less than cells. */
export function chiSquareFit(counts: readonly number[], shares: readonly number[]): Fit {
  const expected = expectedOf(counts, shares);
  const statistic = counts.reduce((sum, count, i) => {
    const e = expected[i] ?? 0;
    return e > 0 ? sum + (count - e) ** 2 / e : sum;
  }, 0);
  const df = counts.length - 1;
  return { statistic, df, p: chiSquareTail(statistic, df) };
}

/** The likelihood-ratio (G) test of the same, better for small counts (Sokal and Rohlf, Biometry). */
export function gTestFit(counts: readonly number[], shares: readonly number[]): Fit {
  const expected = expectedOf(counts, shares);
  const statistic =
    2 *
    counts.reduce((sum, count, i) => {
      const e = expected[i] ?? 0;
      return count > 0 && e > 0 ? sum + count * Math.log(count / e) : sum;
    }, 0);
  const df = counts.length - 1;
  return { statistic, df, p: chiSquareTail(statistic, df) };
}
