import { leastCases } from '../../core/index.ts';

/** Cases alike in what was fixed before the service acted, in two periods. */
export interface CaseMixStratum {
  readonly id: string;
  readonly baseN: number;
  readonly baseSuccess: number;
  readonly currentN: number;
  readonly currentSuccess: number;
}

/** Change of a success rate with and without the change of who came. */
interface CaseMixChange {
  readonly crudeBase: number;
  readonly crudeCurrent: number;
  readonly crudeRatio: number;
  /** The current cases' success rate if each stratum had the base period's. */
  readonly expectedCurrent: number;
  /** Observed over expected, at the current mix. */
  readonly indirect: number;
  /** Current rates at the base period's mix. */
  readonly standardised: number;
  /** The same over the base rate. */
  readonly direct: number;
  /** Strata put together because one of their counts is small. */
  readonly pooled: readonly string[];
  /** Strata without cases in both periods, left out. */
  readonly leftOut: readonly string[];
  /** Share of all current cases that are left out. */
  readonly shareLeftOut: number;
}

const add = (strata: readonly CaseMixStratum[], of: (stratum: CaseMixStratum) => number) =>
  strata.reduce((sum, stratum) => sum + of(stratum), 0);

function together(strata: readonly CaseMixStratum[]): CaseMixStratum {
  return {
    id: 'small strata together',
    baseN: add(strata, (one) => one.baseN),
    baseSuccess: add(strata, (one) => one.baseSuccess),
    currentN: add(strata, (one) => one.currentN),
    currentSuccess: add(strata, (one) => one.currentSuccess),
  };
}

/**
 * The change of a success rate that is not due to who came, by indirect and by direct standardisation: both are
 * reported, as they differ. Strata with fewer than `fewest` cases in either period are put together, and one
 * without cases in a period is left out with its share (product rules). Null where nothing is left.
 */
export function caseMixChange(
  strata: readonly CaseMixStratum[],
  fewest: number = leastCases,
): CaseMixChange | null {
  const overlapping = strata.filter((one) => one.baseN > 0 && one.currentN > 0);
  const small = overlapping.filter((one) => Math.min(one.baseN, one.currentN) < fewest);
  const used = [
    ...overlapping.filter((one) => !small.includes(one)),
    ...(small.length > 0 ? [together(small)] : []),
  ];
  const baseN = add(used, (one) => one.baseN);
  const currentN = add(used, (one) => one.currentN);
  const baseRate = add(used, (one) => one.baseSuccess) / baseN;
  const currentRate = add(used, (one) => one.currentSuccess) / currentN;
  if (!(baseRate > 0) || !Number.isFinite(currentRate)) return null;
  const expected = add(used, (one) => (one.currentN * one.baseSuccess) / one.baseN) / currentN;
  const standardised = add(used, (one) => (one.baseN * one.currentSuccess) / one.currentN) / baseN;
  const all = add(strata, (one) => one.currentN);
  return {
    crudeBase: baseRate,
    crudeCurrent: currentRate,
    crudeRatio: currentRate / baseRate,
    expectedCurrent: expected,
    indirect: currentRate / expected,
    standardised,
    direct: standardised / baseRate,
    pooled: small.map((one) => one.id),
    leftOut: strata.filter((one) => !overlapping.includes(one)).map((one) => one.id),
    shareLeftOut: all > 0 ? 1 - currentN / all : 0,
  };
}
