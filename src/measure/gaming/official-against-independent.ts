import { type Interval, wilson } from '../../core/index.ts';
import { type Limits, squareAndAdd, twoSidedNormal } from '../../stats/index.ts';
import { type NotTestable, notTestable, type Tested, tested } from './screen.ts';

/** A share with what it rests on; `n` null where everyone was counted. */
export interface CountedShare {
  readonly share: number;
  readonly n: number | null;
}

/** Official and independent figures of the same thing. */
export interface OfficialGap extends Tested {
  readonly test: 'T10';
  /** Official less independent. */
  readonly gap: number;
  readonly interval: Interval;
}

function limitsOf({ share, n }: CountedShare): Limits {
  const { low, high } = n === null ? { low: share, high: share } : wilson(share * n, n);
  return { value: share, low, high };
}

function varianceAt(share: number, n: number | null): number {
  return n === null ? 0 : (share * (1 - share)) / n;
}

/**
 * T10: whether the official share is better than an independent survey or sensor of the same thing and period.
 * The interval of the gap is Newcombe's (1998, method 10); the p-value is that of two shares with a pooled variance.
 */
export function officialAgainstIndependent(
  official: CountedShare,
  independent: CountedShare & { readonly n: number },
  sameMeasure: boolean,
  fewest = 100,
): OfficialGap | NotTestable {
  if (!sameMeasure)
    return notTestable('T10', 'the two figures do not count the same thing over the same time');
  if (independent.n < fewest)
    return notTestable('T10', `the independent figure rests on fewer than ${fewest} people`);
  const gap = official.share - independent.share;
  const { low, high } = squareAndAdd(limitsOf(official), limitsOf(independent));
  const pooled =
    official.n === null
      ? official.share
      : (official.share * official.n + independent.share * independent.n) / (official.n + independent.n);
  const variance = varianceAt(pooled, official.n) + varianceAt(pooled, independent.n);
  return tested({
    test: 'T10' as const,
    n: independent.n,
    p: variance > 0 ? twoSidedNormal(gap / Math.sqrt(variance)) : gap === 0 ? 1 : 0,
    leans: gap > 0,
    words: {
      pattern: 'an official figure that is better than what people meet with',
      also: ['a survey that some answer more than others', 'memory', 'another clock or another population'],
      tellApart: 'follow a random sample of cases through both, with one clock',
    },
    gap,
    interval: {
      low,
      high,
      level: 0.95,
      method: 'Newcombe (1998), method 10',
      meaning: 'The range that would hold the true gap in 95 of 100 such surveys.',
    },
  });
}
