import {
  type ColumnSpec,
  type GroupValues,
  openParquetFile,
  type ParquetWritten,
  rowsForGroups,
} from '../../stores/index.ts';
import { type CaseFacts, caseFacts } from './case-facts.ts';
import { byCase, type CaseOrder, type CasePlaces } from './case-order.ts';
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

/** The last value that is said of each of some cases. */
function lastSaid(values: GroupValues, { rows, starts }: CaseOrder, cases: Int32Array): GroupValues {
  const numbers = values instanceof Float64Array ? values : null;
  const coded = values instanceof Float64Array ? null : values;
  const isSaid = (row: number) =>
    numbers ? !Number.isNaN(numbers[row]) : ((coded?.codes[row] ?? -1) as number) >= 0;
  const out = numbers
    ? new Float64Array(cases.length).fill(Number.NaN)
    : new Int32Array(cases.length).fill(-1);
  for (let i = 0, end = cases.length; i < end; i++) {
    const each = cases[i] as number;
    if (each < 0) continue;
    const from = starts[each] as number;
    let at = (starts[each + 1] as number) - 1;
    while (at >= from && !isSaid(rows[at] as number)) at -= 1;
    if (at >= from) out[i] = (numbers ?? coded?.codes ?? [])[rows[at] as number] as number;
  }
  return out instanceof Float64Array || !coded ? (out as Float64Array) : { ...coded, codes: out };
}

/** Ids of cases that no step tells of are those that something is said of. */
function withIds(told: GroupValues, said: () => GroupValues | null): GroupValues {
  if (!('words' in told) || !told.codes.includes(-1)) return told;
  const others = said();
  if (!others || !('words' in others)) return told;
  const offset = told.words.length;
  const codes = told.codes.map((code, i) => (code >= 0 ? code : offset + (others.codes[i] as number)));
  return { codes, words: [...told.words, ...others.words] };
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
  try {
    for (let from = 0; from < both.told.length; from += rowsAGroup) {
      signal?.throwIfAborted();
      const told = facts.values(both.told.subarray(from, from + rowsAGroup));
      const said = both.said.subarray(from, from + rowsAGroup);
      const valuesOf = ({ name, kind, from: origin }: HeldColumn): GroupValues => {
        const fact = told[caseFacts.findIndex((each) => each.name === name)];
        if (fact)
          return name === 'case_id' ? withIds(fact, () => (ids ? lastSaid(ids, order, said) : null)) : fact;
        if (!('held' in origin)) return constantValues(origin, kind, said.length);
        const values = rows?.values(origin.held);
        if (!values) throw new Error(`rows held have no column for ${name}`);
        return lastSaid(values, order, said);
      };
      await file.add(columns.map(valuesOf));
    }
    return await file.end();
  } finally {
    file.drop();
  }
}
