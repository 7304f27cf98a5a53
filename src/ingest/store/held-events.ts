import { hash } from 'node:crypto';
import { canonicalJson } from '../../core/index.ts';
import {
  type ColumnSpec,
  type ColumnValues,
  canonicalTables,
  type GroupValues,
  openParquetFile,
  type ParquetWritten,
  rowsForGroups,
  rowsIn,
} from '../../stores/index.ts';
import type { StagedRows } from '../cast/cast-batch.ts';
import { byCase, byTime, type CaseOrder } from './case-order.ts';
import { gathered, type HeldRows } from './held-rows.ts';

/** Rows that are packed together at most: the engine's own measure. */
const mostRowsAGroup = 122_880;
/** Cases told of at a time: to the engine, and to a file. */
const casesABatch = 8_192;
const casesAGroup = 61_440;
const second = 1_000_000;
/** Stands between the steps of a variant, as in the query. */
const between = '\u001f';

/**
 * Where a column of the events comes from: a column that is held, with a number added or a text where it has none,
 * or one text or number for all rows.
 */
export type HeldOrigin =
  | { readonly held: string; readonly plus?: number; readonly otherwise?: string }
  | { readonly text: string | null }
  | { readonly number: number };

/** A column of the events with its origin. */
export interface HeldColumn extends ColumnSpec {
  readonly from: HeldOrigin;
}

/** What the steps of each case tell about it, as columns of a table. */
export const caseFacts = [
  { name: 'case_id', kind: 'text' },
  { name: 'first_at', kind: 'timestamp' },
  { name: 'last_at', kind: 'timestamp' },
  { name: 'first_step', kind: 'text' },
  { name: 'last_step', kind: 'text' },
  { name: 'events', kind: 'integer' },
  { name: 'variant', kind: 'text' },
] as const satisfies readonly ColumnSpec[];

/** Events in their order with what is worked out from it. */
interface OrderedEvents {
  readonly order: CaseOrder;
  /** Of each row in order: its time, its step and whether it has a time. */
  readonly at: Float64Array;
  readonly steps: Int32Array;
  readonly stepNames: readonly string[];
  /** Of each row in order: its team; null where the rows have none. */
  readonly teams: Int32Array | null;
  readonly teamNames: readonly string[];
}

/** The first time that is there of some columns, as `coalesce`. */
function timesOf(rows: HeldRows, columns: readonly string[]): Float64Array {
  const out = new Float64Array(rows.rows).fill(Number.NaN);
  for (const name of columns.toReversed()) {
    const own = rows.numbers(name);
    if (!own) continue;
    for (let row = 0; row < out.length; row++) if (!Number.isNaN(own[row])) out[row] = own[row] as number;
  }
  return out;
}

function orderEvents(rows: HeldRows, times: Float64Array): OrderedEvents {
  const ids = rows.texts('case_id');
  const steps = rows.texts('step');
  if (!ids || !steps) throw new Error('rows of events have no case or no step');
  const order = byTime(byCase(ids), times);
  const inOrder = gathered(steps, order.rows) as typeof steps;
  const teams = rows.texts('team');
  return {
    order,
    at: gathered(times, order.rows) as Float64Array,
    steps: inOrder.codes,
    stepNames: steps.words,
    teams: teams ? (gathered(teams, order.rows) as typeof teams).codes : null,
    teamNames: teams?.words ?? [],
  };
}

/** The columns that stand beside an event because of the events before and after it in its case. */
const neighbours = [
  { name: 'position', kind: 'integer' },
  { name: 'prev_step', kind: 'text' },
  { name: 'prev_at', kind: 'timestamp' },
  { name: 'prev_team', kind: 'text' },
  { name: 'next_step', kind: 'text' },
  { name: 'next_at', kind: 'timestamp' },
  { name: 'next_wait', kind: 'number' },
] as const satisfies readonly ColumnSpec[];

/** Neighbours of the rows from one place in the order up to another; rows without a time have none. */
function neighboursOf(
  { order, at, steps, stepNames: words, teams, teamNames }: OrderedEvents,
  caseOf: Int32Array,
  from: number,
  to: number,
): Readonly<Record<(typeof neighbours)[number]['name'], GroupValues>> {
  const size = to - from;
  const numbers = () => new Float64Array(size).fill(Number.NaN);
  const [position, prevAt, nextAt, nextWait] = [numbers(), numbers(), numbers(), numbers()];
  const prevStep = new Int32Array(size).fill(-1);
  const prevTeam = new Int32Array(size).fill(-1);
  const nextStep = new Int32Array(size).fill(-1);
  for (let i = 0; i < size; i++) {
    const row = from + i;
    const own = at[row] as number;
    if (Number.isNaN(own)) continue;
    const each = caseOf[row] as number;
    const start = order.starts[each] as number;
    position[i] = row - start + 1;
    if (row > start) {
      prevStep[i] = steps[row - 1] as number;
      prevAt[i] = at[row - 1] as number;
      if (teams) prevTeam[i] = teams[row - 1] as number;
    }
    // Rows without a time stand last in their case.
    const next = row + 1 < (order.starts[each + 1] as number) ? (at[row + 1] as number) : Number.NaN;
    if (Number.isNaN(next)) continue;
    nextStep[i] = steps[row + 1] as number;
    nextAt[i] = next;
    nextWait[i] = (next - own) / second;
  }
  return {
    position,
    prev_step: { codes: prevStep, words },
    prev_at: prevAt,
    prev_team: { codes: prevTeam, words: teamNames },
    next_step: { codes: nextStep, words },
    next_at: nextAt,
    next_wait: nextWait,
  };
}

function constant(
  from: Exclude<HeldOrigin, { readonly held: string }>,
  kind: ColumnSpec['kind'],
  size: number,
): GroupValues {
  if (kind !== 'text') return new Float64Array(size).fill('number' in from ? from.number : Number.NaN);
  const word = 'text' in from ? from.text : null;
  return { codes: new Int32Array(size).fill(word === null ? -1 : 0), words: word === null ? [] : [word] };
}

/** The values of a column for a group of rows. */
function heldValues(rows: HeldRows, { name, kind, from }: HeldColumn, group: Int32Array): GroupValues {
  if (!('held' in from)) return constant(from, kind, group.length);
  const values = rows.values(from.held);
  if (!values) throw new Error(`rows held have no column for ${name}`);
  const { plus = 0, otherwise } = from;
  const own = gathered(values, group);
  if (own instanceof Float64Array) return plus === 0 ? own : own.map((value) => value + plus);
  if (otherwise === undefined) return own;
  const words = [...own.words, otherwise];
  return { codes: own.codes.map((code) => (code < 0 ? own.words.length : code)), words };
}

/** Some values of a column of texts, each new one under the next code. */
class FactTexts {
  readonly codes: Int32Array;
  readonly words: string[] = [];
  readonly #known = new Map<string, number>();

  constructor(size: number) {
    this.codes = new Int32Array(size).fill(-1);
  }

  set(at: number, text: string | null | undefined): void {
    if (text === null || text === undefined) return;
    const code = this.#known.get(text) ?? this.words.push(text) - 1;
    this.#known.set(text, code);
    this.codes[at] = code;
  }
}

/** What the steps tell about the cases, some cases at a time in order of their ids: values as `caseFacts`. */
function* factsOf(
  rows: HeldRows,
  { order, at, steps, stepNames }: OrderedEvents,
  atOnce: number,
): Generator<readonly GroupValues[]> {
  const ids = rows.texts('case_id');
  const variants = new Map<string, string>();
  const variantOf = (from: number, to: number): string | null => {
    if (to === from) return null;
    let joined = '';
    for (let row = from; row < to; row++)
      joined +=
        row === from ? stepNames[steps[row] as number] : `${between}${stepNames[steps[row] as number]}`;
    const known = variants.get(joined);
    if (known !== undefined) return known;
    const made = hash('md5', joined);
    // Few ways are gone by many cases; where every case goes its own there is nothing to remember.
    if (variants.size < 10_000) variants.set(joined, made);
    return made;
  };
  const cases = order.starts.length - 1;
  for (let begin = 0; begin < cases; begin += atOnce) {
    const size = Math.min(atOnce, cases - begin);
    const own = new FactTexts(size);
    const [firstStep, lastStep] = [new Int32Array(size).fill(-1), new Int32Array(size).fill(-1)];
    const variant = new FactTexts(size);
    const first = new Float64Array(size).fill(Number.NaN);
    const last = new Float64Array(size).fill(Number.NaN);
    const events = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      const from = order.starts[begin + i] as number;
      const to = order.starts[begin + i + 1] as number;
      let timed = to;
      while (timed > from && Number.isNaN(at[timed - 1])) timed -= 1;
      own.set(i, ids?.words[ids.codes[order.rows[from] as number] as number]);
      events[i] = to - from;
      variant.set(i, variantOf(from, timed));
      if (timed === from) continue;
      first[i] = at[from] as number;
      last[i] = at[timed - 1] as number;
      firstStep[i] = steps[from] as number;
      lastStep[i] = steps[timed - 1] as number;
    }
    const step = (codes: Int32Array) => ({ codes, words: stepNames });
    yield [own, first, last, step(firstStep), step(lastStep), events, variant];
  }
}

/** Coded texts as texts, for the engine. */
function asColumn(values: GroupValues): ColumnValues {
  if (values instanceof Float64Array) return values;
  return Array.from(values.codes, (code) => (code < 0 ? null : (values.words[code] ?? null)));
}

/** The rows of the only source of events, held in memory, and what becomes of them. */
export interface HeldEvents {
  readonly rows: HeldRows;
  /** Columns of the time that orders a case, the first that is there. */
  readonly times: readonly string[];
  /** The same on the clocks on the wall. */
  readonly walls: readonly string[];
  /** Columns that rows have of themselves; `at` and `at_wall` among them are of `times` and `walls`. */
  readonly stored: readonly HeldColumn[];
  readonly attributes: readonly HeldColumn[];
}

/** Events in memory put in order. */
export interface HeldInOrder {
  /** What the steps tell about each case, to be joined with what is said of it elsewhere. */
  facts(): Iterable<StagedRows>;
  /** Writes the table of cases where nothing else is said of any. */
  writeCases(path: string, signal?: AbortSignal): Promise<ParquetWritten>;
  /** Writes the table of events as the queries over staged rows would write it, each event with its neighbours. */
  write(path: string, signal?: AbortSignal): Promise<ParquetWritten>;
}

function durations(rows: HeldRows, group: Int32Array): Float64Array {
  const out = new Float64Array(group.length).fill(Number.NaN);
  const started = rows.numbers('started');
  const finished = rows.numbers('finished');
  if (!started || !finished) return out;
  for (let i = 0; i < group.length; i++) {
    const row = group[i] as number;
    out[i] = ((finished[row] as number) - (started[row] as number)) / second;
  }
  return out;
}

/** Puts events held in memory in order of case, time and place in the source. */
export function orderHeldEvents({ rows, times, walls, stored, attributes }: HeldEvents): HeldInOrder {
  const ordered = orderEvents(rows, timesOf(rows, times));
  const atWall = timesOf(rows, walls);
  const { order } = ordered;
  const caseOf = new Int32Array(rows.rows);
  for (let each = 0; each + 1 < order.starts.length; each++)
    caseOf.fill(each, order.starts[each], order.starts[each + 1]);

  /** The values of all columns for some rows; columns that are one another's are the very same values. */
  const groupFrom = (from: number, size: number): readonly GroupValues[] => {
    const group = order.rows.subarray(from, from + size);
    const beside = neighboursOf(ordered, caseOf, from, from + group.length);
    const known = new Map<string, GroupValues>();
    const once = (key: string, make: () => GroupValues): GroupValues => {
      const values = known.get(key) ?? make();
      known.set(key, values);
      return values;
    };
    const at = ordered.at.subarray(from, from + group.length);
    const wall = gathered(atWall, group);
    // Where one column alone orders a case, `at` is that column.
    for (const [[first = '', second], values] of [
      [times, at],
      [walls, wall],
    ] as const)
      if (second === undefined) known.set(canonicalJson({ held: first }), values);
    const own = (column: HeldColumn) => {
      if (column.name === 'at') return at;
      if (column.name === 'at_wall') return wall;
      const key = 'number' in column.from ? `number ${column.from.number}` : canonicalJson(column.from);
      return once(key, () => heldValues(rows, column, group));
    };
    return [
      ...stored.map(own),
      ...neighbours.map(({ name }) => beside[name]),
      durations(rows, group),
      beside.prev_at,
      ...attributes.map(own),
    ];
  };

  return {
    *facts() {
      for (const values of factsOf(rows, ordered, casesABatch))
        yield { rows: rowsIn(values[0] as GroupValues), columns: caseFacts, values: values.map(asColumn) };
    },
    async writeCases(path, signal) {
      const file = openParquetFile(path, canonicalTables.cases);
      try {
        for (const values of factsOf(rows, ordered, casesAGroup)) {
          signal?.throwIfAborted();
          const size = rowsIn(values[0] as GroupValues);
          await file.add(
            canonicalTables.cases.map(({ name, kind }) => {
              const told = caseFacts.findIndex((fact) => fact.name === name);
              return (
                values[told] ??
                constant(kind === 'text' ? { text: null } : { number: Number.NaN }, kind, size)
              );
            }),
          );
        }
        return await file.end();
      } finally {
        file.drop();
      }
    },
    async write(path, signal) {
      const columns = [
        ...stored.map(({ name, kind }) => ({ name, kind })),
        ...neighbours,
        { name: 'processing', kind: 'number' as const },
        { name: 'enabled', kind: 'timestamp' as const },
        ...attributes.map(({ name, kind }) => ({ name, kind })),
      ];
      const rowsAGroup = rowsForGroups(columns.length, mostRowsAGroup);
      const file = openParquetFile(path, columns);
      try {
        for (let from = 0; from < rows.rows; from += rowsAGroup) {
          signal?.throwIfAborted();
          await file.add(groupFrom(from, rowsAGroup));
        }
        return await file.end();
      } finally {
        file.drop();
      }
    },
  };
}
