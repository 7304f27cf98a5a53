import type { Classification } from './classify-claim.ts';

/** A claim as it stands in the list of savings, in pounds of one year. */
export interface ClaimLine {
  readonly id: string;
  readonly classification: Classification;
  readonly gross: number | null;
  readonly costToAchieve: number | null;
}

/** The sum of claims of one class. */
export interface ClassTotal {
  readonly standing: 'shown' | 'claimed, not shown' | 'not an efficiency';
  readonly cls: Classification['cls'];
  readonly cash: NonNullable<Classification['cash']> | null;
  readonly claims: number;
  /** Sum over the claims that state it; null where none does. */
  readonly gross: number | null;
  readonly net: number | null;
  /** Claims that state no pounds, and so are in no sum. */
  readonly withoutPounds: number;
}

function standingOf({ cls }: Classification): ClassTotal['standing'] {
  if (cls === 'efficiency') return 'shown';
  return cls === 'not-evidenced' ? 'claimed, not shown' : 'not an efficiency';
}

function sumOrNull(amounts: readonly (number | null)[]): number | null {
  const known = amounts.filter((amount) => amount !== null);
  return known.length === 0 ? null : known.reduce((sum, amount) => sum + amount, 0);
}

/**
 * Totals by class and by whether a budget falls. There is no grand total: what is shown and what is claimed are
 * never added, nor cash and time.
 */
export function totalsByClass(lines: readonly ClaimLine[]): readonly ClassTotal[] {
  const groups = new Map<string, ClaimLine[]>();
  for (const line of lines) {
    const { cls, cash = null } = line.classification;
    const key = JSON.stringify([cls, cash]);
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  const standings = ['shown', 'claimed, not shown', 'not an efficiency'];
  return [...groups.values()]
    .flatMap((group): readonly ClassTotal[] => {
      const first = group[0]?.classification;
      if (!first) return [];
      return [
        {
          standing: standingOf(first),
          cls: first.cls,
          cash: first.cash ?? null,
          claims: group.length,
          gross: sumOrNull(group.map(({ gross }) => gross)),
          net: sumOrNull(
            group.map(({ gross, costToAchieve }) =>
              gross === null || costToAchieve === null ? null : gross - costToAchieve,
            ),
          ),
          withoutPounds: group.filter(({ gross }) => gross === null).length,
        },
      ];
    })
    .sort(
      (a, b) => standings.indexOf(a.standing) - standings.indexOf(b.standing) || (a.cls < b.cls ? -1 : 1),
    );
}
