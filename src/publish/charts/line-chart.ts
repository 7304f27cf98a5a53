import * as Plot from '@observablehq/plot';
import type { LineChart } from '../../core/index.ts';
import type { SvgDocument, SvgElement } from './accessible.ts';
import { dateOf, dateTicks, roundTicks, tickLabels } from './axis.ts';
import { addKey, layKey } from './colour-key.ts';
import { type Drawing, dashes, edge, grey, gridGrey, ink, palette } from './drawing.ts';
import { hasBand, type Line, leavesZeroOut, lineNotes, readLines, valueRange } from './line-series.ts';
import { rowsOf, spread } from './place-labels.ts';
import {
  addNotes,
  addShape,
  addText,
  asSvg,
  type Canvas,
  noteLines,
  type PlotDocument,
} from './svg-parts.ts';
import { cut, plain, plainName, textWidth, wrap } from './text-width.ts';

const sample = 24;
const gap = 6;
const day = 86_400_000;

interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Scales {
  readonly x: (date: Date) => number;
  readonly y: (value: number) => number;
}

function addSample(canvas: Canvas, x: number, y: number, i: number): void {
  addShape(canvas, 'line', {
    x1: x,
    x2: x + sample,
    y1: y,
    y2: y,
    stroke: palette[i] ?? ink,
    'stroke-width': 3,
    ...(dashes[i] ? { 'stroke-dasharray': dashes[i] } : {}),
  });
}

/** From the first to the last date drawn; a single date gets some room on both sides. */
function dateRange(chart: LineChart, lines: readonly Line[]): readonly [Date, Date] {
  const events = (chart.events ?? []).map(({ x }) => dateOf(x));
  const times = [...lines.flatMap(({ drawn }) => drawn.map(({ x }) => x)), ...events]
    .map(Number)
    .filter(Number.isFinite);
  if (times.length === 0) return [new Date(0), new Date(day)];
  const first = Math.min(...times);
  const last = Math.max(...times);
  return first === last
    ? [new Date(first - 15 * day), new Date(last + 15 * day)]
    : [new Date(first), new Date(last)];
}

/** Names of lines at their right ends, moved apart, each after a piece of its line. */
function addEndLabels(
  canvas: Canvas,
  lines: readonly Line[],
  labels: readonly (readonly string[])[],
  area: Area,
  y: Scales['y'],
): void {
  const { lineHeight } = canvas.drawing;
  const shown = lines.flatMap(({ known }, i) => {
    const end = known.at(-1);
    const label = labels[i] ?? [];
    return end ? [{ i, label, middle: y(end.y), height: label.length * lineHeight + gap }] : [];
  });
  const middles = spread(shown, area.top - gap, area.bottom + gap);
  shown.forEach(({ i, label }, n) => {
    const first = (middles[n] ?? 0) - ((label.length - 1) * lineHeight) / 2;
    addSample(canvas, area.right + 10, first, i);
    addText(canvas, label, { x: area.right + 10 + sample + gap, y: first });
  });
}

function addRules(canvas: Canvas, chart: LineChart, area: Area, y: Scales['y']): void {
  const { fontSize, lineHeight } = canvas.drawing;
  const rules = (chart.rules ?? []).filter((rule) => Number.isFinite(rule.y));
  const wanted = rules.map((rule) => ({ middle: y(rule.y) - lineHeight * 0.6, height: lineHeight }));
  const middles = spread(wanted, area.top - lineHeight, area.bottom);
  rules.forEach(({ label }, i) => {
    const text = cut(plain(label), area.right - area.left - 8, fontSize);
    addText(canvas, [text], { x: area.left + 4, y: middles[i] ?? 0, halo: true });
  });
}

interface EventLabel {
  readonly text: string;
  readonly at: number;
  readonly left: number;
  readonly right: number;
}

/** Labels of dated events, beside their dates on whichever side there is room. */
function eventLabels(
  chart: LineChart,
  drawing: Drawing,
  area: Pick<Area, 'left' | 'right'>,
  x: Scales['x'],
): readonly EventLabel[] {
  return (chart.events ?? [])
    .filter((event) => !Number.isNaN(dateOf(event.x).getTime()))
    .map((event) => {
      const text = cut(plain(event.label), area.right - area.left - 8, drawing.fontSize);
      const width = textWidth(text, drawing.fontSize);
      const at = x(dateOf(event.x));
      const left = Math.max(area.left, Math.min(at + 4, area.right - width));
      return { text, at, left, right: left + width + 8 };
    });
}

function addDates(canvas: Canvas, lines: readonly Line[], area: Area, x: Scales['x']): void {
  const { drawing } = canvas;
  const dates = lines.flatMap(({ drawn }) => drawn.map((point) => point.x));
  let free = 0;
  for (const { at, label } of dateTicks(dates, drawing.name === 'narrow' ? 3 : 7)) {
    const half = textWidth(label, drawing.fontSize) / 2;
    const middle = Math.max(edge + half, Math.min(drawing.width - edge - half, x(at)));
    if (middle - half < free) continue;
    free = middle + half + 10;
    addShape(canvas, 'line', { x1: x(at), x2: x(at), y1: area.bottom, y2: area.bottom + 6, stroke: ink });
    addText(canvas, [label], { x: middle, y: area.bottom + 8 + drawing.lineHeight / 2, anchor: 'middle' });
  }
}

function marksOf({ drawn, known, alone }: Line, i: number): Plot.Markish[] {
  const colour = palette[i] ?? ink;
  return [
    Plot.lineY(drawn, {
      x: 'x',
      y: 'y',
      stroke: colour,
      strokeWidth: 2.5,
      ...(dashes[i] ? { strokeDasharray: dashes[i] } : {}),
    }),
    Plot.ruleX(alone.filter(hasBand), { x: 'x', y1: 'low', y2: 'high', stroke: colour, strokeWidth: 2 }),
    Plot.dot([...new Set([...alone, ...known.slice(-1)])], { x: 'x', y: 'y', fill: colour, r: 4 }),
  ];
}

/** Draws lines over time with bands, rules and dated events; every line is named where it ends, or in a key above. */
export function drawLineChart(chart: LineChart, drawing: Drawing, document: PlotDocument): SvgElement {
  const { fontSize, lineHeight, width } = drawing;
  const narrow = drawing.name === 'narrow';
  const lines = readLines(chart);
  const isEmpty = lines.every(({ known }) => known.length === 0);
  const range = valueRange(chart, lines);
  const ticks = isEmpty ? [] : roundTicks(range[0], range[1], 5, chart.yUnit);
  const labels = tickLabels(ticks, chart.yUnit);
  const endLabels = lines.map(({ name }) => wrap(plainName(name), 210, fontSize, 3));
  const endWidth = Math.max(0, ...endLabels.flat().map((line) => textWidth(line, fontSize)));
  const left = edge + Math.max(0, ...labels.map((label) => textWidth(label, fontSize))) + 8;
  const right = width - (narrow ? 12 : edge + 10 + sample + gap + endWidth);

  const axisTitle = `${plain(chart.yTitle)}${!isEmpty && leavesZeroOut(range) ? ' (axis does not start at 0)' : ''}`;
  const title = wrap(axisTitle, width - 2 * edge, fontSize, 2);
  const keyTop = edge + title.length * lineHeight;
  const named = lines.filter(({ known }) => known.length > 0).map(({ name }) => name);
  const key = layKey(narrow ? named : [], drawing, sample, keyTop);

  const dates = dateRange(chart, lines);
  const xAt = (date: Date) =>
    left +
    ((date.getTime() - dates[0].getTime()) / (dates[1].getTime() - dates[0].getTime())) * (right - left);
  const events = eventLabels(chart, drawing, { left, right }, xAt);
  const rows = rowsOf(events);
  const eventsTop = keyTop + key.height + 6;
  const top = eventsTop + (Math.max(-1, ...rows) + 1) * lineHeight + 10;
  const area = { left, right, top, bottom: top + (isEmpty ? 0 : narrow ? 220 : 310) };
  const notesTop = area.bottom + 14 + lineHeight;
  const notes = noteLines(lineNotes(chart, lines), drawing);
  const height = notesTop + notes.length * lineHeight + edge;

  const plot = Plot.plot({
    document,
    width,
    height,
    marginLeft: left,
    marginRight: width - right,
    marginTop: top,
    marginBottom: height - area.bottom,
    x: { type: 'utc', domain: [...dates], axis: null },
    y: { type: 'linear', domain: [...range], axis: null },
    marks: [
      Plot.gridY([...ticks], { stroke: gridGrey, strokeOpacity: 1 }),
      ...lines.map(({ drawn }, i) =>
        Plot.areaY(drawn, { x: 'x', y1: 'low', y2: 'high', fill: palette[i] ?? ink, fillOpacity: 0.15 }),
      ),
      Plot.ruleY(
        (chart.rules ?? []).filter(({ y }) => Number.isFinite(y)),
        {
          y: 'y',
          stroke: ink,
          strokeDasharray: '4 3',
        },
      ),
      ...lines.flatMap(marksOf),
    ],
  });
  const canvas = { svg: asSvg(plot), document: document as unknown as SvgDocument, drawing };
  const yAt = (value: number) => Number(plot.scale('y')?.apply(value));

  addText(canvas, title, { x: edge, y: edge + lineHeight / 2 });
  addKey(canvas, key, (x, y, name) =>
    addSample(
      canvas,
      x,
      y,
      lines.findIndex((line) => line.name === name),
    ),
  );
  ticks.forEach((tick, i) => {
    addText(canvas, [labels[i] ?? ''], { x: left - 8, y: yAt(tick), anchor: 'end' });
  });
  events.forEach(({ text, at, left: start }, i) => {
    const y = eventsTop + ((rows[i] ?? 0) + 0.5) * lineHeight;
    addShape(canvas, 'line', {
      x1: at,
      x2: at,
      y1: y,
      y2: area.bottom,
      stroke: grey,
      'stroke-dasharray': '2 3',
    });
    addText(canvas, [text], { x: start, y, halo: true });
  });
  addDates(canvas, lines, area, xAt);
  addRules(canvas, chart, area, yAt);
  if (!narrow) addEndLabels(canvas, lines, endLabels, area, yAt);
  addNotes(canvas, notes, notesTop);
  return canvas.svg;
}
