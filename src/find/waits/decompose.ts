import type { QueryRecord } from '../../core/index.ts';
import {
  type ColumnSpec,
  identifier,
  joinSql,
  type QueryStep,
  type Row,
  sql,
  type Warehouse,
} from '../../stores/index.ts';
import type { WorkerRows } from './batches.ts';
import { waitCauses } from './causes.ts';
import type { LogEnabling } from './enable-log.ts';
import { workerExplainer } from './explain-worker.ts';
import { instancesTable } from './instances.ts';
import type { WaitMarks } from './marks.ts';
import { mostOverlap, overlapping } from './overlap.ts';
import { Pieces } from './pieces.ts';
import { settleSlices } from './precedence.ts';
import { readColumns } from './read-columns.ts';
import type { OffDuty } from './work-hours.ts';

/** How the causes are to be worked out. */
export interface DecomposeSettings {
  readonly enabling: LogEnabling;
  readonly marks: WaitMarks;
  /** Longest pause inside a batch, in seconds. */
  readonly gapSeconds: number;
  /** When the worker was off duty; null where no hours are known. */
  readonly offDuty: (worker: number, team: number) => OffDuty | null;
  /** The instances whose waits are explained, by number; all where left out. Every instance counts as work. */
  readonly isAsked?: (id: number) => boolean;
  /** A table of further pieces, told by the status of the case. */
  readonly statusPieces?: string;
  /** The table to make: `(id, ...causes)` in microseconds, for each wait longer than nothing. */
  readonly into: string;
  readonly onProgress?: (done: number, total: number) => void;
}

/** How the work of one worker overlaps. */
export interface WorkerOverlap {
  readonly worker: number;
  readonly instances: number;
  readonly overlapping: number;
  readonly isOnePerson: boolean;
}

const rowsAtOnce = 500_000;
const piecesAtOnce = 1_000_000;
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

function rowsOfWorker(read: ReadRows, from: number, to: number, { enabled }: LogEnabling) {
  const ids = read.id.subarray(from, to);
  const rows: WorkerRows = {
    steps: read.step_no.subarray(from, to),
    started: read.started.subarray(from, to),
    finished: read.finished.subarray(from, to),
    enabled: ids.map((id) => enabled[id - 1] as number),
  };
  return { ids, rows, teams: read.team_no.subarray(from, to) };
}

/** What explains the waits before the work of one worker, and how that work overlaps. */
function meetWorker(read: ReadRows, from: number, to: number, settings: DecomposeSettings, pieces: Pieces) {
  const { enabling, marks, gapSeconds, isAsked } = settings;
  const worker = read.worker_no[from] as number;
  const { ids, rows, teams } = rowsOfWorker(read, from, to, enabling);
  const overlaps = worker === 0 ? 0 : overlapping(rows);
  const isOnePerson = worker !== 0 && overlaps <= mostOverlap * ids.length;
  const sourceOf = (row: number) => enabling.source[(ids[row] as number) - 1] as number;
  const stepOf = (id: number) => enabling.steps[id - 1] as number;
  const explain = workerExplainer(
    rows,
    {
      ids,
      isAsked: (row) => sourceOf(row) !== 0 && (isAsked?.(ids[row] as number) ?? true),
      waitsOn: (row) => marks.waitsOn(stepOf(sourceOf(row)), teams[row] as number),
      isOnePerson,
      isWork: (row) => !marks.isDeclaredWait(rows.steps[row] as number),
      offDuty: (row) => settings.offDuty(worker, teams[row] as number),
      gap: gapSeconds * 1_000_000,
    },
    pieces,
  );
  return { explain, overlap: { worker, instances: ids.length, overlapping: overlaps, isOnePerson } };
}

/**
 * Works out why each case waited, wait by wait (Lashkevich and others, 2023, steps 3 to 6), over the pieces of work in
 * `wait_instances`, a range of workers at a time.
 */
export async function decompose(
  warehouse: Warehouse,
  settings: DecomposeSettings,
  log: QueryRecord[],
): Promise<readonly WorkerOverlap[]> {
  const { into, statusPieces } = settings;
  const specs: readonly ColumnSpec[] = ['id', ...waitCauses].map((name) => ({ name, kind: 'integer' }));
  await warehouse.createTable(into, specs);
  const pieces = new Pieces();
  const settle = settleSlices(into);
  const flush = async () => {
    await pieces.load(warehouse);
    if (statusPieces !== undefined)
      await warehouse.run(
        sql`insert into wait_pieces select id, lo, hi, cause from ${identifier(statusPieces)} where id in (select id from wait_pieces)`,
      );
    await warehouse.run(settle.sql);
  };
  const ranges = await workerRanges(warehouse);
  const total = ranges.reduce((sum, { rows }) => sum + rows, 0);
  const [range] = ranges;
  if (range) log.push(warehouse.explain(workOf(range.first, range.last)));
  const workers: WorkerOverlap[] = [];
  let done = 0;
  for (const { first, last, rows } of ranges) {
    const read = await readColumns(warehouse, columns, workOf(first, last).sql);
    for (let from = 0; from < rows; ) {
      let to = from + 1;
      while (to < rows && read.worker_no[to] === read.worker_no[from]) to++;
      const { explain, overlap } = meetWorker(read, from, to, settings, pieces);
      workers.push(overlap);
      for (let row = 0; row < to - from; row++) {
        explain(row);
        if (pieces.size >= piecesAtOnce) await flush();
      }
      from = to;
      settings.onProgress?.(done + to, total);
    }
    done += rows;
  }
  await flush();
  log.push(warehouse.explain(settle));
  return workers;
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
