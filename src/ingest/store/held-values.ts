import type { ColumnSpec, GroupValues } from '../../stores/index.ts';
import { GroupRoom } from './group-room.ts';
import type { HeldRows } from './held-rows.ts';

/**
 * Where a column of a table comes from: a column that is held, with a number added or a text where it has none,
 * or one text or number for all rows.
 */
export type HeldOrigin =
  | { readonly held: string; readonly plus?: number; readonly otherwise?: string }
  | { readonly text: string | null }
  | { readonly number: number };

/** A column of a table with its origin. */
export interface HeldColumn extends ColumnSpec {
  readonly from: HeldOrigin;
}

/** One text or number for all of some rows. */
export function constantValues(
  from: Exclude<HeldOrigin, { readonly held: string }>,
  kind: ColumnSpec['kind'],
  size: number,
  room = new GroupRoom(),
): GroupValues {
  if (kind !== 'text') return room.numbers(size).fill('number' in from ? from.number : Number.NaN);
  const word = 'text' in from ? from.text : null;
  return { codes: room.codes(size).fill(word === null ? -1 : 0), words: word === null ? [] : [word] };
}

/** The values of a column for a group of rows. */
export function heldValues(
  rows: HeldRows,
  { name, kind, from }: HeldColumn,
  group: Int32Array,
  room: GroupRoom,
): GroupValues {
  if (!('held' in from)) return constantValues(from, kind, group.length, room);
  const own = rows.gathered(from.held, group, room);
  if (!own) throw new Error(`rows held have no column for ${name}`);
  const { plus = 0, otherwise } = from;
  if (own instanceof Float64Array) return plus === 0 ? own : own.map((value) => value + plus);
  if ('numbers' in own)
    return plus === 0 ? own : { ...own, numbers: own.numbers.map((value) => value + plus) };
  if (otherwise === undefined) return own;
  const words = [...own.words, otherwise];
  return { codes: own.codes.map((code) => (code < 0 ? own.words.length : code)), words };
}
