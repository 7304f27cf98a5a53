import { formatValue, type ProcessMapChart } from '../../core/index.ts';
import type { Edge } from '../queries/edges.ts';
import type { StepCases } from '../queries/ends.ts';

const mostNodes = 15;
const mostEdges = 24;

export interface MapParts {
  readonly edges: readonly Edge[];
  readonly steps: readonly StepCases[];
  readonly starts: readonly StepCases[];
  readonly ends: readonly StepCases[];
  readonly cases: number;
}

/**
 * Chooses what a map shows: the steps of most cases, then the connections of most transitions among them.
 * Steps and connections are hidden, never joined up, so every number on the map is a true count.
 */
export function processMap(id: string, table: string, parts: MapParts): ProcessMapChart {
  const nodes = parts.steps.slice(0, mostNodes);
  const shown = new Set(nodes.map(({ step }) => step));
  const among = parts.edges.filter(({ from, to }) => shown.has(from) && shown.has(to));
  const enough = Math.max(10, parts.cases * 0.01);
  const edges = among.filter(({ cases }) => cases >= enough).slice(0, mostEdges);
  const total = parts.edges.reduce((sum, { count }) => sum + count, 0);
  const drawn = edges.reduce((sum, { count }) => sum + count, 0);
  const percent = total === 0 ? 100 : Math.floor((100 * drawn) / total);
  const ends = (list: readonly StepCases[]) =>
    list
      .filter(({ step, cases }) => shown.has(step) && cases >= enough)
      .map(({ step, cases }) => ({ id: step, cases }));
  const hidingRule =
    `Showing ${nodes.length} of ${parts.steps.length} steps and ${edges.length} of ${parts.edges.length} connections, ` +
    `which is ${percent}% of all transitions. Left out: connections of fewer than 1% of cases or fewer than 10 cases. ` +
    'The rest is in the table.';
  const first = parts.edges[0];
  return {
    id,
    kind: 'process-map',
    title: first
      ? `Cases most often go from "${first.from}" to "${first.to}": ${formatValue(first.count, 'count')} times`
      : 'How cases move from step to step',
    description: `A map of ${nodes.length} steps. The outline below gives the same in words: each step and what follows it.`,
    table,
    nodes: nodes.map(({ step, cases }) => ({ id: step, label: step, cases })),
    edges: edges.map(({ from, to, count, median }) => ({ from, to, count, medianSeconds: median })),
    starts: ends(parts.starts),
    ends: ends(parts.ends),
    hidingRule,
  };
}
