import type { QueryRecord } from '../../core/index.ts';
import { identifier, joinSql, type Row, runStep, sql, type Warehouse } from '../../stores/index.ts';
import { type CaseBlock, caseBlocks } from './case-blocks.ts';
import { type WaitCause, waitCauses } from './causes.ts';
import { type ConcurrentSteps, concurrentSteps, countStepPairs, type StepPair } from './concurrency.ts';
import { assertCausesAddUp, decompose, type WorkerOverlap } from './decompose.ts';
import { addBlocks, type TimeSums } from './efficiency.ts';
import { enableLog, type LogEnabling, loadEnabling } from './enable-log.ts';
import { fillStarts } from './fill-starts.ts';
import { type HoursRule, hoursOfLog, type KnownHours } from './hours-rule.ts';
import { type InstanceCounts, instancesTable, prepareFinished } from './instances.ts';
import { hasStatuses, marksOfLog, type NamedMarks, prepareStatusPieces, type WaitMarks } from './marks.ts';

/** How the causes of waiting are to be worked out; the defaults are those of Lashkevich and others (2023). */
export interface WaitSettings {
  /** Who works when; null where no hours are known. */
  readonly hours: HoursRule | null;
  readonly marks: NamedMarks;
  /** Longest pause inside a batch, in seconds. */
  readonly gapSeconds: number;
  /** h of the concurrency oracle. */
  readonly threshold: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** The usual settings of the method. */
export const usualGapSeconds = 0;
export const usualThreshold = 0.9;

/** Microseconds by cause, summed over waits. */
export type CauseSums = Readonly<Record<WaitCause, number>>;

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
  readonly transitions: number;
  /** Work and waits by case, or block of cases, and all together. Microseconds. */
  readonly blocks: readonly CaseBlock[];
  readonly sums: TimeSums;
  /** Waits of staff whose worker's hours are not known, in microseconds. */
  readonly withoutHours: number;
}

const noHours: KnownHours = { offDuty: () => null, namesMet: 0 };

/** Sums a table of causes. */
export async function sumCauses(
  warehouse: Warehouse,
  causes: string,
  log: QueryRecord[],
): Promise<CauseSums> {
  const sums = waitCauses.map((cause) => sql`coalesce(sum(${identifier(cause)}), 0) as ${identifier(cause)}`);
  const [row] = await runStep<Row & CauseSums>(
    warehouse,
    {
      name: 'wait_totals',
      purpose: 'All waits together, by cause. Microseconds.',
      sql: sql`select ${joinSql(sums, ', ')} from ${identifier(causes)}`,
    },
    log,
  );
  return row ?? (Object.fromEntries(waitCauses.map((cause) => [cause, 0])) as Record<WaitCause, number>);
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

/**
 * Works out why cases wait, after Lashkevich, Milani, Chapela-Campa, Suvorau and Dumas (2023), *Why am I waiting?*,
 * over the steps in `events`. Null where no step is finished. The causes of every wait add to it to the microsecond.
 */
export async function explainWaits(
  warehouse: Warehouse,
  settings: WaitSettings,
  log: QueryRecord[],
): Promise<ExplainedWaits | null> {
  const counts = await prepareFinished(warehouse, log);
  if (counts.first === null || counts.last === null) return null;
  const marks = await marksOfLog(warehouse, settings.marks);
  const pairs = await countStepPairs(warehouse, log);
  const concurrent = concurrentSteps(pairs, settings.threshold);
  const hours = settings.hours
    ? await hoursOfLog(warehouse, settings.hours, counts.first, counts.last)
    : noHours;
  await fillStarts(warehouse, counts, concurrent, hours, marks, log);
  const enabling = await enableLog(warehouse, instancesTable, counts.instances, concurrent, log);
  await loadEnabling(warehouse, enabling, 'wait_enabled');
  const byStatus = hasStatuses(settings.marks);
  if (byStatus)
    await prepareStatusPieces(warehouse, settings.marks, 'wait_enabled', 'wait_status_pieces', log);
  const workers = await decompose(
    warehouse,
    {
      enabling,
      marks,
      gapSeconds: settings.gapSeconds,
      offDuty: hours.offDuty,
      into: 'wait_causes',
      ...(byStatus ? { statusPieces: 'wait_status_pieces' } : {}),
      ...(settings.onProgress ? { onProgress: settings.onProgress } : {}),
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
    transitions: enabling.source.reduce((sum, source) => sum + (source === 0 ? 0 : 1), 0),
    blocks,
    sums: addBlocks(blocks),
    withoutHours: settings.hours ? await uncovered(warehouse, hours) : 0,
  };
}
