/** Whether a published total is the sum of its parts, within rounding. */
interface SumCheck {
  readonly sum: number;
  readonly difference: number;
  /** What rounding of each part and of the total to `unit` can make: unit·(m + 1)/2 for m parts. */
  readonly allowance: number;
  readonly verdict: 'exact' | 'rounding' | 'fails';
}

/** Checks a declared identity of a published table: parts sum to the total. */
export function sumCheck(parts: readonly number[], total: number, unit: number): SumCheck {
  const sum = parts.reduce((all, part) => all + part, 0);
  const difference = total - sum;
  const allowance = (unit * (parts.length + 1)) / 2;
  const isExact = Math.abs(difference) <= 1e-9 * Math.max(1, Math.abs(total));
  return {
    sum,
    difference,
    allowance,
    verdict: isExact ? 'exact' : Math.abs(difference) <= allowance ? 'rounding' : 'fails',
  };
}
