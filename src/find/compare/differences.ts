import { leastCases, normalQuantileFor } from '../../core/index.ts';
import {
  adjustForDiscoveries,
  pooledScore,
  shareDifferenceInterval,
  squareAndAdd,
  twoSidedNormal,
} from '../../stats/index.ts';
import type { Side, SideShare, SideTime, Spread } from './sides.ts';

/** One thing held side by side: both values, how many cases each rests on, and their difference with its interval. */
export interface Difference {
  readonly name: string;
  /** The id of the time or the share that both sides have; of whole cases it is `duration`. */
  readonly of: string;
  readonly kind: 'time' | SideShare['kind'];
  readonly first: number;
  readonly firstCases: number;
  readonly second: number;
  readonly secondCases: number;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** The chance of such a difference where there is none, allowing for all that are looked at. */
  readonly adjusted: number;
  /** True where that chance is 5% or less. */
  readonly isBeyondChance: boolean;
}

type Untested = Omit<Difference, 'adjusted' | 'isBeyondChance'> & { readonly p: number };

/** The difference of two quantiles from their own intervals, and the p-value that goes with its interval. */
export function quantileDifference(a: Spread, b: Spread) {
  const { difference, low, high } = squareAndAdd(a, b);
  const towardsNone = difference > 0 ? difference - low : high - difference;
  const p =
    difference === 0
      ? 1
      : towardsNone === 0
        ? 0
        : twoSidedNormal((normalQuantileFor(0.95) * difference) / towardsNone);
  return { difference, low, high, p };
}

/** The difference of two shares: Newcombe's interval (1998, method 10) and the p-value of the pooled z test. */
export function shareDifference(a: Pick<SideShare, 'having' | 'of'>, b: Pick<SideShare, 'having' | 'of'>) {
  const { low, high } = shareDifferenceInterval(a.having, a.of, b.having, b.of);
  const difference = a.having / a.of - b.having / b.of;
  return { difference, low, high, p: twoSidedNormal(pooledScore(a.having, a.of, b.having, b.of)) };
}

function ofTimes(a: SideTime, b: SideTime): readonly Untested[] {
  const both = (what: string, first: Spread, second: Spread): Untested => ({
    name: `${a.name}: ${what}`,
    of: a.id,
    kind: 'time',
    first: first.value,
    firstCases: a.cases,
    second: second.value,
    secondCases: b.cases,
    ...quantileDifference(first, second),
  });
  return [both('median', a.median, b.median), both('one in ten longer than', a.p90, b.p90)];
}

/** Pairs what both sides have; a step that no case of a side goes through counts as none. */
function shares(a: Side, b: Side): readonly (readonly [SideShare, SideShare])[] {
  const find = (side: Side, share: SideShare) => side.shares.find(({ id }) => id === share.id);
  const none = (side: Side, share: SideShare): SideShare => ({ ...share, having: 0, of: side.cases });
  const own = a.shares.flatMap((share) => {
    const other = find(b, share) ?? (share.kind === 'step' ? none(b, share) : undefined);
    return other ? [[share, other] as const] : [];
  });
  const others = b.shares
    .filter((share) => share.kind === 'step' && !find(a, share))
    .map((share) => [none(a, share), share] as const);
  return [...own, ...others];
}

/**
 * All that two sides differ in, with 95% intervals. Whether a difference is beyond chance allows for their number
 * under any dependence among them (Benjamini and Yekutieli, 2001, q = 0.05). Nothing is said of fewer than ten cases.
 */
export function differencesOf(a: Side, b: Side): readonly Difference[] {
  const times = a.times.flatMap((time) => {
    const other = b.times.find(({ id }) => id === time.id);
    return other && time.cases >= leastCases && other.cases >= leastCases ? ofTimes(time, other) : [];
  });
  const parts = shares(a, b)
    .filter(([x, y]) => x.of >= leastCases && y.of >= leastCases && x.having + y.having >= leastCases)
    .map(
      ([x, y]): Untested => ({
        name: x.name,
        of: x.id,
        kind: x.kind,
        first: x.having / x.of,
        firstCases: x.of,
        second: y.having / y.of,
        secondCases: y.of,
        ...shareDifference(x, y),
      }),
    );
  const all = [...times, ...parts];
  const adjusted = adjustForDiscoveries(
    all.map(({ p }) => p),
    'dependent',
  );
  return all.map(({ p: _, ...difference }, i) => ({
    ...difference,
    adjusted: adjusted[i] ?? 1,
    isBeyondChance: (adjusted[i] ?? 1) <= 0.05,
  }));
}
