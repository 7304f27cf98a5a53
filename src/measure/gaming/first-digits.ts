import { chiSquareFit } from '../../stats/index.ts';
import { type NotTestable, notTestable, type Tested, tested } from './screen.ts';

/** Shares of first digits 1 to 9 (Newcomb, 1881; Benford, 1938): log10(1 + 1/d). */
const benfordShares: readonly number[] = Array.from({ length: 9 }, (_, i) => Math.log10(1 + 1 / (i + 1)));

/** How far first digits lie from Benford's law. */
export interface BenfordFit {
  readonly chiSquare: number;
  readonly df: number;
  readonly p: number;
  /** Mean absolute deviation of shares. */
  readonly mad: number;
  readonly n: number;
}

/** Counts of first digits 1 to 9 of numbers other than 0. */
export function firstDigitCounts(values: readonly number[]): readonly number[] {
  const counts = Array<number>(9).fill(0);
  for (const value of values) {
    const digit = Number(Math.abs(value).toExponential()[0]);
    if (digit > 0) counts[digit - 1] = (counts[digit - 1] ?? 0) + 1;
  }
  return counts;
}

/** Chi-squared with 8 degrees of freedom and mean absolute deviation of counts of first digits from Benford's law. */
export function benfordFit(counts: readonly number[]): BenfordFit {
  const { statistic, df, p } = chiSquareFit(counts, benfordShares);
  const n = counts.reduce((sum, count) => sum + count, 0);
  const off = benfordShares.map((share, i) => Math.abs((counts[i] ?? 0) / n - share));
  return { chiSquare: statistic, df, p, mad: off.reduce((sum, one) => sum + one, 0) / 9, n };
}

/** What is known of the numbers beyond themselves. */
export interface NumbersKind {
  /** True for numbers that someone assigns, such as case numbers. */
  readonly assigned?: boolean | undefined;
  /** True for numbers that a threshold or a tariff bounds. */
  readonly bounded?: boolean | undefined;
}

/** Why the law need not hold for these numbers; null where it may be asked. */
export function whyNotBenford(
  n: number,
  values: readonly number[] | null,
  { assigned, bounded }: NumbersKind,
): string | null {
  if (assigned) return 'the numbers are assigned, not measured';
  if (bounded) return 'a threshold bounds the numbers';
  if (n < 300) return `there are ${n} numbers, and at least 300 are needed`;
  if (values === null) return null;
  const sizes = values.map(Math.abs).filter((size) => size > 0);
  const span = Math.log10(sizes.reduce((a, b) => Math.max(a, b), 0) / sizes.reduce((a, b) => Math.min(a, b)));
  return span < 3 ? `the numbers span ${span.toFixed(1)} orders of magnitude, and 3 are needed` : null;
}

/** The first-digits screen. */
export interface FirstDigits extends Tested, Omit<BenfordFit, 'n' | 'p'> {
  readonly test: 'T5';
}

/** T5: whether first digits follow Benford's law, where it applies. Never to be read alone. */
export function firstDigits(values: readonly number[], kind: NumbersKind = {}): FirstDigits | NotTestable {
  const fit = benfordFit(firstDigitCounts(values));
  const why = whyNotBenford(fit.n, values, kind);
  if (why !== null) return notTestable('T5', why);
  return tested({
    test: 'T5' as const,
    ...fit,
    leans: true,
    words: {
      pattern: 'numbers that were made up or rounded, together with another screen, never by this alone',
      also: ['a natural limit or a tariff', 'several kinds of number together', 'rounding'],
      tellApart: 'draw a random sample of the records and look at their sources',
    },
  });
}
