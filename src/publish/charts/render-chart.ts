import { parseHTML } from 'linkedom';
import type { Chart } from '../../core/index.ts';
import { accessible, type SvgDocument, type SvgElement } from './accessible.ts';
import { drawBarChart } from './bar-chart.ts';
import { type ChartWidth, drawings, type PlotDocument } from './drawing.ts';
import { drawLineChart } from './line-chart.ts';
import { drawProcessMap, graphviz } from './process-map.ts';

const engine = await graphviz();

/** Ids in a page: letters, digits and hyphens only, the same for the same chart. */
function pageId(chart: Chart, width: ChartWidth): string {
  return `chart-${chart.id.replace(/[^a-zA-Z0-9-]+/g, '-')}-${width}`;
}

function readable(svg: SvgElement, width: ChartWidth): void {
  svg.setAttribute('font-family', 'Arial, sans-serif');
  const box = svg.getAttribute('viewBox')?.split(/[ ,]+/).map(Number) ?? [];
  const natural = Math.round(box[2] ?? drawings[width].width);
  const scale = Math.min(1, drawings[width].width / Math.max(1, natural));
  svg.setAttribute('width', String(Math.round(natural * scale)));
  svg.setAttribute('height', String(Math.round((box[3] ?? 0) * scale)));
}

/** Comments and inner titles of Graphviz name its own ids, which nobody should hear. */
function cleanMap(svg: SvgElement): void {
  for (const title of [...svg.querySelectorAll('title')]) title.remove();
  for (const group of svg.querySelectorAll('g')) group.removeAttribute('id');
}

/** A chart as accessible SVG at one of two widths: the same chart gives the same bytes. */
export function renderChart(chart: Chart, width: ChartWidth): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const drawing = drawings[width];
  const parts = { id: pageId(chart, width), title: chart.title, description: chart.description };
  if (chart.kind === 'process-map') {
    const text = drawProcessMap(chart, drawing, engine);
    document.body.innerHTML = text.slice(text.indexOf('<svg'));
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
