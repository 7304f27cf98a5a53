import type { BarChart, Table } from '../../core/index.ts';
import { formatValue } from '../../core/index.ts';
import { type CostChange, type PoundsACase, ratioInterval, type SpanCosts } from './payment-costs.ts';

const overpaid = ({ overpaid: { ratio }, paidPerCase }: SpanCosts) => ratio * paidPerCase;
const underpaid = ({ underpaid: { ratio }, paidPerCase }: SpanCosts) => ratio * paidPerCase;

/** What a case costs in the end, part by part, and how each part changed. */
export function costTable(word: string, earlier: SpanCosts, later: SpanCosts, change: CostChange): Table {
  const row = (
    part: string,
    of: (costs: SpanCosts) => number,
    { value, interval }: Partial<PoundsACase>,
  ) => ({
    part,
    earlier: of(earlier),
    later: of(later),
    change: value ?? null,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    year: value === undefined ? null : value * later.cases,
  });
  return {
    id: 'per-case',
    title: `What a ${word} costs in the end`,
    columns: [
      { key: 'part', title: 'Part', type: 'text' },
      { key: 'earlier', title: earlier.label, type: 'pounds' },
      { key: 'later', title: later.label, type: 'pounds' },
      { key: 'change', title: 'Change', type: 'pounds' },
      { key: 'low', title: 'Change, low', type: 'pounds' },
      { key: 'high', title: 'Change, high', type: 'pounds' },
      { key: 'year', title: `Change for all of ${later.label}`, type: 'pounds' },
    ],
    rows: [
      row('Handling', ({ handlingPerCase }) => handlingPerCase, { value: change.handling }),
      row('Overpaid, by audit', overpaid, change.overpaid),
      row('Underpaid, by audit', underpaid, change.underpaid),
      row('In the end', ({ generated }) => generated.value, change.generated),
    ],
    notes: [
      'Handling comes from the accounts and has no range. Errors come from a random sample, and their ranges hold the true value in 95 of 100 samples.',
    ],
  };
}

/** What the audit looked at and found, year by year. */
export function auditTable(word: string, spans: readonly SpanCosts[]): Table {
  return {
    id: 'audit',
    title: 'What the audit found',
    columns: [
      { key: 'period', title: 'Period', type: 'period' },
      { key: 'cases', title: `${word.charAt(0).toUpperCase()}${word.slice(1)}s decided`, type: 'count' },
      { key: 'audited', title: 'Audited', type: 'count' },
      { key: 'paid', title: `Paid on a ${word}`, type: 'pounds' },
      { key: 'wrong', title: 'Paid wrongly', type: 'share' },
      { key: 'overpaid', title: 'Overpaid, of what was paid', type: 'share' },
      { key: 'overpaidLow', title: 'Low', type: 'share' },
      { key: 'overpaidHigh', title: 'High', type: 'share' },
      { key: 'underpaid', title: 'Underpaid, of what was paid', type: 'share' },
      { key: 'underpaidLow', title: 'Low', type: 'share' },
      { key: 'underpaidHigh', title: 'High', type: 'share' },
      { key: 'refused', title: 'Got nothing though something was due', type: 'share' },
      { key: 'refusedLow', title: 'Low', type: 'share' },
      { key: 'refusedHigh', title: 'High', type: 'share' },
    ],
    rows: spans.map((costs) => {
      const [over, under] = [ratioInterval(costs.overpaid), ratioInterval(costs.underpaid)];
      return {
        period: costs.label,
        cases: costs.cases,
        audited: costs.audited,
        paid: costs.paidPerCase,
        wrong: costs.wrongShare,
        overpaid: costs.overpaid.ratio,
        overpaidLow: over.low,
        overpaidHigh: over.high,
        underpaid: costs.underpaid.ratio,
        underpaidLow: under.low,
        underpaidHigh: under.high,
        refused: costs.wronglyRefused.value,
        refusedLow: costs.wronglyRefused.interval.low,
        refusedHigh: costs.wronglyRefused.interval.high,
      };
    }),
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
