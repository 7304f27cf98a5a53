import { type Figure, wilson } from '../../core/index.ts';

const greatestBase = 1e10;

/** How many a share is of, as its note says ("of 1,203"); null where it does not, or where that gives no whole count. */
function notedBase({ note, value }: Figure): number | null {
  const [, words] = /\bof ([\d,]+)\b/.exec(note ?? '') ?? [];
  const n = words === undefined ? Number.NaN : Number(words.replaceAll(',', ''));
  const k = (value ?? Number.NaN) * n;
  return n > 0 && Math.abs(k - Math.round(k)) < 1e-6 + 1e-12 * n ? n : null;
}

/**
 * How many a share is of, read from its interval: Wilson's has one width for each number of cases, so that 0.3% with an
 * interval from 0.04% to 1.4% is 1 of 400 and nothing else. Null where the interval is none of Wilson's for whole counts.
 */
export function wilsonBase(
  share: number,
  interval: { readonly low: number; readonly high: number },
  level = 0.95,
): number | null {
  const width = (n: number) => {
    const { low, high } = wilson(share * n, n, level);
    return high - low;
  };
  const told = interval.high - interval.low;
  let [least, greatest] = [1, greatestBase];
  if (share < 0 || share > 1 || told > width(least) + 1e-9 || told <= width(greatest)) return null;
  for (let step = 0; step < 100; step++) {
    const middle = (least + greatest) / 2;
    if (width(middle) > told) least = middle;
    else greatest = middle;
  }
  const n = Math.round(greatest);
  const k = Math.round(share * n);
  const { low, high } = wilson(k, n, level);
  const isSame = [low - interval.low, high - interval.high, k / n - share].every(
    (gap) => Math.abs(gap) < 1e-9,
  );
  return isSame ? n : null;
}

/** How many a figure that is a share is of, declared by its note or told by its interval; null where neither tells. */
export function shareBase(figure: Figure): number | null {
  const { value, interval } = figure;
  const noted = notedBase(figure);
  return noted ?? (interval && value !== null ? wilsonBase(value, interval, interval.level) : null);
}
