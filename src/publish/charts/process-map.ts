import { instance, type Viz } from '@viz-js/viz';
import { countOf } from '../../core/index.ts';
import type { ShownMap } from './choose-map.ts';
import { type Drawing, grey, ink, palette } from './drawing.ts';
import { plainName, wrap } from './text-width.ts';

/** Graphviz judges the width of text by a table; Verdana is as wide as anything that stands in for Arial. */
const widestFace = 'Verdana';

/** Text that Graphviz takes as it is: it would read `\N` as the name of the node, and `&lt;` as a sign. */
function literal(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('\\', '\\\\');
}

function nodeLabel(text: string, { room, size }: Fit): string {
  return wrap(plainName(text), room, size, 3).map(literal).join('\n');
}

function thickness(count: number, most: number): string {
  return (1 + 4 * Math.sqrt(Math.max(0, count) / most)).toFixed(1);
}

/** Words of 14 pixels are still read at this scale. */
const smallestScale = 0.85;

let viz: Promise<Viz> | undefined;

/** Graphviz, started once. */
export function graphviz(): Promise<Viz> {
  viz ??= instance();
  return viz;
}

interface Fit {
  /** Pixels that a line of a step's name may take. */
  readonly room: number;
  readonly nodeGap: number;
  readonly size: number;
}

/**
 * From roomy to tight: a map that has to be shrunk to fit has smaller words, so a tighter one is used then.
 */
const fits: Readonly<Record<Drawing['name'], readonly Fit[]>> = {
  wide: [
    { room: 240, nodeGap: 0.5, size: 16 },
    { room: 150, nodeGap: 0.3, size: 16 },
    { room: 110, nodeGap: 0.2, size: 16 },
  ],
  narrow: [
    { room: 170, nodeGap: 0.25, size: 14 },
    { room: 120, nodeGap: 0.2, size: 14 },
    { room: 96, nodeGap: 0.2, size: 14 },
  ],
};

function draw(chart: ShownMap, drawing: Drawing, fit: Fit, engine: Viz): string {
  // Nodes are named by number, so that a step called "Start" cannot be taken for the map's own marker.
  const names = new Map(chart.nodes.map(({ id }, i) => [id, `s${i}`]));
  const most = Math.max(1, ...chart.edges.map(({ count }) => count));
  const thickest = Math.max(1, ...chart.edges.map(({ size }) => size));
  const wide = drawing.name === 'wide';
  // Spaces keep a label clear of the thickest line beside it.
  const beside = (text: string) => text.replace(/^.*$/gm, ' $& ');
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
  const edges = chart.edges.flatMap(({ from, to, count, size, figure }) => {
    const tail = names.get(from);
    const head = names.get(to);
    if (!tail || !head) return [];
    return [
      {
        tail,
        head,
        attributes: {
          label: beside(figure ?? ''),
          penwidth: thickness(size, thickest),
          color: palette[0],
          weight: Math.max(1, Math.round((10 * count) / most)),
        },
      },
    ];
  });
  const ends = (list: ShownMap['starts'], isStart: boolean) =>
    list.flatMap(({ id, cases }) => {
      const node = names.get(id);
      if (!node) return [];
      const line = {
        label: beside(countOf(cases, 'case')),
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
      nodesep: fit.nodeGap,
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
      fontname: widestFace,
      fontsize: fit.size,
      margin: '0.12,0.08',
    },
    edgeAttributes: { fontname: widestFace, fontsize: 14, fontcolor: ink, arrowsize: 0.8 },
    nodes: [
      marker('begin', 'Case begins'),
      ...chart.nodes.map(({ id, label, figure }) => ({
        name: names.get(id) ?? id,
        attributes: { label: `${nodeLabel(label, fit)}\n${figure}` },
      })),
      marker('finish', 'Case ends'),
    ],
    edges: [...ends(chart.starts, true), ...edges, ...ends(chart.ends, false)],
  };
  return engine.renderString(graph, { format: 'svg', engine: 'dot' });
}

function naturalWidth(svg: string): number {
  return Number(/viewBox="[\d.-]+ [\d.-]+ ([\d.]+) /.exec(svg)?.[1] ?? 0);
}

/** Draws the map top to bottom, main path first, with as much room as the width allows. */
export function drawProcessMap(chart: ShownMap, drawing: Drawing, engine: Viz): string {
  let best = '';
  for (const fit of fits[drawing.name]) {
    const drawn = draw(chart, drawing, fit, engine);
    if (best === '' || naturalWidth(drawn) < naturalWidth(best)) best = drawn;
    if (naturalWidth(best) * smallestScale <= drawing.width) break;
  }
  return best;
}
