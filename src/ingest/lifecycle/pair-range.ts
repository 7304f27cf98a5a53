import { type ColumnSpec, identifier, type Row, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import { growingNumbers } from './growing-numbers.ts';
import { type Fate, type LifecycleRow, pairCase } from './pair-case.ts';
import { type InstanceState, instanceStates } from './transitions.ts';

/** The temporary table that says what becomes of each row of a range of cases; its rows are found by `seq`. */
export const pairedTable = 'paired_rows';

/** The numbers by which `paired_rows` names what becomes of a row; a row set aside is gone like one that was merged. */
export const fates: Readonly<Record<Fate, number>> = { stands: 0, made: 1, merged: 2, 'set-aside': 2 };

/** The number by which `paired_rows` names how a piece of work stands. */
export function stateNumber(state: InstanceState): number {
  return instanceStates.indexOf(state);
}

const paired = [
  { name: 'seq', kind: 'integer' },
  { name: 'fate', kind: 'integer' },
  /** Null for a row that is no piece of work. */
  { name: 'state', kind: 'integer' },
  /** The row that began the work, which may be the row itself. */
  { name: 'begun_seq', kind: 'integer' },
  { name: 'scheduled', kind: 'timestamp' },
  { name: 'assigned', kind: 'timestamp' },
  { name: 'paused', kind: 'number' },
] as const satisfies readonly ColumnSpec[];

/** The temporary table of rows set aside because their piece of work ends before it starts. */
export const backwardsTable = 'backwards_rows';

const backwards = [
  { name: 'source', kind: 'integer' },
  { name: 'line', kind: 'integer' },
] as const satisfies readonly ColumnSpec[];

/** What a query of rows to pair must give. */
export const lifecycleColumns: readonly ColumnSpec[] = [
  { name: 'case_id', kind: 'text' },
  { name: 'seq', kind: 'integer' },
  { name: 'source', kind: 'integer' },
  { name: 'line', kind: 'integer' },
  { name: 'step', kind: 'text' },
  { name: 'at', kind: 'timestamp' },
  { name: 'started', kind: 'timestamp' },
  { name: 'finished', kind: 'timestamp' },
  { name: 'worker', kind: 'text' },
  { name: 'instance', kind: 'text' },
  { name: 'lifecycle', kind: 'text' },
];

interface RangeRow extends Row {
  readonly is_first: boolean;
  readonly seq: number;
  readonly source: number;
  readonly line: number | null;
  readonly step: string;
  readonly seconds: number | null;
  readonly is_whole: boolean;
  readonly worker: string | null;
  readonly instance: string | null;
  readonly lifecycle: string | null;
}

function lifecycleRow({ seconds, step, worker, instance, lifecycle, is_whole }: RangeRow): LifecycleRow {
  const at = seconds === null ? Number.NaN : Math.round(seconds * 1e6);
  return { at, step, worker, instance, transition: lifecycle, isWhole: is_whole };
}

/** The rows to pair, case by case and in order. */
function inOrder(body: Sql, { dialect }: Warehouse): Sql {
  const at = identifier('at');
  const since = dialect.secondsBetween(dialect.timestampValue('1970-01-01T00:00:00Z'), sql`${at}`);
  return sql`select row_number() over in_case = 1 as is_first, seq, source, line, step, ${since} as seconds,
  started is not null and finished is not null as is_whole, worker, ${identifier('instance')}, lifecycle
from (${body}) as rows_in
window in_case as (partition by case_id order by ${at} is null, ${at}, seq)
order by case_id, ${at} is null, ${at}, seq`;
}

/** How many rows of a source became part of another row, and how many were set aside. */
export interface PairedCounts {
  merged: number;
  setAside: number;
}

/** Makes the table that pairing fills over all ranges; that of one range is made anew for each. */
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
  const answers = paired.map(growingNumbers);
  const aside = backwards.map(growingNumbers);
  let inCase: RangeRow[] = [];
  const endCase = () => {
    const seqOf = (place: number) => inCase[place]?.seq ?? Number.NaN;
    for (const [place, found] of pairCase(inCase.map(lifecycleRow)).entries()) {
      const { source, line, seq } = inCase[place] as RangeRow;
      const { fate, state, start, scheduled, assigned, pausedSeconds } = found;
      const cells = [
        seq,
        fates[fate],
        state === null ? Number.NaN : stateNumber(state),
        fate === 'made' ? seqOf(start) : Number.NaN,
        scheduled,
        assigned,
        pausedSeconds,
      ];
      for (let c = 0; c < cells.length; c++) answers[c]?.add(cells[c] as number);
      const known = counts.get(source) ?? { merged: 0, setAside: 0 };
      counts.set(source, known);
      if (fate === 'merged') known.merged += 1;
      if (fate === 'set-aside') {
        known.setAside += 1;
        aside[0]?.add(source);
        aside[1]?.add(line ?? seq);
      }
    }
    inCase = [];
  };
  const rows = warehouse.stream<RangeRow>(inOrder(body, warehouse), signal ? { signal } : undefined);
  for await (const batch of rows) {
    for (const row of batch) {
      if (row.is_first && inCase.length > 0) endCase();
      inCase.push(row);
    }
  }
  endCase();
  const append = async (table: string, columns: readonly ColumnSpec[], numbers: readonly Float64Array[]) => {
    if ((numbers[0]?.length ?? 0) > 0) await warehouse.append(table, columns, numbers);
  };
  await warehouse.createTable(pairedTable, paired);
  await append(
    pairedTable,
    paired,
    answers.map((numbers) => numbers.values()),
  );
  await append(
    backwardsTable,
    backwards,
    aside.map((numbers) => numbers.values()),
  );
}
