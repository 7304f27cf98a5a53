import { type BarChart, formatValue, leastCases, type Table } from '../../core/index.ts';
import type { EffortCurve } from './effort-curves.ts';

/** One kind of case: its curve, the minutes now spent, and what the one says of the other. */
export interface EffortRow {
  readonly name: string;
  readonly curve: EffortCurve;
  /** Mean minutes in the latest periods; null where too few are recorded. */
  readonly now: number | null;
  readonly reading: 'more would pay' | 'less would do' | 'cannot tell';
}

/** The best effort by kind of case. */
export function effortTable(rows: readonly EffortRow[], what: string, label: string): Table {
  return {
    id: 'best-effort',
    title: `Minutes of ${what}: spent in ${label}, and best`,
    columns: [
      { key: 'kind', title: 'Which', type: 'text' },
      { key: 'audited', title: 'Audited, minutes set by chance', type: 'count' },
      { key: 'now', title: 'Minutes now', type: 'minutes' },
      { key: 'best', title: 'Best minutes', type: 'minutes' },
      { key: 'low', title: 'Best, low', type: 'minutes' },
      { key: 'high', title: 'Best, high', type: 'minutes' },
      { key: 'saved', title: 'A further minute saves', type: 'pounds' },
      { key: 'savedLow', title: 'Saves, low', type: 'pounds' },
      { key: 'savedHigh', title: 'Saves, high', type: 'pounds' },
      { key: 'reading', title: 'Reading', type: 'text' },
    ],
    rows: rows.map(({ name, curve, now, reading }) => {
      const { found, range, cases } = curve;
      const window = found.isTold ? found.window : null;
      return {
        kind: name,
        audited: cases < leastCases ? null : cases,
        now,
        best: found.isTold ? found.bagged : null,
        low: range?.low ?? null,
        high: range?.high ?? null,
        saved: window?.perMinute ?? null,
        savedLow: window?.low ?? null,
        savedHigh: window?.high ?? null,
        reading,
      };
    }),
    notes: [
      'Low and high hold the true value in 95 of 100 samples, or nearly. A further minute: the mean from the minutes now spent to twice as many.',
    ],
  };
}

/** What the next minute saves from one effort to the next, over all cases. */
export function curveTable({ found }: EffortCurve, what: string): Table {
  return {
    id: 'next-minute',
    title: `What the next minute of ${what} saves`,
    columns: [
      { key: 'from', title: 'From minutes', type: 'minutes' },
      { key: 'to', title: 'To minutes', type: 'minutes' },
      { key: 'observed', title: 'As observed', type: 'pounds' },
      { key: 'low', title: 'Low', type: 'pounds' },
      { key: 'high', title: 'High', type: 'pounds' },
      { key: 'fitted', title: 'On the falling curve', type: 'pounds' },
    ],
    rows: found.isTold ? found.marginal.map((step) => ({ ...step })) : [],
    notes: [
      'Single steps vary by chance: low and high hold what is observed in 95 of 100 samples. The falling curve takes it that no further minute saves more than the one before.',
    ],
  };
}

/** The same as bars in the order of the minutes, against what a minute costs. */
export function effortChart(
  { found }: EffortCurve,
  terms: { readonly word: string; readonly what: string; readonly costPerMinute: number },
): readonly BarChart[] {
  if (!found.isTold) return [];
  const { word, what, costPerMinute } = terms;
  const cost = formatValue(costPerMinute, 'pounds');
  const at = (value: number) => formatValue(Math.round(value), 'minutes');
  return [
    {
      kind: 'bar',
      id: 'next-minute',
      title:
        found.range.low === null
          ? `A minute of ${what} costs ${cost}; up to how many the next one saves more cannot be told`
          : `A minute of ${what} costs ${cost}; up to ${at(found.range.low)} minutes a ${word} at least, the next one saves more`,
      description: `Pounds that the next minute of ${what} saves, from one effort to the next, in order.`,
      table: 'next-minute',
      xTitle: 'Pounds that the next minute saves',
      xUnit: 'pounds',
      bars: found.marginal.map(({ from, to, fitted }) => ({
        label: `${at(from)} to ${at(to)} minutes`,
        parts: [{ name: 'Saved', value: Math.max(0, fitted) }],
      })),
    },
  ];
}
