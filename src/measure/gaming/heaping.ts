import { adjustForDiscoveries, chiSquareFit, gTestFit } from '../../stats/index.ts';
import { type NotTestable, notTestable, type Tested, tested } from './screen.ts';

/** Whole numbers as they were recorded, such as minutes, with the unit of each where there are several. */
export interface RecordedNumbers {
  readonly values: readonly number[];
  readonly units?: readonly string[] | undefined;
  /** 10 for the last digit, 60 for the minute of the hour. */
  readonly endings?: number | undefined;
}

/** How evenly endings are spread. */
export interface EndingFit {
  readonly method: 'chi-squared' | 'G';
  readonly statistic: number;
  readonly df: number;
  readonly p: number;
  readonly n: number;
}

/** The heaping test. */
export interface Heaping extends Tested {
  readonly test: 'T4';
  readonly all: EndingFit;
  /** Share of endings that are multiples of five, against the share that chance would give. */
  readonly roundShare: number;
  readonly roundExpected: number;
  /** Multiples of five left out, as the usual rounding; the screen's p-value is this one. */
  readonly withoutRound: EndingFit;
  /** By unit, without round endings, p-values adjusted by Benjamini and Yekutieli. */
  readonly units: readonly { readonly unit: string; readonly n: number; readonly adjusted: number }[];
}

/** Fewest numbers for a test, and fewest for chi-squared rather than G. */
const fewest = 20;
const fewForChiSquare = 50;

function fitEndings(counts: readonly number[], kept: readonly number[]): EndingFit {
  const own = kept.map((ending) => counts[ending] ?? 0);
  const n = own.reduce((sum, count) => sum + count, 0);
  const even = kept.map(() => 1);
  const method = n < fewForChiSquare ? 'G' : 'chi-squared';
  return { method, ...(method === 'G' ? gTestFit(own, even) : chiSquareFit(own, even)), n };
}

function countEndings(values: readonly number[], endings: number): readonly number[] {
  const counts = Array<number>(endings).fill(0);
  for (const value of values) {
    const ending = ((Math.trunc(value) % endings) + endings) % endings;
    counts[ending] = (counts[ending] ?? 0) + 1;
  }
  return counts;
}

/**
 * T4: whether recorded numbers end on some digits too often. Multiples of five are usual rounding: they are
 * reported, and the test is made again without them. Only for numbers spread over many times the span of endings.
 */
export function heaping({ values, units, endings = 10 }: RecordedNumbers): Heaping | NotTestable {
  const all = Array.from({ length: endings }, (_, i) => i);
  const rough = all.filter((ending) => ending % 5 !== 0);
  const counts = countEndings(values, endings);
  const roundCount = all.reduce((sum, e) => (e % 5 === 0 ? sum + (counts[e] ?? 0) : sum), 0);
  if (values.length - roundCount < fewest)
    return notTestable('T4', `fewer than ${fewest} numbers do not end on a multiple of five`);
  const [low, high] = values.reduce(
    ([min, max], value) => [Math.min(min, value), Math.max(max, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  if (high - low < 3 * endings)
    return notTestable(
      'T4',
      `the numbers span less than three times ${endings}, so endings need not be even`,
    );
  const withoutRound = fitEndings(counts, rough);
  const byUnit = new Map<string, number[]>();
  units?.forEach((unit, i) => {
    byUnit.set(unit, [...(byUnit.get(unit) ?? []), values[i] ?? 0]);
  });
  const unitFits = [...byUnit]
    .map(([unit, own]) => ({ unit, fit: fitEndings(countEndings(own, endings), rough) }))
    .filter(({ fit }) => fit.n >= fewest);
  const adjusted = adjustForDiscoveries(
    unitFits.map(({ fit }) => fit.p),
    'dependent',
  );
  return tested({
    test: 'T4' as const,
    n: values.length,
    p: withoutRound.p,
    leans: true,
    words: {
      pattern: 'numbers entered from memory or to fit, rather than as they were measured',
      also: [
        'rounding',
        'a form or system that offers set values',
        'a step of the work that takes a set time',
      ],
      tellApart:
        'compare with times that the system stamps itself, and ask how and when the number is entered',
    },
    all: fitEndings(counts, all),
    roundShare: roundCount / values.length,
    roundExpected: (endings - rough.length) / endings,
    withoutRound,
    units: unitFits.map(({ unit, fit }, i) => ({ unit, n: fit.n, adjusted: adjusted[i] ?? 1 })),
  });
}
