import { parseHTML } from 'linkedom';
import type { Chart } from '../../core/index.ts';
import { accessible, type SvgDocument, type SvgElement } from './accessible.ts';
import { barNotes, drawBarChart } from './bar-chart.ts';
import { chooseMap, type MapChoice } from './choose-map.ts';
import { type ChartWidth, drawings } from './drawing.ts';
import { drawLineChart } from './line-chart.ts';
import { lineNotes, readLines } from './line-series.ts';
import { drawProcessMap, graphviz } from './process-map.ts';
import type { PlotDocument } from './svg-parts.ts';
import { plain } from './text-width.ts';

const engine = await graphviz();

/** The id of a chart in a page: different for different charts, whatever their ids are made of. */
function pageId(chart: Chart, width: ChartWidth): string {
  const id = chart.id.replace(
    /[^a-zA-Z0-9-]/gu,
    (character) => `_${character.codePointAt(0)?.toString(16)}_`,
  );
  return `chart-${id}-${width}`;
}

/** The chart in words, with what its drawing leaves out. */
function describe(chart: Chart): string {
  const notes =
    chart.kind === 'bar' ? barNotes(chart) : chart.kind === 'line' ? lineNotes(chart, readLines(chart)) : [];
  return [chart.description, ...notes].map(plain).join(' ').trim();
}

function readable(svg: SvgElement, width: ChartWidth): void {
  svg.setAttribute('font-family', 'Arial, sans-serif');
  const box = svg.getAttribute('viewBox')?.split(/[ ,]+/).map(Number) ?? [];
  const natural = Math.round(box[2] ?? drawings[width].width);
  const scale = Math.min(1, drawings[width].width / Math.max(1, natural));
  svg.setAttribute('width', String(Math.round(natural * scale)));
  svg.setAttribute('height', String(Math.round((box[3] ?? 0) * scale)));
}

/** Inner titles and ids are Graphviz's own, which nobody should hear. */
function cleanMap(svg: SvgElement): void {
  for (const title of [...svg.querySelectorAll('title')]) title.remove();
  for (const group of svg.querySelectorAll('g')) group.removeAttribute('id');
  for (const text of svg.querySelectorAll('text')) text.removeAttribute('font-family');
}

/** A chart as accessible SVG at one of two widths: the same chart gives the same bytes. `choice` is of a map alone. */
export function renderChart(chart: Chart, width: ChartWidth, choice?: MapChoice): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const drawing = drawings[width];
  const parts = { id: pageId(chart, width), title: plain(chart.title), description: describe(chart) };
  if (chart.kind === 'process-map') {
    const text = drawProcessMap(chooseMap(chart, choice), drawing, engine);
    document.body.innerHTML = text.slice(text.indexOf('<svg')).replace(/<!--.*?-->\n?/gs, '');
    const svg = document.body.querySelector('svg') as unknown as SvgElement;
    cleanMap(svg);
    readable(svg, width);
    return accessible(svg, document as unknown as SvgDocument, parts);
  }
  const plotDocument = document as unknown as PlotDocument;
  const svg =
    chart.kind === 'line'
      ? drawLineChart(chart, drawing, plotDocument)
      : drawBarChart(chart, drawing, plotDocument);
  readable(svg, width);
  return accessible(svg, document as unknown as SvgDocument, parts);
}
