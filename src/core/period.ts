/** The lengths a reporting period may have. A week starts on Monday, a financial year on 1 April. */
export type Grain = 'day' | 'week' | 'month' | 'quarter' | 'financial-year' | 'year';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function parse(isoDate: string): Date {
  return new Date(`${isoDate.slice(0, 10)}T00:00:00Z`);
}

function iso(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function at(year: number, month: number, day: number): string {
  return iso(new Date(Date.UTC(year, month, day)));
}

/** The date a number of days later (or earlier), ISO. */
export function addDays(isoDate: string, days: number): string {
  return iso(new Date(parse(isoDate).getTime() + days * 86_400_000));
}

/** The first day of the period that holds a date, ISO. */
export function periodStart(grain: Grain, isoDate: string): string {
  const date = parse(isoDate);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  switch (grain) {
    case 'day':
      return iso(date);
    case 'week':
      return addDays(isoDate, -((date.getUTCDay() + 6) % 7));
    case 'month':
      return at(year, month, 1);
    case 'quarter':
      return at(year, month - (month % 3), 1);
    case 'financial-year':
      return at(month >= 3 ? year : year - 1, 3, 1);
    case 'year':
      return at(year, 0, 1);
  }
}

/** The first day of the period `count` periods after the one that starts on `start` (before it, when negative). */
export function nextPeriod(grain: Grain, start: string, count = 1): string {
  const date = parse(start);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  switch (grain) {
    case 'day':
      return addDays(start, count);
    case 'week':
      return addDays(start, 7 * count);
    case 'month':
      return at(year, month + count, 1);
    case 'quarter':
      return at(year, month + 3 * count, 1);
    case 'financial-year':
    case 'year':
      return at(year + count, month, 1);
  }
}

/** How many periods of a grain make a year; 52 weeks, 365 days. */
export function periodsInYear(grain: Grain): number {
  return { day: 365, week: 52, month: 12, quarter: 4, 'financial-year': 1, year: 1 }[grain];
}

/** Every period start from the period that holds `from` to the one that holds `to`, both included. */
export function periodsBetween(grain: Grain, from: string, to: string): readonly string[] {
  const starts: string[] = [];
  const last = periodStart(grain, to);
  for (let start = periodStart(grain, from); start <= last; start = nextPeriod(grain, start))
    starts.push(start);
  return starts;
}

/** A date as GOV.UK writes it: 1 April 2026. */
export function dateLabel(isoDate: string): string {
  const date = parse(isoDate);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** How a reader names a period: "April 2026", "2026 to 2027", "January to March 2026", "week of 6 April 2026". */
export function periodLabel(grain: Grain, start: string): string {
  const date = parse(start);
  const year = date.getUTCFullYear();
  switch (grain) {
    case 'day':
      return dateLabel(start);
    case 'week':
      return `week of ${dateLabel(start)}`;
    case 'month':
      return `${months[date.getUTCMonth()]} ${year}`;
    case 'quarter':
      return `${months[date.getUTCMonth()]} to ${months[date.getUTCMonth() + 2]} ${year}`;
    case 'financial-year':
      return `${year} to ${year + 1}`;
    case 'year':
      return String(year);
  }
}
