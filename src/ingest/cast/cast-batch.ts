import type { ColumnSpec } from '../../stores/index.ts';
import type { ColumnPlan } from '../mapping/column-plan.ts';
import { type Cells, pickedCells } from '../readers/cells.ts';
import type { RawBatch, RowFault } from '../readers/raw-table.ts';
import { countOn, countWithoutTime, doubles, goodRows, pick, rowsWithEvents } from './batch-rows.ts';
import { caseRows } from './case-rows.ts';
import { type CastTexts, textAt } from './cast-texts.ts';
import type { TimeCaster } from './cast-times.ts';
import { type Numbers, numberAt } from './coded-numbers.ts';
import {
  type Column,
  type ColumnCaster,
  type ColumnRules,
  columnCasterFor,
  type StagedValues,
  timeCasterFor,
  timeColumns,
} from './column-caster.ts';
import { Room } from './room.ts';
import { newFaults, type RowFaults } from './row-faults.ts';
import type { KeyRows } from './row-keys.ts';
import { TimeOrder } from './time-order.ts';

/** Columns of a batch ready to be staged, in order. */
export interface StagedRows {
  readonly rows: number;
  readonly columns: readonly ColumnSpec[];
  readonly values: readonly StagedValues[];
}

export interface CastResult {
  readonly rowsIn: number;
  readonly rowsUsed: number;
  /** Rows used that give a case and no event. */
  readonly casesOnly: number;
  readonly main: StagedRows;
  /** What an event extract says about cases; null when it says nothing. */
  readonly cases: StagedRows | null;
  readonly faults: readonly RowFault[];
  /** Rows set aside by each reason; a row with two reasons counts under both. */
  readonly reasons: ReadonlyMap<RowFault['reason'], number>;
}

export interface CastRules extends ColumnRules {
  readonly events: boolean;
  readonly listsCases: boolean;
  /** Keeps a row whose start cannot be read, if its finish can. */
  readonly forgivesStarts?: boolean;
  /** Adds what tells equal rows, where the mapping asks for it. */
  readonly keyRows?: KeyRows;
}

/** Casts the batches of one source, one after the other. */
export interface Caster {
  /** Plans may grow from batch to batch. What it gives holds until the next batch is cast. */
  cast(batch: RawBatch, plans: readonly ColumnPlan[]): CastResult;
}

const none: ReadonlySet<number> = new Set();

/** Faults of a time as faults of the column that it was read from. */
function underTitles(faults: RowFaults, titles: readonly string[] | undefined): RowFaults {
  if (!titles) return faults;
  return {
    ...faults,
    set: (row, column, value, reason) => faults.set(row, titles[row] ?? column, value, reason),
  };
}

/** Marks a row and the repeats behind it as bad if one of them is: they are one row of the source. */
function spoilTogether(bad: Uint8Array, repeats: ReadonlySet<number>): void {
  for (let from = 0; from < bad.length; ) {
    let to = from + 1;
    while (to < bad.length && repeats.has(to)) to += 1;
    if (bad.subarray(from, to).includes(1)) bad.fill(1, from, to);
    from = to;
  }
}

/** Faults that were found once for each event of a row, as faults of the row. */
function onceEach(faults: readonly RowFault[]): readonly RowFault[] {
  const told = new Set<string>();
  return faults.filter(({ line, column, reason }) => {
    const words = `${line} ${reason} ${column}`;
    if (told.has(words)) return false;
    told.add(words);
    return true;
  });
}

/** Faults of starts as faults of their rows, but for rows with a finish; gives those that cost no row its place. */
function forgiveStarts(
  starts: RowFaults,
  main: readonly Column[],
  faults: RowFaults,
  lines: readonly number[],
): readonly RowFault[] {
  if (starts.list.length === 0) return [];
  const finished = main.find(({ spec }) => spec.name === 'finished')?.values as Numbers | undefined;
  const rowOf = new Map(lines.map((line, row) => [line, row]));
  return starts.list.filter(({ line, column, value, reason }) => {
    const row = rowOf.get(line) ?? 0;
    if (finished && !Number.isNaN(numberAt(finished, row))) return true;
    faults.set(row, column, value, reason);
    return false;
  });
}

function hasTime(main: readonly Column[], row: number): boolean {
  return main.some(
    ({ spec, values }) =>
      (spec.name === 'started' || spec.name === 'finished') &&
      !Number.isNaN(numberAt(values as Numbers, row)),
  );
}

function stagedRows(rows: number, columns: readonly Column[]): StagedRows {
  return { rows, columns: columns.map(({ spec }) => spec), values: columns.map(({ values }) => values) };
}

/** How many rows have a fault of each reason; a row counts once for each. */
function countReasons(faults: readonly RowFault[]): ReadonlyMap<RowFault['reason'], number> {
  const reasons = new Map<RowFault['reason'], number>();
  const seen = new Set<string>();
  for (const { reason, line } of faults) {
    if (seen.has(`${reason} ${line}`)) continue;
    seen.add(`${reason} ${line}`);
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return reasons;
}

/** Makes the caster of one source. */
export function casterFor(rules: CastRules): Caster {
  const { counters } = rules;
  const [seqRoom, lineRoom] = [new Room(), new Room()];
  let seq = 0;
  let lastCase: string | null = null;
  const timeOrder = new TimeOrder();

  const columnCasters = new Map<number, ColumnCaster>();
  const timeCasters = new Map<number, TimeCaster>();
  const casterOf = (plan: ColumnPlan): ColumnCaster => {
    const caster = columnCasters.get(plan.index) ?? columnCasterFor(plan, rules);
    columnCasters.set(plan.index, caster);
    return caster;
  };
  const timesOf = (plan: ColumnPlan): TimeCaster => {
    const caster = timeCasters.get(plan.index) ?? timeCasterFor(plan, rules);
    timeCasters.set(plan.index, caster);
    return caster;
  };

  return {
    cast(batch, plans) {
      const faults = newFaults(batch.lines, batch.caseOnly);
      const later = new Map<string, ReadonlyMap<number, number>>();
      const starts = newFaults(batch.lines, batch.caseOnly);
      const titled = underTitles(faults, batch.titles);
      const castTimes = (plan: ColumnPlan, cells: Cells): readonly Column[] => {
        const isForgiven = rules.forgivesStarts === true && plan.staged === 'started';
        const told = isForgiven ? starts : plan.staged === 'finished' ? titled : faults;
        const titles = plan.staged === 'finished' ? batch.titles : undefined;
        const rulesOf = titles && ((row: number) => rules.timeRules(titles[row] ?? plan.column));
        const times = timesOf(plan).cast(cells, told, rulesOf);
        if (times.later.size > 0) later.set(plan.staged, times.later);
        return timeColumns(plan.staged, times);
      };
      const main = plans.flatMap((plan) => {
        const cells = batch.columns[plan.index] ?? [];
        if (plan.level !== 'row') return [];
        return plan.field?.reading === 'time' ? castTimes(plan, cells) : casterOf(plan)(cells, faults);
      });
      const forgiven = forgiveStarts(starts, main, faults, batch.lines);
      counters.startsLeftOut += forgiven.length;
      if (rules.events) timeOrder.settle(main, later, faults);
      const caseOnly = batch.caseOnly ?? new Set<number>();
      const keys = rules.keyRows?.(batch, faults) ?? [];
      if (batch.titles) spoilTogether(faults.bad, batch.repeats ?? none);
      const good = goodRows(faults.bad, caseOnly);
      const used = batch.titles ? good.filter((row) => hasTime(main, row)) : good;
      if (rules.events) counters.withoutTime += countWithoutTime(main, used);
      const ids = main.find((column) => column.spec.name === 'case_id')?.values as CastTexts;
      const seqs = countOn(seq, seqRoom.doubles(batch.rows));
      seq += batch.rows;

      const casePlans = plans.filter((plan) => plan.level === 'case');
      let cases: StagedRows | null = null;
      let inner: RowFaults | null = null;
      if (rules.events && (casePlans.length > 0 || rules.listsCases || batch.titles)) {
        const told = casePlans.map(({ index }) => batch.columns[index] ?? []);
        const rows = caseRows(ids, lastCase, batch, rules.listsCases ? null : good, told);
        lastCase = rows.length === 0 ? lastCase : textAt(ids, rows.at(-1) as number);
        // A case value that cannot be read is null and told in the rejects; it costs no event its place.
        const own = newFaults(rows.map((row) => batch.lines[row] ?? 0));
        inner = own;
        const caseLevel = casePlans.flatMap((plan) =>
          casterOf(plan)(pickedCells(batch.columns[plan.index] ?? [], rows), own),
        );
        cases = stagedRows(rows.length, [
          { spec: { name: 'case_id', kind: 'text' }, values: pick(ids, rows) },
          { spec: { name: 'seq', kind: 'integer' }, values: pick(seqs, rows) },
          ...caseLevel,
        ]);
      }

      const whole = used.length === batch.rows;
      const all: readonly Column[] = [
        { spec: { name: 'seq', kind: 'integer' }, values: seqs },
        // Kept so that a row which a later extract replaces can still be named by its line.
        { spec: { name: 'line', kind: 'integer' }, values: doubles(batch.lines, lineRoom) },
        ...keys,
        ...main,
      ];
      const told = batch.titles ? onceEach(faults.list) : faults.list;
      const onlyCase = batch.caseOnly?.size ?? 0;
      const repeats = batch.repeats ?? none;
      const rowsUsed = repeats.size === 0 ? good.length : good.filter((row) => !repeats.has(row)).length;
      return {
        rowsIn: batch.rows - onlyCase - repeats.size + batch.faults.length,
        rowsUsed,
        casesOnly: batch.titles ? rowsUsed - rowsWithEvents(used, batch.lines) : 0,
        main: stagedRows(
          used.length,
          whole ? all : all.map(({ spec, values }) => ({ spec, values: pick(values, used) })),
        ),
        cases,
        reasons: countReasons([...batch.faults, ...told]),
        faults: [...batch.faults, ...told, ...forgiven, ...(inner?.list ?? [])],
      };
    },
  };
}
