import { setImmediate } from 'node:timers/promises';
import { type QueryRecord, WellspentError } from '../../core/index.ts';
import { identifier, joinSql, type QueryStep, type Row, sql, type Warehouse } from '../../stores/index.ts';
import { BatchMeasures, type BatchSums } from './batch-measures.ts';
import type { WorkerRows } from './batches.ts';
import { type WaitCause, waitCauses } from './causes.ts';
import { Claims } from './claims.ts';
import type { LogEnabling } from './enable-log.ts';
import { workerExplainer } from './explain-worker.ts';
import { instancesTable } from './instances.ts';
import type { WaitMarks } from './marks.ts';
import { adjustedDurations } from './multitasking.ts';
import { mostOverlap, overlapping } from './overlap.ts';
import { settleSlices } from './precedence.ts';
import { readColumns } from './read-columns.ts';
import { SettledWaits } from './settled-waits.ts';
import type { StatusPieces } from './status-pieces.ts';
import type { OffDuty } from './work-hours.ts';

/** How the causes are to be worked out. */
export interface DecomposeSettings {
  readonly enabling: LogEnabling;
  readonly marks: WaitMarks;
  /** Longest pause inside a batch, in seconds: the first is the one that counts, the others show what it changes. */
  readonly gaps: readonly [number, ...number[]];
  /** When the worker was off duty; null where no hours are known. */
  readonly offDuty: (worker: number, team: number) => OffDuty | null;
  readonly statusPieces: StatusPieces | null;
  /** The instances that show what the settings change, by number. */
  readonly isSampled: (id: number) => boolean;
  /** The table `(id, ...causes)` to make, in microseconds; null to take the sample alone. */
  readonly into: string | null;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** How the work of one worker overlaps. */
export interface WorkerOverlap {
  readonly worker: number;
  readonly instances: number;
  readonly overlapping: number;
  readonly isOnePerson: boolean;
}

/** Microseconds by cause, summed over waits. */
export type CauseSums = Readonly<Record<WaitCause, number>>;

/** What comes of it beside the table. */
export interface Decomposition {
  readonly workers: readonly WorkerOverlap[];
  /** The waits of the sample by cause, for each of the gaps. */
  readonly sampled: readonly CauseSums[];
  /** Microseconds of work by team: time that a worker had several pieces open is shared between them. */
  readonly workByTeam: ReadonlyMap<number, number>;
  readonly batches: readonly BatchSums[];
}

const micros = 1_000_000;
const rowsAtOnce = 200_000;
/** So many rows are settled before others in the same process have their turn. */
const rowsAtAStretch = 1000;
const columns = ['id', 'worker_no', 'team_no', 'step_no', 'started', 'finished'] as const;
type ReadRows = Readonly<Record<(typeof columns)[number], Float64Array>>;

function workOf(first: number, last: number): QueryStep {
  return {
    name: 'wait_work_of_workers',
    purpose:
      'Pieces of work in order of worker, step and start: batches are told in one sweep; then for each wait the other work of the same worker is laid over it.',
    sql: sql`select id, worker_no, team_no, step_no, started, finished from ${instancesTable}
where worker_no between ${first} and ${last} order by worker_no, step_no, started, finished, seq`,
  };
}

/** Lets others in the same process have their turn, and stops where the work was cancelled. */
async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  if (signal?.aborted) throw new WellspentError('WAREHOUSE_CANCELLED', 'The work was cancelled.');
}

/** Ranges of workers with so many pieces of work together that they can be held at once. */
async function workerRanges(
  warehouse: Warehouse,
): Promise<readonly { readonly first: number; readonly last: number; readonly rows: number }[]> {
  const counts = await warehouse.query<Row & { worker: number; n: number }>(
    sql`select worker_no as worker, count(*) as n from ${instancesTable} group by worker_no order by worker_no`,
  );
  const ranges: { first: number; last: number; rows: number }[] = [];
  for (const { worker, n } of counts) {
    const range = ranges.at(-1);
    if (range && range.rows + n <= rowsAtOnce) {
      range.last = worker;
      range.rows += n;
    } else ranges.push({ first: worker, last: worker, rows: n });
  }
  return ranges;
}

/** What explains the waits before the work of one worker, and how that work overlaps. */
function meetWorker(read: ReadRows, from: number, to: number, settings: DecomposeSettings) {
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

type Met = ReturnType<typeof meetWorker>;

/** Adds the time of a worker's pieces to their teams; of nobody in particular, as it stands. */
function addWork(
  { rows, teams, overlap }: Met,
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

/** Settles waits, into a table where one is asked for, and sums those of the sample. */
class Settlement {
  readonly #settings: DecomposeSettings;
  readonly #table: SettledWaits | null;
  readonly #claims = new Claims();
  readonly #lengths = new Float64Array(waitCauses.length);
  readonly #sampled: readonly Float64Array[];

  constructor(settings: DecomposeSettings, table: SettledWaits | null) {
    this.#settings = settings;
    this.#table = table;
    this.#sampled = settings.gaps.map(() => new Float64Array(waitCauses.length));
  }

  #settle(id: number, { rows, explainer }: Met, row: number, pause: number): void {
    this.#claims.begin(rows.enabled[row] as number, rows.started[row] as number);
    explainer.explain(pause, row, this.#claims);
    this.#settings.statusPieces?.claim(id, this.#claims);
    if (pause === 0)
      this.#table?.keepToCheck(id, rows.enabled[row] as number, rows.started[row] as number, this.#claims);
    this.#claims.settle(this.#lengths);
  }

  settleRow(met: Met, row: number): void {
    const { enabling, isSampled, gaps } = this.#settings;
    const { ids, rows, explainer } = met;
    const id = ids[row] as number;
    if (enabling.source[id - 1] === 0 || (rows.started[row] as number) <= (rows.enabled[row] as number))
      return;
    const inSample = isSampled(id);
    if (this.#table === null && !inSample) return;
    this.#settle(id, met, row, 0);
    this.#table?.add(id, this.#lengths);
    if (!inSample) return;
    this.#addToSums(0);
    // Those that no other pause can change come first, while the lengths are still theirs.
    for (let pause = 1; pause < gaps.length; pause++)
      if (!explainer.differs(pause, row)) this.#addToSums(pause);
    for (let pause = 1; pause < gaps.length; pause++)
      if (explainer.differs(pause, row)) {
        this.#settle(id, met, row, pause);
        this.#addToSums(pause);
      }
  }

  #addToSums(pause: number): void {
    const sums = this.#sampled[pause];
    if (!sums) return;
    for (let cause = 0; cause < sums.length; cause++)
      sums[cause] = (sums[cause] as number) + (this.#lengths[cause] as number);
  }

  sums(): readonly CauseSums[] {
    return this.#sampled.map(
      (sums) =>
        Object.fromEntries(waitCauses.map((cause, i) => [cause, sums[i]])) as Record<WaitCause, number>,
    );
  }
}

/**
 * Works out why each case waited, wait by wait (Lashkevich and others, 2023, steps 3 to 6), over the pieces of work in
 * `wait_instances`, a range of workers at a time.
 */
export async function decompose(
  warehouse: Warehouse,
  settings: DecomposeSettings,
  log: QueryRecord[],
): Promise<Decomposition> {
  const table = settings.into === null ? null : await SettledWaits.into(warehouse, settings.into);
  const settlement = new Settlement(settings, table);
  const ranges = await workerRanges(warehouse);
  const total = ranges.reduce((sum, { rows }) => sum + rows, 0);
  const [range] = ranges;
  if (range) log.push(warehouse.explain(workOf(range.first, range.last)));
  const workers: WorkerOverlap[] = [];
  const workByTeam = new Map<number, number>();
  const batches = new BatchMeasures();
  let done = 0;
  for (const { first, last, rows } of ranges) {
    const read = await readColumns(warehouse, columns, workOf(first, last).sql);
    for (let from = 0; from < rows; ) {
      let to = from + 1;
      while (to < rows && read.worker_no[to] === read.worker_no[from]) to++;
      const met = meetWorker(read, from, to, settings);
      workers.push(met.overlap);
      if (met.overlap.isOnePerson) batches.add(met.rows, met.explainer.batches, met.teams);
      addWork(met, (row) => !settings.marks.isDeclaredWait(met.rows.steps[row] as number), workByTeam);
      for (let row = 0; row < to - from; row++) {
        settlement.settleRow(met, row);
        if (table?.isFull) await table.flush();
        if (row % rowsAtAStretch === 0) await breathe(settings.signal);
      }
      from = to;
      settings.onProgress?.(done + to, total);
    }
    done += rows;
  }
  await table?.check();
  log.push(warehouse.explain(settleSlices()));
  return { workers, sampled: settlement.sums(), workByTeam, batches: batches.sums() };
}

/** Fails if the causes of any wait do not add to the wait exactly: then something in here is wrong. */
export async function assertCausesAddUp(
  warehouse: Warehouse,
  enabledTable: string,
  causes: string,
): Promise<void> {
  const sum = joinSql(
    waitCauses.map((cause) => sql`coalesce(c.${identifier(cause)}, 0)`),
    ' + ',
  );
  const [wrong] = await warehouse.query<Row & { n: number }>(
    sql`select count(*) as n from ${instancesTable} as i join ${identifier(enabledTable)} as e on i.id = e.id
left join ${identifier(causes)} as c on c.id = i.id where e.source > 0 and ${sum} <> i.started - e.enabled`,
  );
  if (wrong?.n !== 0) throw new Error(`the causes of ${wrong?.n} waits do not add to the wait`);
}
