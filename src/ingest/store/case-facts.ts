import type { ColumnSpec, ColumnValues, GroupValues } from '../../stores/index.ts';
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

/** What events in order tell about their cases. */
export function factsOfEvents(rows: HeldRows, { order, at, steps, stepNames }: OrderedEvents): CaseFacts {
  const { starts } = order;
  const ids = rows.texts('case_id');
  const variants = new Variants(steps, stepNames);
  const idOf = (each: number) =>
    ids?.words[ids.codes[order.rows[starts[each] as number] as number] as number] ?? '';
  const values = (cases: Int32Array) => {
    const size = cases.length;
    const numbers = () => new Float64Array(size).fill(Number.NaN);
    const codes = () => new Int32Array(size).fill(-1);
    const [own, firstStep, lastStep, variant] = [codes(), codes(), codes(), codes()];
    const [first, last, events] = [numbers(), numbers(), new Float64Array(size)];
    const words: string[] = [];
    const variantWords = variants.list();
    for (let i = 0; i < size; i++) {
      const each = cases[i] as number;
      if (each < 0) continue;
      const from = starts[each] as number;
      const to = starts[each + 1] as number;
      // Rows without a time stand last in their case.
      let timed = to;
      while (timed > from && Number.isNaN(at[timed - 1])) timed -= 1;
      // Each case comes once, so no id comes again.
      own[i] = words.push(idOf(each)) - 1;
      events[i] = to - from;
      if (timed === from) continue;
      variant[i] = variants.codeOf(from, timed);
      first[i] = at[from] as number;
      last[i] = at[timed - 1] as number;
      firstStep[i] = steps[from] as number;
      lastStep[i] = steps[timed - 1] as number;
    }
    const text = (of: Int32Array, from: readonly string[]) => ({ codes: of, words: from });
    return [
      text(own, words),
      first,
      last,
      text(firstStep, stepNames),
      text(lastStep, stepNames),
      events,
      text(variant, variantWords),
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
  return Array.from(values.codes, (code) => (code < 0 ? null : (values.words[code] ?? null)));
}
