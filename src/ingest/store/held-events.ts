import { canonicalJson } from '../../core/index.ts';
import {
  type GroupValues,
  openParquetFile,
  type ParquetWritten,
  rowsForGroups,
  type SharedColumns,
} from '../../stores/index.ts';
import { type Numbers, numberAt } from '../cast/coded-numbers.ts';
import type { StepEvidence } from '../lifecycle/doubtful-steps.ts';
import { type CaseFacts, factsOfEvents } from './case-facts.ts';
import type { CasePlaces } from './case-order.ts';
import { GroupRoom, gathered } from './group-room.ts';
import { evidenceInMemory } from './held-evidence.ts';
import type { HeldRows } from './held-rows.ts';
import { type HeldColumn, type HeldOrigin, heldValues } from './held-values.ts';
import { neighbours, neighboursOf, positionsOf } from './neighbours.ts';
import { orderEvents, timesOf } from './ordered-events.ts';

/** Rows that are packed together at most: the engine's own measure. */
const mostRowsAGroup = 122_880;
const second = 1_000_000;

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

/** The file of rows as they were staged, and who is told what was written. */
export interface StagedBeside {
  readonly path: string;
  note(written: ParquetWritten): void;
}

/** Events in memory put in order. */
export interface HeldInOrder {
  /** What the steps tell about each case. */
  readonly facts: CaseFacts;
  readonly evidence: StepEvidence;
  /** The names of the cases in order. */
  readonly names: CasePlaces;
  /**
   * Writes the table of events as the queries over staged rows would write it, each event with its neighbours; and
   * where it is given, the file of the rows as they were staged, which holds many of the same columns.
   */
  write(
    path: string,
    options?: { readonly staged?: StagedBeside | undefined; readonly signal?: AbortSignal | undefined },
  ): Promise<ParquetWritten>;
}

/** Seconds from one time to another; NaN where either is missing. */
function spans(from: Numbers, to: Numbers, out: Float64Array): Float64Array {
  for (let i = 0, end = out.length; i < end; i++) out[i] = (numberAt(to, i) - numberAt(from, i)) / second;
  return out;
}

/** Some of the rows of numbers, one after the other. */
function partOf(numbers: Numbers, from: number, to: number): Numbers {
  if (numbers instanceof Float64Array) return numbers.subarray(from, to);
  return { ...numbers, codes: numbers.codes.subarray(from, to) };
}

/** Tells origins apart: two columns of one origin have the same values. */
function keyOf(rows: HeldRows, from: HeldOrigin): string {
  if ('number' in from) return `number ${from.number}`;
  const isAsItIs = 'held' in from && !from.plus && from.otherwise === undefined;
  return canonicalJson(isAsItIs ? { held: rows.heldAs(from.held) } : from);
}

/** Puts events held in memory in order of case, time and place in the source. */
export function orderHeldEvents({ rows, times, walls, stored, attributes }: HeldEvents): HeldInOrder {
  const ordered = orderEvents(rows, timesOf(rows, times));
  const { order } = ordered;
  const positions = positionsOf(ordered);
  const isOneColumn = times.length === 1 && walls.length === 1;
  const isUtc = isOneColumn && rows.heldAs(walls[0] ?? '') === rows.heldAs(times[0] ?? '');
  const atWall = isUtc ? ordered.times : timesOf(rows, walls);
  const hasBoth = ['started', 'finished'].every((time) => rows.columns.some(({ name }) => name === time));
  const room = new GroupRoom();
  /** The values of all columns for some rows, until those for the next are made, and of the rows as they came; those of one column are the very same. */
  const groupFrom = (from: number, size: number) => {
    const group = order.rows.subarray(from, from + size);
    room.clear();
    const beside = neighboursOf(ordered, positions, from, from + group.length, room);
    const known = new Map<string, GroupValues>();
    const once = (key: string, make: () => GroupValues): GroupValues => {
      const values = known.get(key) ?? make();
      known.set(key, values);
      return values;
    };
    const at = partOf(ordered.times, from, from + group.length);
    const wall = isUtc ? at : gathered(atWall, group, room);
    const isHeld = (held: string, values: GroupValues) => known.set(keyOf(rows, { held }), values);
    // Where one column alone orders a case, `at` is that column.
    for (const [[first = '', second], values] of [
      [times, at],
      [walls, wall],
    ] as const)
      if (second === undefined) isHeld(first, values);
    const { steps, stepNames, teams, teamNames } = ordered;
    const codesOf = (codes: Int32Array) => codes.subarray(from, from + group.length);
    isHeld('step', { codes: codesOf(steps), words: stepNames });
    if (teams) isHeld('team', { codes: codesOf(teams), words: teamNames });
    const asHeld = (held: string) =>
      once(keyOf(rows, { held }), () => rows.gathered(held, group, room) ?? new Float64Array(0));
    const durations = () => {
      const out = room.numbers(group.length);
      return hasBoth
        ? spans(asHeld('started') as Numbers, asHeld('finished') as Numbers, out)
        : out.fill(Number.NaN);
    };
    const own = (column: HeldColumn) => {
      if (column.name === 'at') return at;
      if (column.name === 'at_wall') return wall;
      return once(keyOf(rows, column.from), () => heldValues(rows, column, group, room));
    };
    const values = [
      ...stored.map(own),
      ...neighbours.map(({ name }) => beside[name]),
      durations(),
      beside.prev_at,
      ...attributes.map(own),
    ];
    const asStaged = () =>
      rows.columns.map(({ name, kind }) => {
        const column: HeldColumn = { name, kind, from: { held: name } };
        return once(keyOf(rows, column.from), () => heldValues(rows, column, group, room));
      });
    return { values, asStaged };
  };

  return {
    facts: factsOfEvents(ordered),
    evidence: evidenceInMemory(rows, ordered),
    names: order.names,
    async write(path, { staged, signal } = {}) {
      const columns = [
        ...stored.map(({ name, kind }) => ({ name, kind })),
        ...neighbours,
        { name: 'processing', kind: 'number' as const },
        { name: 'enabled', kind: 'timestamp' as const },
        ...attributes.map(({ name, kind }) => ({ name, kind })),
      ];
      const rowsAGroup = rowsForGroups(columns.length, mostRowsAGroup);
      const file = openParquetFile(path, columns);
      const asItCame = staged ? openParquetFile(staged.path, rows.columns) : null;
      try {
        for (let from = 0; from < rows.rows; from += rowsAGroup) {
          signal?.throwIfAborted();
          const { values, asStaged } = groupFrom(from, rowsAGroup);
          const again = asItCame ? asStaged() : [];
          const shared: SharedColumns = new Map(again.map((column) => [column, null]));
          await file.add(values, shared);
          await asItCame?.add(again, shared);
        }
        if (asItCame) staged?.note(await asItCame.end());
        return await file.end();
      } finally {
        file.drop();
        asItCame?.drop();
      }
    },
  };
}
