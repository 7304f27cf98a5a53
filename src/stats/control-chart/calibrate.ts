import { poissonDraw, standardNormal } from '../bootstrap.ts';
import { uniformStream } from '../uniform-stream.ts';
import { binomialDraw } from './binomial-draw.ts';
import { type Charted, standardise } from './standardise.ts';

/** Limits that keep a chart's chance of any false alarm at what was asked. */
export interface Calibration {
  /** Limits are this many standard deviations from the centre. */
  readonly limit: number;
  /** This many points in a row on one side are a signal; null where the rule is not used. */
  readonly run: number | null;
  /** Chance of a false alarm of each rule and of any, on a chart of these points. */
  readonly rates: { readonly limit: number; readonly run: number; readonly any: number };
}

interface CalibrationOptions {
  readonly rate: number;
  readonly from: number;
  readonly useRuns: boolean;
  readonly seed: number;
  readonly draws: number;
}

const kept = new Map<string, Calibration>();

interface Extremes {
  readonly furthest: number;
  readonly longest: number;
}

/** The longest run on one side of the centre and the furthest point, among points that are tested. */
export function extremesOf(z: readonly number[], from: number): Extremes {
  let [furthest, longest, run, side] = [0, 0, 0, 0];
  for (let t = from; t < z.length; t++) {
    const value = z[t] ?? 0;
    furthest = Math.max(furthest, Math.abs(value));
    const sign = Math.sign(value);
    run = sign !== 0 && sign === side ? run + 1 : sign === 0 ? 0 : 1;
    side = sign;
    longest = Math.max(longest, run);
  }
  return { furthest, longest };
}

/** The series again as a process that does not change would have made it. */
function inControl(chart: Charted, centre: number, uniform: () => number): Charted {
  const normal = () => standardNormal(uniform);
  const { kind, sizes, varies, values } = chart;
  if (kind === 'xmr') {
    const lag = chart.differencedBy ?? 0;
    if (lag === 0) return { ...chart, values: values.map(normal) };
    const levels = Array.from({ length: values.length + lag }, normal);
    return { ...chart, values: values.map((_, t) => (levels[t + lag] ?? 0) - (levels[t] ?? 0)) };
  }
  if (varies) {
    // Standardised points of a process that varies are alike and about normal, whatever their sizes.
    const spread = (n: number) => Math.sqrt((kind === 'p' ? centre * (1 - centre) : centre) / n);
    return { ...chart, values: sizes.map((n) => n * (centre + spread(n) * normal())) };
  }
  const draw = (n: number) =>
    kind === 'p' ? binomialDraw(n, centre, uniform) : poissonDraw(n * centre, uniform);
  return { ...chart, values: sizes.map(draw) };
}

/**
 * Finds limits by simulation so that a chart of these points, from a process that does not change, gives any false
 * alarm at the asked rate: it allows for a centre and spread that are themselves estimated, for many points, and
 * for all rules together. Half of the rate at most goes to runs. Counts being whole, p and u charts may stay
 * below the rate. A pure function of its arguments.
 */
export function calibrate(chart: Charted, options: CalibrationOptions): Calibration {
  if (chart.kind !== 'xmr') return simulate(chart, options);
  // Numbers in units of their own spread are alike whatever they are, so one simulation serves all of a length.
  const key = JSON.stringify([chart.values.length, chart.baseline, chart.differencedBy, options]);
  const found = kept.get(key) ?? simulate(chart, options);
  kept.set(key, found);
  return found;
}

function simulate(chart: Charted, options: CalibrationOptions): Calibration {
  const { rate, from, useRuns, seed, draws } = options;
  const { centre } = chart.kind === 'xmr' ? { centre: 0 } : standardise(chart);
  const all = Array.from({ length: draws }, (_, replication) => {
    const uniform = uniformStream(seed, 'control chart', replication);
    const { z } = standardise(inControl(chart, centre, uniform));
    return extremesOf(z, from);
  });
  const share = (is: (one: Extremes) => boolean) => all.filter(is).length / draws;
  const points = chart.values.length - from;
  let run: number | null = null;
  for (let length = 6; useRuns && run === null && length <= points; length++)
    if (share((one) => one.longest >= length) <= rate / 2) run = length;
  const hasRun = (one: Extremes) => run !== null && one.longest >= run;
  const runRate = share(hasRun);
  const furthest = all
    .filter((one) => !hasRun(one))
    .map((one) => one.furthest)
    .sort((a, b) => b - a);
  const allowed = Math.floor((rate - runRate) * draws + 1e-9);
  const limit = furthest[allowed] ?? 0;
  return {
    limit,
    run,
    rates: {
      limit: share((one) => one.furthest > limit),
      run: runRate,
      any: share((one) => hasRun(one) || one.furthest > limit),
    },
  };
}
