/** What is wrong with weights that must add to 1 (within 1e-9), or null: they are never rescaled in silence. */
export function weightsFault(weights: readonly number[]): string | null {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Math.abs(total - 1) <= 1e-9 ? null : `the weights add to ${Number(total.toPrecision(12))}, not to 1`;
}
