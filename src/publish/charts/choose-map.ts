import {
  countOf,
  durationInWords,
  formatValue,
  formatWithUnit,
  type ProcessMapChart,
} from '../../core/index.ts';

/** What the numbers on a map are: how often, the median or the total time, or pounds. */
export type MapView = 'frequency' | 'median' | 'total' | 'pounds';

/** The views of a map, in the order in which they are offered. */
export const mapViews: readonly MapView[] = ['frequency', 'median', 'total', 'pounds'];

/** Shares of all passages through steps, or along paths, that a map can be asked to cover, in percent. */
export const mapLevels: readonly number[] = [20, 50, 80, 90, 95, 99, 100];

/** Which part of a map is drawn, and with which numbers; null leaves the level to what can be read. */
export interface MapChoice {
  readonly view: MapView;
  readonly steps: number | null;
  readonly paths: number | null;
}

/** What is drawn when nobody chose: how often, with as many steps and paths as can be read. */
export const usualChoice: MapChoice = { view: 'frequency', steps: null, paths: null };

/** A level that a reader can choose, with the number of steps or paths that it shows. */
export interface MapLevel {
  readonly level: number;
  readonly count: number;
  readonly isShown: boolean;
}

/** The chosen part of a map, with its numbers in words. `figure` is null where the view has no number. */
export interface ShownMap {
  readonly view: MapView;
  readonly nodes: readonly {
    readonly id: string;
    readonly label: string;
    readonly cases: number;
    readonly figure: string;
  }[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly count: number;
    /** The size that the thickness of the line stands for. */
    readonly size: number;
    readonly figure: string | null;
  }[];
  readonly starts: ProcessMapChart['starts'];
  readonly ends: ProcessMapChart['ends'];
  readonly steps: readonly MapLevel[];
  readonly paths: readonly MapLevel[];
  /** What is shown and what is hidden, in sentences. */
  readonly rule: string;
}

const mostNodes = 15;
const mostEdges = 24;
/** So few paths are all shown at first; of more, as many as cover this share. */
const fewEnough = 12;
const usualPaths = 95;
/** A beginning or an end of a smaller share of cases has no line of its own. */
const leastEnd = 0.01;

/** How many of the sizes, in their order, it takes to cover a share of their sum. */
function reach(sizes: readonly number[], level: number): number {
  if (level === 100) return sizes.length;
  const wanted = (level / 100) * sizes.reduce((sum, size) => sum + size, 0);
  let covered = 0;
  for (const [i, size] of sizes.entries()) {
    covered += size;
    if (covered >= wanted - 1e-9 * wanted) return i + 1;
  }
  return sizes.length;
}

interface Offer<T> {
  readonly levels: readonly MapLevel[];
  readonly shown: readonly T[];
}

/** The levels that differ in what they show, and what the chosen one or the usual one shows. */
function offer<T>(
  pick: (level: number) => readonly T[],
  chosen: number | null,
  { most, usually }: { readonly most: number; readonly usually: number },
): Offer<T> {
  const all = mapLevels.map((level) => ({ level, picked: pick(level) }));
  const last = all.at(-1);
  const usual =
    (last?.picked.length ?? 0) <= fewEnough
      ? last
      : (all.findLast(({ picked, level }) => picked.length <= most && level <= usually) ?? all[0]);
  const shown = (all.find(({ level }) => level === chosen) ?? usual)?.picked ?? [];
  const levels = all
    .filter(({ picked }, i) => picked.length !== all[i + 1]?.picked.length)
    .map(({ level, picked }) => ({ level, count: picked.length, isShown: picked.length === shown.length }));
  return { levels, shown };
}

/** The most taken paths that cover a level, and for each step the most taken one into it and out of it. */
function pathsAt(among: readonly Edge[], level: number): readonly Edge[] {
  const covering = reach(
    among.map(({ count }) => count),
    level,
  );
  const met = new Set<string>();
  return among.filter(({ from, to }, i) => {
    const [out, into] = [`from ${from}`, `to ${to}`];
    const isFirst = from !== to && (!met.has(out) || !met.has(into));
    if (from !== to) {
      met.add(out);
      met.add(into);
    }
    return i < covering || isFirst;
  });
}

type Edge = ProcessMapChart['edges'][number];

function sizeOf(view: MapView, edge: Edge): number {
  if (view === 'median') return edge.medianSeconds ?? 0;
  if (view === 'total') return edge.totalSeconds ?? 0;
  return view === 'pounds' ? (edge.pounds ?? 0) : edge.count;
}

function figureOf(view: MapView, edge: Edge): string | null {
  const time = (seconds: number | null) => (seconds === null ? null : durationInWords(seconds));
  if (view === 'median') return time(edge.medianSeconds);
  if (view === 'total')
    return edge.totalSeconds === null ? null : formatWithUnit(edge.totalSeconds / 86_400, 'days');
  if (view === 'pounds') return edge.pounds === null ? null : formatValue(edge.pounds, 'pounds');
  return formatValue(edge.count, 'count');
}

function hidden(chart: ProcessMapChart, nodes: number, edges: readonly Edge[]): string {
  const { steps, paths, taken } = chart.whole;
  const sum = (list: readonly Edge[]) => list.reduce((total, { count }) => total + count, 0);
  const [drawn, all] = [sum(edges), taken ?? sum(chart.edges)];
  const percent = all === 0 ? 100 : Math.floor((100 * drawn) / all);
  const rest = Math.max(0, paths - edges.length);
  const times = taken === null || rest === 0 ? '' : ` taken ${countOf(Math.max(0, taken - drawn), 'time')}`;
  const left = [
    ...(steps > nodes ? [countOf(steps - nodes, 'step')] : []),
    ...(rest > 0 ? [`${countOf(rest, 'path')}${times}`] : []),
  ];
  return (
    `Shown: ${formatValue(nodes, 'count')} of ${countOf(steps, 'step')} and ${formatValue(edges.length, 'count')} of ${countOf(paths, 'path')}, ` +
    `which cover ${percent}% of ${taken === null ? 'the moves from step to step that may be told' : 'all moves from step to step'}. ` +
    `${left.length > 0 ? `Hidden: ${left.join(' and ')}. ` : 'Nothing is hidden. '}${chart.hidingRule}`
  ).trim();
}

/**
 * Picks the part of a map to draw: the steps of most cases until they cover the level and those that findings name, then the most taken paths
 * among them until they cover theirs, with the most taken into and out of each step, so that no step stands alone.
 * Nothing is joined up, so each number is a true count.
 */
export function chooseMap(chart: ProcessMapChart, choice: MapChoice = usualChoice): ShownMap {
  const { view } = choice;
  const sizes = chart.nodes.map(({ cases }) => cases);
  const { levels: steps, shown: nodes } = offer(
    (level) => {
      const covering = reach(sizes, level);
      return chart.nodes.filter(({ isNamed }, i) => i < covering || isNamed);
    },
    choice.steps,
    { most: mostNodes, usually: 100 },
  );
  const named = new Set(nodes.map(({ id }) => id));
  const among = chart.edges.filter(({ from, to }) => named.has(from) && named.has(to));
  const { levels: paths, shown: edges } = offer((level) => pathsAt(among, level), choice.paths, {
    most: mostEdges,
    usually: usualPaths,
  });
  const rarest = edges.reduce((least, { count }) => Math.min(least, count), Number.POSITIVE_INFINITY);
  const ends = (list: ProcessMapChart['starts']) => {
    const known = list.filter(({ id }) => named.has(id));
    const most = known.reduce((top, { cases }) => Math.max(top, cases), 0);
    const enough = Math.max(rarest, leastEnd * list.reduce((sum, { cases }) => sum + cases, 0));
    return known.filter(({ cases }) => cases === most || cases >= enough);
  };
  return {
    view,
    nodes: nodes.map(({ id, label, cases, pounds }) => ({
      id,
      label,
      cases,
      figure:
        view === 'pounds'
          ? pounds === null
            ? 'cost not known'
            : formatValue(pounds, 'pounds')
          : countOf(cases, 'case'),
    })),
    edges: edges.map((edge) => ({
      from: edge.from,
      to: edge.to,
      count: edge.count,
      size: sizeOf(view, edge),
      figure: figureOf(view, edge),
    })),
    starts: ends(chart.starts),
    ends: ends(chart.ends),
    steps,
    paths,
    rule: hidden(chart, nodes.length, edges),
  };
}

/** Whether a map has any number for a view: pounds need costs in the charter. */
export function hasView(chart: ProcessMapChart, view: MapView): boolean {
  if (view !== 'pounds') return true;
  return [...chart.nodes, ...chart.edges].some(({ pounds }) => pounds !== null);
}
