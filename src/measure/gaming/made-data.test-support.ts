import { drawsFor } from '../../core/index.ts';
import { poissonDraw, standardNormal } from '../../stats/index.ts';
import type { DurationBins } from './bunching.ts';
import type { CodedPeriod } from './coding-drift.ts';
import type { Arrival } from './cream-skimming.ts';
import type { CountedShare } from './official-against-independent.ts';
import type { TargetedResult, UntargetedResult } from './ratchet.ts';
import type { TargetPeriod } from './target-and-denominator.ts';

/** Draws one after another, the same for the same run. */
export function streamOf(purpose: string, run: number): () => number {
  const draw = drawsFor(4, purpose, run);
  let item = 0;
  return () => draw(item++);
}

type Uniform = () => number;
const total = 5000;
/** Share of cases that a planted distortion moves. */
const moved = 0.1;
const range = (n: number) => Array.from({ length: n }, (_, i) => i);

/**
 * Shares of 5,000 unit-months about `centre`; distorted, of those up to two points below the threshold so many
 * come out just above it that they are a tenth of all.
 */
export function madeShares(u: Uniform, distorted: boolean, centre: number, cut = 0.95): readonly number[] {
  const shares = range(total).map(() => centre + 0.02 * standardNormal(u));
  if (!distorted) return shares;
  const inReach = (share: number) => share < cut && share >= cut - 0.02;
  const chance = (moved * total) / shares.filter(inReach).length;
  return shares.map((share) => (inReach(share) && u() < chance ? cut + 0.005 * u() : share));
}

/** Durations in 60 bins of a skewed distribution, target in bin 24; distorted, a tenth of all end at the target instead of later. */
export function madeDurations(u: Uniform, distorted: boolean): DurationBins {
  const counts = Array<number>(60).fill(0);
  const target = 24;
  for (let i = 0; i < total; i++) {
    const days = -12 * Math.log(u() * u());
    const bin = Math.floor(days);
    const isMoved = distorted && bin > target && u() < moved / 0.37;
    const place = isMoved ? target : bin;
    if (place < 60) counts[place] = (counts[place] ?? 0) + 1;
  }
  return { counts, target, below: 0, above: 0, replicates: 20 };
}

/** Minutes from 5 to 404; distorted, a tenth are written down as ending in 9. */
export function madeMinutes(u: Uniform, distorted: boolean): readonly number[] {
  return range(total).map(() => {
    const minutes = 5 + Math.floor(400 * u());
    return distorted && u() < moved ? minutes - (minutes % 10) + 9 : minutes;
  });
}

/** Amounts over four orders of magnitude; distorted, a tenth begin with 9. */
export function madeAmounts(u: Uniform, distorted: boolean): readonly number[] {
  return range(total).map(() => {
    const amount = 10 ** (1 + 4 * u());
    const size = 10 ** Math.floor(Math.log10(amount));
    return distorted && u() < moved ? 9 * size + (amount % size) : amount;
  });
}

/**
 * 50 units over 100 periods, the target a little above each unit's mean, and another measure of the same
 * units; distorted, units that beat their target by half a deviation or more hold back in the next period by it.
 */
export function madeResults(
  u: Uniform,
  distorted: boolean,
): { readonly targeted: readonly TargetedResult[]; readonly untargeted: readonly UntargetedResult[] } {
  const targeted: TargetedResult[] = [];
  const untargeted: UntargetedResult[] = [];
  for (const k of range(50)) {
    const level = 10 + standardNormal(u);
    let before = 0;
    for (const period of range(100)) {
      const held = distorted && before > 0.5 ? before : 0;
      const actual = level + standardNormal(u) - held;
      before = actual - (level + 0.5);
      targeted.push({ unit: `u${k}`, period, actual, target: level + 0.5 });
      untargeted.push({ unit: `u${k}`, period, actual: 3 * level + standardNormal(u) });
    }
  }
  return { targeted, untargeted };
}

/** 5,000 completions over 24 months of 30 days, quiet at weekends; distorted, a tenth of each month moves to its last days. */
export function madeDays(u: Uniform, distorted: boolean): readonly (readonly number[])[] {
  return range(24).map((month) => {
    const days = range(30).map((day) => {
      const isWeekend = (month * 30 + day) % 7 >= 5;
      return poissonDraw((isWeekend ? 0.2 : 1.32) * (total / 720), u);
    });
    if (!distorted) return days;
    return days.map((count, day) => {
      const late = day >= 27 ? (days.slice(0, 27).reduce((sum, x) => sum + x, 0) * moved) / 0.9 / 3 : 0;
      return day < 27 ? count * (1 - moved / 0.9) : count + late;
    });
  });
}

/** 5,000 arrivals over 24 months, one in ten refused whatever the difficulty; distorted, from the middle on it is the hardest tenth. */
export function madeArrivals(u: Uniform, distorted: boolean): readonly Arrival[] {
  return range(total).map((i) => {
    const period = Math.floor((i * 24) / total);
    const difficulty = standardNormal(u);
    const isRefused = distorted && period >= 12 ? difficulty > 1.2816 : u() < moved;
    return { period, difficulty, accepted: !isRefused };
  });
}

/** 5,000 cases over 24 months, three in ten recorded as complex; distorted, up to a tenth more, while the outcome stays. */
export function madeCoding(u: Uniform, distorted: boolean): readonly CodedPeriod[] {
  const cases = Math.round(total / 24);
  const shareOf = (p: number) => range(cases).filter(() => u() < p).length / cases;
  const variance = (p: number) => (p * (1 - p)) / cases;
  return range(24).map((period) => {
    const p = 0.3 + (distorted ? (2 * moved * period) / 23 : 0);
    return {
      severity: shareOf(p),
      severityVariance: variance(p),
      outcome: shareOf(0.1),
      outcomeVariance: variance(0.1),
      cases,
    };
  });
}

/** 5,000 cases and a survey of 500; distorted, a tenth of the official successes are none. */
export function madeGap(
  u: Uniform,
  distorted: boolean,
): { readonly official: CountedShare; readonly independent: CountedShare & { readonly n: number } } {
  const truth = 0.82;
  const shareOf = (n: number, p: number) => range(n).filter(() => u() < p).length / n;
  return {
    official: { share: shareOf(total, truth + (distorted ? moved : 0)), n: total },
    independent: { share: shareOf(500, truth), n: 500 },
  };
}

/**
 * 5,000 cases over 60 months, the target from the 31st, months correlated as given. What is counted gets better by
 * effort; distorted, it does so by a tenth of the cases, and something not counted gets worse by as much.
 */
export function madeSeries(u: Uniform, distorted: boolean, correlation = 0) {
  const months = 60;
  const each = total / months;
  const noise = () => {
    let last = 0;
    return range(months).map(() => {
      last = correlation * last + Math.sqrt(((1 - correlation ** 2) * 0.21) / each) * standardNormal(u);
      return last;
    });
  };
  const series = (change: number) => noise().map((e, t) => 0.7 + e + (t >= 30 ? change : 0));
  return {
    targeted: { name: 'seen in time', values: series(distorted ? moved : 0.05), betterIs: 'higher' as const },
    others: [
      { name: 'no further contact', values: series(distorted ? -moved : 0), betterIs: 'higher' as const },
      { name: 'answered in full', values: series(0), betterIs: 'higher' as const },
    ],
    at: 30,
  };
}

/** 5,000 arrivals over 24 months, one in twenty left out; distorted, up to a tenth more by the end. */
export function madeTargetPeriods(u: Uniform, distorted: boolean): readonly TargetPeriod[] {
  const arrivals = Math.round(total / 24);
  return range(24).map((t) => {
    const p = 0.05 + (distorted ? (2 * moved * t) / 23 : 0);
    const out = range(arrivals).filter(() => u() < p).length;
    return { period: String(t), targets: [0.9], arrivals, counted: arrivals - out };
  });
}
