import type { ColumnSpec, GroupValues } from '../../stores/index.ts';
import { mostCoded, type Numbers } from '../cast/coded-numbers.ts';
import type { GroupRoom } from './group-room.ts';
import type { OrderedEvents } from './ordered-events.ts';

const second = 1_000_000;

/** The columns that stand beside an event because of the events before and after it in its case. */
export const neighbours = [
  { name: 'position', kind: 'integer' },
  { name: 'prev_step', kind: 'text' },
  { name: 'prev_at', kind: 'timestamp' },
  { name: 'prev_team', kind: 'text' },
  { name: 'next_step', kind: 'text' },
  { name: 'next_at', kind: 'timestamp' },
  { name: 'next_wait', kind: 'number' },
] as const satisfies readonly ColumnSpec[];

/** Places of rows in their cases. */
export interface Positions {
  /**
   * From 1 on; 0 for rows without a time, which stand last in their case, and behind the last row. So a row has one
   * before it where its place is above 1, and one after it where the next row's is.
   */
  readonly of: Int32Array;
  /** The numbers from 1 up to the last place of any case; null where they are too many to be coded. */
  readonly numbers: Float64Array | null;
}

function putPositions({ order: { starts }, at }: OrderedEvents, positions: Int32Array): number {
  let each = 0;
  let most = 0;
  for (let row = 0, end = at.length; row < end; row++) {
    while ((starts[each + 1] as number) <= row) each += 1;
    const place = Number.isNaN(at[row]) ? 0 : row - (starts[each] as number) + 1;
    positions[row] = place;
    if (place > most) most = place;
  }
  return most;
}

export function positionsOf(ordered: OrderedEvents): Positions {
  const of = new Int32Array(ordered.at.length + 1);
  const most = putPositions(ordered, of);
  return { of, numbers: most > mostCoded ? null : Float64Array.from({ length: most }, (_, i) => i + 1) };
}

function placesIn(positions: Int32Array, from: number, out: Float64Array): Float64Array {
  for (let i = 0, end = out.length; i < end; i++) out[i] = positions[from + i] || Number.NaN;
  return out;
}

/** Places as codes from 0 on; -1 for rows without one. */
function codesOfPlaces(positions: Int32Array, from: number, out: Int32Array): Int32Array {
  for (let i = 0, end = out.length; i < end; i++) out[i] = (positions[from + i] as number) - 1;
  return out;
}

function codesBefore(codes: Int32Array, positions: Int32Array, from: number, out: Int32Array): Int32Array {
  for (let i = 0, end = out.length; i < end; i++) {
    const row = from + i;
    out[i] = (positions[row] as number) > 1 ? (codes[row - 1] as number) : -1;
  }
  return out;
}

function codesAfter(codes: Int32Array, positions: Int32Array, from: number, out: Int32Array): Int32Array {
  for (let i = 0, end = out.length; i < end; i++) {
    const next = from + i + 1;
    out[i] = (positions[next] as number) > 1 ? (codes[next] as number) : -1;
  }
  return out;
}

function timesBefore(at: Float64Array, positions: Int32Array, from: number, out: Float64Array): Float64Array {
  for (let i = 0, end = out.length; i < end; i++) {
    const row = from + i;
    out[i] = (positions[row] as number) > 1 ? (at[row - 1] as number) : Number.NaN;
  }
  return out;
}

function timesAfter(at: Float64Array, positions: Int32Array, from: number, out: Float64Array): Float64Array {
  for (let i = 0, end = out.length; i < end; i++) {
    const next = from + i + 1;
    out[i] = (positions[next] as number) > 1 ? (at[next] as number) : Number.NaN;
  }
  return out;
}

/** Seconds from the time of each row to the next time; NaN where there is none. */
function waits(at: Float64Array, positions: Int32Array, from: number, out: Float64Array): Float64Array {
  for (let i = 0, end = out.length; i < end; i++) {
    const row = from + i;
    const isLast = (positions[row + 1] as number) <= 1;
    out[i] = isLast ? Number.NaN : ((at[row + 1] as number) - (at[row] as number)) / second;
  }
  return out;
}

/** Neighbours of the rows from one place in the order up to another, in a room; rows without a time have none. */
export function neighboursOf(
  { at, times, steps, stepNames, teams, teamNames }: OrderedEvents,
  { of: positions, numbers }: Positions,
  from: number,
  to: number,
  room: GroupRoom,
): Readonly<Record<(typeof neighbours)[number]['name'], GroupValues>> {
  const size = to - from;
  /** Times of rows before or behind, coded where they are held so. */
  const timesBeside = (ofCodes: typeof codesBefore, ofTimes: typeof timesBefore): Numbers =>
    times instanceof Float64Array
      ? ofTimes(times, positions, from, room.numbers(size))
      : { ...times, codes: ofCodes(times.codes, positions, from, room.codes(size)) };
  const prevTeam = room.codes(size);
  return {
    position: numbers
      ? { codes: codesOfPlaces(positions, from, room.codes(size)), numbers }
      : placesIn(positions, from, room.numbers(size)),
    prev_step: { codes: codesBefore(steps, positions, from, room.codes(size)), words: stepNames },
    prev_at: timesBeside(codesBefore, timesBefore),
    prev_team: {
      codes: teams ? codesBefore(teams, positions, from, prevTeam) : prevTeam.fill(-1),
      words: teamNames,
    },
    next_step: { codes: codesAfter(steps, positions, from, room.codes(size)), words: stepNames },
    next_at: timesBeside(codesAfter, timesAfter),
    next_wait: waits(at, positions, from, room.numbers(size)),
  };
}
