import { hash } from 'node:crypto';
import type { ColumnSpec, ColumnValues, GroupValues } from '../../stores/index.ts';
import type { HeldRows } from './held-rows.ts';
import type { OrderedEvents } from './ordered-events.ts';

/** Cases told of to the engine at a time. */
const casesABatch = 8_192;
/** Stands between the steps of a variant, as in the query. */
const between = '\u001f';

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

/** Ways that are remembered with their variant: where every case goes its own there is nothing to remember. */
const mostRemembered = 100_000;

/** Names the way of a case: md5 of its steps in order. Ways met before are found step by step, without joining names. */
class Variants {
  readonly #names: readonly string[];
  /** From a way and the code of a step to the way that is one step longer; the empty way is 0. */
  readonly #longer = new Map<number, number>();
  readonly #named: (string | undefined)[] = [undefined];

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  of(steps: Int32Array): string | null {
    if (steps.length === 0) return null;
    let way = 0;
    for (const step of steps) {
      const key = way * this.#names.length + step;
      const known = this.#longer.get(key);
      if (known === undefined && this.#named.length >= mostRemembered) return this.#hash(steps);
      way = known ?? this.#named.push(undefined) - 1;
      if (known === undefined) this.#longer.set(key, way);
    }
    this.#named[way] ??= this.#hash(steps);
    return this.#named[way] ?? null;
  }

  #hash(steps: Int32Array): string {
    return hash('md5', Array.from(steps, (step) => this.#names[step]).join(between));
  }
}

/** What steps tell about their cases, in order of the cases' ids. */
export interface CaseFacts {
  readonly cases: number;
  idOf(at: number): string;
  /** The values of some cases, column by column as `caseFacts`; -1 is a case that no step tells of. */
  values(cases: Int32Array): readonly GroupValues[];
}

/** What events in order tell about their cases. */
export function factsOfEvents(rows: HeldRows, { order, at, steps, stepNames }: OrderedEvents): CaseFacts {
  const ids = rows.texts('case_id');
  const variants = new Variants(stepNames);
  const idOf = (each: number) =>
    ids?.words[ids.codes[order.rows[order.starts[each] as number] as number] as number] ?? '';
  const values = (cases: Int32Array) => {
    const size = cases.length;
    const numbers = () => new Float64Array(size).fill(Number.NaN);
    const codes = () => new Int32Array(size).fill(-1);
    const [own, variant] = [new FactTexts(size), new FactTexts(size)];
    const [firstStep, lastStep] = [codes(), codes()];
    const [first, last] = [numbers(), numbers()];
    const events = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      const each = cases[i] as number;
      if (each < 0) continue;
      const from = order.starts[each] as number;
      const to = order.starts[each + 1] as number;
      // Rows without a time stand last in their case.
      let timed = to;
      while (timed > from && Number.isNaN(at[timed - 1])) timed -= 1;
      own.set(i, idOf(each));
      events[i] = to - from;
      variant.set(i, variants.of(steps.subarray(from, timed)));
      if (timed === from) continue;
      first[i] = at[from] as number;
      last[i] = at[timed - 1] as number;
      firstStep[i] = steps[from] as number;
      lastStep[i] = steps[timed - 1] as number;
    }
    const step = (of: Int32Array) => ({ codes: of, words: stepNames });
    return [own, first, last, step(firstStep), step(lastStep), events, variant];
  };
  return { cases: order.starts.length - 1, idOf, values };
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
