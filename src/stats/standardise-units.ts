/** Cases of one unit in one stratum: how many, the sum of a value (1 or 0 for a share) and of its square. */
export interface StratumSums {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

/** One unit's mean, as it is and allowing for who came. */
export interface StandardisedUnit {
  /** Mean over its own cases. */
  readonly crude: number;
  /** What its own cases would have had at the means of all units together, stratum by stratum. */
  readonly expected: number;
  /** Observed over expected. */
  readonly indirect: number;
  /** Its own means at the mix of all units together. */
  readonly standardised: number;
  /** Standard error of the standardised mean, from the spread within strata. */
  readonly standardError: number;
}

/** Units compared at one mix, and the cases that could not be. */
export interface Standardised {
  readonly units: readonly StandardisedUnit[];
  /** Mean of all units together over the strata used. */
  readonly reference: number;
  /** Places of the strata in which some unit has no case, left out. */
  readonly leftOut: readonly number[];
  readonly shareLeftOut: number;
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** Variance of a mean from sums; a stratum with one case has none that can be told. */
function varianceOfMean({ n, sum, squares }: StratumSums): number {
  return n < 2 ? 0 : Math.max(0, squares - (sum * sum) / n) / (n - 1) / n;
}

/**
 * Means of several units allowing for who came: directly standardised to the mix of all units together, and
 * indirectly (observed over expected). `strata[s][u]` are the sums of unit u in stratum s. A stratum in which some unit
 * has no case is left out and its share of cases given. Null where no stratum is left. Direct standardisation with its
 * variance, Σ W²·var, and indirect: Breslow and Day (1987), chapter 2.
 */
export function standardiseUnits(strata: readonly (readonly StratumSums[])[]): Standardised | null {
  const cases = (own: readonly StratumSums[]) => total(own.map(({ n }) => n));
  const used = strata.filter((own) => own.every(({ n }) => n > 0));
  const all = total(used.map(cases));
  if (used.length === 0 || !(all > 0)) return null;
  const reference = total(used.flatMap((own) => own.map(({ sum }) => sum))) / all;
  const units = (used[0] ?? []).map((_, u): StandardisedUnit => {
    const sums = used.map((own) => own[u] ?? { n: 0, sum: 0, squares: 0 });
    const n = cases(sums);
    const weights = used.map((own) => cases(own) / all);
    const expected =
      total(used.map((own, s) => ((sums[s]?.n ?? 0) * total(own.map(({ sum }) => sum))) / cases(own))) / n;
    const crude = total(sums.map(({ sum }) => sum)) / n;
    return {
      crude,
      expected,
      indirect: crude / expected,
      standardised: total(sums.map((one, s) => ((weights[s] ?? 0) * one.sum) / one.n)),
      standardError: Math.sqrt(total(sums.map((one, s) => (weights[s] ?? 0) ** 2 * varianceOfMean(one)))),
    };
  });
  const whole = total(strata.map(cases));
  return {
    units,
    reference,
    leftOut: strata.flatMap((own, s) => (used.includes(own) ? [] : [s])),
    shareLeftOut: whole > 0 ? 1 - all / whole : 0,
  };
}
