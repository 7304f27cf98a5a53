import type { CodedTexts } from '../../stores/index.ts';
import { textOrder } from './text-order.ts';

/** Names of cases, and the place of the case of each among all in order, with the number of cases behind the last. */
export interface CasePlaces {
  readonly words: readonly string[];
  readonly places: Int32Array;
}

/** Rows put case after case. */
export interface CaseOrder {
  readonly names: CasePlaces;
  /** Rows in their order. */
  readonly rows: Int32Array;
  /** Where each case begins among them, and their number at the end. */
  readonly starts: Int32Array;
}

/** Cases of more rows than this are sorted by halves. */
const longCase = 48;

// Each loop that passes every row stands in a function of its own, with nothing behind it: it is compiled once.

function areSame(texts: readonly string[], others: readonly string[]): boolean {
  if (texts.length !== others.length) return false;
  for (let i = 0; i < texts.length; i++) if (texts[i] !== others[i]) return false;
  return true;
}

function placesOf(words: readonly string[]): Int32Array {
  const names = textOrder(words);
  const places = new Int32Array(words.length + 1);
  // One name may stand in the list more than once: its rows are one case.
  let cases = 0;
  let last: string | null = null;
  for (let i = 0, end = names.length; i < end; i++) {
    const code = names[i] as number;
    if (words[code] !== last) cases += 1;
    last = words[code] as string;
    places[code] = cases - 1;
  }
  places[words.length] = cases;
  return places;
}

/** Counts the rows of each case; those without one belong to the place behind all. */
function countRows(codes: Int32Array, places: Int32Array, counts: Int32Array): void {
  const none = places.length - 1;
  for (let row = 0, end = codes.length; row < end; row++) {
    const code = codes[row] as number;
    const at = places[code < 0 ? none : code] as number;
    counts[at] = (counts[at] as number) + 1;
  }
}

/** Puts rows where their cases begin, one after the other; `next` comes to the end of each. */
function putRows(codes: Int32Array, places: Int32Array, next: Int32Array, rows: Int32Array): void {
  const none = places.length - 1;
  for (let row = 0, end = codes.length; row < end; row++) {
    const code = codes[row] as number;
    const at = places[code < 0 ? none : code] as number;
    const to = next[at] as number;
    rows[to] = row;
    next[at] = to + 1;
  }
}

/**
 * Puts rows in the order of the cases' names, and those of a case in the order they came; rows without one are last.
 * Names that were put in order before, in the same list, need not be again.
 */
export function byCase({ codes, words }: CodedTexts, known?: CasePlaces): CaseOrder {
  const names = known && areSame(known.words, words) ? known : { words, places: placesOf(words) };
  const { places } = names;
  const cases = places[words.length] as number;
  const counts = new Int32Array(cases + 1);
  countRows(codes, places, counts);
  const all = counts[cases] === 0 ? cases : cases + 1;
  const starts = new Int32Array(all + 1);
  for (let each = 0; each < all; each++)
    starts[each + 1] = (starts[each] as number) + (counts[each] as number);
  const rows = new Int32Array(codes.length);
  putRows(codes, places, starts.slice(), rows);
  return { names, rows, starts };
}

/** NaN is after every time and never after itself. */
const isAfter = (one: number, other: number): boolean =>
  one > other || (Number.isNaN(one) && !Number.isNaN(other));

/** Puts some rows in order of their times by moving each before those that are later. */
function sortShort(rows: Int32Array, from: number, to: number, at: Float64Array): void {
  for (let i = from + 1; i < to; i++) {
    const row = rows[i] as number;
    const time = at[row] as number;
    let j = i - 1;
    for (; j >= from && isAfter(at[rows[j] as number] as number, time); j--) rows[j + 1] = rows[j] as number;
    rows[j + 1] = row;
  }
}

function sortLong(rows: Int32Array, at: Float64Array): void {
  rows.sort((a, b) => {
    const [one, other] = [at[a] as number, at[b] as number];
    return isAfter(one, other) ? 1 : isAfter(other, one) ? -1 : a - b;
  });
}

/** Puts the rows of each case in order of their times where they stand, those without one last; rows of one time stay as they came. */
export function sortByTime({ rows, starts }: CaseOrder, at: Float64Array): void {
  for (let each = 0; each + 1 < starts.length; each++) {
    const [from, to] = [starts[each] as number, starts[each + 1] as number];
    if (to - from > longCase) sortLong(rows.subarray(from, to), at);
    else sortShort(rows, from, to, at);
  }
}
