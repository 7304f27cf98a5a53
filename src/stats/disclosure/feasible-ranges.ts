import { type CountSystem, membersOf } from './count-system.ts';
import { rangeSolver } from './linear-programme.ts';
import { type CountRange, type DisclosureProfile, rangeOfPublished, roundedCount } from './profile.ts';

/** What a reader knows of a system: which cells are suppressed, the rule, and what came out before. */
export interface ReaderKnows {
  readonly profile: DisclosureProfile;
  readonly suppressed: ReadonlySet<string>;
  /** Ranges that earlier releases give away. */
  readonly known: ReadonlyMap<string, CountRange>;
}

/** Where a reader can place a count before adding anything up. */
function ownRange(
  { id, value, isUnpublished }: CountSystem['cells'][number],
  { profile, suppressed, known }: ReaderKnows,
  whole: boolean,
): CountRange {
  const { low, high } =
    isUnpublished || suppressed.has(id) || value === null
      ? { low: 0, high: Number.POSITIVE_INFINITY }
      : rangeOfPublished(roundedCount(value, profile), profile, whole);
  const before = known.get(id);
  return { low: Math.max(low, before?.low ?? low), high: Math.min(high, before?.high ?? high) };
}

/** What the exact audit of a system answers of its cells. */
export interface Audit {
  /** The least and the greatest count that a reader must allow for; no upper bound is Infinity. */
  readonly rangeOf: (id: string) => CountRange;
  /** True when a reader can place the cell within a range narrower than the profile's width. */
  readonly isTooClose: (id: string) => boolean;
}

/**
 * Audits a system from all that is published and all sums together: the least and the greatest value of a cell
 * by linear programme, in whole numbers where all counts are whole.
 */
export async function auditOf(system: CountSystem, knows: ReaderKnows): Promise<Audit> {
  const index = new Map(system.cells.map(({ id }, i) => [id, i]));
  const whole = system.cells.every(({ value }) => value === null || Number.isInteger(value));
  const solver = await rangeSolver({
    variables: system.cells.map((cell) => ({ ...ownRange(cell, knows, whole), whole })),
    equations: system.sums.map((sum) =>
      membersOf(sum).flatMap((id, i) => {
        const variable = index.get(id);
        return variable === undefined ? [] : [{ variable, sign: i === 0 ? -1 : 1 } as const];
      }),
    ),
  });
  const at = (id: string) => index.get(id) ?? -1;
  return {
    rangeOf: (id) => solver.rangeOf(at(id)) ?? { low: 0, high: Number.POSITIVE_INFINITY },
    isTooClose: (id) => !solver.spans(at(id), knows.profile.width),
  };
}
