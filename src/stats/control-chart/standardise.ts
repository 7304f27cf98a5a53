/** What is charted: a number (XmR), a share of n (p), or a count per exposure n (u). */
export type ChartKind = 'xmr' | 'p' | 'u';

/** A series to chart, the first points of which set its centre. */
export interface Charted {
  readonly kind: ChartKind;
  /** Numbers for XmR; how many of n, or how many in n, for p and u. */
  readonly values: readonly number[];
  /** Cases or exposure behind each point; not used by XmR. */
  readonly sizes: readonly number[];
  /** How many of the first points set the centre and the spread. */
  readonly baseline: number;
  /** p and u: whether the spread between points is measured rather than taken from chance (Laney's p′ and u′). */
  readonly varies: boolean;
  /** XmR: where each point is a difference on the observation this many before it, such as a year before; else null. */
  readonly differencedBy: number | null;
}

/** A series in units of its own spread. */
export interface Standardised {
  readonly centre: number;
  /** Points as distances from the centre over `spreads`. */
  readonly z: readonly number[];
  /** One standard deviation of each point, in the unit of the chart. */
  readonly spreads: readonly number[];
}

/** The mean moving range of normal numbers over their standard deviation, 2/√π. */
const rangeOverDeviation = 2 / Math.sqrt(Math.PI);

/** Standard deviation from the mean of moving ranges: it holds where the level drifts. */
function deviationOfRanges(values: readonly number[]): number {
  let sum = 0;
  for (let t = 1; t < values.length; t++) sum += Math.abs((values[t] ?? 0) - (values[t - 1] ?? 0));
  return sum / (values.length - 1) / rangeOverDeviation;
}

/**
 * Points as distances from the centre of the baseline over their standard deviation: moving ranges for XmR
 * (Shewhart, 1931; Wheeler, 1993), chance for p and u, or chance times the spread of the baseline (Laney, 2002).
 */
export function standardise({ kind, values, sizes, baseline, varies }: Charted): Standardised {
  if (kind === 'xmr') {
    let sum = 0;
    for (let t = 0; t < baseline; t++) sum += values[t] ?? 0;
    const centre = sum / baseline;
    const spread = deviationOfRanges(values.slice(0, baseline));
    return { centre, z: values.map((value) => (value - centre) / spread), spreads: values.map(() => spread) };
  }
  let [count, size] = [0, 0];
  for (let t = 0; t < baseline; t++) {
    count += values[t] ?? 0;
    size += sizes[t] ?? 0;
  }
  const centre = count / size;
  const variance = kind === 'p' ? centre * (1 - centre) : centre;
  const chance = sizes.map((n) => Math.sqrt(variance / n));
  const z = values.map((value, t) => (value / (sizes[t] ?? 1) - centre) / (chance[t] ?? 1));
  if (!varies) return { centre, z, spreads: chance };
  const wider = deviationOfRanges(z.slice(0, baseline));
  return { centre, z: z.map((one) => one / wider), spreads: chance.map((one) => one * wider) };
}
