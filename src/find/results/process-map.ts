import { formatValue, leastCases, type ProcessMapChart } from '../../core/index.ts';
import type { Edge } from '../queries/edges.ts';
import type { StepCases } from '../queries/ends.ts';

const mostNodes = 50;
const mostEdges = 120;

export interface MapParts {
  readonly edges: readonly Edge[];
  readonly steps: readonly StepCases[];
  readonly starts: readonly StepCases[];
  readonly ends: readonly StepCases[];
  readonly cases: number;
  /** What work at each step costs, in pounds; empty where no rate is known. */
  readonly stepPounds: ReadonlyMap<string, number>;
  /** What a day of waiting costs, in pounds; null where the charter does not say. */
  readonly delayDay: number | null;
}

/**
 * Gathers what a map may show: the steps of most cases, then the connections of most transitions among them.
 * Steps and connections are left out, never joined up, so every number on the map is a true count.
 */
export function processMap(id: string, table: string, parts: MapParts): ProcessMapChart {
  const { delayDay, stepPounds } = parts;
  const nodes = parts.steps.filter(({ cases }) => cases >= leastCases).slice(0, mostNodes);
  const named = new Set(nodes.map(({ step }) => step));
  const edges = parts.edges
    .filter(({ from, to, cases }) => named.has(from) && named.has(to) && cases >= leastCases)
    .slice(0, mostEdges);
  const ends = (list: readonly StepCases[]) =>
    list
      .filter(({ step, cases }) => named.has(step) && cases >= leastCases)
      .map(({ step, cases }) => ({ id: step, cases }));
  const first = parts.edges[0];
  return {
    id,
    kind: 'process-map',
    title: first
      ? `Cases most often go from "${first.from}" to "${first.to}": ${formatValue(first.count, 'count')} times`
      : 'How cases move from step to step',
    description: 'A map of steps and the paths between them. The outline gives the same in words.',
    table,
    nodes: nodes.map(({ step, cases }) => ({
      id: step,
      label: step,
      cases,
      pounds: stepPounds.get(step) ?? null,
    })),
    edges: edges.map(({ from, to, count, median, total }) => ({
      from,
      to,
      count,
      medianSeconds: median,
      totalSeconds: total,
      pounds: delayDay === null ? null : (delayDay * total) / 86_400,
    })),
    starts: ends(parts.starts),
    ends: ends(parts.ends),
    whole: {
      steps: parts.steps.length,
      paths: parts.edges.length,
      taken: parts.edges.reduce((sum, { count }) => sum + count, 0),
    },
    hidingRule: `Steps and paths of fewer than ${leastCases} cases are on no map.`,
  };
}
