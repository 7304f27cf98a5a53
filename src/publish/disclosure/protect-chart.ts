import type { BarChart, Chart, LineChart, ProcessMapChart, Table, Unit } from '../../core/index.ts';
import { isSmallCount, roundedCount } from '../../stats/index.ts';
import { mapCount } from './map-counts.ts';
import type { PublishedCounts } from './protect-table.ts';
import { roundPublished } from './round-published.ts';

/** A table before and after protection, row by row. */
export interface TablePair {
  readonly raw: Table;
  readonly shown: Table;
  /** Cells, by `cellName`, that are hidden only because rounding would move their share too far. */
  readonly imprecise: ReadonlySet<string>;
}

/** The name of a cell within its table. */
export function cellName(row: number, key: string): string {
  return `${row} ${key}`;
}

type Find = (value: number, words: readonly string[], unit: Unit) => number | null;

const isClose = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));

/**
 * Finds what may be drawn for a value: its cell in the table that holds all values drawn, in a row that has the
 * words. A value that stands nowhere is left out, unless it is no count and can be rounded.
 */
function finder(pair: TablePair | undefined, { profile }: PublishedCounts): Find {
  return (value, words, unit) => {
    const alone =
      unit === 'count' ? (isSmallCount(value, profile) ? null : roundedCount(value, profile)) : null;
    if (pair === undefined) return unit === 'count' ? alone : roundPublished(value, unit);
    const found = pair.raw.rows.flatMap((row, r) => {
      const cells = Object.values(row).map((cell) => String(cell ?? ''));
      if (!words.every((word) => cells.includes(word))) return [];
      return pair.raw.columns.flatMap(({ key }) => {
        const cell = row[key];
        return typeof cell === 'number' && isClose(cell, value) ? [pair.shown.rows[r]?.[key] ?? null] : [];
      });
    });
    if (found.length === 0) return alone;
    const shown = found.filter((cell) => typeof cell === 'number');
    // Equal values of one row may mean different things; if one of them is hidden, so is what is drawn.
    return shown.length === found.length ? (shown[0] ?? null) : null;
  };
}

function protectLine(chart: LineChart, find: Find): LineChart {
  return {
    ...chart,
    series: chart.series.map((series) => ({
      ...series,
      points: series.points.map((point) => {
        const y = point.y === null ? null : find(point.y, [point.x], chart.yUnit);
        const low = point.low === undefined ? null : find(point.low, [point.x], chart.yUnit);
        const high = point.high === undefined ? null : find(point.high, [point.x], chart.yUnit);
        return { x: point.x, y, ...(y === null || low === null || high === null ? {} : { low, high }) };
      }),
    })),
  };
}

function protectBars(chart: BarChart, find: Find): BarChart {
  const bars = chart.bars.flatMap(({ label, parts }) => {
    const shown = parts.map(({ name, value }) => ({
      name,
      value: find(value, [label], chart.xUnit) ?? find(value, [], chart.xUnit),
    }));
    return shown.every((part): part is { name: string; value: number } => part.value !== null)
      ? [{ label, parts: shown }]
      : [];
  });
  return { ...chart, bars };
}

/** A map without the steps and connections whose counts are suppressed. */
function protectMap(result: string, chart: ProcessMapChart, { published }: PublishedCounts): ProcessMapChart {
  const shown = (id: string) => published.get(id) ?? null;
  const nodes = chart.nodes.flatMap((node) => {
    const cases = shown(mapCount.node(result, chart, node.id));
    const pounds = node.pounds === null ? null : roundPublished(node.pounds, 'pounds');
    return cases === null ? [] : [{ ...node, cases, pounds }];
  });
  const ids = new Set(nodes.map(({ id }) => id));
  const edges = chart.edges.flatMap((edge) => {
    const count =
      ids.has(edge.from) && ids.has(edge.to) ? shown(mapCount.edge(result, chart, edge.from, edge.to)) : null;
    if (count === null) return [];
    const rounded = (value: number | null, unit: Unit) =>
      value === null ? null : roundPublished(value, unit);
    return [
      {
        ...edge,
        count,
        medianSeconds: rounded(edge.medianSeconds, 'seconds'),
        totalSeconds: rounded(edge.totalSeconds, 'seconds'),
        pounds: rounded(edge.pounds, 'pounds'),
      },
    ];
  });
  const ends = (kind: 'start' | 'end', those: ProcessMapChart['starts']) =>
    those.flatMap(({ id }) => {
      const cases = ids.has(id) ? shown(mapCount[kind](result, chart, id)) : null;
      return cases === null ? [] : [{ id, cases }];
    });
  return {
    ...chart,
    nodes,
    edges,
    starts: ends('start', chart.starts),
    ends: ends('end', chart.ends),
    // How often all paths are taken would tell how often those left out are.
    whole: { ...chart.whole, taken: null },
  };
}

/** A chart as it may be published: each value drawn is the one that its table shows. */
export function protectChart(
  result: string,
  chart: Chart,
  pair: TablePair | undefined,
  counts: PublishedCounts,
): Chart {
  switch (chart.kind) {
    case 'line':
      return protectLine(chart, finder(pair, counts));
    case 'bar':
      return protectBars(chart, finder(pair, counts));
    case 'process-map':
      return protectMap(result, chart, counts);
  }
}
