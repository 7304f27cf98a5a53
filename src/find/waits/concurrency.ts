import type { QueryRecord } from '../../core/index.ts';
import { type Row, runStep, sql, type Warehouse } from '../../stores/index.ts';
import { finishedTable } from './instances.ts';

/** How often `b` directly follows `a` in a case, and how often `a` then follows again (a, b, a). */
export interface StepPair {
  readonly a: number;
  readonly b: number;
  readonly follows: number;
  readonly returns: number;
}

/** Steps that are worked side by side, by their numbers. */
export class ConcurrentSteps {
  readonly #partners = new Map<number, Set<number>>();

  constructor(pairs: readonly (readonly [number, number])[]) {
    for (const [a, b] of pairs) {
      this.#partners.set(a, (this.#partners.get(a) ?? new Set()).add(b));
    }
  }

  has(a: number, b: number): boolean {
    return this.#partners.get(a)?.has(b) ?? false;
  }

  /** Ordered pairs, so that two relations can be held against each other. */
  pairs(): readonly (readonly [number, number])[] {
    return [...this.#partners]
      .flatMap(([a, partners]) => [...partners].map((b) => [a, b] as const))
      .sort(([a, b], [c, d]) => a - c || b - d);
  }
}

/**
 * The concurrency oracle of the heuristics miner, as used by Lashkevich and others (2023) and Chapela-Campa and
 * Dumas (2022): a and b are worked side by side if either follows the other, neither clearly comes first, and they
 * are no loop of two. `threshold` is h, 0.9 by default.
 */
export function concurrentSteps(counts: readonly StepPair[], threshold = 0.9): ConcurrentSteps {
  const key = (a: number, b: number) => `${a} ${b}`;
  const known = new Map(counts.map((pair) => [key(pair.a, pair.b), pair]));
  const follows = (a: number, b: number) => known.get(key(a, b))?.follows ?? 0;
  const returns = (a: number, b: number) => known.get(key(a, b))?.returns ?? 0;
  const loopsAlone = (a: number) => follows(a, a) / (follows(a, a) + 1) >= threshold;
  const areConcurrent = ({ a, b }: StepPair) => {
    if (a === b || follows(a, b) === 0 || follows(b, a) === 0) return false;
    const there = follows(a, b);
    const back = follows(b, a);
    const dependency = (there - back) / (there + back + 1);
    const rounds = returns(a, b) + returns(b, a);
    const loopOfTwo = loopsAlone(a) || loopsAlone(b) ? 0 : rounds / (rounds + 1);
    return loopOfTwo < threshold && Math.abs(dependency) < threshold;
  };
  return new ConcurrentSteps(counts.filter(areConcurrent).map(({ a, b }) => [a, b]));
}

/** Counts the pairs of steps that follow each other inside cases, in order of their finish. */
export async function countStepPairs(warehouse: Warehouse, log: QueryRecord[]): Promise<readonly StepPair[]> {
  const rows = await runStep<Row & StepPair>(
    warehouse,
    {
      name: 'wait_step_pairs',
      purpose:
        'How often each step directly follows each other in order of their finish, and how often the first then comes again: what tells steps worked side by side.',
      sql: sql`select a, b, count(*) as follows, sum(case when c = a and a <> b then 1 else 0 end) as returns
from (select step_no as a, lead(step_no) over in_case as b, lead(step_no, 2) over in_case as c
  from ${finishedTable} window in_case as (partition by case_no order by id)) as in_turn
where b is not null group by a, b order by a, b`,
    },
    log,
  );
  return rows;
}
