import {
  countOf,
  type Figure,
  formatValue,
  type Interval,
  leastCases,
  type Table,
  wilson,
} from '../../core/index.ts';
import { latestPeriods } from '../floors.ts';
import { pooledMeasure } from '../pooled.ts';
import type { Study } from '../study.ts';
import { figure } from '../wording.ts';
import { countOpenLate, type TimedShare } from './open-late.ts';

/** A share of the cases that ended in some periods, and of those together with the ones still open and already late at their end. */
export interface WithOpen {
  readonly label: string;
  readonly ended: number;
  readonly share: number;
  readonly openLate: number;
  readonly withOpen: number;
  readonly interval: Interval;
}

/** The same share in the latest periods and in those they are compared with, by the place of its measure. */
export interface OpenLateShare {
  readonly k: number;
  readonly id: string;
  readonly title: string;
  readonly later: WithOpen;
  readonly earlier: WithOpen | null;
}

/** Counts every case that is open and already late as one that was not in time; null where fewer than ten are in the sum. */
export function countingOpen(
  met: number,
  ended: number,
  openLate: number,
): Pick<WithOpen, 'withOpen' | 'interval'> | null {
  const n = ended + openLate;
  return n < leastCases ? null : { withOpen: met / n, interval: wilson(Math.min(met, n), n) };
}

async function over(
  study: Study,
  k: number,
  timed: TimedShare,
  starts: readonly string[],
  label: string,
): Promise<WithOpen | null> {
  const { n, value, isShare } = pooledMeasure(study, k, starts, timed.outputs);
  const openLate = await countOpenLate(study, timed, starts);
  if (!isShare || value === null || openLate === null) return null;
  const counted = countingOpen(value * n, n, openLate);
  return counted && { label, ended: n, share: value, openLate, ...counted };
}

/** Every quality measure with a deadline of which cases are still open and already late, ten or more of them. */
export async function openLateShares(study: Study): Promise<readonly OpenLateShare[]> {
  const { starts, label } = latestPeriods(study);
  const comparison = study.headline?.comparison;
  const found: OpenLateShare[] = [];
  for (const { index: k, measure, outputs } of study.plan.measures) {
    const { id, title, share, of, direction } = measure;
    if (measure.from !== 'cases' || share === undefined || direction === 'lower') continue;
    const timed = { id, title, share, of, outputs };
    const later = await over(study, k, timed, starts, label);
    if (!later || later.openLate < leastCases) continue;
    const earlier = comparison
      ? await over(study, k, timed, comparison.earlier, comparison.earlierLabel)
      : null;
    const isShown = earlier !== null && (earlier.openLate === 0 || earlier.openLate >= leastCases);
    found.push({ k, id, title, later, earlier: isShown ? earlier : null });
  }
  return found;
}

/** ", or 20.4% with the 296 cases still open and already late": what the share of the cases that ended leaves out. */
export function withOpenInWords({ later }: OpenLateShare): string {
  return `, or ${formatValue(later.withOpen, 'share')} with the ${countOf(later.openLate, 'case')} still open and already late`;
}

/** " (or 20.3% so counted)": the same of the periods before, where it is told. */
export function earlierWithOpen({ earlier }: OpenLateShare): string {
  return earlier ? ` (or ${formatValue(earlier.withOpen, 'share')} so counted)` : '';
}

/** The share with open cases that are already late, beside the one of those that ended. */
export function openLateFigures(shares: readonly OpenLateShare[]): readonly Figure[] {
  return shares.map(({ id, title, later }) =>
    figure(
      `open-late-${id}`,
      `${title}, counting those still open that are already late`,
      later.withOpen,
      'share',
      {
        interval: later.interval,
        period: later.label,
        note: `of ${formatValue(later.ended, 'count')} that ended and ${countOf(later.openLate, 'open case')} already late`,
      },
    ),
  );
}

/** Both shares side by side, for each set of periods. */
export function openLateTable(shares: readonly OpenLateShare[]): Table | null {
  if (shares.length === 0) return null;
  return {
    id: 'open-late',
    title: 'Shares in time, of the cases that ended and with those already late',
    columns: [
      { key: 'measure', title: 'Measure', type: 'text' },
      { key: 'period', title: 'Period', type: 'period' },
      { key: 'ended', title: 'Cases that ended', type: 'count' },
      { key: 'share', title: 'Share of these', type: 'share' },
      { key: 'openLate', title: 'Open at its end and already late', type: 'count' },
      { key: 'withOpen', title: 'Share of both together', type: 'share' },
      { key: 'low', title: 'Low', type: 'share' },
      { key: 'high', title: 'High', type: 'share' },
    ],
    rows: shares.flatMap(({ title, later, earlier }) =>
      [earlier, later].flatMap((one) =>
        one
          ? [
              {
                measure: title,
                period: one.label,
                ended: one.ended,
                share: one.share,
                openLate: one.openLate,
                withOpen: one.withOpen,
                low: one.interval.low,
                high: one.interval.high,
              },
            ]
          : [],
      ),
    ),
    notes: [
      'A case that is open after its deadline is late whenever it ends. It counts in the period at whose end it is open, and among those that ended once it has ended.',
    ],
  };
}

/** That a share speaks of cases that ended, and how many more are late already. */
export function openLateCaveats(shares: readonly OpenLateShare[]): readonly string[] {
  return shares.map(
    ({ title, later }) =>
      `"${title}" is a share of the cases that ended in ${later.label}, and growth of quality rests on it: ${countOf(later.openLate, 'case')} still open at its end had already passed the deadline, and with them the share is ${formatValue(later.withOpen, 'share')}.`,
  );
}
