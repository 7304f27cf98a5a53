import { type Chart, formatValue, leastCases, type Table } from '../../core/index.ts';
import { type BeforeAfter, fewestWeeksEachSide } from '../../stats/index.ts';
import type { Study } from '../study.ts';
import type { Week } from './week-shares.ts';

const mostWeeksAhead = 520;
const blockWeeks = 4;

/** One change held against one measure. */
export interface Row {
  readonly change: { readonly id: string; readonly title: string; readonly on: string };
  readonly measure: { readonly id: string; readonly title: string; readonly direction: 'higher' | 'lower' };
  readonly before: readonly Week[];
  readonly after: readonly Week[];
  readonly found: BeforeAfter | null;
}

/** A row with whether its difference stands when every comparison on the page is allowed for. */
export interface Judged extends Row {
  readonly stands: boolean;
}

const sum = (weeks: readonly Week[], of: (week: Week) => number) =>
  weeks.reduce((all, week) => all + of(week), 0);
/** "+4.3 points". */
export const points = (value: number) => formatValue(value, 'percentage-points');
/** True where a side has too few cases to show. */
export const tooFew = ({ before, after }: Row) =>
  Math.min(
    sum(before, ({ n }) => n),
    sum(after, ({ n }) => n),
  ) < leastCases;

/** The reading of a row. */
export function verdict(row: Judged): string {
  const { found, measure } = row;
  if (!found) return 'not enough evidence yet: too few weeks';
  if (!row.stands) return 'not enough evidence yet';
  return found.difference > 0 === (measure.direction === 'higher') ? 'better since' : 'worse since';
}

/** Further weeks that would settle it; null where it stands, or where weeks alone never would. */
export function moreWeeks(row: Judged): number | null {
  if (!row.found) return Math.max(0, fewestWeeksEachSide - row.after.length);
  const { moreWeeks: weeks } = row.found;
  return row.stands || weeks === null || weeks > mostWeeksAhead ? null : Math.max(1, weeks);
}

/** Every comparison. */
export function comparisonsTable(rows: readonly Judged[]): Table {
  return {
    id: 'before-and-after',
    title: 'Before and after each change',
    columns: [
      { key: 'change', title: 'What was changed', type: 'text' },
      { key: 'measure', title: 'Measure', type: 'text' },
      { key: 'before', title: 'Before', type: 'share' },
      { key: 'after', title: 'After', type: 'share' },
      { key: 'low', title: 'Difference, low', type: 'percentage-points', derivedFrom: ['difference'] },
      { key: 'difference', title: 'Difference', type: 'percentage-points', derivedFrom: ['before', 'after'] },
      { key: 'high', title: 'Difference, high', type: 'percentage-points', derivedFrom: ['difference'] },
      { key: 'verdict', title: 'Reading', type: 'text' },
      { key: 'more', title: 'More weeks needed', type: 'count', ofNobody: true },
    ],
    rows: rows.map((row) => {
      const found = tooFew(row) ? null : row.found;
      return {
        change: row.change.title,
        measure: row.measure.title,
        before: found?.before ?? null,
        after: found?.after ?? null,
        difference: found?.difference ?? null,
        low: found?.interval.low ?? null,
        high: found?.interval.high ?? null,
        verdict: verdict(row),
        more: moreWeeks(row),
      };
    }),
    notes: [
      'Before: the weeks since the change before it, a year of them at most. After: the weeks up to the next change. Only whole weeks count; a case counts in the week that counts it as done.',
      'More weeks needed: the weeks after which the range would leave out no difference, if the difference and the ups and downs stay as they are; not known where more weeks alone never would.',
    ],
  };
}

/** What stands behind each comparison: cases and whole weeks on each side. */
export function behindTable(rows: readonly Judged[]): Table {
  return {
    id: 'behind',
    title: 'What stands behind each comparison',
    columns: [
      { key: 'change', title: 'What was changed', type: 'text' },
      { key: 'on', title: 'From', type: 'date' },
      { key: 'measure', title: 'Measure', type: 'text' },
      { key: 'casesBefore', title: 'Cases before', type: 'count' },
      { key: 'weeksBefore', title: 'Weeks before', type: 'count', ofNobody: true },
      { key: 'casesAfter', title: 'Cases after', type: 'count' },
      { key: 'weeksAfter', title: 'Weeks after', type: 'count', ofNobody: true },
    ],
    rows: rows.map((row) => {
      const cases = (weeks: readonly Week[]) => (tooFew(row) ? null : sum(weeks, ({ n }) => n));
      return {
        change: row.change.title,
        on: row.change.on,
        measure: row.measure.title,
        casesBefore: cases(row.before),
        weeksBefore: row.before.length,
        casesAfter: cases(row.after),
        weeksAfter: row.after.length,
      };
    }),
  };
}

/** Four weeks and four weeks of a measure, for the picture. */
function blocks(weeks: readonly Week[]) {
  const parts = Array.from({ length: Math.floor(weeks.length / blockWeeks) }, (_, i) =>
    weeks.slice(i * blockWeeks, (i + 1) * blockWeeks),
  );
  return parts.map((own) => {
    const n = sum(own, (week) => week.n);
    return {
      start: own[0]?.start ?? '',
      n: n < leastCases ? null : n,
      share: n < leastCases ? null : sum(own, ({ has }) => has) / n,
    };
  });
}

/** The measure over time with the days of the changes. */
export function picture(row: Judged, weeks: readonly Week[], study: Study): { table: Table; chart: Chart } {
  const drawn = blocks(weeks);
  return {
    table: {
      id: 'four-weeks',
      title: `"${row.measure.title}" by four weeks`,
      columns: [
        { key: 'measure', title: 'Measure', type: 'text', forMachines: true },
        { key: 'start', title: 'From', type: 'date' },
        { key: 'n', title: 'Cases', type: 'count' },
        { key: 'share', title: 'Share', type: 'share' },
      ],
      rows: drawn.map((block) => ({ measure: row.measure.title, ...block })),
      notes: ['A share of fewer than ten cases is not shown.'],
    },
    chart: {
      kind: 'line',
      id: 'four-weeks',
      title: row.stands
        ? `"${row.measure.title}" moved by ${points(row.found?.difference ?? 0)} after "${row.change.title}"`
        : `"${row.measure.title}" goes up and down by more than it moved after "${row.change.title}"`,
      description: 'The share by four weeks, with the days on which something was changed.',
      table: 'four-weeks',
      yTitle: 'Share',
      yUnit: 'share',
      series: [
        { name: row.measure.title, points: drawn.map(({ start, share }) => ({ x: start, y: share })) },
      ],
      events: (study.plan.charter.changes ?? []).map(({ title, on }) => ({ label: title, x: on })),
    },
  };
}
