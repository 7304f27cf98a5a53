import { formatValue, type Interval, leastCases } from '../../core/index.ts';
import type { EquivalenceGroup } from '../../define/index.ts';
import { shareDifferenceInterval } from '../../stats/index.ts';
import { pooledMeasure } from '../pooled.ts';
import type { Study } from '../study.ts';

/** Whether the outcome of routes is the same, as far as the data can tell. */
export type Likeness = 'alike' | 'not alike' | 'cannot tell';

/** One share of quality by one route of a group, beside the route with most cases. */
export interface LikenessRow {
  readonly measure: string;
  readonly route: string;
  readonly n: number;
  /** Null where fewer than ten cases stand behind it. */
  readonly share: number | null;
  /** Less the share of the route with most cases; null for that route and where it cannot be told. */
  readonly difference: number | null;
  readonly interval: Interval | null;
  /** Null for the route that others are compared with. */
  readonly likeness: Likeness | null;
}

/** What a group's routes were found to be, share by share. */
export interface GroupLikeness {
  readonly rows: readonly LikenessRow[];
  readonly likeness: Likeness;
  /** Why nothing could be compared; null where something was. */
  readonly unchecked: string | null;
}

/** Alike where the whole interval lies within the margin, not alike where all of it lies beyond. */
export function likenessWithin(interval: Interval | null, margin: number): Likeness {
  if (!interval) return 'cannot tell';
  if (interval.low >= -margin && interval.high <= margin) return 'alike';
  return interval.low > margin || interval.high < -margin ? 'not alike' : 'cannot tell';
}

/** All must be alike; one that is not settles it. */
export function likenessOfAll(each: readonly Likeness[]): Likeness {
  if (each.includes('not alike')) return 'not alike';
  return each.length > 0 && each.every((one) => one === 'alike') ? 'alike' : 'cannot tell';
}

/**
 * Compares every share of quality that speaks for two or more routes of a group, in the later periods of the headline
 * comparison: each route against the one with most cases. The 95% interval of the difference (Newcombe, 1998, method
 * 10) within the group's margin is "alike" (the principle of equivalence tests: Schuirmann, 1987), beyond it "not
 * alike", else "cannot tell".
 */
export function likenessOf(
  study: Pick<Study, 'data' | 'plan'>,
  starts: readonly string[],
  group: EquivalenceGroup,
): GroupLikeness {
  const titleOf = (o: number) => study.plan.outputs[o]?.title ?? '';
  const rows = study.plan.measures.flatMap(({ index, measure, outputs }): readonly LikenessRow[] => {
    const routes = group.places
      .filter((o) => outputs.includes(o) && study.data.isShare[index] === true)
      .map((o) => ({ title: titleOf(o), ...pooledMeasure(study, index, starts, [o]) }))
      .toSorted((a, b) => b.n - a.n);
    const [most, ...others] = routes;
    if (!most || others.length === 0) return [];
    const first = { measure: measure.title, route: most.title, n: most.n, share: most.value };
    return [
      { ...first, difference: null, interval: null, likeness: null },
      ...others.map(({ title, n, value }): LikenessRow => {
        const interval =
          value === null || most.value === null
            ? null
            : shareDifferenceInterval(value * n, n, most.value * most.n, most.n);
        return {
          ...{ measure: measure.title, route: title, n, share: value },
          difference: value === null || most.value === null ? null : value - most.value,
          interval,
          likeness: likenessWithin(interval, group.margin),
        };
      }),
    ];
  });
  return {
    rows,
    likeness: likenessOfAll(rows.flatMap((row) => row.likeness ?? [])),
    unchecked: rows.length > 0 ? null : 'no share of quality speaks for two of its routes',
  };
}

/** "alike to within 2.0 points", or why that is not known. */
export function likenessInWords({ likeness, unchecked, rows }: GroupLikeness, margin: number): string {
  if (unchecked !== null) return `not checked: ${unchecked}`;
  const points = formatValue(100 * margin, 'number');
  if (likeness === 'alike') return `alike to within ${points} points`;
  if (likeness === 'not alike') return `not alike: they differ by more than ${points} points`;
  return rows.some((row) => row.n < leastCases)
    ? 'cannot tell: too few cases'
    : 'cannot tell: the interval crosses the margin';
}
