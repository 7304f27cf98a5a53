import { quantile } from './quantile.ts';

/** ln(k!) exactly summed below 16, by Stirling's series above (error under 1e-10). */
function logFactorial(k: number): number {
  if (k < 16) {
    let sum = 0;
    for (let i = 2; i <= k; i++) sum += Math.log(i);
    return sum;
  }
  const x = k + 1;
  return (
    (x - 0.5) * Math.log(x) -
    x +
    0.5 * Math.log(2 * Math.PI) +
    1 / (12 * x) -
    1 / (360 * x ** 3) +
    1 / (1260 * x ** 5)
  );
}

/**
 * A Poisson count of the given mean from uniforms in (0,1). The sum of n independent Poisson(1) weights is
 * Poisson(n), so one draw resamples a whole cell of n alike cases. Inversion below 10, above it Hörmann's
 * transformed rejection (1993, algorithm PTRS).
 */
export function poissonDraw(mean: number, uniform: () => number): number {
  if (!(mean > 0)) return 0;
  if (mean < 10) {
    const u = uniform();
    let probability = Math.exp(-mean);
    let cumulative = probability;
    let k = 0;
    while (u > cumulative && k < 100) {
      k += 1;
      probability *= mean / k;
      cumulative += probability;
    }
    return k;
  }
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const vr = 0.9277 - 3.6224 / (b - 2);
  while (true) {
    const u = uniform() - 0.5;
    const v = uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= vr) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const accept = Math.log((v * inverseAlpha) / (a / (us * us) + b));
    if (accept <= k * Math.log(mean) - mean - logFactorial(k)) return k;
  }
}

/** A standard normal draw from two uniforms (Box and Muller, 1958). */
export function standardNormal(uniform: () => number): number {
  return Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** The percentile interval of bootstrap replicates (Efron, 1981), quantiles of type 7. */
export function percentileInterval(
  replicates: readonly number[],
  level = 0.95,
): { readonly low: number; readonly high: number } {
  return { low: quantile(replicates, (1 - level) / 2), high: quantile(replicates, (1 + level) / 2) };
}
