import { type CountSum, type CountSystem, membersOf } from './count-system.ts';

/** What the choice of cells to suppress besides the small ones goes by. */
export interface Choosing {
  readonly counts: ReadonlyMap<string, number | null>;
  readonly sumsOf: ReadonlyMap<string, readonly CountSum[]>;
  /** Cells that are not published, or that an earlier release gives away: hiding them now hides nothing. */
  readonly useless: ReadonlySet<string>;
}

/** Prepares the choice for one system. */
export function choosingFor({ cells, sums }: CountSystem, useless: ReadonlySet<string>): Choosing {
  const sumsOf = new Map<string, CountSum[]>(cells.map(({ id }) => [id, []]));
  for (const sum of sums) for (const id of membersOf(sum)) sumsOf.get(id)?.push(sum);
  return { counts: new Map(cells.map(({ id, value }) => [id, value])), sumsOf, useless };
}

/** True when exactly one member of a sum is suppressed, so that the others give it away. */
export function isGivenAway(sum: CountSum, { useless }: Choosing, suppressed: ReadonlySet<string>): boolean {
  const [first, ...others] = membersOf(sum).filter((id) => suppressed.has(id));
  return first !== undefined && others.length === 0 && !useless.has(first);
}

function completesAnother(
  id: string,
  own: CountSum,
  choosing: Choosing,
  suppressed: ReadonlySet<string>,
): boolean {
  return (choosing.sumsOf.get(id) ?? []).some((sum) => sum !== own && isGivenAway(sum, choosing, suppressed));
}

/**
 * The next cell of a sum to suppress: a part before the whole, one that also completes another line before one
 * that does not, then the smallest, then the first. Undefined when none is left.
 */
export function nextOfSum(
  sum: CountSum,
  choosing: Choosing,
  suppressed: ReadonlySet<string>,
): string | undefined {
  const isFree = (id: string) => !suppressed.has(id) && !choosing.useless.has(id);
  const parts = sum.parts.filter(isFree);
  const completing = parts.filter((id) => completesAnother(id, sum, choosing, suppressed));
  const size = (id: string) => choosing.counts.get(id) ?? 0;
  const smallest = (ids: readonly string[]) =>
    ids.reduce<string | undefined>(
      (least, id) => (least === undefined || size(id) < size(least) ? id : least),
      undefined,
    );
  return smallest(completing.length > 0 ? completing : parts) ?? (isFree(sum.whole) ? sum.whole : undefined);
}

/** The smallest cell that could still be suppressed beside one that can be placed too closely. */
export function nextBeside(
  id: string,
  choosing: Choosing,
  suppressed: ReadonlySet<string>,
): string | undefined {
  const near = (choosing.sumsOf.get(id) ?? []).flatMap((sum) => nextOfSum(sum, choosing, suppressed) ?? []);
  const size = (cell: string) => choosing.counts.get(cell) ?? 0;
  const [first, ...rest] = near.length > 0 ? near : anywhere(choosing, suppressed);
  return first === undefined
    ? undefined
    : rest.reduce((least, cell) => (size(cell) < size(least) ? cell : least), first);
}

function anywhere({ counts, useless }: Choosing, suppressed: ReadonlySet<string>): readonly string[] {
  return [...counts.keys()].filter((id) => !suppressed.has(id) && !useless.has(id));
}
