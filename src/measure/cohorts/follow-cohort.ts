import { cumulativeIncidence, type Incidence } from '../../stats/index.ts';
import { type CasePath, finalOutcome, type OutcomeKinds } from './case-path.ts';

/** Ages in days at which cohorts are read unless told otherwise. */
export const standardAges: readonly number[] = [60, 120, 180, 240, 365];

/** A cohort at one age, as counts of its cases. */
export interface CohortAtAge {
  readonly age: number;
  /** Cases with a first decision: what is commonly called cleared. */
  readonly cleared: number;
  readonly clearedSubstantive: number;
  readonly final: number;
  readonly finalSubstantive: number;
  /** Cases without a final outcome. */
  readonly unresolved: number;
}

/** A cohort followed to its final outcomes. */
export interface FollowedCohort {
  readonly n: number;
  /** Only ages that every case of the cohort has reached: cohorts are never compared at different ages. */
  readonly byAge: readonly CohortAtAge[];
  /** Ages asked for that some cases have not reached, with the share by outcome that they foretell (Aalen–Johansen). */
  readonly notYet: readonly { readonly age: number; readonly incidence: readonly Incidence[] | null }[];
  readonly atEnd: {
    readonly cleared: number;
    readonly nonSubstantiveFirst: number;
    readonly challenged: number;
    readonly challengesDecided: number;
    readonly overturned: number;
    readonly final: number;
    readonly finalByOutcome: Readonly<Record<string, number>>;
    /** Closed without a decision, and not decided since. */
    readonly voidWithoutFinal: number;
    /** Sent to another body and not linked. */
    readonly leftOurSight: number;
    /** Cleared less final: cases that count as done and are not. */
    readonly gap: number;
  };
}

const days = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

interface Aged {
  readonly path: CasePath;
  /** Days from receipt to the end of observation. */
  readonly observed: number;
  readonly first: { readonly outcome: string; readonly age: number } | null;
  readonly final: { readonly outcome: string; readonly age: number } | null;
}

function ageOf(path: CasePath, kinds: OutcomeKinds, observedTo: string): Aged {
  const aged = (end: { readonly outcome: string; readonly on: string } | null) =>
    end && end.on <= observedTo ? { outcome: end.outcome, age: days(path.received, end.on) } : null;
  return {
    path,
    observed: days(path.received, observedTo),
    first: aged(path.firstDecision),
    final: aged(finalOutcome(path, kinds, observedTo)),
  };
}

function atAge(cases: readonly Aged[], kinds: OutcomeKinds, age: number): CohortAtAge {
  const cleared = cases.filter(({ first }) => first && first.age <= age);
  const final = cases.filter((one) => one.final && one.final.age <= age);
  const isSubstantive = (outcome: string | undefined) =>
    outcome !== undefined && kinds.substantive.includes(outcome);
  return {
    age,
    cleared: cleared.length,
    clearedSubstantive: cleared.filter(({ first }) => isSubstantive(first?.outcome)).length,
    final: final.length,
    finalSubstantive: final.filter((one) => isSubstantive(one.final?.outcome)).length,
    unresolved: cases.length - final.length,
  };
}

function atEndOf(cases: readonly Aged[], kinds: OutcomeKinds, observedTo: string): FollowedCohort['atEnd'] {
  const count = (test: (one: Aged) => boolean) => cases.filter(test).length;
  const challengeOf = ({ path }: Aged) =>
    path.challenge && path.challenge.on <= observedTo ? path.challenge : null;
  const isDecided = (one: Aged) => (challengeOf(one)?.resultOn ?? '9999') <= observedTo;
  const outcomes = cases.flatMap(({ final }) => (final ? [final.outcome] : []));
  const cleared = count(({ first }) => first !== null);
  return {
    cleared,
    nonSubstantiveFirst: count(({ first }) => first !== null && !kinds.substantive.includes(first.outcome)),
    challenged: count((one) => challengeOf(one) !== null),
    challengesDecided: count(isDecided),
    overturned: count(
      (one) => isDecided(one) && Object.hasOwn(kinds.overturnedTo, challengeOf(one)?.result ?? ''),
    ),
    final: outcomes.length,
    finalByOutcome: Object.fromEntries(
      [...new Set(outcomes)]
        .sort()
        .map((outcome) => [outcome, outcomes.filter((one) => one === outcome).length]),
    ),
    voidWithoutFinal: count(
      ({ first, final }) => first !== null && final === null && kinds.neverFinal.includes(first.outcome),
    ),
    leftOurSight: count(
      ({ first, final }) => first !== null && final === null && kinds.sentOn.includes(first.outcome),
    ),
    gap: cleared - outcomes.length,
  };
}

/** Follows the cases received in one period to their final outcomes, at fixed ages, beside what counts as cleared. */
export function followCohort(
  paths: readonly CasePath[],
  kinds: OutcomeKinds,
  observedTo: string,
  ages: readonly number[] = standardAges,
): FollowedCohort {
  const cases = paths.map((path) => ageOf(path, kinds, observedTo));
  const youngest = cases.reduce((least, { observed }) => Math.min(least, observed), Number.POSITIVE_INFINITY);
  const reached = ages.filter((age) => age <= youngest && cases.length > 0);
  const atEnd = atEndOf(cases, kinds, observedTo);
  const followed = cases.map(({ observed, final }) => ({
    time: final?.age ?? observed,
    end: final?.outcome ?? null,
  }));
  return {
    n: cases.length,
    byAge: reached.map((age) => atAge(cases, kinds, age)),
    notYet: ages
      .filter((age) => !reached.includes(age))
      .map((age) => ({
        age,
        incidence: cumulativeIncidence(followed, Object.keys(atEnd.finalByOutcome), age),
      })),
    atEnd,
  };
}
