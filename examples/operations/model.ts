import { twoSidedNormal } from '../../src/stats/index.ts';
import {
  ages,
  deathsOfMany,
  grades,
  type Hospital,
  mixOf,
  planted,
  procedures,
  waitSpread,
} from './planted.ts';

/** What a hospital does with the patients of one stratum, in expectation. */
export interface Stratum {
  readonly procedure: number;
  readonly age: number;
  readonly grade: number;
  /** Share of the hospital's operations. */
  readonly share: number;
  readonly sameDay: number;
  /** Staff hours of a patient who stays, and in the mean. */
  readonly hours: number;
  readonly meanHours: number;
  readonly readmitted: number;
  readonly died: number;
  readonly before: number;
  readonly gain: number;
  readonly lifeYears: number;
}

/** A hospital as it is planted. */
export interface Model {
  readonly hospital: Hospital;
  readonly strata: readonly Stratum[];
  readonly countedPerPost: number;
  readonly removedShare: number;
  readonly removedAreCounted: boolean;
  readonly putOff: number;
  /** Median weeks of a patient who is not put off. */
  readonly baseWait: number;
}

/** Years of life left at an age, in the shape of a life table; women live a tenth longer than men. */
export function lifeYearsAt(age: number, isWoman: boolean): number {
  return 87 * (1 - age / 110) ** 1.6 * (isWoman ? 1.05 : 0.95);
}

/** Mean over ages spread evenly from `from` to `to` and as many women as men: the integral in closed form. */
function meanLifeYears(from: number, to: number): number {
  const integral = (age: number) => (-87 * 110 * (1 - age / 110) ** 2.6) / 2.6;
  return (integral(to) - integral(from)) / (to - from);
}

const normal = (z: number) => (z < 0 ? twoSidedNormal(z) / 2 : 1 - twoSidedNormal(z) / 2);
const lognormal = (x: number, median: number) => (x <= 0 ? 0 : normal(Math.log(x / median) / waitSpread));

/** Share treated within so many weeks. */
export function shareWithin(weeks: number, { baseWait, putOff }: Pick<Model, 'baseWait' | 'putOff'>): number {
  return (
    (1 - putOff) * lognormal(weeks, baseWait) + putOff * lognormal(weeks - planted.putOffWeeks, baseWait)
  );
}

/** The median of those not put off that gives a median over all. */
function baseWaitFor(median: number, putOff: number): number {
  let [low, high] = [median / 3, median];
  for (let i = 0; i < 60; i++) {
    const baseWait = (low + high) / 2;
    if (shareWithin(median, { baseWait, putOff }) > 0.5) low = baseWait;
    else high = baseWait;
  }
  return (low + high) / 2;
}

/** Without the trap every hospital is B, in everything. */
export function modelOf(hospital: Hospital, clean: boolean): Model {
  const like: Hospital = clean ? 'B' : hospital;
  const mix = mixOf(hospital, clean);
  const raw = procedures.flatMap((procedure, p) =>
    ages.flatMap((age, a) =>
      grades.map((grade, g) => {
        const hours = procedure.hours * age.hours * grade.hours;
        const sameDay = planted.sameDay[like][g] ?? 0;
        return {
          procedure: p,
          age: a,
          grade: g,
          share: (mix.procedures[p] ?? 0) * (mix.ages[a] ?? 0) * (mix.grades[g] ?? 0),
          sameDay,
          hours,
          meanHours: hours * (1 - sameDay * (1 - planted.sameDayEffort)),
          readmitted: procedure.readmitted * age.risk * grade.risk,
          died: deathsOfMany * age.deaths * grade.deaths * planted.deathRisk[like],
          before: procedure.before + grade.before,
          gain: procedure.gain + grade.gain,
          lifeYears: meanLifeYears(age.from, age.to),
        };
      }),
    ),
  );
  const mean = (of: (stratum: (typeof raw)[number]) => number) =>
    raw.reduce((sum, stratum) => sum + stratum.share * of(stratum), 0);
  // The hospital's own patients are to have the planted rate and gain.
  const risk = planted.readmitted[like] / mean(({ readmitted }) => readmitted);
  const gained = planted.healthGain[like] - mean(({ gain }) => gain);
  const putOff = planted.putOff[like];
  return {
    hospital,
    strata: raw.map((stratum) => ({
      ...stratum,
      readmitted: stratum.readmitted * risk,
      gain: stratum.gain + gained,
    })),
    countedPerPost: planted.countedPerPost[like],
    removedShare: planted.removedShare[like],
    removedAreCounted: hospital === 'A' && !clean,
    putOff,
    baseWait: baseWaitFor(planted.medianWait[like], putOff),
  };
}
