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
  /** Steps that findings name: no map leaves them out. */
  readonly named?: ReadonlySet<string>;
}

/** The most taken connections, and of each named step the most taken one into it and out of it. */
function connectionsShown(all: readonly Edge[], named: ReadonlySet<string>): readonly Edge[] {
  const most = new Set(all.slice(0, mostEdges));
  for (const step of named)
    for (const end of ['from', 'to'] as const) {
      const first = all.find((edge) => edge[end] === step && edge.from !== edge.to);
      if (first) most.add(first);
    }
  return all.filter((edge) => most.has(edge));
}

/**
 * Gathers what a map may show: the steps of most cases and those that findings name, then the connections of most
 * transitions among them.
 * Steps and connections are left out, never joined up, so every number on the map is a true count.
 */
export function processMap(id: string, table: string, parts: MapParts): ProcessMapChart {
  const { delayDay, stepPounds, named = new Set<string>() } = parts;
  const nodes = parts.steps
    .filter(({ cases }) => cases >= leastCases)
    .filter(({ step }, i) => i < mostNodes || named.has(step));
  const drawn = new Set(nodes.map(({ step }) => step));
  const edges = connectionsShown(
    parts.edges.filter(({ from, to, cases }) => drawn.has(from) && drawn.has(to) && cases >= leastCases),
    named,
  );
  const ends = (list: readonly StepCases[]) =>
    list
      .filter(({ step, cases }) => drawn.has(step) && cases >= leastCases)
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
      ...(named.has(step) ? { isNamed: true } : {}),
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
    hidingRule: `Steps and paths of fewer than ${leastCases} cases are on no map.${nodes.some(({ step }) => named.has(step)) ? ' Steps that a finding names are on every map.' : ''}`,
  };
}
