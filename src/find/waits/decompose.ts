import { setImmediate } from 'node:timers/promises';
import { type QueryRecord, WellspentError } from '../../core/index.ts';
import { identifier, joinSql, type QueryStep, type Row, sql, type Warehouse } from '../../stores/index.ts';
import { BatchMeasures, type BatchSums } from './batch-measures.ts';
import { waitCauses } from './causes.ts';
import { instancesTable } from './instances.ts';
import { addWork, meetWorker, type SplitSettings, type WorkerOverlap, workColumns } from './met-worker.ts';
import { settleSlices } from './precedence.ts';
import { readColumns } from './read-columns.ts';
import { SettledWaits } from './settled-waits.ts';
import { type CauseSums, Settlement } from './settlement.ts';

/** How the causes are to be worked out, and where they go. */
export interface DecomposeSettings extends SplitSettings {
  /** The table `(id, ...causes)` to make, in microseconds; null to take the sample alone. */
  readonly into: string | null;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** What comes of it beside the table. */
export interface Decomposition {
  readonly workers: readonly WorkerOverlap[];
  /** The waits of the sample by cause, for each of the gaps. */
  readonly sampled: readonly CauseSums[];
  /** Microseconds of work by team: time that a worker had several pieces open is shared between them. */
  readonly workByTeam: ReadonlyMap<number, number>;
  readonly batches: readonly BatchSums[];
}

const rowsAtOnce = 200_000;
/** So many rows are settled before others in the same process have their turn. */
const rowsAtAStretch = 1000;

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
    const read = await readColumns(warehouse, workColumns, workOf(first, last).sql);
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
