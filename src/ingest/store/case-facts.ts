import {
  type CodedTexts,
  type ColumnSpec,
  type ColumnValues,
  type GroupValues,
  pickNumbers,
} from '../../stores/index.ts';
import type { Numbers } from '../cast/coded-numbers.ts';
import type { CaseOrder } from './case-order.ts';
import { Variants } from './case-variants.ts';
import type { OrderedEvents } from './ordered-events.ts';

/** Cases told of to the engine at a time. */
const casesABatch = 8_192;

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

/** What steps tell about their cases, in order of the cases' ids. */
export interface CaseFacts {
  readonly cases: number;
  idOf(at: number): string;
  /** The values of some cases, column by column as `caseFacts`; -1 is a case that no step tells of. */
  values(cases: Int32Array): readonly GroupValues[];
}

/** Some cases, and the first and the last row of each that has a time; -1 where none has. */
interface Spans {
  readonly cases: Int32Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
}

// Each loop over cases stands in a function of its own: it is compiled once.

function putSpans({ cases, first, last }: Spans, starts: Int32Array, at: Float64Array): void {
  for (let i = 0, end = cases.length; i < end; i++) {
    const each = cases[i] as number;
    if (each < 0) continue;
    const from = starts[each] as number;
    // Rows without a time stand last in their case.
    let row = (starts[each + 1] as number) - 1;
    while (row >= from && Number.isNaN(at[row])) row -= 1;
    if (row < from) continue;
    first[i] = from;
    last[i] = row;
  }
}

function spansOf(cases: Int32Array, starts: Int32Array, at: Float64Array): Spans {
  const none = () => new Int32Array(cases.length).fill(-1);
  const spans = { cases, first: none(), last: none() };
  putSpans(spans, starts, at);
  return spans;
}

/** The code that each case has for its name: that of its first row. */
function putNames(cases: Int32Array, { rows, starts }: CaseOrder, ids: Int32Array, out: Int32Array): void {
  for (let i = 0, end = cases.length; i < end; i++) {
    const each = cases[i] as number;
    out[i] = each < 0 ? -1 : (ids[rows[starts[each] as number] as number] as number);
  }
}

function namesOf(cases: Int32Array, order: CaseOrder, { codes, words }: CodedTexts): CodedTexts {
  const own = new Int32Array(cases.length);
  putNames(cases, order, codes, own);
  return { codes: own, words };
}

function sizesOf(cases: Int32Array, starts: Int32Array): Float64Array {
  const sizes = new Float64Array(cases.length);
  for (let i = 0, end = sizes.length; i < end; i++) {
    const each = cases[i] as number;
    if (each >= 0) sizes[i] = (starts[each + 1] as number) - (starts[each] as number);
  }
  return sizes;
}

/** The codes of some rows; -1 where there is no row. */
function codesAt(codes: Int32Array, rows: Int32Array): Int32Array {
  const out = new Int32Array(rows.length);
  for (let i = 0, end = rows.length; i < end; i++) {
    const row = rows[i] as number;
    out[i] = row < 0 ? -1 : (codes[row] as number);
  }
  return out;
}

/** The times of some rows, coded where they are held so. */
function timesAt(times: Numbers, rows: Int32Array): Numbers {
  if (times instanceof Float64Array) return pickNumbers(rows, times);
  return { ...times, codes: codesAt(times.codes, rows) };
}

function putVariants({ first, last }: Spans, variants: Variants, codes: Int32Array): void {
  for (let i = 0, end = codes.length; i < end; i++) {
    const from = first[i] as number;
    codes[i] = from < 0 ? -1 : variants.codeOf(from, (last[i] as number) + 1);
  }
}

function variantsOf(spans: Spans, variants: Variants): CodedTexts {
  const words = variants.list();
  const codes = new Int32Array(spans.cases.length);
  putVariants(spans, variants, codes);
  return { codes, words };
}

/** What events in order tell about their cases. */
export function factsOfEvents({ order, ids, at, times, steps, stepNames }: OrderedEvents): CaseFacts {
  const { starts } = order;
  const variants = new Variants(steps, stepNames);
  const idOf = (each: number) =>
    ids.words[ids.codes[order.rows[starts[each] as number] as number] as number] ?? '';
  const values = (cases: Int32Array) => {
    const spans = spansOf(cases, starts, at);
    const stepAt = (rows: Int32Array) => ({ codes: codesAt(steps, rows), words: stepNames });
    return [
      namesOf(cases, order, ids),
      timesAt(times, spans.first),
      timesAt(times, spans.last),
      stepAt(spans.first),
      stepAt(spans.last),
      sizesOf(cases, starts),
      variantsOf(spans, variants),
    ];
  };
  return { cases: starts.length - 1, idOf, values };
}

/** Places from one up to another, for taking things in order some at a time. */
function places(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, i) => from + i);
}

/** The columns of the facts for the engine, some rows at a time. */
export function* factsInColumns(facts: CaseFacts): Generator<readonly ColumnValues[]> {
  for (let from = 0; from < facts.cases; from += casesABatch) {
    yield facts.values(places(from, Math.min(from + casesABatch, facts.cases))).map(asColumn);
  }
}

/** Coded texts as texts, for the engine. */
function asColumn(values: GroupValues): ColumnValues {
  if (values instanceof Float64Array) return values;
  if ('numbers' in values) return pickNumbers(values.codes, values.numbers);
  return Array.from(values.codes, (code) => (code < 0 ? null : (values.words[code] ?? null)));
}
