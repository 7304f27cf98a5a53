import { leastCases } from '../../core/index.ts';
import { ratioEstimate } from '../../stats/index.ts';
import {
  type EffortGroup,
  type EffortKind,
  type EffortReturn,
  effortReturn,
} from '../cost-generated/effort-return.ts';
import type { AuditedCase } from './collect-payments.ts';

/** Cases for each effort, so that a mean saving says something; at most so many efforts. */
const casesABand = 40;
const mostBands = 8;
const fewestBands = 3;

/** An audited case whose minutes were set by chance. */
export interface TimedCase extends Pick<AuditedCase, 'paid' | 'correct' | 'period'> {
  readonly groups?: readonly string[];
  readonly minutes: number;
}

/** Audited cases whose minutes had nothing to do with the case. */
export function byChance(audited: readonly AuditedCase[]): readonly TimedCase[] {
  return audited.flatMap((one) =>
    one.byChance && one.minutes !== null ? [{ ...one, minutes: one.minutes }] : [],
  );
}

/** Cases in bands of about equal number by minutes; a band's effort is the mean of its minutes. */
function bandsOf(cases: readonly TimedCase[]): readonly (readonly TimedCase[])[] {
  const bands = Math.min(mostBands, Math.floor(cases.length / casesABand));
  const ordered = cases.toSorted((a, b) => a.minutes - b.minutes || a.correct - b.correct || a.paid - b.paid);
  const distinct = [...Map.groupBy(ordered, ({ minutes }) => minutes).values()];
  if (distinct.length <= bands) return distinct;
  return Array.from({ length: bands }, (_, i) =>
    ordered.slice(Math.round((i * ordered.length) / bands), Math.round(((i + 1) * ordered.length) / bands)),
  );
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Groups of like effort with what errors cost: error as a share of what was due (ratio estimate), times the mean
 * that was due, as a saving below 0. `blockOf` tells what else changed, such as the year.
 */
export function effortGroups(
  cases: readonly TimedCase[],
  blockOf: (one: TimedCase) => string,
): readonly EffortGroup[] {
  const due = mean(cases.map(({ correct }) => correct));
  return bandsOf(cases).flatMap((band) => {
    const minutes = mean(band.map((one) => one.minutes));
    return [...Map.groupBy(band, blockOf)].flatMap(([block, own]): readonly EffortGroup[] => {
      if (own.length < leastCases) return [];
      const error = ratioEstimate(
        own.map(({ paid, correct }) => ({ y: Math.abs(paid - correct), x: correct })),
      );
      if (!error || error.standardError === 0) return [];
      return [
        {
          minutes,
          block,
          saving: -due * error.ratio,
          standardError: due * error.standardError,
          cases: own.length,
        },
      ];
    });
  });
}

/** The curve of effort against return among some audited cases, and the groups that it rests on. */
export interface EffortCurve {
  readonly cases: number;
  readonly groups: readonly EffortGroup[];
  /** Its kinds of case, each with groups of its own; none where they are not told apart. */
  readonly kinds: readonly EffortKind[];
  readonly found: EffortReturn;
  /** Minutes between which the best lies; where no bound is known, up to what was tried. */
  readonly range: { readonly low: number; readonly high: number } | null;
}

function rangeOf(found: EffortReturn, cases: readonly TimedCase[]): EffortCurve['range'] {
  if (!found.isTold) return null;
  const minutes = cases.map((one) => one.minutes);
  return {
    low: found.range.low ?? Math.min(...minutes),
    high: found.range.high ?? Math.max(...minutes),
  };
}

/** All cases of one kind, audited or not. */
export interface CasesOfKind {
  readonly groups: readonly string[];
  readonly cases: number;
}

/**
 * Timed cases by kind, with the share that each kind is of all cases. Kinds with too few for a curve are taken together,
 * with the next smallest where even together they are too few; none where all are one kind then.
 */
function kindsOf(cases: readonly TimedCase[], all: readonly CasesOfKind[]) {
  const whole = all.reduce((sum, one) => sum + one.cases, 0);
  const isSame = (a: readonly string[], b: readonly string[] = []) => a.every((value, i) => value === b[i]);
  const ordered = all
    .map(({ groups, cases: n }) => ({
      share: n / whole,
      own: cases.filter((one) => isSame(groups, one.groups)),
    }))
    .toSorted((a, b) => a.own.length - b.own.length);
  const isFew = (own: readonly TimedCase[]) => own.length < fewestBands * casesABand;
  const kinds: { readonly share: number; readonly own: readonly TimedCase[] }[] = [];
  for (const next of ordered) {
    const last = kinds.at(-1);
    if (last && (isFew(last.own) || isFew(next.own)))
      kinds[kinds.length - 1] = { share: last.share + next.share, own: [...last.own, ...next.own] };
    else kinds.push(next);
  }
  return kinds.length > 1 ? kinds : [];
}

/** Effort against return of cases whose minutes were set by chance. */
export function effortCurve(
  cases: readonly TimedCase[],
  given: {
    readonly costPerMinute: number;
    readonly seed: number;
    readonly blockOf: (one: TimedCase) => string;
    /** Minutes now spent: what a minute saves is told from there to twice as many. */
    readonly now: number | null;
    /** How many cases there are of each kind, by the values that tell kinds apart; none to take all as one. */
    readonly casesOf?: readonly CasesOfKind[];
  },
): EffortCurve {
  const groups = cases.length < fewestBands * casesABand ? [] : effortGroups(cases, given.blockOf);
  const { costPerMinute, seed } = given;
  const kinds = kindsOf(cases, given.casesOf ?? []).map(({ share, own }) => ({
    share,
    groups: effortGroups(own, given.blockOf),
  }));
  const window = windowFrom(given.now);
  const found = effortReturn({ groups, kinds, costPerMinute, assignment: 'quasi-random', seed, window });
  return { cases: cases.length, groups, kinds, found, range: rangeOf(found, cases) };
}

/** From the effort now spent to twice as much (product rule): wide enough to tell, and chosen before looking. */
export function windowFrom(now: number | null): { readonly from: number; readonly to: number } | undefined {
  return now === null ? undefined : { from: now, to: 2 * now };
}
