import type { QueryRecord } from '../../core/index.ts';
import { type Row, sql, type Warehouse } from '../../stores/index.ts';
import type { BatchSums } from './batch-measures.ts';
import { type CaseBlock, caseBlocks } from './case-blocks.ts';
import { type CaseSample, sampleOfCases } from './case-sample.ts';
import { type ConcurrentSteps, concurrentSteps, countStepPairs, type StepPair } from './concurrency.ts';
import { assertCausesAddUp, decompose } from './decompose.ts';
import { addBlocks, type TimeSums } from './efficiency.ts';
import { enableLog, type LogEnabling, loadEnabling } from './enable-log.ts';
import { fillStarts } from './fill-starts.ts';
import { type HoursRule, hoursOfLog, type KnownHours, noHours } from './hours-rule.ts';
import { type InferHours, inferHours } from './infer-hours.ts';
import { type InstanceCounts, instancesTable, prepareFinished } from './instances.ts';
import { marksOfLog, type NamedMarks, type WaitMarks } from './marks.ts';
import type { WorkerOverlap } from './met-worker.ts';
import type { CauseSums } from './settlement.ts';
import { statusPiecesOf } from './status-pieces.ts';

/** How the causes of waiting are to be worked out; the defaults are those of Lashkevich and others (2023). */
export interface WaitSettings {
  /** Who works when, or that it is to be read off the log; null where no hours are known. */
  readonly hours: HoursRule | InferHours | null;
  readonly marks: NamedMarks;
  /** Longest pause inside a batch, in seconds. */
  readonly gapSeconds: number;
  /** h of the concurrency oracle. */
  readonly threshold: number;
  /** The instant, ISO, from which nothing in the log can have happened yet; left out where that is not known. */
  readonly knownUntil?: string | null;
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops the work within a moment, with `WAREHOUSE_CANCELLED`. */
  readonly signal?: AbortSignal;
}

/** The usual settings of the method. */
export const usualGapSeconds = 0;
export const usualThreshold = 0.9;
/** Other pauses, in seconds, that show how much it matters. */
const otherGaps = [0, 300, 900];

/** What was found, beside the tables `wait_instances`, `wait_enabled` and `wait_causes` in the warehouse. */
export interface ExplainedWaits {
  readonly counts: InstanceCounts;
  readonly settings: WaitSettings;
  readonly marks: WaitMarks;
  readonly hours: KnownHours;
  readonly pairs: readonly StepPair[];
  readonly concurrent: ConcurrentSteps;
  readonly enabling: LogEnabling;
  readonly workers: readonly WorkerOverlap[];
  /** Microseconds of work by the number of its team, shared where a worker had several pieces open. */
  readonly workByTeam: ReadonlyMap<number, number>;
  readonly batches: readonly BatchSums[];
  /** The instances that show what a setting changes, and their waits with other pauses inside batches. */
  readonly sample: CaseSample;
  readonly byGap: readonly { readonly gapSeconds: number; readonly sums: CauseSums }[];
  readonly transitions: number;
  /** Work and waits by case, or block of cases, and all together. Microseconds. */
  readonly blocks: readonly CaseBlock[];
  readonly sums: TimeSums;
  /** Waits of staff whose worker's hours are not known, in microseconds. */
  readonly withoutHours: number;
}

/** Time that may be off duty or outside the log, where nobody said when the worker works. */
async function uncovered(warehouse: Warehouse, hours: KnownHours): Promise<number> {
  const rows = await warehouse.query<Row & { worker: number; team: number; length: number }>(
    sql`select i.worker_no as worker, i.team_no as team, sum(c.extraneous) as length
from wait_causes as c join ${instancesTable} as i on i.id = c.id where c.extraneous > 0 group by i.worker_no, i.team_no`,
  );
  return rows
    .filter(({ worker, team }) => hours.offDuty(worker, team) === null)
    .reduce((sum, { length }) => sum + length, 0);
}

async function knownHours(
  warehouse: Warehouse,
  { hours }: WaitSettings,
  first: number,
  last: number,
  log: QueryRecord[],
): Promise<KnownHours> {
  if (hours === null) return noHours;
  return 'inferIn' in hours
    ? inferHours(warehouse, hours, first, last, log)
    : hoursOfLog(warehouse, hours, first, last);
}

/**
 * Works out why cases wait, after Lashkevich, Milani, Chapela-Campa, Suvorau and Dumas (2023), *Why am I waiting?*,
 * over the steps in `events`. Null where no step is finished. The causes of every wait add to it to the microsecond.
 */
export async function explainWaits(
  warehouse: Warehouse,
  settings: WaitSettings,
  log: QueryRecord[],
): Promise<ExplainedWaits | null> {
  const counts = await prepareFinished(warehouse, log, settings.knownUntil ?? null);
  if (counts.first === null || counts.last === null) return null;
  const marks = await marksOfLog(warehouse, settings.marks);
  const pairs = await countStepPairs(warehouse, log);
  const concurrent = concurrentSteps(pairs, settings.threshold);
  const hours = await knownHours(warehouse, settings, counts.first, counts.last, log);
  await fillStarts(warehouse, counts, concurrent, hours, marks, log);
  const enabling = await enableLog(warehouse, instancesTable, counts.instances, concurrent, log);
  await loadEnabling(warehouse, enabling, 'wait_enabled');
  const statusPieces = await statusPiecesOf(warehouse, settings.marks, enabling, '', log);
  const sample = await sampleOfCases(warehouse, enabling);
  const gaps = [settings.gapSeconds, ...otherGaps.filter((gap) => gap !== settings.gapSeconds)] as const;
  const { workers, sampled, workByTeam, batches } = await decompose(
    warehouse,
    {
      enabling,
      marks,
      gaps: [gaps[0], ...gaps.slice(1)],
      offDuty: hours.offDuty,
      statusPieces,
      isSampled: sample.isSampled,
      into: 'wait_causes',
      ...(settings.onProgress ? { onProgress: settings.onProgress } : {}),
      ...(settings.signal ? { signal: settings.signal } : {}),
    },
    log,
  );
  await assertCausesAddUp(warehouse, 'wait_enabled', 'wait_causes');
  const blocks = await caseBlocks(warehouse, counts.cases, marks.declaredSteps, log);
  return {
    counts,
    settings,
    marks,
    hours,
    pairs,
    concurrent,
    enabling,
    workers,
    workByTeam,
    batches,
    sample,
    byGap: sampled.map((sums, i) => ({ gapSeconds: gaps[i] ?? 0, sums })),
    transitions: enabling.source.reduce((sum, source) => sum + (source === 0 ? 0 : 1), 0),
    blocks,
    sums: addBlocks(blocks),
    withoutHours: hours.kind === 'none' ? 0 : await uncovered(warehouse, hours),
  };
}
