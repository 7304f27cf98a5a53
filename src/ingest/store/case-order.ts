import type { CodedTexts } from '../../stores/index.ts';

/** Rows put case after case. */
export interface CaseOrder {
  /** Rows in their order. */
  readonly rows: Int32Array;
  /** Where each case begins among them, and their number at the end. */
  readonly starts: Int32Array;
}

/** Cases of more rows than this are sorted by halves. */
const longCase = 48;

/** Puts rows in the order of the cases' names, and those of a case in the order they came; rows without one are last. */
export function byCase({ codes, words }: CodedTexts): CaseOrder {
  const names = Int32Array.from(words, (_, code) => code).sort((a, b) => {
    const [one, other] = [words[a] as string, words[b] as string];
    return one < other ? -1 : one > other ? 1 : 0;
  });
  // One name may stand in the list more than once: its rows are one case.
  const place = new Int32Array(words.length);
  let cases = 0;
  for (let i = 0; i < names.length; i++) {
    const code = names[i] as number;
    if (i === 0 || words[code] !== words[names[i - 1] as number]) cases += 1;
    place[code] = cases - 1;
  }
  const placeOf = (row: number): number => {
    const code = codes[row] as number;
    return code < 0 ? cases : (place[code] as number);
  };
  const counts = new Int32Array(cases + 1);
  for (let row = 0; row < codes.length; row++) {
    const at = placeOf(row);
    counts[at] = (counts[at] as number) + 1;
  }
  const all = counts[cases] === 0 ? cases : cases + 1;
  const starts = new Int32Array(all + 1);
  for (let each = 0; each < all; each++)
    starts[each + 1] = (starts[each] as number) + (counts[each] as number);
  const next = starts.slice();
  const rows = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) {
    const at = placeOf(row);
    const to = next[at] as number;
    rows[to] = row;
    next[at] = to + 1;
  }
  return { rows, starts };
}

/** Puts the rows of each case in order of their times, those without one last; rows of one time stay as they came. */
export function byTime({ rows, starts }: CaseOrder, at: Float64Array): CaseOrder {
  const sorted = rows.slice();
  const isAfter = (row: number, other: number): boolean => {
    const [one, two] = [at[row] as number, at[other] as number];
    // NaN is after every time and never after itself.
    return one > two || (Number.isNaN(one) && !Number.isNaN(two));
  };
  for (let each = 0; each + 1 < starts.length; each++) {
    const [from, to] = [starts[each] as number, starts[each + 1] as number];
    if (to - from > longCase) {
      const own = Array.from(sorted.subarray(from, to));
      own.sort((a, b) => (isAfter(a, b) ? 1 : isAfter(b, a) ? -1 : a - b));
      sorted.set(own, from);
      continue;
    }
    for (let i = from + 1; i < to; i++) {
      const row = sorted[i] as number;
      let j = i - 1;
      for (; j >= from && isAfter(sorted[j] as number, row); j--) sorted[j + 1] = sorted[j] as number;
      sorted[j + 1] = row;
    }
  }
  return { rows: sorted, starts };
}
