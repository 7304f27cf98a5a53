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

/**
 * The next cell to suppress beside one that can be placed too closely: of the sums it stands in, or else of those
 * that their members stand in, and so on outwards; the smallest on offer. Undefined when all is suppressed.
 */
export function nextBeside(
  id: string,
  choosing: Choosing,
  suppressed: ReadonlySet<string>,
): string | undefined {
  const size = (cell: string) => choosing.counts.get(cell) ?? 0;
  const asked = new Set<CountSum>();
  let ring: readonly CountSum[] = choosing.sumsOf.get(id) ?? [];
  while (ring.length > 0) {
    const [first, ...rest] = ring.flatMap((sum) => nextOfSum(sum, choosing, suppressed) ?? []);
    if (first !== undefined)
      return rest.reduce((least, cell) => (size(cell) < size(least) ? cell : least), first);
    for (const sum of ring) asked.add(sum);
    const members = new Set(ring.flatMap(membersOf));
    ring = [...new Set([...members].flatMap((member) => choosing.sumsOf.get(member) ?? []))].filter(
      (sum) => !asked.has(sum),
    );
  }
  return undefined;
}
