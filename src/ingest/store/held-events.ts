import { canonicalJson } from '../../core/index.ts';
import {
  type ColumnSpec,
  type GroupValues,
  openParquetFile,
  type ParquetWritten,
  rowsForGroups,
  type SharedColumns,
} from '../../stores/index.ts';
import type { StepEvidence } from '../lifecycle/doubtful-steps.ts';
import { type CaseFacts, factsOfEvents } from './case-facts.ts';
import { evidenceInMemory } from './held-evidence.ts';
import { GroupRoom, gathered, type HeldRows } from './held-rows.ts';
import { type HeldColumn, type HeldOrigin, heldValues } from './held-values.ts';
import { type OrderedEvents, orderEvents, timesOf } from './ordered-events.ts';

/** Rows that are packed together at most: the engine's own measure. */
const mostRowsAGroup = 122_880;
const second = 1_000_000;

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
  /** What the steps tell about each case. */
  readonly facts: CaseFacts;
  readonly evidence: StepEvidence;
  /**
   * Writes the table of events as the queries over staged rows would write it, each event with its neighbours; and
   * where it is named, the file of the rows as they were staged, which holds many of the same columns.
   */
  write(
    path: string,
    options?: { readonly staged?: string; readonly signal?: AbortSignal | undefined },
  ): Promise<ParquetWritten>;
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

/** Tells origins apart: two columns of one origin have the same values. */
function keyOf(from: HeldOrigin): string {
  if ('number' in from) return `number ${from.number}`;
  return canonicalJson(
    'held' in from && !from.plus && from.otherwise === undefined ? { held: from.held } : from,
  );
}

/** Puts events held in memory in order of case, time and place in the source. */
export function orderHeldEvents({ rows, times, walls, stored, attributes }: HeldEvents): HeldInOrder {
  const ordered = orderEvents(rows, timesOf(rows, times));
  const atWall = timesOf(rows, walls);
  const { order } = ordered;
  const caseOf = new Int32Array(rows.rows);
  for (let each = 0; each + 1 < order.starts.length; each++)
    caseOf.fill(each, order.starts[each], order.starts[each + 1]);

  const room = new GroupRoom();
  /** The values of all columns for some rows, until those for the next are made, and of the rows as they came; those of one column are the very same. */
  const groupFrom = (from: number, size: number) => {
    const group = order.rows.subarray(from, from + size);
    room.clear();
    const beside = neighboursOf(ordered, caseOf, from, from + group.length);
    const known = new Map<string, GroupValues>();
    const once = (key: string, make: () => GroupValues): GroupValues => {
      const values = known.get(key) ?? make();
      known.set(key, values);
      return values;
    };
    const at = ordered.at.subarray(from, from + group.length);
    const wall = gathered(atWall, group, room);
    // Where one column alone orders a case, `at` is that column.
    for (const [[first = '', second], values] of [
      [times, at],
      [walls, wall],
    ] as const)
      if (second === undefined) known.set(canonicalJson({ held: first }), values);
    const own = (column: HeldColumn) => {
      if (column.name === 'at') return at;
      if (column.name === 'at_wall') return wall;
      return once(keyOf(column.from), () => heldValues(rows, column, group, room));
    };
    const values = [
      ...stored.map(own),
      ...neighbours.map(({ name }) => beside[name]),
      durations(rows, group),
      beside.prev_at,
      ...attributes.map(own),
    ];
    const asStaged = () =>
      rows.columns.map(({ name, kind }) => {
        const column: HeldColumn = { name, kind, from: { held: name } };
        return once(keyOf(column.from), () => heldValues(rows, column, group, room));
      });
    return { values, asStaged };
  };

  return {
    facts: factsOfEvents(rows, ordered),
    evidence: evidenceInMemory(rows, ordered),
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
      const asItCame = staged === undefined ? null : openParquetFile(staged, rows.columns);
      try {
        for (let from = 0; from < rows.rows; from += rowsAGroup) {
          signal?.throwIfAborted();
          const { values, asStaged } = groupFrom(from, rowsAGroup);
          const again = asItCame ? asStaged() : [];
          const shared: SharedColumns = new Map(again.map((column) => [column, null]));
          await file.add(values, shared);
          await asItCame?.add(again, shared);
        }
        await asItCame?.end();
        return await file.end();
      } finally {
        file.drop();
        asItCame?.drop();
      }
    },
  };
}
