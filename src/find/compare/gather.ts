import type { QueryRecord } from '../../core/index.ts';
import type { Facts } from '../../define/index.ts';
import type { Costs } from '../costs.ts';
import type { Finding } from '../findings/finding.ts';
import type { CaseSample } from '../queries/case-sample.ts';
import type { OutcomeMeasure } from '../queries/outcome-gap.ts';
import { reworked } from '../queries/rework.ts';
import type { Waits } from '../queries/work-waits.ts';
import { processMap } from '../results/process-map.ts';
import type { FindWorkspace } from '../workspace.ts';
import {
  type EdgeRow,
  edgesBySide,
  endsBySide,
  type Marking,
  marksBySide,
  outcomeBySide,
  stepsBySide,
  timesBySide,
} from './measure-sides.ts';
import { placeCases } from './place-cases.ts';
import type { Comparisons, Side, SideShare, SideTime } from './sides.ts';

/** What of a log the sides are compared by. */
export interface Compared {
  readonly waits: Waits;
  readonly findings: readonly Finding[];
  readonly measure: OutcomeMeasure | null;
  readonly costs: Costs;
  readonly period: string | null;
  readonly sample: CaseSample;
}

const mostWaits = 5;
const mostFindings = 5;

/** The beginning of a long title, as far as it says what the finding is. */
function shortTitle(title: string): string {
  return title.length <= 110
    ? title
    : `${title.split(/: |, which |, with nothing new |\. /)[0]?.replace(/\.$/, '')}.`;
}

/** Rows of one side, found without going through all rows again for each. */
function bySide<R extends { readonly dimension: string; readonly side: string }>(rows: readonly R[]) {
  const groups = Map.groupBy(rows, ({ dimension, side }) => JSON.stringify([dimension, side]));
  return (dimension: string, side: string): readonly R[] =>
    groups.get(JSON.stringify([dimension, side])) ?? [];
}

/** Needs `work_waits`. Works out, for each group, team and period, all that two of them can be compared by; null where there are no two. */
export async function gatherComparisons(
  workspace: FindWorkspace,
  facts: Facts,
  { waits: between, findings, measure, costs, period, sample }: Compared,
): Promise<Comparisons | null> {
  const { warehouse, loaded } = workspace;
  const queries: QueryRecord[] = [...facts.queries];
  const { dimensions, oneIn } = await placeCases(workspace, facts, queries, sample);
  if (dimensions.length === 0) return null;
  const waits = between.edges.toSorted((a, b) => b.total - a.total).slice(0, mostWaits);
  const marked = findings
    .flatMap((finding) => (finding.affected ? [{ ...finding, affected: finding.affected }] : []))
    .slice(0, mostFindings);
  const markings: readonly Marking[] = [
    { id: 'rework', cases: reworked(loaded.charter.steps?.legitimate_repeats ?? []) },
    ...marked.map(({ id, affected }) => ({ id: `finding ${id}`, cases: affected })),
  ];
  const times = bySide(await timesBySide(warehouse, waits, facts, queries));
  const marks = bySide(await marksBySide(warehouse, markings, queries));
  const outcomes = bySide(measure ? await outcomeBySide(warehouse, measure, queries) : []);
  const steps = bySide(await stepsBySide(warehouse, costs, queries));
  const flows = bySide(await edgesBySide(warehouse, queries));
  const starts = bySide(await endsBySide(warehouse, 'first', queries));
  const ends = bySide(await endsBySide(warehouse, 'last', queries));

  const timeNames = new Map<string, string>([
    ['duration', 'Whole case, first to last step'],
    ...waits.map(({ from, to }, i) => [`wait-${i + 1}`, `From "${from}" to "${to}"`] as const),
  ]);
  const timesOf = (dimension: string, side: string): readonly SideTime[] =>
    times(dimension, side).map((row) => ({
      id: row.measure,
      name: timeNames.get(row.measure) ?? row.measure,
      cases: row.n,
      median: { value: row.median, low: row.median_low, high: row.median_high },
      p90: { value: row.p90, low: row.p90_low, high: row.p90_high },
    }));
  const sharesOf = (dimension: string, side: string, of: number): readonly SideShare[] => {
    const having = (mark: string) => marks(dimension, side).find((row) => row.mark === mark)?.having ?? 0;
    const [outcome] = outcomes(dimension, side);
    return [
      ...(measure && outcome
        ? [
            {
              id: 'outcome',
              name: `Miss "${measure.title}"`,
              kind: 'outcome',
              having: outcome.missed,
              of: outcome.of,
            } as const,
          ]
        : []),
      { id: 'rework', name: 'Have a step done again', kind: 'rework', having: having('rework'), of },
      ...marked.map(
        ({ id, title }) =>
          ({
            id: `finding ${id}`,
            name: `Part of a finding: ${shortTitle(title)}`,
            kind: 'finding',
            having: having(`finding ${id}`),
            of,
          }) as const,
      ),
      ...steps(dimension, side).map(
        ({ step, cases }) =>
          ({ id: `step ${step}`, name: `Go through "${step}"`, kind: 'step', having: cases, of }) as const,
      ),
    ];
  };
  const mapOf = (dimension: string, side: string, cases: number): Side['map'] => {
    const own = steps(dimension, side);
    const {
      nodes,
      edges: drawn,
      starts: from,
      ends: to,
      whole,
      hidingRule,
    } = processMap('side', 'side', {
      edges: flows(dimension, side) as readonly EdgeRow[],
      steps: own,
      starts: starts(dimension, side),
      ends: ends(dimension, side),
      cases,
      stepPounds: new Map(
        own.flatMap(({ step, pounds }) => (pounds === null ? [] : [[step, pounds] as const])),
      ),
      delayDay: costs.delayDay,
    });
    return { nodes, edges: drawn, starts: from, ends: to, whole, hidingRule };
  };
  return {
    oneIn,
    period,
    demonstration: loaded.charter.demonstration ?? false,
    from: {
      charter: { service: loaded.charter.service, version: loaded.charter.version, hash: loaded.hash },
      sources: workspace.sources,
    },
    queries,
    dimensions: dimensions.map(({ id, title, rule, label, values }) => ({
      id,
      title,
      rule,
      sides: values.map(({ value, cases }) => ({
        value: label(value),
        cases,
        times: timesOf(id, value),
        shares: sharesOf(id, value, cases),
        map: mapOf(id, value, cases),
      })),
    })),
  };
}
