/** ln Γ(k + 1) by Stirling's series, exact to 1e-9 from 10 on; summed below. */
function logFactorial(k: number): number {
  if (k < 10) {
    let sum = 0;
    for (let i = 2; i <= k; i++) sum += Math.log(i);
    return sum;
  }
  const x = k + 1;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3);
}

/**
 * A binomial count from uniforms in (0,1): inversion where few are expected, above it Hörmann's transformed
 * rejection (1993, algorithm BTRS).
 */
export function binomialDraw(n: number, p: number, uniform: () => number): number {
  if (p > 0.5) return n - binomialDraw(n, 1 - p, uniform);
  if (n <= 0 || p <= 0) return 0;
  const odds = p / (1 - p);
  if (n * p < 10) {
    const u = uniform();
    let probability = (1 - p) ** n;
    let cumulative = probability;
    let k = 0;
    while (u > cumulative && k < n) {
      k += 1;
      probability *= (odds * (n - k + 1)) / k;
      cumulative += probability;
    }
    return k;
  }
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const c = n * p + 0.5;
  const vr = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * spread;
  const mode = Math.floor((n + 1) * p);
  const atMode = logFactorial(mode) + logFactorial(n - mode);
  while (true) {
    const u = uniform() - 0.5;
    const v = uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + c);
    if (us >= 0.07 && v <= vr) return k;
    if (k < 0 || k > n) continue;
    const accept = Math.log((v * alpha) / (a / (us * us) + b));
    if (accept <= atMode - logFactorial(k) - logFactorial(n - k) + (k - mode) * Math.log(odds)) return k;
  }
}
