import * as Plot from '@observablehq/plot';
import type { BarChart } from '../../core/index.ts';
import type { SvgDocument, SvgElement } from './accessible.ts';
import { shortValue } from './axis.ts';
import { addKey, layKey } from './colour-key.ts';
import { type Drawing, edge, ink, mostCategories, palette } from './drawing.ts';
import { isWholeOfParts, labelParts } from './stacked-bar.ts';
import { addNotes, addShape, addText, asSvg, noteLines, type PlotDocument } from './svg-parts.ts';
import { plain, plainName, textWidth, wrap } from './text-width.ts';

const mostBars = 12;
const others = 'All other parts';
const swatch = 12;
const gap = 6;

interface Segment {
  readonly key: string;
  readonly part: string;
  readonly value: number;
}

interface Bar {
  readonly key: string;
  readonly lines: readonly string[];
  readonly value: string;
  readonly segments: readonly Segment[];
  /** Where its negative parts end on the left, and its positive ones on the right. */
  readonly low: number;
  readonly high: number;
  readonly isNegative: boolean;
}

/** What the drawing leaves out, in words: nothing is dropped without saying so. */
export function barNotes(chart: BarChart): readonly string[] {
  const all = chart.bars.length;
  if (all === 0) return ['There is nothing to draw.'];
  return all > mostBars ? [`Showing the first ${mostBars} of ${all} bars.`] : [];
}

/** The names that get a colour: four, or three and the rest together. */
function categories(chart: BarChart): readonly string[] {
  const names = [...new Set(chart.bars.flatMap(({ parts }) => parts.map(({ name }) => name)))];
  return names.length <= mostCategories ? names : [...names.slice(0, mostCategories - 1), others];
}

function readBars(chart: BarChart, names: readonly string[], drawing: Drawing, room: number): readonly Bar[] {
  const narrow = drawing.name === 'narrow';
  return chart.bars.slice(0, mostBars).map(({ label, parts }, i) => {
    const key = String(i);
    const known = parts.filter(({ value }) => Number.isFinite(value));
    const side = (sign: number, part?: string) =>
      known
        .filter(({ value }) => value * sign > 0)
        .filter(({ name }) => part === undefined || (names.includes(name) ? name : others) === part)
        .reduce((sum, { value }) => sum + value, 0);
    const segments = names.flatMap((part) =>
      [side(1, part), side(-1, part)].filter((value) => value !== 0).map((value) => ({ key, part, value })),
    );
    const total = parts.reduce((sum, { value }) => sum + value, 0);
    return {
      key,
      lines: wrap(plainName(label), room, drawing.fontSize, 2),
      value: shortValue(total, chart.xUnit, narrow ? 14 : 18),
      segments,
      low: side(-1),
      high: side(1),
      isNegative: total < 0,
    };
  });
}

/** Room for the values beside the ends of bars on one side. */
function valueRoom(bars: readonly Bar[], isNegative: boolean, fontSize: number): number {
  const widths = bars
    .filter((bar) => bar.isNegative === isNegative)
    .map(({ value }) => textWidth(value, fontSize));
  return widths.length === 0 ? 0 : gap + Math.max(...widths);
}

/** Draws horizontal bars from zero with their values; labels stand beside them, or above them where it is narrow. */
export function drawBarChart(chart: BarChart, drawing: Drawing, document: PlotDocument): SvgElement {
  const { fontSize, lineHeight, width } = drawing;
  const narrow = drawing.name === 'narrow';
  const names = categories(chart);
  const bars = readBars(chart, names, drawing, narrow ? width - 2 * edge : 286);
  const key = layKey(names.length > 1 ? names : [], drawing, swatch, edge);
  const notes = noteLines(barNotes(chart), drawing);
  const labelWidth = Math.max(
    0,
    ...bars.flatMap(({ lines }) => lines.map((line) => textWidth(line, fontSize))),
  );
  const labelLines = Math.max(1, ...bars.map(({ lines }) => lines.length));
  const labelRight = edge + labelWidth;
  const titleLeft = narrow ? edge : labelRight + 10;
  const title = wrap(plain(chart.xTitle), width - titleLeft - edge, fontSize, 2);
  const insetTop = narrow ? labelLines * lineHeight + 4 : 8;
  const barHeight = narrow ? 20 : 30;
  const band = insetTop + barHeight + (narrow ? 12 : 8);
  const marginTop = edge + key.height + (key.height > 0 ? 8 : 0);
  const bottom = marginTop + band * bars.length;
  const titleTop = bottom + 8;
  const notesTop = titleTop + title.length * lineHeight;
  const height = notesTop + notes.length * lineHeight + edge;
  const low = Math.min(0, ...bars.map((bar) => bar.low));
  const high = Math.max(0, ...bars.map((bar) => bar.high));

  const plot = Plot.plot({
    document,
    width,
    height,
    marginLeft: titleLeft + valueRoom(bars, true, fontSize),
    marginRight: edge + valueRoom(bars, false, fontSize),
    marginTop,
    marginBottom: height - bottom,
    x: { type: 'linear', domain: [low, high > low ? high : low + 1], axis: null },
    y: { type: 'band', domain: bars.map((bar) => bar.key), axis: null, padding: 0 },
    marks: [
      Plot.barX(
        bars.flatMap(({ segments }) => segments),
        {
          y: 'key',
          x: 'value',
          fill: ({ part }: Segment) => palette[names.indexOf(part)] ?? ink,
          insetTop,
          insetBottom: band - insetTop - barHeight,
        },
      ),
    ],
  });
  const at = (value: number) => Number(plot.scale('x')?.apply(value));
  const canvas = { svg: asSvg(plot), document: document as unknown as SvgDocument, drawing };
  bars.forEach(({ lines, value, segments, isNegative, low: left, high: right }, i) => {
    const top = marginTop + band * i;
    const middle = top + insetTop + barHeight / 2;
    const rise = ((lines.length - 1) * lineHeight) / 2;
    if (narrow) addText(canvas, lines, { x: edge, y: top + (labelLines - lines.length + 0.5) * lineHeight });
    else addText(canvas, lines, { x: labelRight, y: middle - rise, anchor: 'end' });
    addShape(canvas, 'line', {
      x1: at(0),
      x2: at(0),
      y1: narrow ? middle - barHeight / 2 - 2 : top,
      y2: narrow ? middle + barHeight / 2 + 2 : top + band,
      stroke: ink,
    });
    const values = segments.map((segment) => segment.value);
    if (isWholeOfParts(values)) {
      const sums = values.map((_, end) => values.slice(0, end + 1).reduce((sum, one) => sum + one, 0));
      labelParts(canvas, { values, ends: sums.map(at), start: at(0), middle, height: barHeight });
    }
    addText(canvas, [value], {
      x: isNegative ? at(left) - gap : at(right) + gap,
      y: middle,
      anchor: isNegative ? 'end' : 'start',
    });
  });
  addKey(canvas, key, (x, y, name) =>
    addShape(canvas, 'rect', {
      x,
      y: y - swatch / 2,
      width: swatch,
      height: swatch,
      fill: palette[names.indexOf(name)] ?? ink,
    }),
  );
  addText(canvas, title, { x: titleLeft, y: titleTop + lineHeight / 2 });
  addNotes(canvas, notes, notesTop);
  return canvas.svg;
}
