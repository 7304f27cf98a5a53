import * as Plot from '@observablehq/plot';
import { type BarChart, formatValue } from '../../core/index.ts';
import type { SvgElement } from './accessible.ts';
import { asSvg, cut, type Drawing, ink, lines, type PlotDocument, palette } from './drawing.ts';

const mostBars = 12;

/** Draws horizontal bars from zero with their values; labels stand beside them, or above them where it is narrow. */
export function drawBarChart(chart: BarChart, drawing: Drawing, document: PlotDocument): SvgElement {
  const bars = chart.bars.slice(0, mostBars).map((bar, i) => ({
    ...bar,
    key: String(i),
    total: bar.parts.reduce((sum, { value }) => sum + value, 0),
  }));
  const narrow = drawing.name === 'narrow';
  const marginLeft = narrow ? 4 : 300;
  const parts = [...new Set(bars.flatMap((bar) => bar.parts.map(({ name }) => name)))].slice(0, 4);
  const band = narrow ? 62 : 48;
  const valueRoom =
    20 +
    Math.max(...bars.map(({ total }) => formatValue(total, chart.xUnit).length), 3) * drawing.fontSize * 0.56;
  const marginTop = 12 + (parts.length > 1 ? 24 * (narrow ? parts.length : 1) : 0);
  const height = marginTop + 40 + band * bars.length;
  const segments = bars.flatMap((bar) =>
    bar.parts.map((part) => ({ key: bar.key, part: part.name, value: part.value })),
  );
  const label = (text: string) => {
    const room = narrow ? drawing.charactersIn(drawing.width - 10) : drawing.charactersIn(marginLeft - 14);
    if (narrow) return cut(text, room);
    const broken = lines(text, room);
    return broken.length > 2 ? `${broken[0]}\n${cut(broken.slice(1).join(' '), room)}` : broken.join('\n');
  };
  const colour = (name: string) => palette[parts.indexOf(name)] ?? ink;
  return asSvg(
    Plot.plot({
      document,
      width: drawing.width,
      height,
      marginLeft,
      marginRight: valueRoom,
      marginTop,
      marginBottom: 36,
      x: { domain: [0, Math.max(...bars.map(({ total }) => total), 1e-9)], axis: null },
      y: { type: 'band', domain: bars.map(({ key }) => key), axis: null, padding: narrow ? 0.5 : 0.3 },
      marks: [
        Plot.barX(segments, {
          y: 'key',
          x: 'value',
          fill: (segment: { part: string }) => colour(segment.part),
          insetTop: narrow ? 8 : 0,
        }),
        Plot.text(bars, {
          y: 'key',
          text: (bar: { label: string }) => label(bar.label),
          frameAnchor: 'left',
          textAnchor: narrow ? 'start' : 'end',
          dx: narrow ? 0 : -10,
          dy: narrow ? -18 : 0,
          lineAnchor: 'middle',
          fontSize: drawing.fontSize,
          fill: ink,
        }),
        Plot.text(bars, {
          y: 'key',
          x: 'total',
          text: (bar: { total: number }) => formatValue(bar.total, chart.xUnit),
          textAnchor: 'start',
          dx: 6,
          dy: narrow ? 4 : 0,
          fontSize: drawing.fontSize,
          fill: ink,
        }),
        Plot.ruleX([0], { stroke: ink }),
        Plot.text([chart.xTitle], {
          frameAnchor: 'bottom-left',
          dy: 24,
          dx: narrow ? 0 : 2,
          textAnchor: 'start',
          fontSize: drawing.fontSize,
          fill: ink,
        }),
        ...(parts.length > 1
          ? parts.map((name, i) =>
              Plot.text([`■ ${name}`], {
                frameAnchor: 'top-left',
                dx: narrow ? 0 : 180 * i - 290,
                dy: -marginTop + 6 + (narrow ? 22 * i : 0),
                textAnchor: 'start',
                fontSize: drawing.fontSize,
                fill: colour(name),
              }),
            )
          : []),
      ],
    }),
  );
}
