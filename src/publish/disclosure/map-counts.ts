import type { ProcessMapChart, Result } from '../../core/index.ts';
import type { CountCell, CountSum } from '../../stats/index.ts';
import { type CountedTable, countId } from './published-counts.ts';

/** The names of the counts that a process map shows. */
export const mapCount = {
  node: (result: string, { id: chart }: ProcessMapChart, node: string) =>
    countId(result, chart, 'step', node),
  edge: (result: string, { id: chart }: ProcessMapChart, from: string, to: string) =>
    countId(result, chart, 'connection', `${from} > ${to}`),
  start: (result: string, { id: chart }: ProcessMapChart, node: string) =>
    countId(result, chart, 'start', node),
  end: (result: string, { id: chart }: ProcessMapChart, node: string) => countId(result, chart, 'end', node),
} as const;

interface Found {
  readonly cells: readonly CountCell[];
  readonly sums: readonly CountSum[];
}

/** What comes into a step goes out of it: the two add up to one number, which the map does not show. */
function flows(result: string, chart: ProcessMapChart): Found {
  const cells: CountCell[] = [];
  const sums: CountSum[] = [];
  for (const { id } of chart.nodes) {
    const into = [
      ...chart.edges
        .filter(({ to }) => to === id)
        .map(({ from, count }) => ({ id: mapCount.edge(result, chart, from, id), value: count })),
      ...chart.starts
        .filter((start) => start.id === id)
        .map(({ cases }) => ({ id: mapCount.start(result, chart, id), value: cases })),
    ];
    const out = [
      ...chart.edges
        .filter(({ from }) => from === id)
        .map(({ to, count }) => ({ id: mapCount.edge(result, chart, id, to), value: count })),
      ...chart.ends
        .filter((end) => end.id === id)
        .map(({ cases }) => ({ id: mapCount.end(result, chart, id), value: cases })),
    ];
    const total = (those: readonly { readonly value: number }[]) =>
      those.reduce((sum, { value }) => sum + value, 0);
    if (into.length === 0 || out.length === 0 || total(into) !== total(out)) continue;
    const through = countId(result, chart.id, 'through', id);
    cells.push({ id: through, value: total(into), isUnpublished: true });
    for (const parts of [into, out]) sums.push({ whole: through, parts: parts.map((part) => part.id) });
  }
  return { cells, sums };
}

/** Connections that a table beside the map counts too. */
function alsoInTables(
  result: string,
  chart: ProcessMapChart,
  tables: readonly CountedTable[],
): readonly CountSum[] {
  const labels = new Map(chart.nodes.map(({ id, label }) => [id, label]));
  return tables
    .filter((counted) => counted.result === result)
    .flatMap(({ table, series }) =>
      chart.edges.flatMap(({ from, to, count }) =>
        table.rows.flatMap((row, r) => {
          const isSame =
            [from, labels.get(from)].includes(String(row.from)) &&
            [to, labels.get(to)].includes(String(row.to));
          if (!isSame) return [];
          const edge = mapCount.edge(result, chart, from, to);
          return series.flatMap(({ ids, values }) => {
            const id = ids[r] ?? null;
            return id !== null && values[r] === count ? [{ whole: id, parts: [edge] }] : [];
          });
        }),
      ),
    );
}

/** The counts of the process maps of some Results, and what adds up to what among them. */
export function mapCounts(results: readonly Result[], tables: readonly CountedTable[]): Found {
  const found = results.flatMap((result) =>
    result.charts.flatMap((chart): readonly Found[] => {
      if (chart.kind !== 'process-map') return [];
      const { cells, sums } = flows(result.id, chart);
      return [
        {
          cells: [
            ...chart.nodes.map(({ id, cases }) => ({
              id: mapCount.node(result.id, chart, id),
              value: cases,
            })),
            ...chart.edges.map(({ from, to, count }) => ({
              id: mapCount.edge(result.id, chart, from, to),
              value: count,
            })),
            ...chart.starts.map(({ id, cases }) => ({
              id: mapCount.start(result.id, chart, id),
              value: cases,
            })),
            ...chart.ends.map(({ id, cases }) => ({ id: mapCount.end(result.id, chart, id), value: cases })),
            ...cells,
          ],
          sums: [...sums, ...alsoInTables(result.id, chart, tables)],
        },
      ];
    }),
  );
  return { cells: found.flatMap(({ cells }) => cells), sums: found.flatMap(({ sums }) => sums) };
}
