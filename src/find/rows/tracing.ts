import type { QueryRecord } from '../../core/index.ts';
import { type Facts, prepareFacts } from '../../define/index.ts';
import { type Row, sql } from '../../stores/index.ts';
import { type Costs, costsOf } from '../costs.ts';
import { prepareContacts } from '../failure-demand/index.ts';
import { type CaseSample, sampleCases, usualBounds } from '../queries/case-sample.ts';
import { workEdges } from '../queries/edges.ts';
import { type OutcomeMeasure, outcomeMeasure } from '../queries/outcome-gap.ts';
import { reworkByStep, type StepRework } from '../queries/rework.ts';
import { prepareWorkSteps } from '../queries/work-steps.ts';
import { type Waits, waitsBetween } from '../queries/work-waits.ts';
import { type TurnedEvidence, turnedEvidence } from '../rework/turned-evidence.ts';
import type { FindWorkspace } from '../workspace.ts';

/** What rows are traced with: each part is worked out when it is first asked for, and kept while the workspace is open. */
export interface Tracing {
  readonly workspace: FindWorkspace;
  readonly facts: Facts;
  readonly costs: Costs;
  readonly outcome: OutcomeMeasure | null;
  /** Cases with a step of the work. */
  readonly cases: number;
  /** True where every event with a time is a step of the work, so that the stored neighbours serve. */
  readonly isAllWork: boolean;
  readonly waits: () => Promise<Waits>;
  readonly repeated: () => Promise<readonly StepRework[]>;
  readonly turned: () => Promise<TurnedEvidence | null>;
  /** The cases that signs were looked for in. */
  readonly sample: () => Promise<CaseSample>;
  /** False where there are no contacts. */
  readonly contacts: () => Promise<boolean>;
}

/** Work that is done once, when it is first asked for. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | undefined;
  return () => {
    kept ??= work();
    return kept;
  };
}

/** Prepares what every trail of `find` needs. */
export async function prepareTracing(workspace: FindWorkspace): Promise<Tracing> {
  const { warehouse, loaded, knownUntil = null } = workspace;
  const { charter } = loaded;
  const log: QueryRecord[] = [];
  const facts = await prepareFacts(warehouse, loaded);
  const isAsStored = await prepareWorkSteps(warehouse, log, { knownUntil });
  const costs = costsOf(charter);
  const [size] = await warehouse.query<Row & { cases: number }>(
    sql`select count(*) as cases from work_steps where position = 1`,
  );
  return {
    workspace,
    facts,
    costs,
    outcome: outcomeMeasure(charter, facts),
    cases: size?.cases ?? 0,
    isAllWork: isAsStored,
    waits: once(async () => waitsBetween(warehouse, await workEdges(warehouse, log), log, knownUntil)),
    repeated: once(() => reworkByStep(warehouse, costs, log)),
    turned: once(() => turnedEvidence(warehouse, charter.steps ?? {}, costs, log)),
    sample: once(() => sampleCases(warehouse, usualBounds, log)),
    contacts: once(() => prepareContacts(warehouse, charter, costs, log)),
  };
}
