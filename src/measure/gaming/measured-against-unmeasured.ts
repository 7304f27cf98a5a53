import { adjustForDiscoveries, prewhitenedNeweyWest, twoSidedStudent } from '../../stats/index.ts';
import { type NotTestable, notTestable, type Tested, tested } from './screen.ts';

/** A measure by period, in time order. */
export interface Series {
  readonly name: string;
  readonly values: readonly number[];
  readonly betterIs: 'higher' | 'lower';
}

/** What changed at a date in one series. */
export interface Interruption {
  readonly name: string;
  /** Change of level at the date, and its p-value. */
  readonly level: number;
  readonly levelP: number;
  /** Change of slope from the date. */
  readonly slope: number;
  readonly slopeP: number;
  /** The change that counts, level or slope, whichever chance explains less, as better or worse. */
  readonly turned: 'better' | 'worse';
  readonly p: number;
}

/** The test of what is measured against what is not. */
export interface MeasuredAgainstUnmeasured extends Tested {
  readonly test: 'T11';
  readonly targeted: Interruption;
  /** The others, p-values adjusted together. */
  readonly others: readonly (Interruption & { readonly adjusted: number })[];
  /** Dates before the target at which the same pattern would have been called. */
  readonly placebos: { readonly tried: number; readonly called: number };
}

/** Periods that must lie on each side of a date. */
const fewest = 12;

/** Level and slope change at a date: an interrupted time series with prewhitened Newey–West errors, after Wagner and others (2002). */
function interruption({ name, values, betterIs }: Series, at: number): Interruption | null {
  const rows = values.map((_, t) => [1, t, t >= at ? 1 : 0, t >= at ? t - at : 0]);
  const fit = prewhitenedNeweyWest(rows, values);
  if (!fit) return null;
  const df = values.length - 4;
  const [level = 0, slope = 0] = fit.coefficients.slice(2);
  const [levelError = 0, slopeError = 0] = fit.standardErrors.slice(2);
  const levelP = levelError > 0 ? twoSidedStudent(level / levelError, df) : 1;
  const slopeP = slopeError > 0 ? twoSidedStudent(slope / slopeError, df) : 1;
  const counts = levelP <= slopeP ? level : slope;
  return {
    name,
    level,
    levelP,
    slope,
    slopeP,
    turned: counts > 0 === (betterIs === 'higher') ? 'better' : 'worse',
    p: Math.min(1, 2 * Math.min(levelP, slopeP)),
  };
}

function readAt(targeted: Series, others: readonly Series[], at: number) {
  const own = interruption(targeted, at);
  const beside = others.map((series) => interruption(series, at)).filter((one) => one !== null);
  if (!own || beside.length === 0) return null;
  const adjusted = adjustForDiscoveries(
    beside.map(({ p }) => p),
    'dependent',
  );
  const worse = beside.map((one, i) => ({ ...one, adjusted: adjusted[i] ?? 1 }));
  const worst = worse
    .filter(({ turned }) => turned === 'worse')
    .reduce((least, one) => Math.min(least, one.adjusted), 1);
  return { own, others: worse, p: Math.max(own.p, worst), leans: own.turned === 'better' && worst < 1 };
}

/**
 * T11: whether, from the day of a target, what it counts got better and something it does not count got worse
 * (the estimator is ours). Both must be told apart from chance: the p-value is the larger of the two, the one for
 * the others adjusted by Benjamini and Yekutieli. Dates before the target show how often it would be called there.
 */
export function measuredAgainstUnmeasured(
  targeted: Series,
  others: readonly Series[],
  at: number,
): MeasuredAgainstUnmeasured | NotTestable {
  const n = targeted.values.length;
  if (others.length === 0) return notTestable('T11', 'nothing that the target does not count is measured');
  if (others.some(({ values }) => values.length !== n))
    return notTestable('T11', 'the series do not cover the same periods');
  if (at < fewest || n - at < fewest)
    return notTestable('T11', `fewer than ${fewest} periods lie before or after the target`);
  const read = readAt(targeted, others, at);
  if (!read) return notTestable('T11', 'the series do not vary');
  const before = <S extends Series>(series: S): S => ({ ...series, values: series.values.slice(0, at) });
  const places = Array.from({ length: Math.max(0, at - 2 * fewest + 1) }, (_, i) => i + fewest);
  const placebos = places.map((place) => readAt(before(targeted), others.map(before), place));
  return tested({
    test: 'T11' as const,
    n,
    p: read.p,
    leans: read.leans,
    words: {
      pattern: 'effort moved to what is counted from what is not',
      also: [
        'another change at the same time',
        'a change in who comes',
        'one part of the service short of staff',
      ],
      tellApart: 'ask which work was put aside, and compare places where the target did not apply',
    },
    targeted: read.own,
    others: read.others,
    placebos: {
      tried: placebos.length,
      called: placebos.filter((one) => one?.leans && one.p <= 0.05).length,
    },
  });
}
