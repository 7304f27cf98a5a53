import type { Sql } from '../../stores/index.ts';

/** The patterns that are looked for, by the id that findings carry. The numbers are those of the catalogue in `docs/methods/workarounds.md`. */
export const patterns = {
  'rare-step': { number: 1, sign: 'A step that hardly any case has' },
  'recurrent-sequence': { number: 2, sign: 'The same run of steps twice' },
  'frequent-occurrence': { number: 3, sign: 'A step more often than usual' },
  'wrong-order': { number: 4, sign: 'Two steps in an unusual order' },
  'missing-step': { number: 5, sign: 'A step left out' },
  'unusual-neighbour': { number: 6, sign: 'An unusual next step' },
  'exclusive-steps': { number: 7, sign: 'Two steps that hardly ever go together' },
  'direct-repetition': { number: 8, sign: 'The same step again at once' },
  'value-out-of-bounds': { number: 9, sign: 'A value out of bounds' },
  'value-changed': { number: 10, sign: 'A value that changes within a case' },
  'words-in-text': { number: 11, sign: 'Notes that speak of work elsewhere' },
  'linked-values': { number: 12, sign: 'A value without the one it goes with' },
  'unusual-team': { number: 13, sign: 'Not the usual team' },
  'number-of-workers': { number: 14, sign: 'An unusual number of people' },
  'team-does-often': { number: 15, sign: 'A step that one team does often' },
  'team-uses-value': { number: 16, sign: 'A value that one team gives often' },
  'outside-hours': { number: 17, sign: 'Outside the usual hours' },
  'delay-from-start': { number: 18, sign: 'Unusually early or late in the case' },
  'time-between': { number: 19, sign: 'An unusual time between two steps' },
  'step-duration': { number: 20, sign: 'An unusual duration of a step' },
  'case-duration': { number: 21, sign: 'An unusual duration of the case' },
  'logging-delay': { number: 22, sign: 'Logged late or too early' },
  'split-cases': { number: 23, sign: 'Cases that may be one, kept below a limit' },
  contrast: { number: 24, sign: 'Done differently by some' },
} as const;

/** The id of a pattern. */
export type PatternId = keyof typeof patterns;

/** How a case differs from its peers. */
export type Direction = 'more' | 'fewer' | 'longer' | 'shorter' | 'changed' | 'unusual';

/**
 * One test over `pattern_steps`: a query of alerts with the columns `case_no`, `step`, `other` (the second step
 * of a pair), `team`, `attribute`, `direction`, `tied` (in a pair of equal times, whose order nobody knows) and
 * `z` (how far from the peers in standard deviations; null for a test without).
 */
export interface PatternTest {
  readonly pattern: PatternId;
  readonly purpose: string;
  readonly sql: Sql;
  /** For a test of how unusual a number is: how many numbers were tested, `n`, so that chance findings can be taken out. */
  readonly tested?: Sql;
}

/** The settings of the tests; the defaults are what findings rest on. */
export interface PatternSettings {
  /** Standard deviations from the peers' mean. */
  readonly deviations: number;
  /** A step that fewer than this share of cases have is rare; a next step that follows less often is unusual. */
  readonly rareShare: number;
  /** A pair is out of place that is less than this share of what follows its first step, and of what precedes its second. */
  readonly outOfPlaceShare: number;
  /** A step that this share of comparable closed cases have is expected of all. */
  readonly expectedShare: number;
  /** Fewest times that a step must occur before its next steps, or its teams, are judged. */
  readonly leastBefore: number;
  readonly leastExecutions: number;
  /** A team does not usually do a step if it does less than this share, and less than a fifth of an even share. */
  readonly unusualTeamShare: number;
  readonly mostTeams: number;
  /** A time differs enough to matter by this many seconds, or by this share of the peers' median. */
  readonly leastSeconds: number;
  readonly leastRelative: number;
}

export const defaultSettings: PatternSettings = {
  deviations: 3,
  rareShare: 0.01,
  outOfPlaceShare: 0.05,
  expectedShare: 0.95,
  leastBefore: 100,
  leastExecutions: 30,
  unusualTeamShare: 0.1,
  mostTeams: 10,
  leastSeconds: 600,
  leastRelative: 0.2,
};
