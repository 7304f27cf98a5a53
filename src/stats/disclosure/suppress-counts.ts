import { type Choosing, choosingFor, isGivenAway, nextBeside, nextOfSum } from './choose-secondary.ts';
import { type CountSystem, independentParts, membersOf } from './count-system.ts';
import { type Audit, auditOf } from './feasible-ranges.ts';
import { type CountRange, type DisclosureProfile, isSmallCount, roundedCount } from './profile.ts';

/**
 * Why a cell is suppressed: it is small, it would give another away, or it was withheld before it came here.
 */
export type SuppressionReason = 'primary' | 'secondary' | 'withheld';

/** A suppressed cell and the range in which a reader can place it. */
export interface SuppressedCount {
  readonly id: string;
  readonly reason: SuppressionReason;
  /** Null where the ranges were not asked for. */
  readonly range: CountRange | null;
  /** False only where `givenBefore` is true. */
  readonly isWideEnough: boolean;
  /** True when an earlier release alone places it closer than the rule allows. */
  readonly givenBefore: boolean;
}

/** Counts as they may be published, with the audit of those that may not. */
export interface ProtectedCounts {
  /** The rounded count, or null where it is suppressed. */
  readonly published: ReadonlyMap<string, number | null>;
  readonly suppressed: readonly SuppressedCount[];
}

/** Beyond this many suppressed cells of one part, showing some again would take longer than it is worth. */
const mostToReconsider = 40;

interface Work {
  readonly part: CountSystem;
  readonly choosing: Choosing;
  readonly profile: DisclosureProfile;
  readonly known: ReadonlyMap<string, CountRange>;
  readonly withRanges: boolean;
}

/** What protection takes into account and reports besides. */
export interface SuppressOptions {
  /** Ranges that earlier releases give away. */
  readonly known?: ReadonlyMap<string, CountRange>;
  /** False leaves out the ranges of suppressed cells, which take longer than to show that they are wide. */
  readonly withRanges?: boolean;
}

/** While exactly one cell of a sum is suppressed, the rest give it away: suppress another. */
function completeLines({ part, choosing }: Work, suppressed: Set<string>): void {
  for (let complete = false; !complete; ) {
    complete = true;
    for (const sum of part.sums) {
      if (!isGivenAway(sum, choosing, suppressed)) continue;
      const next = nextOfSum(sum, choosing, suppressed);
      if (next === undefined) continue;
      suppressed.add(next);
      complete = false;
    }
  }
}

/** Suppresses more until no suppressed cell can be placed closer than the rule; hiding more only widens ranges. */
async function widen(work: Work, suppressed: Set<string>): Promise<Audit> {
  const { part, profile, known, choosing } = work;
  let audit = await auditOf(part, { profile, suppressed, known });
  // The set grows while it is walked, so that what is added is audited too.
  for (const id of suppressed)
    while (!choosing.useless.has(id) && audit.isTooClose(id)) {
      const next = nextBeside(id, choosing, suppressed);
      if (next === undefined) break;
      suppressed.add(next);
      completeLines(work, suppressed);
      audit = await auditOf(part, { profile, suppressed, known });
    }
  return audit;
}

/** Shows again what need not have been suppressed, the largest first; true when there was any. */
async function showAgain(work: Work, suppressed: Set<string>, must: ReadonlySet<string>): Promise<boolean> {
  const { part, profile, known, choosing } = work;
  if (suppressed.size > mostToReconsider) return false;
  const before = suppressed.size;
  const size = (id: string) => choosing.counts.get(id) ?? 0;
  const extra = [...suppressed].filter((id) => !must.has(id)).sort((a, b) => size(b) - size(a));
  for (const id of extra) {
    const fewer = new Set([...suppressed].filter((cell) => cell !== id));
    if (part.sums.some((sum) => isGivenAway(sum, choosing, fewer))) continue;
    const { isTooClose } = await auditOf(part, { profile, suppressed: fewer, known });
    if (![...fewer].some((cell) => !choosing.useless.has(cell) && isTooClose(cell))) suppressed.delete(id);
  }
  return suppressed.size < before;
}

async function suppressPart(work: Work): Promise<readonly SuppressedCount[]> {
  const { part, profile, known, choosing } = work;
  const reasons = new Map<string, SuppressionReason>();
  for (const { id, value, isUnpublished } of part.cells) {
    if (isUnpublished) continue;
    if (value === null) reasons.set(id, 'withheld');
    else if (isSmallCount(value, profile)) reasons.set(id, 'primary');
  }
  if (reasons.size === 0) return [];
  const unpublished = part.cells.filter((cell) => cell.isUnpublished).map(({ id }) => id);
  const suppressed = new Set([...reasons.keys(), ...unpublished]);
  const must = new Set(suppressed);
  completeLines(work, suppressed);
  const audit = await widen(work, suppressed);
  const isChanged = await showAgain(work, suppressed, must);
  for (const id of unpublished) suppressed.delete(id);
  const { rangeOf, isTooClose } = isChanged ? await auditOf(part, { profile, suppressed, known }) : audit;
  return [...suppressed].map((id) => ({
    id,
    reason: reasons.get(id) ?? 'secondary',
    range: work.withRanges ? rangeOf(id) : null,
    isWideEnough: !isTooClose(id),
    givenBefore: choosing.useless.has(id),
  }));
}

/** Sums of which every member is among the cells; the others bind nothing that is published here. */
function bindingSums({ cells, sums }: CountSystem): CountSystem {
  const ids = new Set(cells.map(({ id }) => id));
  return { cells, sums: sums.filter((sum) => membersOf(sum).every((id) => ids.has(id))) };
}

/**
 * Protects counts that are published together: small ones are suppressed; so is a second cell of every sum that
 * has one (the smallest, one that completes another sum first); then more, until linear programmes show that no
 * reader can place a suppressed cell within a range narrower than the profile's width. The others are rounded,
 * each from its true value, so that sums need not add. What earlier releases alone give away is marked, and never
 * counted as protection.
 *
 * Fischetti and Salazar (2001), Solving the cell suppression problem on tabular data with linear constraints,
 * state the problem; the choice of cells here is a rule of thumb, the audit is exact.
 */
export async function suppressCounts(
  given: CountSystem,
  profile: DisclosureProfile,
  { known = new Map(), withRanges = true }: SuppressOptions = {},
): Promise<ProtectedCounts> {
  const system = bindingSums(given);
  const isGiven = ({ low, high }: CountRange) => high - low < profile.width;
  const useless = new Set([
    ...[...known].filter(([, range]) => isGiven(range)).map(([id]) => id),
    ...system.cells.filter((cell) => cell.isUnpublished).map(({ id }) => id),
  ]);
  const suppressed: SuppressedCount[] = [];
  for (const part of independentParts(system)) {
    const work = { part, choosing: choosingFor(part, useless), profile, known, withRanges };
    suppressed.push(...(await suppressPart(work)));
  }
  const hidden = new Set(suppressed.map(({ id }) => id));
  return {
    published: new Map(
      system.cells
        .filter((cell) => !cell.isUnpublished)
        .map(({ id, value }) => [id, value === null || hidden.has(id) ? null : roundedCount(value, profile)]),
    ),
    suppressed,
  };
}
