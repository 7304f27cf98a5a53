import { type DateOrder, newReading, parseTime, type TimeRules } from './parse-time.ts';
import { openZone } from './zone.ts';

const slashed = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})(?:$|[T\s,])/;
const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:$|[T\s,])/;

/** What the dates of one column say about their order; add every value, then ask. */
export interface OrderEvidence {
  /** Values that can only be day first, or only month first. */
  dayFirst: number;
  monthFirst: number;
  /** Values that read both ways. */
  either: number;
  yearDayMonth: number;
  yearMonthDay: number;
}

export function newEvidence(): OrderEvidence {
  return { dayFirst: 0, monthFirst: 0, either: 0, yearDayMonth: 0, yearMonthDay: 0 };
}

const dayFirstRules: TimeRules = { zone: openZone('UTC'), order: 'day-first' };
const reading = newReading();

/** What one value says; null where it tells nothing. */
export function evidenceOf(text: string): keyof OrderEvidence | null {
  const first = slashed.exec(text);
  if (first) {
    const a = Number(first[1]);
    const b = Number(first[3]);
    // Sentinels and repeated numbers (03/03) tell nothing.
    if (a === b) return null;
    if (a > 12 && b <= 12) return 'dayFirst';
    if (b > 12 && a <= 12) return 'monthFirst';
    // Only a real time is evidence: 02.03.2024 25:99 will be set aside in either order.
    const isReal = a > 0 && b > 0 && a <= 12 && b <= 12 && parseTime(text, dayFirstRules, reading);
    return isReal ? 'either' : null;
  }
  const second = yearFirst.exec(text);
  if (!second) return null;
  if (Number(second[3]) > 12) return 'yearDayMonth';
  return Number(second[4]) > 12 ? 'yearMonthDay' : null;
}

/** Takes one value into account. */
export function weigh(evidence: OrderEvidence, text: string): void {
  const said = evidenceOf(text);
  if (said !== null) evidence[said] += 1;
}

/** What a column's order is, or that its dates cannot tell. */
export type OrderVerdict = DateOrder | 'no-matter' | 'ambiguous';

export function verdict(evidence: OrderEvidence): OrderVerdict {
  if (evidence.dayFirst === 0 && evidence.monthFirst === 0)
    return evidence.either === 0 ? 'no-matter' : 'ambiguous';
  // As many of each is no majority.
  if (evidence.dayFirst === evidence.monthFirst) return 'ambiguous';
  return evidence.dayFirst > evidence.monthFirst ? 'day-first' : 'month-first';
}
