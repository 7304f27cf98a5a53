import { type CountSum, type CountSystem, membersOf } from './count-system.ts';

/** Beyond this many cells the whole system is as quick to ask. */
const mostCells = 400;
const steps = 3;

/** The cells of a system with the sums that each stands in. */
export interface SumIndex {
  readonly cells: ReadonlyMap<string, CountSystem['cells'][number]>;
  readonly sumsOf: ReadonlyMap<string, readonly CountSum[]>;
}

/** Prepares a system for walking from cell to cell. */
export function sumIndex({ cells, sums }: CountSystem): SumIndex {
  const sumsOf = new Map<string, CountSum[]>(cells.map(({ id }) => [id, []]));
  for (const sum of sums) for (const id of membersOf(sum)) sumsOf.get(id)?.push(sum);
  return { cells: new Map(cells.map((cell) => [cell.id, cell])), sumsOf };
}

/**
 * Cells around one cell, in growing sets: first the suppressed cells that share a sum with it, then those that
 * share one with these, and so on; then the shown cells among them too. What a set leaves out may be taken to
 * stand at its true value; a cell without a known value cannot, so it always comes in.
 */
export function* neighbourhoods(
  id: string,
  { cells, sumsOf }: SumIndex,
  suppressed: ReadonlySet<string>,
): Generator<ReadonlySet<string>> {
  const isUnknown = (cell: string) => cells.get(cell)?.value === null;
  const takeBeside = (ids: Set<string>, from: string, takes: (cell: string) => boolean) => {
    for (const sum of sumsOf.get(from) ?? [])
      for (const member of membersOf(sum)) if (takes(member)) ids.add(member);
  };
  const grown = (ids: ReadonlySet<string>, takes: (cell: string) => boolean) => {
    const next = new Set(ids);
    for (const from of ids) takeBeside(next, from, takes);
    // A set visits what is added while it is walked.
    for (const from of next) takeBeside(next, from, isUnknown);
    return next;
  };
  let near: ReadonlySet<string> = new Set([id]);
  for (const takes of [(cell: string) => suppressed.has(cell), () => true])
    for (let step = 0; step < steps; step++) {
      const next = grown(near, takes);
      if (next.size > mostCells) return;
      if (next.size > near.size) yield next;
      near = next;
    }
}
