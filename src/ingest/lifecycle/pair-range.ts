import {
  type ColumnSpec,
  type ColumnValues,
  identifier,
  type Row,
  type Sql,
  sql,
  type Warehouse,
} from '../../stores/index.ts';
import { type LifecycleRow, type PairedRow, pairCase } from './pair-case.ts';

/** The temporary table that says what becomes of each row of a range of cases; its rows are found by `seq`. */
export const pairedTable = 'paired_rows';

/** Columns that pairing adds to events: how a piece of work stands and what its other rows said. */
export const pairedColumns = [
  { name: 'instance_state', kind: 'text' },
  { name: 'scheduled_at', kind: 'timestamp' },
  { name: 'assigned_at', kind: 'timestamp' },
  { name: 'paused_seconds', kind: 'number' },
  /** Who began what another finished; null where it did not change hands. */
  { name: 'started_by', kind: 'text' },
] as const satisfies readonly ColumnSpec[];

const paired = [
  { name: 'seq', kind: 'integer' },
  /** Null for a row whose times stand. */
  { name: 'is_made', kind: 'boolean' },
  { name: 'is_gone', kind: 'boolean' },
  { name: 'is_status', kind: 'boolean' },
  /** The row that began what this one ends. */
  { name: 'begun_seq', kind: 'integer' },
  ...['started', 'started_wall', 'finished', 'finished_wall'].map((name) => ({
    name,
    kind: 'timestamp' as const,
  })),
  { name: 'happened', kind: 'timestamp' },
  { name: 'happened_wall', kind: 'timestamp' },
  ...pairedColumns,
] as const satisfies readonly ColumnSpec[];

/** The temporary table of rows set aside because their piece of work ends before it starts. */
export const backwardsTable = 'backwards_rows';

const backwards = [
  { name: 'source', kind: 'integer' },
  { name: 'line', kind: 'integer' },
] as const satisfies readonly ColumnSpec[];

/** What a query of rows to pair must give, besides `at` and `at_wall`. */
export const lifecycleColumns: readonly ColumnSpec[] = [
  { name: 'case_id', kind: 'text' },
  { name: 'seq', kind: 'integer' },
  { name: 'source', kind: 'integer' },
  { name: 'line', kind: 'integer' },
  { name: 'step', kind: 'text' },
  { name: 'at', kind: 'timestamp' },
  { name: 'at_wall', kind: 'timestamp' },
  { name: 'started', kind: 'timestamp' },
  { name: 'finished', kind: 'timestamp' },
  { name: 'worker', kind: 'text' },
  { name: 'instance', kind: 'text' },
  { name: 'lifecycle', kind: 'text' },
];

interface RangeRow extends Row {
  readonly case_id: string;
  readonly seq: number;
  readonly source: number;
  readonly line: number | null;
  readonly step: string;
  readonly at: number | null;
  readonly at_wall: number | null;
  readonly is_whole: boolean;
  readonly worker: string | null;
  readonly instance: string | null;
  readonly lifecycle: string | null;
}

const microseconds = (seconds: number | null) => (seconds === null ? Number.NaN : Math.round(seconds * 1e6));

function lifecycleRow(row: RangeRow): LifecycleRow {
  return {
    at: microseconds(row.at),
    atWall: microseconds(row.at_wall),
    step: row.step,
    worker: row.worker,
    instance: row.instance,
    transition: row.lifecycle,
    isWhole: row.is_whole,
  };
}

type Cell = string | number | boolean | null;

/** The cells of `paired_rows` for one row, in order. */
function cellsOf(
  place: number,
  found: PairedRow,
  rows: readonly LifecycleRow[],
  seqs: readonly number[],
): readonly Cell[] {
  const { fate, state, start, finish } = found;
  const own = rows[place] as LifecycleRow;
  const begun = rows[start];
  const isMade = fate === 'made';
  const ended = isMade && finish >= 0;
  const changed = begun && start !== place && begun.worker !== null && begun.worker !== own.worker;
  return [
    seqs[place] as number,
    isMade,
    fate === 'merged' || fate === 'set-aside',
    fate === 'stands' && state === null,
    start >= 0 && start !== place ? (seqs[start] as number) : Number.NaN,
    begun?.at ?? Number.NaN,
    begun?.atWall ?? Number.NaN,
    ended ? own.at : Number.NaN,
    ended ? own.atWall : Number.NaN,
    own.at,
    own.atWall,
    state,
    found.scheduled,
    found.assigned,
    found.pausedSeconds,
    changed ? begun.worker : null,
  ];
}

function columnValues(spec: ColumnSpec, cells: readonly Cell[]): ColumnValues {
  return spec.kind === 'text' || spec.kind === 'boolean'
    ? cells
    : Float64Array.from(cells as readonly number[]);
}

/** How many rows of a source became part of another row, and how many were set aside. */
export interface PairedCounts {
  merged: number;
  setAside: number;
}

/** Makes the tables that pairing fills; those of the range are made anew for each. */
export async function beginPairing(warehouse: Warehouse): Promise<void> {
  await warehouse.createTable(backwardsTable, backwards);
}

/**
 * Pairs the rows of a range of cases, `body` giving `lifecycleColumns`, and writes what becomes of each row to
 * `paired_rows`. One case is held at a time, besides the answers for the range. Counts are added by source.
 */
export async function pairRange(
  warehouse: Warehouse,
  body: Sql,
  counts: Map<number, PairedCounts>,
  signal?: AbortSignal,
): Promise<void> {
  const { dialect } = warehouse;
  const since = (time: Sql) => dialect.secondsBetween(dialect.timestampValue('1970-01-01T00:00:00Z'), time);
  const at = sql`${identifier('at')}`;
  const answers: Cell[][] = paired.map(() => []);
  const aside: { source: number; line: number }[] = [];
  let inCase: RangeRow[] = [];
  const endCase = () => {
    const rows = inCase.map(lifecycleRow);
    const seqs = inCase.map(({ seq }) => seq);
    for (const [place, found] of pairCase(rows).entries()) {
      for (const [c, cell] of cellsOf(place, found, rows, seqs).entries()) answers[c]?.push(cell);
      const { source, line, seq } = inCase[place] as RangeRow;
      const known = counts.get(source) ?? { merged: 0, setAside: 0 };
      counts.set(source, known);
      if (found.fate === 'merged') known.merged += 1;
      if (found.fate === 'set-aside') {
        known.setAside += 1;
        aside.push({ source, line: line ?? seq });
      }
    }
    inCase = [];
  };
  const query = sql`select case_id, seq, source, line, step, ${since(at)} as ${at}, ${since(sql`at_wall`)} as at_wall,
  started is not null and finished is not null as is_whole, worker, ${identifier('instance')}, lifecycle
from (${body}) as rows_in order by case_id, rows_in.${at} is null, rows_in.${at}, seq`;
  for await (const batch of warehouse.stream<RangeRow>(query, signal ? { signal } : undefined)) {
    for (const row of batch) {
      if (inCase.length > 0 && inCase[0]?.case_id !== row.case_id) endCase();
      inCase.push(row);
    }
  }
  if (inCase.length > 0) endCase();
  await warehouse.createTable(pairedTable, paired);
  const values = paired.map((spec, c) => columnValues(spec, answers[c] ?? []));
  if ((answers[0]?.length ?? 0) > 0) await warehouse.append(pairedTable, paired, values);
  if (aside.length > 0)
    await warehouse.append(backwardsTable, backwards, [
      Float64Array.from(aside, ({ source }) => source),
      Float64Array.from(aside, ({ line }) => line),
    ]);
}
