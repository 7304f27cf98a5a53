import {
  type CodedTexts,
  type ColumnSpec,
  type ColumnValues,
  type GroupValues,
  pickNumbers,
} from '../../stores/index.ts';
import { Variants } from './case-variants.ts';
import type { HeldRows } from './held-rows.ts';
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

/** Some cases, and where the rows of each lie: from one place up to another, those without a time left out. */
interface Spans {
  readonly cases: Int32Array;
  readonly from: Int32Array;
  /** The same as `from` where no row has a time. */
  readonly to: Int32Array;
}

// Each loop over cases stands in a function of its own: it is compiled once.

function putSpans({ cases, from, to }: Spans, starts: Int32Array, at: Float64Array): void {
  for (let i = 0; i < cases.length; i++) {
    const each = cases[i] as number;
    if (each < 0) continue;
    const first = starts[each] as number;
    // Rows without a time stand last in their case.
    let timed = starts[each + 1] as number;
    while (timed > first && Number.isNaN(at[timed - 1])) timed -= 1;
    from[i] = first;
    to[i] = timed;
  }
}

function spansOf(cases: Int32Array, starts: Int32Array, at: Float64Array): Spans {
  const spans = { cases, from: new Int32Array(cases.length), to: new Int32Array(cases.length) };
  putSpans(spans, starts, at);
  return spans;
}

function putNames(
  cases: Int32Array,
  idOf: (each: number) => string,
  codes: Int32Array,
  words: string[],
): void {
  for (let i = 0; i < cases.length; i++) {
    const each = cases[i] as number;
    codes[i] = each < 0 ? -1 : words.push(idOf(each)) - 1;
  }
}

/** The names of cases; each case comes once, so no name comes again. */
function namesOf(cases: Int32Array, idOf: (each: number) => string): CodedTexts {
  const codes = new Int32Array(cases.length);
  const words: string[] = [];
  putNames(cases, idOf, codes, words);
  return { codes, words };
}

function sizesOf(cases: Int32Array, starts: Int32Array): Float64Array {
  const sizes = new Float64Array(cases.length);
  for (let i = 0; i < sizes.length; i++) {
    const each = cases[i] as number;
    if (each >= 0) sizes[i] = (starts[each + 1] as number) - (starts[each] as number);
  }
  return sizes;
}

/** A time of each case: of its first row that has one, or of its last. */
function timesAt({ from, to }: Spans, at: Float64Array, end: 'first' | 'last'): Float64Array {
  const times = new Float64Array(from.length);
  for (let i = 0; i < times.length; i++) {
    const first = from[i] as number;
    const behind = to[i] as number;
    times[i] = behind === first ? Number.NaN : (at[end === 'first' ? first : behind - 1] as number);
  }
  return times;
}

/** The step of the same rows. */
function stepsAt({ from, to }: Spans, steps: Int32Array, end: 'first' | 'last'): Int32Array {
  const codes = new Int32Array(from.length);
  for (let i = 0; i < codes.length; i++) {
    const first = from[i] as number;
    const behind = to[i] as number;
    codes[i] = behind === first ? -1 : (steps[end === 'first' ? first : behind - 1] as number);
  }
  return codes;
}

function putVariants({ from, to }: Spans, variants: Variants, codes: Int32Array): void {
  for (let i = 0; i < codes.length; i++)
    codes[i] = to[i] === from[i] ? -1 : variants.codeOf(from[i] as number, to[i] as number);
}

function variantsOf(spans: Spans, variants: Variants): CodedTexts {
  const words = variants.list();
  const codes = new Int32Array(spans.from.length);
  putVariants(spans, variants, codes);
  return { codes, words };
}

/** What events in order tell about their cases. */
export function factsOfEvents(rows: HeldRows, { order, at, steps, stepNames }: OrderedEvents): CaseFacts {
  const { starts } = order;
  const ids = rows.texts('case_id');
  const variants = new Variants(steps, stepNames);
  const idOf = (each: number) =>
    ids?.words[ids.codes[order.rows[starts[each] as number] as number] as number] ?? '';
  const values = (cases: Int32Array) => {
    const spans = spansOf(cases, starts, at);
    const stepOf = (end: 'first' | 'last') => ({ codes: stepsAt(spans, steps, end), words: stepNames });
    return [
      namesOf(cases, idOf),
      timesAt(spans, at, 'first'),
      timesAt(spans, at, 'last'),
      stepOf('first'),
      stepOf('last'),
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
