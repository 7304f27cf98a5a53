import { instance, type Viz } from '@viz-js/viz';
import { durationInWords, formatValue, type ProcessMapChart } from '../../core/index.ts';
import { cut, type Drawing, grey, ink, lines, palette } from './drawing.ts';

const longestName = 60;

function nodeLabel(text: string, drawing: Drawing): string {
  return lines(cut(text.replace(/\s+/g, ' '), longestName), drawing.name === 'wide' ? 26 : 18).join('\n');
}

function thickness(count: number, most: number): number {
  return 1 + 4 * Math.sqrt(count / Math.max(1, most));
}

let viz: Promise<Viz> | undefined;

/** Graphviz, started once. */
export function graphviz(): Promise<Viz> {
  viz ??= instance();
  return viz;
}

/**
 * Draws the map top to bottom, main path first. Names of nodes in the drawing are numbers, so a step called
 * "Start" cannot be taken for the map's own marker.
 */
export function drawProcessMap(chart: ProcessMapChart, drawing: Drawing, engine: Viz): string {
  const names = new Map(chart.nodes.map(({ id }, i) => [id, `s${i}`]));
  const most = Math.max(1, ...chart.edges.map(({ count }) => count));
  const count = (n: number) => formatValue(n, 'count');
  const wide = drawing.name === 'wide';
  const marker = (name: string, label: string) => ({
    name,
    attributes: {
      label,
      shape: 'ellipse',
      style: 'filled',
      fillcolor: '#f3f2f1',
      color: grey,
      fontcolor: ink,
    },
  });
  const edges = chart.edges.flatMap(({ from, to, count: n, medianSeconds }) => {
    const tail = names.get(from);
    const head = names.get(to);
    if (!tail || !head) return [];
    const wait = medianSeconds === null ? '' : `\n${durationInWords(medianSeconds)}`;
    return [
      {
        tail,
        head,
        attributes: {
          label: `${count(n)}${wide ? wait.replace('\n', ' · ') : wait}`,
          penwidth: thickness(n, most).toFixed(1),
          color: palette[0],
          weight: Math.max(1, Math.round((10 * n) / most)),
        },
      },
    ];
  });
  const ends = (list: ProcessMapChart['starts'], isStart: boolean) =>
    list.flatMap(({ id, cases }) => {
      const node = names.get(id);
      if (!node) return [];
      const line = {
        label: count(cases),
        penwidth: '1',
        color: grey,
        style: 'dashed',
        weight: isStart ? 5 : 1,
      };
      return [
        isStart
          ? { tail: 'begin', head: node, attributes: line }
          : { tail: node, head: 'finish', attributes: line },
      ];
    });
  const graph = {
    directed: true,
    graphAttributes: {
      rankdir: 'TB',
      nodesep: wide ? 0.5 : 0.25,
      ranksep: wide ? 0.45 : 0.35,
      margin: 0.05,
      bgcolor: 'transparent',
    },
    nodeAttributes: {
      shape: 'box',
      style: 'rounded,filled',
      fillcolor: 'white',
      color: palette[0],
      fontcolor: ink,
      fontname: 'Arial',
      fontsize: 16,
      margin: '0.18,0.1',
    },
    edgeAttributes: { fontname: 'Arial', fontsize: 14, fontcolor: ink, arrowsize: 0.8 },
    nodes: [
      marker('begin', 'Case begins'),
      ...chart.nodes.map(({ id, label, cases }) => ({
        name: names.get(id) ?? id,
        attributes: { label: `${nodeLabel(label, drawing)}\n${count(cases)} cases` },
      })),
      marker('finish', 'Case ends'),
    ],
    edges: [...ends(chart.starts, true), ...edges, ...ends(chart.ends, false)],
  };
  return engine.renderString(graph, { format: 'svg', engine: 'dot' });
}
