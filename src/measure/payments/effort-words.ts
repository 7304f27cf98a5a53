import { formatInterval, formatValue, formatWithUnit, type Interval, listInWords } from '../../core/index.ts';
import type { EffortCurve } from './effort-curves.ts';
import type { EffortRow } from './effort-tables.ts';

/** What a case and the effort are called, and what a minute costs in pounds. */
export interface EffortTerms {
  readonly word: string;
  readonly what: string;
  readonly costPerMinute: number;
}

/** Kinds that an answer names one by one; the page has them all. */
const mostNamed = 2;

/** "24 minutes". */
export const minutesInWords = (value: number) => formatWithUnit(Math.round(value), 'minutes');

const meaning =
  'If other cases had been drawn and timed, 95 of 100 such ranges would hold the true value, or nearly.';

/** The range of the best effort as an interval. */
export function bestInterval({ range }: EffortCurve): Interval | null {
  return (
    range && {
      ...range,
      level: 0.95,
      method: 'efforts not shown to be too little or too much (max-t)',
      meaning,
    }
  );
}

/** The range of what a further minute saves as an interval. */
export function savingInterval({ low, high }: { readonly low: number; readonly high: number }): Interval {
  return { low, high, level: 0.95, method: 'normal interval of a difference of mean savings', meaning };
}

function savingInWords(row: EffortRow, { what, word, costPerMinute }: EffortTerms): string {
  const { found } = row.curve;
  if (!found.isTold || !found.window || row.now === null) return '';
  const { perMinute, from, to } = found.window;
  const saves = `saves ${formatValue(perMinute, 'pounds')} a minute (95% interval ${formatInterval(found.window, 'pounds')})`;
  return `Each ${word} now gets ${minutesInWords(row.now)} of ${what}; going from about ${formatValue(Math.round(from), 'minutes')} to ${minutesInWords(to)} ${saves}, and a minute costs ${formatValue(costPerMinute, 'pounds')}.`;
}

/** "best between 17 and 48 minutes, 95% interval". */
function bestInWords({ curve: { range } }: EffortRow): string {
  if (!range) return '';
  return `best between ${formatValue(Math.round(range.low), 'minutes')} and ${minutesInWords(range.high)}, 95% interval`;
}

/** The answer: what a further minute saves, and which kinds of case get too little or too much. */
export function effortInWords(all: EffortRow, rows: readonly EffortRow[], terms: EffortTerms): string {
  const said = (list: readonly EffortRow[]) => {
    const named = list.slice(0, mostNamed).map((row) => `${row.name} (${bestInWords(row)})`);
    const others = list.length - named.length;
    return listInWords([
      ...named,
      ...(others > 0 ? [others === 1 ? 'one more kind' : `${others} more kinds`] : []),
    ]);
  };
  const of = (reading: EffortRow['reading']) => rows.filter((row) => row.reading === reading);
  const [more, less, open] = [of('more would pay'), of('less would do'), of('cannot tell')];
  const parts = [
    savingInWords(all, terms),
    ...(more.length > 0 ? [`More would pay on ${said(more)}.`] : []),
    ...(less.length > 0 ? [`Less would do on ${said(less)}.`] : []),
    ...(open.length > 0
      ? [
          `Cannot tell whether more would pay on ${open.length > 1 && open.length < rows.length ? `the other ${open.length} kinds` : listInWords(open.map(({ name }) => name))}.`,
        ]
      : []),
  ];
  return parts.filter((part) => part !== '').join(' ');
}
