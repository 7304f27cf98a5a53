/** A check that can turn a case down: how likely it does, 0 to 1, and what one case takes there (minutes or pounds). */
export interface CostedCheck {
  readonly share: number;
  readonly cost: number;
}

/**
 * What a case takes on the average when checks run in an order, each only for cases that none before it turned down:
 * the sum over k of c(k) times the product over the checks j before it of 1 - r(j). It takes the checks to turn cases
 * down independently of one another. `order` holds places in `checks`.
 */
export function costOfOrder(checks: readonly CostedCheck[], order: readonly number[]): number {
  let left = 1;
  let total = 0;
  for (const place of order) {
    const { share, cost } = checks[place] as CostedCheck;
    total += left * cost;
    left *= 1 - share;
  }
  return total;
}

/**
 * The order of least cost among those in which every check comes after the checks it must follow (`after`: places, one
 * list a check); null where they wait for one another. Without such rules it is the order of r/c, highest first
 * (Mitten, 1960; van der Aalst, 2001). Found over all sets of checks already run (Held and Karp, 1962), so it is exact;
 * of equal costs the later check of the list stays later.
 */
export function cheapestOrder(
  checks: readonly CostedCheck[],
  after: readonly (readonly number[])[],
): readonly number[] | null {
  const all = 2 ** checks.length - 1;
  const needed = after.map((places) => places.reduce((mask, place) => mask | (1 << place), 0));
  const left = new Float64Array(all + 1).fill(1);
  const cost = new Float64Array(all + 1).fill(Number.POSITIVE_INFINITY);
  const last = new Int32Array(all + 1).fill(-1);
  cost[0] = 0;
  for (let done = 0; done <= all; done++) {
    const sofar = cost[done] as number;
    if (!Number.isFinite(sofar)) continue;
    for (const [place, check] of checks.entries()) {
      const bit = 1 << place;
      if (done & bit || (done & (needed[place] as number)) !== needed[place]) continue;
      const next = done | bit;
      left[next] = (left[done] as number) * (1 - check.share);
      const total = sofar + (left[done] as number) * check.cost;
      const gain = (cost[next] as number) - total;
      if (gain > 1e-12 * total || (gain >= -1e-12 * total && place > (last[next] as number))) {
        cost[next] = total;
        last[next] = place;
      }
    }
  }
  if (!Number.isFinite(cost[all] as number)) return null;
  const order: number[] = [];
  for (let done = all; done > 0; done &= ~(1 << (last[done] as number))) order.unshift(last[done] as number);
  return order;
}
