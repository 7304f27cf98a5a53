import * as Plot from '@observablehq/plot';
import { formatValue, type LineChart } from '../../core/index.ts';
import type { SvgElement } from './accessible.ts';
import {
  asSvg,
  cut,
  type Drawing,
  dashes,
  grey,
  gridGrey,
  ink,
  type PlotDocument,
  palette,
} from './drawing.ts';

interface Point {
  readonly x: Date;
  readonly y: number;
  readonly low: number | undefined;
  readonly high: number | undefined;
}

const shortMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function dateOf(iso: string): Date {
  return new Date(`${iso.slice(0, 10)}T00:00:00Z`);
}

/** The range drawn: the data with a little room; from zero when the data come near it. */
function range(chart: LineChart, points: readonly Point[]): readonly [number, number] {
  const values = points.flatMap(({ y, low, high }) => [y, low ?? y, high ?? y]);
  const all = [...values, ...(chart.rules ?? []).map(({ y }) => y)];
  const low = Math.min(...all);
  const high = Math.max(...all);
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  const nearZero = low >= 0 && low <= (high - low) * 1.5;
  const top = chart.yUnit === 'share' ? Math.min(1, high + room) : high + room;
  return [nearZero ? 0 : low - room, Math.max(top, high)];
}

/** Whether the axis leaves zero out, which the axis must say. */
function leavesZeroOut([low, high]: readonly [number, number], unit: LineChart['yUnit']): boolean {
  return unit !== 'growth' && unit !== 'percentage-points' && (low > 0 || high < 0);
}

function monthLabel(date: Date): string {
  return `${shortMonths[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** A few dates of the data, evenly chosen, as ticks. */
function tickDates(dates: readonly Date[], most: number): readonly Date[] {
  const unique = [...new Set(dates.map(Number))].sort((a, b) => a - b);
  const step = Math.max(1, Math.ceil(unique.length / most));
  return unique.filter((_, i) => i % step === 0).map((time) => new Date(time));
}

/** Moves label heights apart so that none overlap, keeping their order. */
function spread(heights: readonly number[], gap: number, top: number, bottom: number): readonly number[] {
  const order = heights.map((_, i) => i).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  const placed = [...heights];
  let last = top - gap;
  for (const i of order) {
    placed[i] = Math.max(placed[i] ?? 0, last + gap);
    last = placed[i] ?? last;
  }
  let over = last - bottom;
  for (const i of order.toReversed()) {
    if (over <= 0) break;
    placed[i] = (placed[i] ?? 0) - over;
    const below = order[order.indexOf(i) - 1];
    over = below === undefined ? 0 : Math.max(0, (placed[below] ?? 0) + gap - (placed[i] ?? 0));
  }
  return placed;
}

/** Draws lines over time with bands, rules and dated events; every line is labelled where it ends. */
export function drawLineChart(chart: LineChart, drawing: Drawing, document: PlotDocument): SvgElement {
  const series = chart.series.slice(0, 4).map(({ name, points }) => ({
    name,
    points: points.flatMap(({ x, y, low, high }): Point[] =>
      y === null || !Number.isFinite(y) ? [] : [{ x: dateOf(x), y, low, high }],
    ),
    drawn: points.map(({ x, y, low, high }) => ({ x: dateOf(x), y: y ?? Number.NaN, low, high })),
  }));
  const all = series.flatMap(({ points }) => points);
  const narrow = drawing.name === 'narrow';
  const height = narrow ? 300 : 400;
  const labelled = narrow
    ? 0
    : Math.min(230, 24 + Math.max(...series.map(({ name }) => name.length), 4) * 8.2);
  const marginTop = 44 + (narrow ? 20 * series.length : 0);
  const marginBottom = 44;
  const domain = all.length > 0 ? range(chart, all) : ([0, 1] as const);
  const scaleY = (y: number) =>
    height -
    marginBottom -
    ((y - domain[0]) / (domain[1] - domain[0] || 1)) * (height - marginBottom - marginTop);
  const ends = series.map(({ points }) => points.at(-1));
  const heights = spread(
    ends.map((end) => (end ? scaleY(end.y) : marginTop)),
    20,
    marginTop,
    height - marginBottom,
  );
  const axisTitle = `${chart.yTitle}${leavesZeroOut(domain, chart.yUnit) ? ' (axis does not start at 0)' : ''}`;
  const tickText = (y: number) => formatValue(y, chart.yUnit);
  const ticks = tickDates(
    all.map(({ x }) => x),
    narrow ? 3 : 7,
  );
  const widest = Math.max(...[domain[0], domain[1]].map((y) => tickText(y).length), 3);
  const colour = (i: number) => palette[i] ?? ink;
  return asSvg(
    Plot.plot({
      document,
      width: drawing.width,
      height,
      marginLeft: 20 + widest * drawing.fontSize * 0.55,
      marginRight: narrow ? 16 : labelled,
      marginTop,
      marginBottom,
      x: { type: 'utc', ...(all.length === 0 ? { domain: [new Date(0), new Date(1)] } : {}) },
      y: { domain: [domain[0], domain[1]] },
      marks: [
        Plot.gridY({ stroke: gridGrey, strokeOpacity: 1, ticks: 5 }),
        Plot.axisY({
          ticks: 5,
          tickFormat: tickText,
          tickSize: 0,
          fontSize: drawing.fontSize,
          fill: ink,
          label: null,
        }),
        Plot.axisX({
          ticks: [...ticks] as never,
          tickFormat: monthLabel as never,
          fontSize: drawing.fontSize,
          fill: ink,
          label: null,
        }),
        Plot.text([axisTitle], {
          frameAnchor: 'top-left',
          dy: -marginTop + 8,
          dx: -(20 + widest * drawing.fontSize * 0.55) + 2,
          textAnchor: 'start',
          fontSize: drawing.fontSize,
          fill: ink,
          text: (text: string) => cut(text, drawing.charactersIn(drawing.width - 10)),
        }),
        ...series.map(({ points }, i) =>
          Plot.areaY(
            points.filter(({ low, high }) => low !== undefined && high !== undefined),
            { x: 'x', y1: 'low', y2: 'high', fill: colour(i), fillOpacity: 0.15 },
          ),
        ),
        Plot.ruleY(chart.rules ?? [], { y: 'y', stroke: ink, strokeDasharray: '4 3' }),
        Plot.text(chart.rules ?? [], {
          y: 'y',
          text: 'label',
          frameAnchor: 'left',
          dx: 4,
          dy: -8,
          textAnchor: 'start',
          fontSize: drawing.fontSize - 1,
          fill: ink,
          stroke: 'white',
          strokeWidth: 4,
        }),
        Plot.ruleX(chart.events ?? [], {
          x: (event: { x: string }) => dateOf(event.x),
          stroke: grey,
          strokeDasharray: '2 3',
        }),
        Plot.text(chart.events ?? [], {
          x: (event: { x: string }) => dateOf(event.x),
          text: 'label',
          frameAnchor: 'top',
          dx: 4,
          dy: 12,
          textAnchor: 'start',
          fontSize: drawing.fontSize - 1,
          fill: ink,
          stroke: 'white',
          strokeWidth: 4,
        }),
        ...series.map(({ drawn }, i) =>
          Plot.lineY(drawn, {
            x: 'x',
            y: 'y',
            stroke: colour(i),
            strokeWidth: 2.5,
            ...(dashes[i] ? { strokeDasharray: dashes[i] } : {}),
          }),
        ),
        ...series.map(({ points }, i) =>
          points.length < 2
            ? Plot.dot(points, { x: 'x', y: 'y', fill: colour(i), r: 4 })
            : Plot.dot(points.slice(-1), { x: 'x', y: 'y', fill: colour(i), r: 3.5 }),
        ),
        ...series.flatMap(({ name }, i) => {
          const end = ends[i];
          if (narrow)
            return [
              Plot.text(
                [cut(`${dashes[i] ? '- - ' : '— '}${name}`, drawing.charactersIn(drawing.width - 12))],
                {
                  frameAnchor: 'top-left',
                  dx: -(20 + widest * drawing.fontSize * 0.55) + 2,
                  dy: -marginTop + 30 + i * 20,
                  textAnchor: 'start',
                  fontSize: drawing.fontSize,
                  fontWeight: 'bold',
                  fill: colour(i),
                },
              ),
            ];
          if (!end) return [];
          return [
            Plot.text([end], {
              x: 'x',
              y: 'y',
              text: () => cut(name, 26),
              dx: 10,
              dy: (heights[i] ?? 0) - scaleY(end.y),
              textAnchor: 'start',
              fontSize: drawing.fontSize,
              fontWeight: 'bold',
              fill: colour(i),
            }),
          ];
        }),
      ],
    }),
  );
}
