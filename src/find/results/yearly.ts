import type { CellValue, Column } from '../../core/index.ts';
import { countLimits } from '../failure-demand/index.ts';
import type { Finding } from '../findings/finding.ts';
import { type Ranged, rangedCells, rangedColumns } from './ranged.ts';

const leastYears = 0.25;

/** How many years lie between two days, both counted; null under three months, too little to scale to a year. */
export function yearsBetween(first: string, last: string): number | null {
  const days = (Date.parse(last.slice(0, 10)) - Date.parse(first.slice(0, 10))) / 86_400_000 + 1;
  const years = days / 365.25;
  return years >= leastYears ? years : null;
}

const cases = {
  key: 'yearCases',
  title: 'Cases a year',
  of: 'the cases a year',
  type: 'count',
  from: ['cases'],
} satisfies Ranged;
const days = {
  key: 'yearDays',
  title: 'Days a year',
  of: 'the days a year',
  type: 'count',
  from: ['days'],
} satisfies Ranged;
const hours = {
  key: 'yearHours',
  title: 'Hours a year',
  of: 'the hours a year',
  type: 'hours',
  from: ['hours'],
} satisfies Ranged;
const pounds = {
  key: 'yearPounds',
  title: 'Staff cost a year',
  of: 'the cost a year',
  type: 'pounds',
  from: ['pounds'],
} satisfies Ranged;
const delay = {
  key: 'yearDelay',
  title: 'Cost of delay a year',
  of: 'the cost of delay a year',
  type: 'pounds',
  from: ['delayPounds'],
} satisfies Ranged;
const missed = {
  key: 'yearMissed',
  title: 'Cases a year that miss the outcome beyond the others’ share',
  of: 'those cases a year',
  type: 'count',
  from: ['cases', 'difference'],
} satisfies Ranged;

/** The columns that say what a finding comes to in a year; none where the data cover too little. */
export function yearColumns(years: number | null, hasOutcome: boolean): readonly Column[] {
  if (years === null) return [];
  return rangedColumns([cases, days, hours, pounds, delay, ...(hasOutcome ? [missed] : [])]);
}

interface Range {
  readonly low: number;
  readonly high: number;
}

/** What a finding comes to in a year, with 95% intervals: cases as a Poisson count, the rest as it is scaled down. */
export function yearly(finding: Finding, years: number | null): Readonly<Record<string, CellValue>> {
  if (years === null) return {};
  const cells = (ranged: Ranged, value: number | null | undefined, range: Range | null | undefined) => {
    const shown = (x: number) => (ranged.type === 'count' ? Math.round(x / years) : x / years);
    return rangedCells(
      ranged,
      value == null ? null : shown(value),
      range ? { low: shown(range.low), high: shown(range.high) } : null,
    );
  };
  const { gap } = finding;
  const told = gap?.interval ?? null;
  const affected = gap?.affected ?? 0;
  return {
    ...cells(cases, finding.cases, countLimits(finding.cases)),
    ...cells(days, finding.days, finding.daysInterval),
    ...cells(hours, finding.hours, finding.hoursInterval),
    ...cells(pounds, finding.pounds, finding.poundsInterval),
    ...cells(delay, finding.delayPounds, finding.delayInterval),
    ...cells(
      missed,
      gap?.excess,
      told && { low: Math.max(0, told.low * affected), high: Math.max(0, told.high * affected) },
    ),
  };
}
