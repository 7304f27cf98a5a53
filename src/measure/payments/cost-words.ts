import { formatInterval, formatValue, type Interval } from '../../core/index.ts';
import type { CostChange, SpanCosts } from './payment-costs.ts';

const pounds = (value: number) => formatValue(Math.abs(value), 'pounds');
const percent = (value: number) => formatValue(value, 'share');

/** True where handling costs less and a case costs more in the end, beyond chance. */
export const isDearer = ({ handling, generated }: CostChange) => handling < 0 && generated.interval.low > 0;

/** True where the range of the change leaves out nothing. */
export const isSettled = ({ generated: { interval } }: CostChange) => interval.low > 0 || interval.high < 0;

/** "£12.00 to £40.00 more", or with "less" on either side where that is so. */
function rangeInWords({ low, high }: Interval): string {
  if (low >= 0) return `${formatInterval({ low, high }, 'pounds')} more`;
  if (high <= 0) return `${formatInterval({ low: -high, high: -low }, 'pounds')} less`;
  return `from ${pounds(low)} less to ${pounds(high)} more`;
}

const moreOrLess = (value: number) => `${pounds(value)} ${value < 0 ? 'less' : 'more'}`;

/** The answer: what handling a case and a case in the end cost, less or more than the year before. */
export function costInWords(word: string, earlier: SpanCosts, later: SpanCosts, change: CostChange): string {
  const { generated, handling } = change;
  const range = `(95% interval ${rangeInWords(generated.interval)})`;
  const overpaid = `${percent(later.overpaid.ratio)} of what was paid was overpaid in ${later.label}, by audit, against ${percent(earlier.overpaid.ratio)} in ${earlier.label}`;
  const speed = earlier.handlingPerCase / later.handlingPerCase - 1;
  const faster = handling < 0 ? ` (${formatValue(speed, 'share')} more are decided for the same money)` : '';
  if (isDearer(change))
    return `A ${word} costs ${pounds(handling)} less to handle${faster} and ${pounds(generated.value)} more in the end ${range}: ${overpaid}. Handling cost and ${word}s closed point the wrong way.`;
  if (!isSettled(change))
    return `Cannot tell yet: a ${word} costs ${moreOrLess(handling)} to handle, and in the end ${rangeInWords(generated.interval)} (95% interval). ${overpaid}.`;
  return `A ${word} costs ${moreOrLess(handling)} to handle and ${moreOrLess(generated.value)} in the end ${range}. ${overpaid}.`;
}
