import type { QueryRecord } from '../../core/index.ts';
import { runStep, type Warehouse } from '../../stores/index.ts';
import type { BatchSums } from './batch-measures.ts';
import { type ExplainedWaits, explainWaits, type WaitSettings } from './explain-waits.ts';
import { namesOf } from './instances.ts';
import { type Sensitivity, sensitivityOf } from './sensitivity.ts';
import type { CauseDetail } from './shown-causes.ts';
import { type Connection, transitionsStep } from './transitions.ts';

/** All that the causes of waiting are told from. */
export interface WaitEvidence {
  readonly explained: ExplainedWaits;
  readonly detail: CauseDetail;
  /** Connections by step and team, longest in total first. */
  readonly connections: readonly Connection[];
  readonly sensitivity: Sensitivity;
  /** Batches by step and team, those of most pieces first. */
  readonly batches: readonly NamedBatches[];
  /** Share of pieces of work whose start is estimated. */
  readonly estimatedShare: number;
  /** Of the pieces whose worker is named, the share under names that stand for several at once. */
  readonly severalShare: number;
}

/** Batches of a step and team, by their names. */
export interface NamedBatches extends BatchSums {
  readonly stepName: string;
  readonly teamName: string | null;
  readonly bySystem: boolean;
}

async function nameBatches(
  warehouse: Warehouse,
  { batches, marks }: ExplainedWaits,
): Promise<readonly NamedBatches[]> {
  const steps = await namesOf(warehouse, 'step');
  const teams = await namesOf(warehouse, 'team');
  return batches
    .map((sums) => ({
      ...sums,
      stepName: steps.get(sums.step) ?? '',
      teamName: teams.get(sums.team) ?? null,
      bySystem: marks.isSystem(sums.team),
    }))
    .toSorted((a, b) => b.pieces - a.pieces || (a.stepName < b.stepName ? -1 : 1));
}

/** Where more than this share of the work is under names that stand for several at once, no cause is told. */
export const mostSeveral = 0.2;

function severalShare({ workers }: ExplainedWaits): number {
  const sum = (rows: ExplainedWaits['workers']) =>
    rows.reduce((total, { instances }) => total + instances, 0);
  const named = workers.filter(({ worker }) => worker !== 0);
  const several = named.filter(({ isOnePerson }) => !isOnePerson);
  return named.length === 0 ? 0 : sum(several) / sum(named);
}

/** Works the causes out and puts together what they are told from; null where no step is finished. */
export async function gatherWaits(
  warehouse: Warehouse,
  settings: WaitSettings,
  log: QueryRecord[],
): Promise<WaitEvidence | null> {
  const explained = await explainWaits(warehouse, settings, log);
  if (!explained) return null;
  const { counts } = explained;
  const estimatedShare = counts.instances === 0 ? 0 : counts.withoutStart / counts.instances;
  const connections = await runStep<Connection>(warehouse, transitionsStep(warehouse, 'team', 'total'), log);
  return {
    explained,
    detail: estimatedShare > 0 ? 'two' : explained.hours.kind === 'none' ? 'four' : 'five',
    connections,
    sensitivity: await sensitivityOf(warehouse, explained),
    batches: await nameBatches(warehouse, explained),
    estimatedShare,
    severalShare: severalShare(explained),
  };
}
