import type { LineChart } from '../../core/index.ts';
import { dateOf } from './axis.ts';
import { mostCategories } from './drawing.ts';

/** A point in place; NaN breaks a line or a band. */
export interface Point {
  readonly x: Date;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

/** One line: all its points, those that have a value, and those whose neighbours have none. */
export interface Line {
  readonly name: string;
  readonly drawn: readonly Point[];
  readonly known: readonly Point[];
  readonly alone: readonly Point[];
}

function finite(value: number | null | undefined): number {
  return value !== null && value !== undefined && Number.isFinite(value) ? value : Number.NaN;
}

function isKnown(point: Point | undefined): boolean {
  return point !== undefined && !Number.isNaN(point.y);
}

export function hasBand({ low, high }: Point): boolean {
  return !Number.isNaN(low) && !Number.isNaN(high);
}

/** The lines of a chart with dates and gaps; a gap stays a gap, and a point between two gaps is kept for a dot. */
export function readLines(chart: LineChart): readonly Line[] {
  return chart.series.slice(0, mostCategories).map(({ name, points }) => {
    const drawn = points
      .map(({ x, y, low, high }): Point => {
        const value = finite(y);
        const unknown = Number.isNaN(value);
        return {
          x: dateOf(x),
          y: value,
          low: unknown ? value : finite(low),
          high: unknown ? value : finite(high),
        };
      })
      .filter(({ x }) => !Number.isNaN(x.getTime()));
    return {
      name,
      drawn,
      known: drawn.filter(isKnown),
      alone: drawn.filter((point, i) => isKnown(point) && !isKnown(drawn[i - 1]) && !isKnown(drawn[i + 1])),
    };
  });
}

/** The range of values drawn: with a little room, and from zero when the values come near it. */
export function valueRange(chart: LineChart, lines: readonly Line[]): readonly [number, number] {
  const points = lines.flatMap(({ known }) => known);
  const rules = (chart.rules ?? []).map(({ y }) => y);
  const all = [...points.flatMap(({ y, low, high }) => [y, low, high]), ...rules].filter(Number.isFinite);
  if (all.length === 0) return [0, 1];
  const low = Math.min(...all);
  const high = Math.max(...all);
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  const nearZero = low >= 0 && low <= (high - low) * 1.5;
  const top = chart.yUnit === 'share' && high <= 1 ? Math.min(1, high + room) : high + room;
  return [nearZero || (low === 0 && high === 0) ? 0 : low - room, top];
}

/** Whether zero lies outside the range, which the axis must say. */
export function leavesZeroOut([low, high]: readonly [number, number]): boolean {
  return low > 0 || high < 0;
}

/** What a reader must know of a drawing besides its lines: shading, and whatever is not drawn. */
export function lineNotes(chart: LineChart, lines: readonly Line[]): readonly string[] {
  if (lines.every(({ known }) => known.length === 0)) return ['There is nothing to draw.'];
  const empty = lines.filter(({ known }) => known.length === 0).map(({ name }) => `"${name}"`);
  const isShaded = lines.some(({ known }) => known.some(hasBand));
  const all = chart.series.length;
  return [
    ...(isShaded ? ['Shading around a line is its interval.'] : []),
    ...(all > mostCategories ? [`Showing the first ${mostCategories} of ${all} lines.`] : []),
    ...(empty.length > 0 ? [`No values for ${empty.join(', ')}.`] : []),
  ];
}
