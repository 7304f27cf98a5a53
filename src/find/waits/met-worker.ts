import type { WorkerRows } from './batches.ts';
import type { LogEnabling } from './enable-log.ts';
import { workerExplainer } from './explain-worker.ts';
import type { WaitMarks } from './marks.ts';
import { adjustedDurations } from './multitasking.ts';
import { mostOverlap, overlapping } from './overlap.ts';
import type { StatusPieces } from './status-pieces.ts';
import type { OffDuty } from './work-hours.ts';

/** How the causes are to be worked out. */
export interface SplitSettings {
  readonly enabling: LogEnabling;
  readonly marks: WaitMarks;
  /** Longest pause inside a batch, in seconds: the first is the one that counts, the others show what it changes. */
  readonly gaps: readonly [number, ...number[]];
  /** When the worker was off duty; null where no hours are known. */
  readonly offDuty: (worker: number, team: number) => OffDuty | null;
  readonly statusPieces: StatusPieces | null;
  /** The instances that show what the settings change, by number. */
  readonly isSampled: (id: number) => boolean;
}

/** The columns of the pieces of work that are read, by worker, step and start. */
export const workColumns = ['id', 'worker_no', 'team_no', 'step_no', 'started', 'finished'] as const;
type ReadRows = Readonly<Record<(typeof workColumns)[number], Float64Array>>;

/** How the work of one worker overlaps. */
export interface WorkerOverlap {
  readonly worker: number;
  readonly instances: number;
  readonly overlapping: number;
  readonly isOnePerson: boolean;
}

const micros = 1_000_000;

/** Takes the rows of one worker, between two places, and prepares what explains the waits before them. */
export function meetWorker(read: ReadRows, from: number, to: number, settings: SplitSettings) {
  const { enabling, marks, gaps } = settings;
  const worker = read.worker_no[from] as number;
  const ids = read.id.subarray(from, to);
  const teams = read.team_no.subarray(from, to);
  const rows: WorkerRows = {
    steps: read.step_no.subarray(from, to),
    started: read.started.subarray(from, to),
    finished: read.finished.subarray(from, to),
    enabled: ids.map((id) => enabling.enabled[id - 1] as number),
  };
  const overlaps = worker === 0 ? 0 : overlapping(rows);
  const isOnePerson = worker !== 0 && overlaps <= mostOverlap * ids.length;
  const explainer = workerExplainer(
    rows,
    {
      waitsOn: (row) => {
        const source = enabling.source[(ids[row] as number) - 1] as number;
        return marks.waitsOn(enabling.steps[source - 1] as number, teams[row] as number);
      },
      isOnePerson,
      isWork: (row) => !marks.isDeclaredWait(rows.steps[row] as number),
      offDuty: (row) => settings.offDuty(worker, teams[row] as number),
    },
    [gaps[0] * micros, ...gaps.slice(1).map((seconds) => seconds * micros)],
  );
  return {
    ids,
    rows,
    teams,
    explainer,
    overlap: { worker, instances: ids.length, overlapping: overlaps, isOnePerson },
  };
}

/** The work of one worker, with what explains the waits before it. */
export type MetWorker = ReturnType<typeof meetWorker>;

/** Adds the time of a worker's pieces to their teams; of nobody in particular, as it stands. */
export function addWork(
  { rows, teams, overlap }: MetWorker,
  isWork: (row: number) => boolean,
  byTeam: Map<number, number>,
): void {
  const counted = [...rows.started.keys()].filter(isWork);
  const of = (column: Float64Array) => counted.map((row) => column[row] as number);
  const lengths =
    overlap.worker === 0
      ? counted.map((row) => (rows.finished[row] as number) - (rows.started[row] as number))
      : adjustedDurations(of(rows.started), of(rows.finished));
  counted.forEach((row, i) => {
    const team = teams[row] as number;
    byTeam.set(team, (byTeam.get(team) ?? 0) + (lengths[i] as number));
  });
}
