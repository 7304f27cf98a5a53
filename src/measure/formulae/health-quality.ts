/** What must be said wherever these figures stand: the formula has not been checked against its source. */
export const healthFormulaUnverified =
  'Unverified: the four-part formula has not been checked against the papers of the Centre for Health Economics, York (Castelli and others; Bojke and others). The arithmetic is exact for the formula as written.';

/** One group of patients in the base period (0) and the current one (1). */
interface HealthGroup {
  readonly id: string;
  /** Spells. */
  readonly x0: number;
  readonly x1: number;
  /** Base unit cost, pounds. */
  readonly c0: number;
  /** Share alive after 30 days, adjusted for case mix. */
  readonly a0: number;
  readonly a1: number;
  /** Health before treatment over health after it. */
  readonly k: number;
  /** The same of the current period where health is measured in both; else that of the base. */
  readonly k1?: number | undefined;
  /** Remaining life expectancy, years, at the mean age and sex of those treated. */
  readonly L0: number;
  readonly L1: number;
  /** Wait, years. */
  readonly w0: number;
  readonly w1: number;
}

interface HealthGroupResult {
  readonly id: string;
  /** (a1 − k1)/(a0 − k); null where the group falls back to volume. */
  readonly survivalFactor: number | null;
  /** Discounted healthy life less the cost of the wait, base and current. */
  readonly lambdaBase: number | null;
  readonly lambdaCurrent: number | null;
  /** Why quality could not be used; null where it was. */
  readonly fellBackBecause: string | null;
}

/** Quality-adjusted output of health care against the base period, with volume and survival alone beside it. */
interface HealthQuality {
  readonly volumeIndex: number;
  readonly volumeAndSurvivalIndex: number;
  readonly qualityAdjustedIndex: number;
  readonly qualityIndex: number;
  readonly groups: readonly HealthGroupResult[];
}

const longestWait = 5;

/** Λ = (1 − e^(−rL·L))/rL − (e^(rw·w) − 1)/rw; a rate of zero gives L or w itself. */
function lambda(life: number, wait: number, rL: number, rw: number): number {
  const gain = rL === 0 ? life : -Math.expm1(-rL * life) / rL;
  const loss = rw === 0 ? wait : Math.expm1(rw * wait) / rw;
  return gain - loss;
}

function faultOf(group: HealthGroup, lambdas: readonly number[]): string | null {
  if (Math.max(group.w0, group.w1) > longestWait)
    return `a wait of ${Math.max(group.w0, group.w1)} is above ${longestWait} years: is it in days?`;
  if (Math.min(group.w0, group.w1) < 0) return 'a wait is negative';
  const k1 = group.k1 ?? group.k;
  if (!(Math.min(group.k, k1) > 0 && Math.max(group.k, k1) < 1)) return 'k does not lie between 0 and 1';
  if (!(Math.min(group.L0, group.L1) > 0)) return 'life expectancy is not positive';
  if (Math.max(group.a0, group.a1) > 1) return 'survival is above 1';
  if (!(group.a0 > group.k && group.a1 > k1)) return 'survival is not above k in both periods';
  if (lambdas.some((value) => !(value > 0))) return 'the wait outweighs the life that is gained';
  return null;
}

/**
 * Health output adjusted for survival, health gain, wait and life expectancy (method note, section 2.4; formula
 * unverified, see `healthFormulaUnverified`): Σ x1·c0·[(a1 − k)/(a0 − k)]·[Λ1/Λ0] / Σ x0·c0; with k1
 * where health before and after is measured in both periods, a1 − k1. A group that
 * cannot be adjusted counts by volume alone and says why. Rates are per year.
 */
export function healthQuality(
  groups: readonly HealthGroup[],
  { rL = 0.015, rw = 0.015 }: { readonly rL?: number; readonly rw?: number } = {},
): HealthQuality {
  const results = groups.map((group): HealthGroupResult & { survival: number; years: number } => {
    const lambdas = [lambda(group.L0, group.w0, rL, rw), lambda(group.L1, group.w1, rL, rw)] as const;
    const fault = faultOf(group, lambdas);
    const survival = (group.a1 - (group.k1 ?? group.k)) / (group.a0 - group.k);
    return {
      id: group.id,
      survivalFactor: fault === null ? survival : null,
      lambdaBase: fault === null ? lambdas[0] : null,
      lambdaCurrent: fault === null ? lambdas[1] : null,
      fellBackBecause: fault,
      survival: fault === null ? survival : 1,
      years: fault === null ? lambdas[1] / lambdas[0] : 1,
    };
  });
  const base = groups.reduce((sum, group) => sum + group.x0 * group.c0, 0);
  const index = (factor: (i: number) => number) =>
    groups.reduce((sum, group, i) => sum + group.x1 * group.c0 * factor(i), 0) / base;
  const volumeIndex = index(() => 1);
  const qualityAdjustedIndex = index((i) => (results[i]?.survival ?? 1) * (results[i]?.years ?? 1));
  return {
    volumeIndex,
    volumeAndSurvivalIndex: index((i) => results[i]?.survival ?? 1),
    qualityAdjustedIndex,
    qualityIndex: qualityAdjustedIndex / volumeIndex,
    groups: results.map(({ survival: _survival, years: _years, ...shown }) => shown),
  };
}
