import { type StratumSums, standardiseUnits } from '../../stats/index.ts';
import { healthQuality } from '../formulae/health-quality.ts';
import { added, noSums, type UnitStratum, type UnitTally } from './tally-units.ts';

/** How the values of a tally are read. */
export interface ScoreRules {
  readonly parts: readonly {
    readonly value: number;
    readonly weight: number;
    readonly direction: 'higher' | 'lower';
    readonly isShare: boolean;
    readonly asTheyCome: boolean;
  }[];
  /** Weight of measures that cannot be told by unit, taken to be alike. */
  readonly weightOfAlike: number;
  /** Place of what a case took; null where cases count by unit cost. */
  readonly effort: number | null;
  /** By output, pounds or any other weight of a case, used where effort is not known. */
  readonly costs: readonly number[];
  readonly health: HealthRules | null;
}

interface HealthRules {
  readonly survived: number;
  readonly before: number;
  readonly after: number;
  readonly lifeYears: number;
  /** Years waited, at the 80th percentile: `[output][unit]`, and of all units. */
  readonly wait: readonly { readonly units: readonly number[]; readonly all: number }[];
}

/** One part of a unit's quality. */
interface UnitLevel {
  readonly crude: number;
  /** Allowing for case mix, or as it is where it tells who comes. */
  readonly adjusted: number;
}

/** The four-part formula for a unit against all units together. */
export interface UnitHealth {
  readonly quality: number;
  readonly score: number;
  /** The same with the life expectancy of all units together, so that only what is done counts. */
  readonly sameLifeScore: number;
}

/** A unit's figures, from what is counted to what counts. */
export interface UnitScore {
  readonly cases: number;
  /** What the figure in use counts, and what the unit used. */
  readonly counted: number;
  readonly used: number;
  readonly countedRate: number;
  readonly rate: number;
  /** What its cases take anywhere, against all cases: below 1 where they are easier. */
  readonly mix: number;
  readonly weighedRate: number;
  readonly levels: readonly (UnitLevel | null)[];
  /** By weighed part: the weighed rate times the part against all units. */
  readonly values: readonly number[];
  readonly score: number;
  readonly health: UnitHealth | null;
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
/** What a case of each stratum takes in all units together; its output's cost where that is not known. */
function weightsOf({ strata }: UnitTally, { effort, costs }: ScoreRules): readonly number[] {
  return strata.map(({ output, values }) => {
    const cost = costs[output ?? 0] ?? 1;
    if (effort === null) return cost;
    const sums = (values[effort] ?? []).reduce(added, noSums);
    return sums.n > 0 ? sums.sum / sums.n : cost;
  });
}

const betterLevel = (value: number, direction: 'higher' | 'lower', isShare: boolean) =>
  direction === 'higher' ? value : isShare ? 1 - value : 1 / value;

function standard(strata: readonly UnitStratum[], value: number) {
  return standardiseUnits(strata.map(({ values }): readonly StratumSums[] => values[value] ?? []));
}

function crudeOf(strata: readonly UnitStratum[], value: number, u: number | null): number {
  const sums = strata.flatMap(({ values }) =>
    u === null ? (values[value] ?? []) : [values[value]?.[u] ?? noSums],
  );
  const all = sums.reduce(added, noSums);
  return all.sum / all.n;
}

/** The four-part formula by output, the base being all units together. */
function healthOf(
  tally: UnitTally,
  rules: ScoreRules,
  weighedRates: readonly number[],
  weights: readonly number[],
): readonly (UnitHealth | null)[] {
  const { health } = rules;
  if (!health) return weighedRates.map(() => null);
  const outputs = [...new Set(tally.strata.map(({ output }) => output ?? 0))].sort((a, b) => a - b);
  const groups = outputs.map((output) => {
    const strata = tally.strata.filter((own) => own.output === output);
    const cases = strata.map((own) => total(own.cases));
    const all = total(cases);
    const places = tally.strata.flatMap((own, s) => (own.output === output ? [s] : []));
    return {
      output,
      all,
      units: weighedRates.map((_, u) => total(strata.map((own) => own.cases[u] ?? 0))),
      cost: total(places.map((s, i) => (weights[s] ?? 0) * (cases[i] ?? 0))) / all,
      survived: standard(strata, health.survived),
      before: standard(strata, health.before),
      after: standard(strata, health.after),
      life: weighedRates.map((_, u) => crudeOf(strata, health.lifeYears, u)),
      lifeOfAll: crudeOf(strata, health.lifeYears, null),
      wait: health.wait[output],
    };
  });
  if (groups.some(({ survived, before, after, wait }) => !survived || !before || !after || !wait))
    return weighedRates.map(() => null);
  return weighedRates.map((rate, u) => {
    const quality = (isSameLife: boolean) =>
      healthQuality(
        groups.map((group) => ({
          id: String(group.output),
          x0: group.all,
          x1: group.units[u] ?? 0,
          c0: group.cost,
          a0: group.survived?.reference ?? 0,
          a1: group.survived?.units[u]?.standardised ?? 0,
          k: (group.before?.reference ?? 0) / (group.after?.reference ?? 1),
          k1: (group.before?.units[u]?.standardised ?? 0) / (group.after?.units[u]?.standardised ?? 1),
          L0: group.lifeOfAll,
          L1: isSameLife ? group.lifeOfAll : (group.life[u] ?? 0),
          w0: group.wait?.all ?? 0,
          w1: group.wait?.units[u] ?? 0,
        })),
      ).qualityIndex;
    const own = quality(false);
    return { quality: own, score: rate * own, sameLifeScore: rate * quality(true) };
  });
}

/**
 * Units from what is counted to what counts (method note, sections 2.2 to 2.4 and 9): the rate in use; outputs alone;
 * each weighed by what alike cases take in all units together; times Σ v·(part of the unit / part of all units), parts
 * standardised to the mix of all units. `scale` puts counts right where a group of cases is left out.
 */
export function scoreUnits(tally: UnitTally, rules: ScoreRules, scale = 1): readonly UnitScore[] {
  const { strata, used } = tally;
  const weights = weightsOf(tally, rules);
  const casesOf = (u: number) => total(strata.map(({ cases }) => cases[u] ?? 0));
  const all = total(used.map((_, u) => casesOf(u)));
  const mean = total(strata.map(({ cases }, s) => total(cases) * (weights[s] ?? 0))) / all;
  const mix = used.map(
    (_, u) => total(strata.map(({ cases }, s) => (cases[u] ?? 0) * (weights[s] ?? 0))) / casesOf(u) / mean,
  );
  const rates = used.map((amount, u) => (scale * casesOf(u)) / amount);
  const weighed = rates.map((rate, u) => rate * (mix[u] ?? 1));
  const parts = rules.parts.map((part) => {
    const found = standard(strata, part.value);
    const ofAll = part.asTheyCome ? crudeOf(strata, part.value, null) : (found?.reference ?? Number.NaN);
    const levels = used.map((_, u): UnitLevel | null => {
      const crude = crudeOf(strata, part.value, u);
      const adjusted = part.asTheyCome ? crude : found?.units[u]?.standardised;
      return adjusted === undefined || !Number.isFinite(crude) ? null : { crude, adjusted };
    });
    const level = (value: number) => betterLevel(value, part.direction, part.isShare);
    return {
      weight: part.weight,
      levels,
      ratios: levels.map((own) => (own ? level(own.adjusted) / level(ofAll) : Number.NaN)),
    };
  });
  const health = healthOf(tally, rules, weighed, weights);
  return used.map((_, u): UnitScore => {
    const rate = weighed[u] ?? 0;
    const values = [
      ...parts.filter(({ weight }) => weight > 0).map(({ ratios }) => rate * (ratios[u] ?? Number.NaN)),
      ...(rules.weightOfAlike > 0 ? [rate] : []),
    ];
    const shares = [
      ...parts.map(({ weight }) => weight).filter((weight) => weight > 0),
      ...(rules.weightOfAlike > 0 ? [rules.weightOfAlike] : []),
    ];
    return {
      cases: casesOf(u),
      counted: tally.counted[u] ?? 0,
      used: used[u] ?? 0,
      countedRate: (scale * (tally.counted[u] ?? 0)) / (used[u] ?? 1),
      rate: rates[u] ?? 0,
      mix: mix[u] ?? 1,
      weighedRate: rate,
      levels: parts.map(({ levels }) => levels[u] ?? null),
      values,
      score: shares.length > 0 ? total(values.map((value, k) => value * (shares[k] ?? 0))) : rate,
      health: health[u] ?? null,
    };
  });
}
