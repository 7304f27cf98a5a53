import { type BarChart, formatValue, type Interval, type Table } from '../../core/index.ts';
import type { RatioEstimate } from '../../stats/index.ts';
import { type CostChange, type PoundsACase, ratioInterval, type SpanCosts } from './payment-costs.ts';

const overpaid = ({ overpaid: { ratio }, paidPerCase }: SpanCosts) => ratio * paidPerCase;
const underpaid = ({ underpaid: { ratio }, paidPerCase }: SpanCosts) => ratio * paidPerCase;

/** What a case costs in the end, part by part, and how each part changed. */
export function costTable(word: string, earlier: SpanCosts, later: SpanCosts, change: CostChange): Table {
  const exactly = (value: number) => ({ value, interval: { low: value, high: value } });
  const row = (
    part: string,
    of: (costs: SpanCosts) => number,
    { value, interval }: { readonly value: number; readonly interval: Pick<Interval, 'low' | 'high'> },
  ) => ({
    part,
    earlier: of(earlier),
    later: of(later),
    change: value,
    low: interval.low,
    high: interval.high,
    year: value * later.cases,
  });
  return {
    id: 'per-case',
    title: `What a ${word} costs in the end`,
    columns: [
      { key: 'part', title: 'Part', type: 'text' },
      { key: 'earlier', title: earlier.label, type: 'pounds' },
      { key: 'later', title: later.label, type: 'pounds' },
      { key: 'change', title: 'Change', type: 'pounds', derivedFrom: ['earlier', 'later'] },
      { key: 'low', title: 'Change, low', type: 'pounds', derivedFrom: ['change'] },
      { key: 'high', title: 'Change, high', type: 'pounds', derivedFrom: ['change'] },
      { key: 'year', title: `Change for all of ${later.label}`, type: 'pounds', derivedFrom: ['change'] },
    ],
    rows: [
      row('Handling', ({ handlingPerCase }) => handlingPerCase, exactly(change.handling)),
      row('Overpaid, by audit', overpaid, change.overpaid),
      row('Underpaid, by audit', underpaid, change.underpaid),
      row('In the end', ({ generated }) => generated.value, change.generated),
    ],
    notes: [
      'Handling comes from the accounts and is exact. Errors come from a random sample, and their ranges hold the true value in 95 of 100 samples.',
    ],
  };
}

/** How much of each year was audited. */
export function auditTable(word: string, spans: readonly SpanCosts[]): Table {
  return {
    id: 'audit',
    title: 'What was audited',
    columns: [
      { key: 'period', title: 'Period', type: 'period' },
      { key: 'cases', title: `${word.charAt(0).toUpperCase()}${word.slice(1)}s decided`, type: 'count' },
      { key: 'audited', title: 'Audited', type: 'count' },
      { key: 'paid', title: `Paid on a ${word}, all`, type: 'pounds' },
    ],
    rows: spans.map(({ label, cases, audited, paidPerCase }) => ({
      period: label,
      cases,
      audited,
      paid: paidPerCase,
    })),
  };
}

/** What the audit found, kind of error by kind, year by year. */
export function errorsTable(word: string, spans: readonly SpanCosts[]): Table {
  const line = (what: string, of: (costs: SpanCosts) => PoundsACase) =>
    spans.map((costs) => {
      const { value, interval } = of(costs);
      return { what, period: costs.label, share: value, low: interval.low, high: interval.high };
    });
  const ratio = (estimate: RatioEstimate) => ({ value: estimate.ratio, interval: ratioInterval(estimate) });
  return {
    id: 'errors',
    title: 'What the audit found',
    columns: [
      { key: 'what', title: 'What', type: 'text' },
      { key: 'period', title: 'Period', type: 'period' },
      { key: 'share', title: 'Share', type: 'share' },
      { key: 'low', title: 'Low', type: 'share' },
      { key: 'high', title: 'High', type: 'share' },
    ],
    rows: [
      ...line('Overpaid, of the pounds paid', ({ overpaid: found }) => ratio(found)),
      ...line('Underpaid, of the pounds paid', ({ underpaid: found }) => ratio(found)),
      ...line(
        `Got nothing though something was due, of the ${word}s`,
        ({ wronglyRefused }) => wronglyRefused,
      ),
      ...line(`Paid wrongly, of the ${word}s`, ({ wrong }) => wrong),
    ],
    notes: ['Low and high hold the true share in 95 of 100 samples.'],
  };
}

/** Each year as a bar of its parts. */
export function costChart(word: string, spans: readonly SpanCosts[], isDearer: boolean): BarChart {
  const [earlier, later] = spans.map(({ generated }) => formatValue(generated.value, 'pounds'));
  return {
    kind: 'bar',
    id: 'per-case',
    title: isDearer
      ? `Less is spent on handling a ${word}, and more is lost in what is paid`
      : `A ${word} cost ${earlier} in the end, and then ${later}`,
    description: `Pounds a ${word} by year: handling, overpayment and underpayment.`,
    table: 'per-case',
    xTitle: `Pounds a ${word}`,
    xUnit: 'pounds',
    bars: spans.map((costs) => ({
      label: costs.label,
      parts: [
        { name: 'Handling', value: costs.handlingPerCase },
        { name: 'Overpaid', value: overpaid(costs) },
        { name: 'Underpaid', value: underpaid(costs) },
      ],
    })),
  };
}
