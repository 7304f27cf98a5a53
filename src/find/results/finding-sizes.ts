import type { CellValue, Column } from '../../core/index.ts';
import type { Finding } from '../findings/finding.ts';
import type { OutcomeMeasure } from '../queries/outcome-gap.ts';
import { type Ranged, rangedCells, rangedColumns } from './ranged.ts';

const days = { key: 'days', title: 'Days in total', of: 'the days', type: 'days' } satisfies Ranged;
const hours = { key: 'hours', title: 'Hours of work', of: 'the hours', type: 'hours' } satisfies Ranged;
const pounds = { key: 'pounds', title: 'Staff cost', of: 'the cost', type: 'pounds' } satisfies Ranged;
const delay = {
  key: 'delayPounds',
  title: 'Cost of delay',
  of: 'the cost of delay',
  type: 'pounds',
  interval: 'delayInterval',
  ends: 'delay',
} satisfies Ranged;
const difference = {
  key: 'difference',
  title: 'Difference in missing it',
  of: 'the difference',
  type: 'percentage-points',
  interval: 'interval',
  ends: 'difference',
  from: ['outcomeShare', 'outcomeOthers'],
} satisfies Ranged;

/** What the hours and the staff cost of a finding are of, by its pattern; a wait says it of itself. */
const ofWhat: Readonly<Record<Finding['pattern'], string | null>> = {
  wait: null,
  rework: 'Second and later times of the step.',
  'rejection-loop': 'Steps done again from the return on.',
  overprocessing: 'What the checks would take less in the other order.',
  'clock-restart': 'All work on these cases.',
  workaround: 'What these cases take beyond comparable ones; below nothing where they take less.',
  'failure-demand': 'Handling these contacts.',
  'target-covers-part': null,
};

/** The columns of a finding's sizes and its outcome: each number with its interval in words and as numbers. */
export function sizeColumns(measure: OutcomeMeasure | null): readonly Column[] {
  return [
    ...rangedColumns([days, hours, pounds]),
    { key: 'hoursOf', title: 'What the hours and staff cost are of', type: 'text' },
    ...rangedColumns([delay]),
    { key: 'missing', title: 'What is missing to price it', type: 'text' },
    { key: 'outcome', title: measure ? `Outcome: ${measure.title}` : 'Outcome', type: 'text' },
    { key: 'outcomeShare', title: 'Share that misses it', type: 'share', forMachines: true },
    { key: 'outcomeOthers', title: 'Share of the others that misses it', type: 'share', forMachines: true },
    ...rangedColumns([difference]),
  ];
}

/** The cells of those columns but `outcome`, whose words are the list's. */
export function sizeCells(finding: Finding): Readonly<Record<string, CellValue>> {
  const { gap } = finding;
  const known = finding.hours !== null || finding.pounds !== null;
  return {
    ...rangedCells(days, finding.days, finding.daysInterval),
    ...rangedCells(hours, finding.hours, finding.hoursInterval),
    ...rangedCells(pounds, finding.pounds, finding.poundsInterval),
    hoursOf: known ? (finding.hoursOf ?? ofWhat[finding.pattern]) : null,
    ...rangedCells(delay, finding.delayPounds, finding.delayInterval),
    missing: finding.missing ?? null,
    outcomeShare: gap?.affectedShare ?? null,
    outcomeOthers: gap?.othersShare ?? null,
    ...rangedCells(difference, gap?.difference, gap?.interval),
  };
}
