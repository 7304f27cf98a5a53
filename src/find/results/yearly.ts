import { type CellValue, type Column, formatInterval } from '../../core/index.ts';
import { countLimits } from '../failure-demand/index.ts';
import type { Finding } from '../findings/finding.ts';

const leastYears = 0.25;

/** How many years lie between two days, both counted; null under three months, too little to scale to a year. */
export function yearsBetween(first: string, last: string): number | null {
  const days = (Date.parse(last.slice(0, 10)) - Date.parse(first.slice(0, 10))) / 86_400_000 + 1;
  const years = days / 365.25;
  return years >= leastYears ? years : null;
}

/** The columns that say what a finding comes to in a year; none where the data cover too little. */
export function yearColumns(years: number | null, hasOutcome: boolean): readonly Column[] {
  if (years === null) return [];
  return [
    { key: 'yearCases', intervalIn: 'yearCasesInterval', title: 'Cases a year', type: 'count' },
    { key: 'yearCasesInterval', title: '95% interval of the cases a year', type: 'text' },
    { key: 'yearHours', intervalIn: 'yearHoursInterval', title: 'Hours a year', type: 'hours' },
    { key: 'yearHoursInterval', title: '95% interval of the hours a year', type: 'text' },
    { key: 'yearPounds', intervalIn: 'yearPoundsInterval', title: 'Staff cost a year', type: 'pounds' },
    { key: 'yearPoundsInterval', title: '95% interval of the cost a year', type: 'text' },
    { key: 'yearDelay', intervalIn: 'yearDelayInterval', title: 'Cost of delay a year', type: 'pounds' },
    { key: 'yearDelayInterval', title: '95% interval of the cost of delay a year', type: 'text' },
    ...(hasOutcome
      ? [
          {
            key: 'yearMissed',
            intervalIn: 'yearMissedInterval',
            title: 'Cases a year that miss the outcome beyond the others’ share',
            type: 'count',
          } as const,
          { key: 'yearMissedInterval', title: '95% interval of those cases a year', type: 'text' } as const,
        ]
      : []),
  ];
}

interface Range {
  readonly low: number;
  readonly high: number;
}

/** What a finding comes to in a year, with 95% intervals: cases as a Poisson count, the rest as it is scaled down. */
export function yearly(finding: Finding, years: number | null): Readonly<Record<string, CellValue>> {
  if (years === null) return {};
  const scaled = (value: number | null | undefined) => (value == null ? null : value / years);
  const range = (interval: Range | null | undefined, unit: 'hours' | 'pounds' | 'count') => {
    if (!interval) return null;
    const { low, high } = interval;
    const ends = { low: low / years, high: high / years };
    return formatInterval(
      unit === 'count' ? { low: Math.round(ends.low), high: Math.round(ends.high) } : ends,
      unit,
    );
  };
  const { gap } = finding;
  const told = gap?.interval ?? null;
  return {
    yearCases: Math.round(finding.cases / years),
    yearCasesInterval: range(countLimits(finding.cases), 'count'),
    yearHours: scaled(finding.hours),
    yearHoursInterval: range(finding.hoursInterval, 'hours'),
    yearPounds: scaled(finding.pounds),
    yearPoundsInterval: range(finding.poundsInterval, 'pounds'),
    yearDelay: scaled(finding.delayPounds),
    yearDelayInterval: range(finding.delayInterval, 'pounds'),
    yearMissed: gap?.excess == null ? null : Math.round(gap.excess / years),
    yearMissedInterval: told
      ? range(
          {
            low: Math.max(0, told.low * (gap?.affected ?? 0)),
            high: Math.max(0, told.high * (gap?.affected ?? 0)),
          },
          'count',
        )
      : null,
  };
}
