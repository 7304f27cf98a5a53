import { type CountCell, type CountRange, type CountSum, rangeOfPublished } from '../../stats/index.ts';
import type { EarlierKnowledge } from '../disclosure/protect-results.ts';
import type { Release } from './release-ledger.ts';

const extractsOf = (extracts: readonly { readonly sha256: string }[]) =>
  extracts
    .map(({ sha256 }) => sha256)
    .sort()
    .join(' ');

const narrower = (a: CountRange | undefined, b: CountRange): CountRange =>
  a === undefined ? b : { low: Math.max(a.low, b.low), high: Math.min(a.high, b.high) };

/** Counts that a release showed, and where each tells a reader that the true count lay. */
function shownRanges({ counts, profile }: Release): readonly (readonly [string, CountRange])[] {
  return Object.entries(counts).flatMap(([id, value]) => {
    if (value === null) return [];
    const whole = Number.isInteger(value);
    return [[id, rangeOfPublished(value, profile, whole)] as const];
  });
}

function sumsOf({ counts, sums }: Release): readonly CountSum[] {
  const ids = Object.keys(counts);
  return sums.flatMap(([whole = -1, ...parts]) => {
    const wholeId = ids[whole];
    const partIds = parts.map((part) => ids[part]);
    return wholeId !== undefined && partIds.every((id): id is string => id !== undefined)
      ? [{ whole: wholeId, parts: partIds }]
      : [];
  });
}

/**
 * What readers know from earlier releases about the counts of a new one. A count that was shown, and is still
 * what it was, is known within its rounding. From releases of the same extracts, the counts and sums that the
 * new one does not hold count too, and what they suppressed must stay protected.
 */
export function earlierKnowledge(
  releases: readonly Release[],
  extracts: readonly { readonly file: string; readonly sha256: string }[],
): (cells: readonly CountCell[]) => EarlierKnowledge {
  return (cells) => {
    const now = new Map(cells.map(({ id, value }) => [id, value]));
    const known = new Map<string, CountRange>();
    const others = new Map<string, CountCell>();
    const sums: CountSum[] = [];
    for (const release of releases) {
      const isSameData = extractsOf(release.extracts) === extractsOf(extracts);
      for (const [id, range] of shownRanges(release)) {
        const value = now.get(id);
        const isUnchanged =
          value === undefined ? isSameData : value === null || (value >= range.low && value <= range.high);
        if (isUnchanged) known.set(id, narrower(known.get(id), range));
      }
      if (!isSameData) continue;
      for (const [id, value] of Object.entries(release.counts))
        if (!now.has(id) && others.get(id)?.isUnpublished !== true)
          others.set(id, value === null ? { id, value: null } : { id, value: null, isUnpublished: true });
      sums.push(...sumsOf(release));
    }
    return { known, cells: [...others.values()], sums };
  };
}
