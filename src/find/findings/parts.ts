import type { Warehouse } from '../../stores/index.ts';
import { sharedCases } from '../queries/shared-cases.ts';
import type { Finding, Pattern } from './finding.ts';

/** A sign is part of a finding above it where this share of its cases are among the cases of that one. */
const leastWithin = 0.9;
/** What a large part of all cases have holds other signs by chance: nothing is part of a finding on more than this share. */
const mostOfAll = 0.25;

/** Signs in the steps of cases, which a finding about the same cases may be the reason for. */
const mayBePart: ReadonlySet<Pattern> = new Set(['workaround', 'rework']);

/** A finding that is told under another, and that other. */
export interface Part<T> {
  readonly finding: T;
  readonly whole: T;
}

/**
 * Parts findings, given in their order, into those that stand by themselves and signs in nearly the same cases as one
 * that stands before them: a case that moves between systems shows many such signs, and is one thing to look into.
 */
export async function foldParts<T extends Finding>(
  warehouse: Warehouse,
  findings: readonly T[],
): Promise<{ readonly standing: readonly T[]; readonly parts: readonly Part<T>[] }> {
  const sets = findings.flatMap(({ affected }, place) => (affected ? [{ place, affected }] : []));
  const shared = await sharedCases(
    warehouse,
    sets.map(({ affected }) => affected),
  );
  const setOf = new Map(sets.map(({ place }, i) => [place, i]));
  const standing: { readonly finding: T; readonly set: number | undefined }[] = [];
  const parts: Part<T>[] = [];
  for (const [place, finding] of findings.entries()) {
    const set = setOf.get(place);
    const whole =
      set === undefined || !mayBePart.has(finding.pattern)
        ? undefined
        : standing.find(
            (one) =>
              one.set !== undefined &&
              one.finding.share <= mostOfAll &&
              shared(one.set, one.set) >= shared(set, set) &&
              shared(one.set, set) >= leastWithin * shared(set, set),
          );
    if (whole) parts.push({ finding, whole: whole.finding });
    else standing.push({ finding, set });
  }
  return { standing: standing.map(({ finding }) => finding), parts };
}
