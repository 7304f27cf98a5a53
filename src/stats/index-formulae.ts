import { WellspentError } from '../core/index.ts';
import { logmean } from './logmean.ts';

/** Prices and quantities of the same items in the base period (0) and the current one (1); null is missing. */
export interface LinkValues {
  readonly p0: readonly (number | null)[];
  readonly p1: readonly (number | null)[];
  readonly q0: readonly (number | null)[];
  readonly q1: readonly (number | null)[];
}

/** One item with every value that a formula may use; values it does not use may be 0. */
interface Item {
  readonly p0: number;
  readonly p1: number;
  readonly q0: number;
  readonly q1: number;
}

type Term = keyof Item;

interface Formula {
  readonly uses: readonly Term[];
  /** The values that may not be zero: they stand below a line or in a logarithm. */
  readonly nonZero: readonly Term[];
  readonly value: (items: readonly Item[]) => number;
}

const all: readonly Term[] = ['p0', 'p1', 'q0', 'q1'];

function sum(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

const laspeyres = (items: readonly Item[]) => sum(items, (i) => i.p1 * i.q0) / sum(items, (i) => i.p0 * i.q0);
const paasche = (items: readonly Item[]) => sum(items, (i) => i.p1 * i.q1) / sum(items, (i) => i.p0 * i.q1);
const swapped = (items: readonly Item[]) =>
  items.map(({ p0, p1, q0, q1 }) => ({ p0: q0, p1: q1, q0: p0, q1: p1 }));
const value0 = (i: Item) => i.p0 * i.q0;
const value1 = (i: Item) => i.p1 * i.q1;
const logRelative = (i: Item) => Math.log(i.p1 / i.p0);

/** exp of the weighted mean of log relatives, weights rescaled to add to 1. */
function geometric(items: readonly Item[], weight: (item: Item) => number): number {
  return Math.exp(sum(items, (i) => weight(i) * logRelative(i)) / sum(items, weight));
}

function tornqvist(items: readonly Item[]): number {
  const total0 = sum(items, value0);
  const total1 = sum(items, value1);
  return geometric(items, (i) => value0(i) / total0 + value1(i) / total1);
}

/** Montgomery–Vartia: exp of Σ logmean(v1, v0)/logmean(V1, V0) · ln r. */
function vartia1(items: readonly Item[]): number {
  const total = logmean(sum(items, value1), sum(items, value0));
  return Math.exp(sum(items, (i) => (logmean(value1(i), value0(i)) / total) * logRelative(i)));
}

/** Sato–Vartia: weights in proportion to logmean of the two value shares. */
function vartia2(items: readonly Item[]): number {
  const total0 = sum(items, value0);
  const total1 = sum(items, value1);
  return geometric(items, (i) => logmean(value1(i) / total1, value0(i) / total0));
}

function stuvel(items: readonly Item[]): number {
  const a = (laspeyres(items) - laspeyres(swapped(items))) / 2;
  const ratio = sum(items, value1) / sum(items, value0);
  const root = Math.sqrt(a * a + ratio);
  // The two forms are equal; each is used where it subtracts nothing, so that no digits are lost.
  return a >= 0 ? a + root : ratio / (root - a);
}

const formulae = {
  laspeyres: { uses: ['p0', 'p1', 'q0'], nonZero: [], value: laspeyres },
  paasche: { uses: ['p0', 'p1', 'q1'], nonZero: [], value: paasche },
  fisher: { uses: all, nonZero: [], value: (items) => Math.sqrt(laspeyres(items) * paasche(items)) },
  tornqvist: { uses: all, nonZero: all, value: tornqvist },
  'geometric-laspeyres': {
    uses: ['p0', 'p1', 'q0'],
    nonZero: ['p0', 'p1', 'q0'],
    value: (items) => geometric(items, value0),
  },
  'geometric-paasche': {
    uses: ['p0', 'p1', 'q1'],
    nonZero: ['p0', 'p1', 'q1'],
    value: (items) => geometric(items, value1),
  },
  'harmonic-laspeyres': {
    uses: ['p0', 'p1', 'q0'],
    nonZero: ['p1'],
    value: (items) => sum(items, value0) / sum(items, (i) => (value0(i) * i.p0) / i.p1),
  },
  palgrave: {
    uses: ['p0', 'p1', 'q1'],
    nonZero: ['p0'],
    value: (items) => sum(items, (i) => (value1(i) * i.p1) / i.p0) / sum(items, value1),
  },
  'marshall-edgeworth': {
    uses: all,
    nonZero: [],
    value: (items) => sum(items, (i) => i.p1 * (i.q0 + i.q1)) / sum(items, (i) => i.p0 * (i.q0 + i.q1)),
  },
  walsh: {
    uses: all,
    nonZero: [],
    value: (items) =>
      sum(items, (i) => i.p1 * Math.sqrt(i.q0 * i.q1)) / sum(items, (i) => i.p0 * Math.sqrt(i.q0 * i.q1)),
  },
  'vartia-1': { uses: all, nonZero: all, value: vartia1 },
  'vartia-2': { uses: all, nonZero: all, value: vartia2 },
  stuvel: { uses: all, nonZero: [], value: stuvel },
} as const satisfies Record<string, Formula>;

/** The id of an index number formula. */
export type IndexFormula = keyof typeof formulae;

/** The ids of the thirteen formulae, as Balk (2008) names them. */
export const indexFormulae = Object.keys(formulae) as readonly IndexFormula[];

const words: Record<Term, string> = {
  p0: 'the base price',
  p1: 'the current price',
  q0: 'the base quantity',
  q1: 'the current quantity',
};

/** What stands in the place of each value where prices and quantities are swapped. */
const otherSide: Record<Term, Term> = { p0: 'q0', p1: 'q1', q0: 'p0', q1: 'p1' };

/**
 * The price index of one link by one of thirteen formulae (Balk, 2008, *Price and Quantity Index Numbers*,
 * chapter 3), as ratios of sums where the formula has one. For the quantity index, swap prices and
 * quantities, and say that the `side` is quantity, for the words of errors. An item that misses a value the formula uses is left out whole. Throws `INDEX_NOT_DEFINED`.
 */
export function indexLink(
  formula: IndexFormula,
  values: LinkValues,
  name: (item: number) => string = (i) => `item ${i + 1}`,
  side: 'price' | 'quantity' = 'price',
): number {
  const { uses, nonZero, value }: Formula = formulae[formula];
  const items: Item[] = [];
  values.p0.forEach((_, n) => {
    const item = { p0: values.p0[n], p1: values.p1[n], q0: values.q0[n], q1: values.q1[n] };
    if (uses.some((term) => item[term] === null || item[term] === undefined)) return;
    for (const term of uses) {
      const number = item[term] ?? 0;
      if (!Number.isFinite(number) || number < 0 || (number === 0 && nonZero.includes(term))) {
        throw new WellspentError(
          'INDEX_NOT_DEFINED',
          `The ${formula} index is not defined: ${words[side === 'price' ? term : otherSide[term]]} of ${name(n)} is ${number}.`,
          { found: String(number), hint: 'Give null for a value that is missing.' },
        );
      }
    }
    items.push({ p0: item.p0 ?? 0, p1: item.p1 ?? 0, q0: item.q0 ?? 0, q1: item.q1 ?? 0 });
  });
  const index = items.length === 0 ? Number.NaN : value(items);
  if (!Number.isFinite(index)) {
    throw new WellspentError(
      'INDEX_NOT_DEFINED',
      items.length === 0
        ? `The ${formula} index is not defined: no item has every value in both periods.`
        : `The ${formula} index is not defined: the base of the comparison is zero.`,
    );
  }
  return index;
}
