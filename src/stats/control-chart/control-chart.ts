import { calibrate } from './calibrate.ts';
import { type Charted, standardise } from './standardise.ts';

/** A series to chart and how sure a signal must be. */
interface ChartRequest extends Charted {
  /** Chance of any false alarm on the whole chart, if nothing changed. */
  readonly rate: number;
  readonly useRuns: boolean;
  readonly seed: number;
  readonly draws: number;
}

interface ChartedPoint {
  /** The number, or the share or rate. */
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  /** Distance from the point before; null for the first. */
  readonly movingRange: number | null;
  readonly isTested: boolean;
  /** What is out of the ordinary here; null where nothing is. */
  readonly signal: 'above' | 'below' | 'run' | null;
}

/** A control chart whose chance of a false alarm is the stated one. */
interface ControlChart {
  readonly centre: number;
  readonly points: readonly ChartedPoint[];
  /** Limits are this many standard deviations from the centre. */
  readonly limit: number;
  readonly run: number | null;
  readonly rates: { readonly limit: number; readonly run: number; readonly any: number };
}

function runsFrom(z: readonly number[], from: number, length: number | null): ReadonlySet<number> {
  const inRun = new Set<number>();
  if (length === null) return inRun;
  let start = from;
  for (let t = from; t < z.length; t++) {
    if (t > from && Math.sign(z[t] ?? 0) !== Math.sign(z[t - 1] ?? 0)) start = t;
    if (Math.sign(z[t] ?? 0) !== 0 && t - start + 1 >= length) for (let s = start; s <= t; s++) inRun.add(s);
  }
  return inRun;
}

/**
 * What changed lately, and is it real or noise? Points after the baseline are tested against it, or all points
 * where the baseline is the whole series, with limits that keep the chance of any false alarm on the chart at
 * `rate`. Null where the baseline does not vary at all, so that no limit can be set. Points are taken to be
 * independent of each other: runs of like points by nature give more false alarms.
 */
export function controlChart(request: ChartRequest): ControlChart | null {
  const { kind, values, sizes, baseline, rate, useRuns, seed, draws } = request;
  const { centre, z, spreads } = standardise(request);
  if (!z.every(Number.isFinite)) return null;
  const from = baseline < values.length ? baseline : 0;
  const { limit, run, rates } = calibrate(request, { rate, useRuns, seed, draws, from });
  const shown = kind === 'xmr' ? values : values.map((value, t) => value / (sizes[t] ?? 1));
  const inRun = runsFrom(z, from, run);
  return {
    centre,
    limit,
    run,
    rates,
    points: shown.map((value, t): ChartedPoint => {
      const half = limit * (spreads[t] ?? 0);
      const distance = z[t] ?? 0;
      const isTested = t >= from;
      const beyond = isTested && Math.abs(distance) > limit;
      return {
        value,
        lower: kind === 'xmr' ? centre - half : Math.max(0, centre - half),
        upper: kind === 'p' ? Math.min(1, centre + half) : centre + half,
        movingRange: t === 0 ? null : Math.abs(value - (shown[t - 1] ?? 0)),
        isTested,
        signal: beyond ? (distance > 0 ? 'above' : 'below') : inRun.has(t) ? 'run' : null,
      };
    }),
  };
}
