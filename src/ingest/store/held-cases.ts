import {
  type CodedTexts,
  type ColumnSpec,
  type GroupValues,
  openParquetFile,
  type ParquetWritten,
  rowsForGroups,
} from '../../stores/index.ts';
import { type CaseFacts, caseFacts } from './case-facts.ts';
import { byCase, type CaseOrder, type CasePlaces } from './case-order.ts';
import { GroupRoom } from './group-room.ts';
import type { HeldRows } from './held-rows.ts';
import { constantValues, type HeldColumn } from './held-values.ts';

const mostRowsAGroup = 61_440;

/** What an event extract says of cases, held in memory, and what becomes of it. */
export interface HeldCases {
  /** A row wherever the extract said something of a case; null where it says nothing. */
  readonly rows: HeldRows | null;
  /** The columns of the table beside those that `caseFacts` fills. */
  readonly columns: readonly HeldColumn[];
}

/** Cases that steps tell of beside those that something is said of: places in the one and in the other, -1 where not. */
function sideBySide(
  facts: CaseFacts,
  said: number,
  saidOf: (at: number) => string,
): { readonly told: Int32Array; readonly said: Int32Array } {
  const told = new Int32Array(facts.cases + said);
  const given = new Int32Array(facts.cases + said);
  let [a, b, size] = [0, 0, 0];
  for (; a < facts.cases || b < said; size++) {
    const one = a < facts.cases ? facts.idOf(a) : null;
    const other = b < said ? saidOf(b) : null;
    const takesOne = one !== null && (other === null || one <= other);
    const takesOther = other !== null && (one === null || other <= one);
    told[size] = takesOne ? a++ : -1;
    given[size] = takesOther ? b++ : -1;
  }
  return { told: told.subarray(0, size), said: given.subarray(0, size) };
}

/** The same where both are the same cases in the same order. */
function inStep(cases: number): ReturnType<typeof sideBySide> {
  const all = Int32Array.from({ length: cases }, (_, each) => each);
  return { told: all, said: all };
}

/** The rows of some cases, one case after the other, and where those of each begin and end among them. */
interface RowsOfCases {
  readonly rows: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** The rows that say something of some cases, which are in order; -1 is a case that none does. */
function rowsOfCases(cases: Int32Array, { rows, starts }: CaseOrder): RowsOfCases {
  const first = cases.find((each) => each >= 0) ?? 0;
  const begin = starts[first] as number;
  const startOf = (each: number) => (each < 0 ? 0 : (starts[each] as number) - begin);
  const from = cases.map(startOf);
  const to = cases.map((each) => (each < 0 ? 0 : startOf(each + 1)));
  return { rows: rows.subarray(begin, begin + to.reduce((most, end) => Math.max(most, end), 0)), from, to };
}

/** The last of some values, of the rows of cases, that is said of each. */
function lastSaid(values: GroupValues, { from, to }: RowsOfCases): GroupValues {
  const numbers = values instanceof Float64Array ? values : null;
  const coded = values instanceof Float64Array ? null : values;
  const isSaid = (row: number) =>
    numbers ? !Number.isNaN(numbers[row]) : ((coded?.codes[row] ?? -1) as number) >= 0;
  const out = numbers ? new Float64Array(from.length).fill(Number.NaN) : new Int32Array(from.length).fill(-1);
  for (let i = 0, end = from.length; i < end; i++) {
    let row = (to[i] as number) - 1;
    while (row >= (from[i] as number) && !isSaid(row)) row -= 1;
    if (row >= (from[i] as number)) out[i] = (numbers ?? coded?.codes ?? [])[row] as number;
  }
  return out instanceof Float64Array || !coded ? (out as Float64Array) : { ...coded, codes: out };
}

/** Ids of cases that no step tells of are those that something is said of. */
function withIds(ids: CodedTexts, told: Int32Array, said: () => GroupValues | null): GroupValues {
  if (!told.includes(-1)) return ids;
  const others = said();
  if (!others || !('words' in others)) return ids;
  const idOf = ({ codes, words }: CodedTexts, i: number) => words[codes[i] as number] ?? '';
  return {
    codes: Int32Array.from(told, (_, i) => i),
    words: Array.from(told, (each, i) => idOf(each < 0 ? others : ids, i)),
  };
}

/**
 * Writes the table of cases as the queries over staged rows would write it: what the events tell of each, and the
 * last that the extract says of it.
 */
export async function writeHeldCases(
  path: string,
  facts: CaseFacts,
  { rows, columns }: HeldCases,
  { names, signal }: { readonly names?: CasePlaces; readonly signal?: AbortSignal | undefined } = {},
): Promise<ParquetWritten> {
  const ids = rows?.texts('case_id');
  const order = byCase(ids ?? { codes: new Int32Array(0), words: [] }, names);
  const saidOf = (at: number) =>
    ids?.words[ids.codes[order.rows[order.starts[at] as number] as number] as number] ?? '';
  const said = order.starts.length - 1;
  const isSame = order.names === names && facts.cases === said;
  const both = isSame ? inStep(said) : sideBySide(facts, said, saidOf);
  const specs: readonly ColumnSpec[] = columns;
  const file = openParquetFile(path, specs);
  const rowsAGroup = rowsForGroups(columns.length, mostRowsAGroup);
  const room = new GroupRoom();
  try {
    for (let from = 0; from < both.told.length; from += rowsAGroup) {
      signal?.throwIfAborted();
      const told = both.told.subarray(from, from + rowsAGroup);
      const known = facts.values(told);
      const said = rowsOfCases(both.said.subarray(from, from + rowsAGroup), order);
      room.clear();
      const saidIn = (name: string): GroupValues | null => {
        const values = rows?.gathered(name, said.rows, room);
        return values ? lastSaid(values, said) : null;
      };
      const valuesOf = ({ name, kind, from: origin }: HeldColumn): GroupValues => {
        const fact = known[caseFacts.findIndex((each) => each.name === name)];
        if (fact) return name === 'case_id' ? withIds(fact as CodedTexts, told, () => saidIn(name)) : fact;
        if (!('held' in origin)) return constantValues(origin, kind, told.length);
        const values = saidIn(origin.held);
        if (!values) throw new Error(`rows held have no column for ${name}`);
        return values;
      };
      await file.add(columns.map(valuesOf));
    }
    return await file.end();
  } finally {
    file.drop();
  }
}
