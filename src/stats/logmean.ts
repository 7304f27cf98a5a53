/** The logarithmic mean of two positive numbers, (a − b)/(ln a − ln b); a itself where they are equal within 1e-12. */
export function logmean(a: number, b: number): number {
  if (Math.abs(a - b) <= 1e-12 * Math.max(a, b)) return a;
  return (a - b) / Math.log(a / b);
}
