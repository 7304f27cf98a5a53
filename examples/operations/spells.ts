import { addDays, isWorkingDay } from '../../src/core/index.ts';
import { poissonDraw, standardNormal, uniformStream } from '../../src/stats/index.ts';
import { lifeYearsAt, type Model, modelOf, type Stratum } from './model.ts';
import { ages, grades, hospitals, type MadeSettings, planted, procedures, waitSpread } from './planted.ts';

/** One person's wait that ended in an operation, or off the list without one. */
export interface Spell {
  readonly hospital: string;
  readonly procedure: string;
  readonly age: number;
  readonly band: string;
  readonly sex: 'woman' | 'man';
  readonly grade: string;
  readonly lifeYears: number;
  readonly listed: string;
  readonly ended: string;
  readonly waitDays: number;
  readonly isCounted: boolean;
  readonly isPutOff: boolean;
  /** What was done; null for people taken off the list. */
  readonly operation: {
    readonly isSameDay: boolean;
    readonly nights: number;
    readonly staffHours: number;
    readonly survived: boolean;
    readonly readmitted: boolean;
    /** Health before and after, as the patient reports it; null where no answer came. */
    readonly before: number | null;
    readonly after: number | null;
  } | null;
}

const first = '2024-04-01';
const days = Array.from({ length: 730 }, (_, i) => addDays(first, i)).filter((day) => isWorkingDay(day));
/** Half the width of the spread of health and, as a factor, of staff hours: even spreads, so that nothing is cut off. */
const healthSpread = 0.15;
const hoursSpread = 0.4;

function pick(strata: readonly Stratum[], u: number): Stratum {
  let sum = 0;
  for (const stratum of strata) {
    sum += stratum.share;
    if (u < sum) return stratum;
  }
  return strata.at(-1) as Stratum;
}

function makeSpell(model: Model, isRemoved: boolean, uniform: () => number): Spell {
  const stratum = pick(model.strata, uniform());
  const band = ages[stratum.age] ?? ages[0];
  const age = Math.floor(band.from + (band.to - band.from) * uniform());
  const exactAge = age + uniform();
  const isWoman = uniform() < 0.5;
  const isPutOff = uniform() < model.putOff;
  const weeks =
    model.baseWait * Math.exp(waitSpread * standardNormal(uniform)) + (isPutOff ? planted.putOffWeeks : 0);
  const waitDays = Math.ceil(7 * weeks);
  const ended = days[Math.floor(uniform() * days.length)] ?? first;
  const isSameDay = uniform() < stratum.sameDay;
  const around = (half: number) => half * (2 * uniform() - 1);
  const before = stratum.before + around(healthSpread);
  const after = stratum.before + stratum.gain + around(healthSpread);
  const hours = stratum.hours * (isSameDay ? planted.sameDayEffort : 1) * (1 + around(hoursSpread));
  const survived = uniform() >= stratum.died;
  const readmitted = uniform() < stratum.readmitted;
  const reports = uniform() < planted.reporting && survived;
  const stay = 1 + Math.floor(uniform() * (stratum.grade + 3));
  return {
    hospital: model.hospital,
    procedure: procedures[stratum.procedure]?.name ?? '',
    age,
    band: band.band,
    sex: isWoman ? 'woman' : 'man',
    grade: grades[stratum.grade]?.name ?? '',
    lifeYears: lifeYearsAt(exactAge, isWoman),
    listed: addDays(ended, -waitDays),
    ended,
    waitDays,
    isCounted: !isRemoved || model.removedAreCounted,
    isPutOff: isPutOff && !isRemoved,
    operation: isRemoved
      ? null
      : {
          isSameDay,
          nights: isSameDay ? 0 : stay,
          staffHours: hours,
          survived,
          readmitted,
          before: reports ? before : null,
          after: reports ? after : null,
        },
  };
}

/** Every spell of the two years, by hospital: each is a pure function of the seed and its number. */
export function spellsOf({ seed, clean, size }: MadeSettings): readonly Spell[] {
  return hospitals.flatMap((hospital, h) => {
    const model = modelOf(hospital, clean);
    const number = (mean: number, what: string) => poissonDraw(mean, uniformStream(seed, what, h));
    const operations = number(planted.operations[hospital] * size, 'operations');
    const removed = number(
      (planted.operations[hospital] * size * model.removedShare) / (1 - model.removedShare),
      'removed',
    );
    return Array.from({ length: operations + removed }, (_, i) =>
      makeSpell(model, i >= operations, uniformStream(seed, `spell at ${hospital}`, i)),
    );
  });
}
