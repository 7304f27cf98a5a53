import { type Model, modelOf, type Stratum, shareWithin } from './model.ts';
import { type Hospital, hospitals, planted, withinWeeks } from './planted.ts';

type ByHospital = Readonly<Record<Hospital, number>>;

/** What the comparison comes to if nothing were left to chance: what the data must show within their ranges. */
export interface Expected {
  /** A counts so much more for each year of full-time work than B and C together. */
  readonly countedLead: number;
  /** Operations for each year of full-time work, as they are and weighed by what alike patients take anywhere. */
  readonly operationsPerPost: ByHospital;
  readonly weighedPerPost: ByHospital;
  /** Staff time that the hospital's patients would take anywhere, against all patients. */
  readonly mix: ByHospital;
  /** Allowing for who is treated: alive and not back within 30 days, gain in health, treated within 18 weeks. */
  readonly success: ByHospital;
  readonly readmitted: ByHospital;
  readonly healthGain: ByHospital;
  readonly inTime: ByHospital;
  /** Years of life left to those treated, as they come. */
  readonly lifeYears: ByHospital;
  /** Weighed operations for each year of work, times the four parts at the charter's weights. */
  readonly adjusted: ByHospital;
  /** How far A is from the hospital next above it. */
  readonly behind: number;
  /** Share of all weights that add to 1 under which A is third: exact, since A is above B wherever it is above C. */
  readonly shareThird: number;
  /** Weight of life expectancy beyond which A is not third, the other three sharing the rest alike. */
  readonly turnsAt: number;
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

/** P(Σ d·v > 0) for weights v even over the simplex: Σ over d(k) > 0 of Π d(k)/(d(k) − d(j)). */
function shareAbove(d: readonly number[]): number {
  return sum(
    d.map((own, k) =>
      own > 0 ? d.reduce((product, other, j) => (j === k ? product : (product * own) / (own - other)), 1) : 0,
    ),
  );
}

/** Works out from the model, without any draw, what the product should find. */
export function expectedOf(clean: boolean): Expected {
  const models = hospitals.map((hospital) => modelOf(hospital, clean));
  const n = models.map(({ hospital }) => planted.operations[hospital]);
  const all = sum(n);
  const counted = models.map(
    ({ removedAreCounted, removedShare }, u) => (n[u] ?? 0) / (removedAreCounted ? 1 - removedShare : 1),
  );
  const posts = models.map(({ countedPerPost }, u) => (counted[u] ?? 0) / countedPerPost);
  const own = (of: (stratum: Stratum) => number) =>
    models.map(({ strata }) => sum(strata.map((stratum) => stratum.share * of(stratum))));
  const cases = (s: number) => models.map(({ strata }, u) => (n[u] ?? 0) * (strata[s]?.share ?? 0));
  const together = (models[0]?.strata ?? []).map((_, s) => {
    const total = sum(cases(s));
    const hours = sum(models.map(({ strata }, u) => (cases(s)[u] ?? 0) * (strata[s]?.meanHours ?? 0)));
    return { share: total / all, hours: hours / total };
  });
  const standard = (of: (stratum: Stratum) => number) =>
    models.map(({ strata }) => sum(strata.map((one, s) => (together[s]?.share ?? 0) * of(one))));
  const pooled = (values: readonly number[]) => sum(values.map((value, u) => value * (n[u] ?? 0))) / all;
  const meanHours = sum(together.map(({ share, hours }) => share * hours));
  const mix = models.map(
    ({ strata }) => sum(strata.map(({ share }, s) => share * (together[s]?.hours ?? 0))) / meanHours,
  );
  const perPost = n.map((count, u) => count / (posts[u] ?? 1));
  const weighed = perPost.map((rate, u) => rate * (mix[u] ?? 1));
  const succeeds = ({ died, readmitted }: Stratum) => (1 - died) * (1 - readmitted);
  const success = standard(succeeds);
  const gain = standard((one) => one.gain);
  const inTime = models.map((model: Model) => shareWithin(withinWeeks, model));
  const life = own(({ lifeYears }) => lifeYears);
  const parts = [
    { level: success, all: pooled(own(succeeds)), weight: planted.weights.success },
    { level: gain, all: pooled(own((one) => one.gain)), weight: planted.weights.healthGain },
    { level: inTime, all: pooled(inTime), weight: planted.weights.wait },
    { level: life, all: pooled(life), weight: planted.weights.lifeYears },
  ];
  const values = models.map((_, u) =>
    parts.map(({ level, all: of }) => ((weighed[u] ?? 0) * (level[u] ?? 0)) / of),
  );
  const adjusted = values.map((parted) => sum(parted.map((value, k) => value * (parts[k]?.weight ?? 0))));
  const [a = 0, b = 0, c = 0] = adjusted;
  const againstB = (values[0] ?? []).map((value, k) => value - (values[1]?.[k] ?? 0));
  const others = sum(againstB.slice(0, 3)) / 3;
  const named = ([A = 0, B = 0, C = 0]: readonly number[]): ByHospital => ({ A, B, C });
  const rest = ((counted[1] ?? 0) + (counted[2] ?? 0)) / ((posts[1] ?? 0) + (posts[2] ?? 0));
  return {
    countedLead: (models[0]?.countedPerPost ?? 0) / rest - 1,
    operationsPerPost: named(perPost),
    weighedPerPost: named(weighed),
    mix: named(mix),
    success: named(success),
    readmitted: named(standard(({ readmitted }) => readmitted)),
    healthGain: named(gain),
    inTime: named(inTime),
    lifeYears: named(life),
    adjusted: named(adjusted),
    behind: a / Math.min(b, c) - 1,
    shareThird: 1 - shareAbove(againstB),
    turnsAt: others / (others - (againstB[3] ?? 0)),
  };
}
