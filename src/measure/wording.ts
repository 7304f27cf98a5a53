import { type Figure, formatValue, type Interval, type Unit } from '../core/index.ts';
import type { Study } from './study.ts';

/** "rose by 1.5%", "fell by 0.8%", "did not change". */
export function growthInWords(growth: number): string {
  const text = formatValue(Math.abs(growth), 'growth').replace('+', '');
  if (text === '0.0%') return 'did not change';
  return `${growth > 0 ? 'rose' : 'fell'} by ${text}`;
}

/** A figure with every part stated. */
export function figure(
  id: string,
  name: string,
  value: number | null,
  unit: Unit,
  parts: {
    readonly interval?: Interval | null;
    readonly period?: string | null;
    readonly note?: string;
    readonly ofNobody?: true;
  } = {},
): Figure {
  return {
    id,
    name,
    value,
    unit,
    interval: parts.interval ?? null,
    period: parts.period ?? null,
    ...(parts.note === undefined ? {} : { note: parts.note }),
    ...(parts.ofNobody === undefined ? {} : { ofNobody: parts.ofNobody }),
  };
}

/** What stands at 100 in a chained series. */
export function indexBase(study: Study): string {
  return study.plan.weights === 'period' ? 'the first period' : 'the mean of the first year';
}

/** True when the range leaves out no change. */
export function excludesZero(interval: Interval | null): boolean {
  return interval !== null && (interval.low > 0 || interval.high < 0);
}

/** The first letter in upper case, as a sentence begins. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** What every Result of the service must say: made-up data, and what the charter leaves unmeasured. */
export function standingCaveats(study: Study): readonly string[] {
  return study.plan.charter.demonstration
    ? ['Demonstration data: these figures are made up and describe no real service.']
    : [];
}

/** That pounds paid wrongly are no input, where the service pays people: less care can look like productivity. */
export function paymentsCaveat(study: Study): readonly string[] {
  return study.plan.charter.payments
    ? [
        'Pounds paid wrongly are not in these figures: what a case costs with them stands under cost generated.',
      ]
    : [];
}

/** What is incomplete at the ends, so that nobody reads a part as a whole. */
export function incompleteCaveat(study: Study): readonly string[] {
  const parts = study.data.periods.filter((period) => !period.complete).map((period) => period.label);
  if (parts.length === 0) return [];
  const named = parts.length > 3 ? `${parts.length} periods` : parts.join(', ');
  return [`Incomplete and left out of every comparison: ${named}.`];
}
