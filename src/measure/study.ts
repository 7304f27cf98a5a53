import { type Provenance, provenance, type QueryRecord } from '../core/index.ts';
import { type Facts, prepareFacts } from '../define/index.ts';
import type { CostRow } from './cells.ts';
import { type ChainPoint, chainSeries } from './chain.ts';
import { type Change, changeBetween } from './change.ts';
import { collectClusters } from './clusters.ts';
import { collectCases } from './collect-cases.ts';
import { accountForCases, type CaseAccount, spanOfCases } from './collect-checks.ts';
import { collectTables, type Tables } from './collect-tables.ts';
import {
  type Comparison,
  comparablePeriods,
  headlineComparison,
  latestOnYear,
  yearComparisons,
} from './comparison.ts';
import type { Dataset } from './dataset.ts';
import { type CheckedGroup, weighGroups } from './equivalence/checked-groups.ts';
import { judgedDraws } from './linked-series/judged-draws.ts';
import { applyFactors, type LinkedSeries, linkedSeries } from './linked-series/series-factors.ts';
import { reportingPeriods } from './periods.ts';
import { type MeasurePlan, planMeasures } from './plan.ts';
import { createResampler, type Resampler } from './resample.ts';
import { snapshot, type Weighting } from './snapshot.ts';
import type { MeasureOptions, MeasureWorkspace } from './workspace.ts';

/** Everything worked out once, from which each Result takes its part. */
export interface Study {
  readonly workspace: MeasureWorkspace;
  readonly plan: MeasurePlan;
  readonly facts: Facts | null;
  readonly data: Dataset;
  readonly tables: Tables;
  readonly weighting: Weighting;
  /** The groups of outputs that the charter declares to be one service, each checked. */
  readonly groups: readonly CheckedGroup[];
  readonly account: CaseAccount | null;
  readonly resampled: Resampler;
  readonly headline: Change | null;
  /** Whole years on each other, the last period on the one before and on the year before. */
  readonly changes: readonly Change[];
  readonly chain: readonly ChainPoint[];
  readonly complete: readonly string[];
  /** The whole periods that can be compared with each other: since the latest break that nothing joins. */
  readonly comparable: readonly string[];
  /** Series that the charter joins at breaks or holds to annual figures. */
  readonly linked: readonly LinkedSeries[];
  readonly seed: number;
  readonly replicates: number;
  readonly queries: QueryRecord[];
}

/** Unit costs from assumptions: one value, or values that each hold from a day on. */
function assumedCosts(plan: MeasurePlan): readonly CostRow[] {
  const assumptions = new Map(
    (plan.charter.assumptions ?? []).map((assumption) => [assumption.id, assumption]),
  );
  return plan.outputs.flatMap((output, o): readonly CostRow[] => {
    const assumption = output.unit_cost === undefined ? undefined : assumptions.get(output.unit_cost);
    if (!assumption) return [];
    const always =
      assumption.value === undefined
        ? []
        : [{ output: o, period: '0000-01-01', quantity: null, cost: assumption.value }];
    const dated = Object.entries(assumption.by_period ?? {}).map(([period, cost]) => ({
      output: o,
      period,
      quantity: null,
      cost,
    }));
    return [...always, ...dated.sort((a, b) => (a.period < b.period ? -1 : 1))];
  });
}

async function collect(workspace: MeasureWorkspace, plan: MeasurePlan, queries: QueryRecord[]) {
  const { charter } = plan;
  const needsCases =
    workspace.tables.has('cases') &&
    (plan.outputs.some((output) => output.from === 'cases') ||
      (charter.floors ?? []).length > 0 ||
      (charter.targets ?? []).length > 0);
  const facts = needsCases
    ? (workspace.facts ?? (await prepareFacts(workspace.warehouse, workspace.loaded)))
    : null;
  if (facts) queries.push(...facts.queries);
  const fromCases = facts && plan.outputs.some((output) => output.from === 'cases');
  const cases = fromCases ? await collectCases(workspace, plan, facts, queries) : [];
  const span = fromCases ? await spanOfCases(workspace, plan, facts, queries) : { first: null, last: null };
  const clusters = fromCases ? await collectClusters(workspace, plan, facts, cases, queries) : [];
  const account = fromCases ? await accountForCases(workspace, plan, facts, queries) : null;
  const tables = await collectTables(workspace, plan, queries);
  return { facts, cases, clusters, span, account, tables };
}

function dataset(plan: MeasurePlan, collected: Awaited<ReturnType<typeof collect>>): Dataset {
  const { cases, clusters, span, tables } = collected;
  const isShare = plan.measures.map(({ measure, index }) => {
    if (measure.from === 'quality') return tables.shares[index] ?? null;
    return cases.some((cell) => cell.stats[index]) ? measure.share !== undefined : null;
  });
  return {
    plan,
    grain: plan.grain,
    periods: reportingPeriods(plan, { firstCase: span.first, lastCase: span.last, tableDates: tables.dates }),
    // Clusters speak of cells by their place: those from cases stand first.
    cells: [...cases, ...tables.cells],
    clusters,
    costs: [...tables.costs, ...assumedCosts(plan)].sort((a, b) =>
      a.period < b.period ? -1 : a.period > b.period ? 1 : 0,
    ),
    inputs: tables.inputs,
    inputList: tables.inputList,
    isShare,
  };
}

function sameSets(a: Comparison, b: Comparison): boolean {
  return a.earlier.join() === b.earlier.join() && a.later.join() === b.later.join();
}

/** Counts, links and resamples everything the charter asks for, once. */
export async function makeStudy(workspace: MeasureWorkspace, options: MeasureOptions = {}): Promise<Study> {
  const plan = planMeasures(workspace.loaded);
  const queries: QueryRecord[] = [];
  const collected = await collect(workspace, plan, queries);
  const reported = dataset(plan, collected);
  const linked = linkedSeries(reported);
  const data = applyFactors(reported, linked);
  const { seed = 20_260_401, replicates = 2000 } = options;
  const resampled = createResampler(data, { seed, replicates });
  const complete = data.periods.filter((period) => period.complete).map((period) => period.start);
  const comparable = comparablePeriods(data);
  const headlineSets = headlineComparison(data);
  const { groups, weighting } = weighGroups(data, headlineSets?.later ?? complete.slice(-1));
  const change = (comparison: Comparison) =>
    changeBetween(data, weighting, comparison, resampled, (link) =>
      judgedDraws(linked, weighting.items, comparison, link, { seed, replicates }),
    );
  const headline = headlineSets ? change(headlineSets) : null;
  const others = [
    ...yearComparisons(plan, comparable),
    latestOnYear(plan, comparable),
    // A month on the month before differs by its days and its season, so it stands only where nothing better does.
    headlineSets?.kind === 'previous' ? headlineSets : null,
  ]
    .filter((comparison) => comparison !== null)
    .filter((comparison, i, all) => all.findIndex((other) => sameSets(other, comparison)) === i);
  const changes = others.flatMap((comparison) => {
    if (headline && sameSets(comparison, headline.comparison)) return [headline];
    const found = change(comparison);
    return found ? [found] : [];
  });
  return {
    workspace,
    plan,
    facts: collected.facts,
    data,
    tables: collected.tables,
    weighting,
    groups,
    account: collected.account,
    resampled,
    headline,
    changes: headline && !changes.includes(headline) ? [headline, ...changes] : changes,
    chain: chainSeries(plan, comparable, (starts) => snapshot(data, weighting, starts)),
    complete,
    comparable,
    linked,
    seed,
    replicates,
    queries,
  };
}

/** Provenance of a Result of the study: its queries, its seed where it resampled, and calls that recompute it. */
export function provenanceOf(
  study: Study,
  method: string,
  parts: Partial<Pick<Provenance, 'parameters' | 'recompute'>> & { readonly resampled?: boolean } = {},
): Provenance {
  const { charter, hash } = study.workspace.loaded;
  return provenance({
    method,
    charter: { service: charter.service, version: charter.version, hash },
    sources: study.workspace.sources,
    parameters: {
      grain: study.plan.grain,
      weights: study.plan.weights,
      ...(parts.resampled ? { replicates: study.replicates } : {}),
      ...(parts.resampled && study.plan.charter.reporting.cluster
        ? { cluster: study.plan.charter.reporting.cluster }
        : {}),
      ...parts.parameters,
    },
    seed: parts.resampled ? study.seed : null,
    queries: study.queries,
    recompute: parts.recompute ?? [],
  });
}
