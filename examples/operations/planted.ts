/** What the operations example plants. All of it is ours; what is published is named in the README. */
export const planted = {
  /** Operations of two years, by hospital. */
  operations: { A: 32_000, B: 30_000, C: 28_000 },
  /** What the figure in use counts for each full-time post in a year: A 12% more than B and C together. */
  countedPerPost: { A: 56, B: 49.2, C: 28_000 / (58_000 / 50 - 30_000 / 49.2) },
  /** People taken off the list after checking it, of all whose wait ended; only A counts them as activity. */
  removedShare: { A: 0.05, B: 0.03, C: 0.03 },
  /** Back in hospital within 30 days, as each hospital's own patients are. */
  readmitted: { A: 0.094, B: 0.0574, C: 0.0545 },
  /** Gain in health as patients report it, on a scale where 1 is full health. */
  healthGain: { A: 0.41, B: 0.4586, C: 0.4615 },
  /** Median wait in weeks. */
  medianWait: { A: 18, B: 13.2, C: 12.8 },
  /** Dead within 30 days: how many times as often as alike patients at B. */
  deathRisk: { A: 1.3, B: 1, C: 1 },
  /** Home on the day of the operation, by health: fit, mild, severe. C has the pathway. */
  sameDay: { A: [0.22, 0.12, 0.04], B: [0.24, 0.13, 0.04], C: [0.72, 0.5, 0.2] },
  /** Staff time of a patient who goes home the same day, of what alike patients take. */
  sameDayEffort: 0.86,
  /** Put off at least once because an urgent case took the theatre, and the weeks that adds. */
  putOff: { A: 0.12, B: 0.06, C: 0.04 },
  putOffWeeks: 6,
  /** Share of patients who report their health before and after. */
  reporting: 0.72,
  /** Weight of each part in the charter. */
  weights: { success: 0.25, healthGain: 0.25, wait: 0.25, lifeYears: 0.25 },
} as const;

export const hospitals = ['A', 'B', 'C'] as const;
export type Hospital = (typeof hospitals)[number];

interface Procedure {
  readonly name: string;
  readonly hours: number;
  readonly readmitted: number;
  readonly before: number;
  readonly gain: number;
}

/** The four groups: staff hours, readmission and health of a fit patient aged 60 to 74. */
export const procedures: readonly Procedure[] = [
  { name: 'hip replacement', hours: 34, readmitted: 0.05, before: 0.3, gain: 0.52 },
  { name: 'knee replacement', hours: 32, readmitted: 0.05, before: 0.34, gain: 0.47 },
  { name: 'hernia repair', hours: 12, readmitted: 0.04, before: 0.4, gain: 0.43 },
  { name: 'gall bladder removal', hours: 17, readmitted: 0.055, before: 0.38, gain: 0.45 },
];

export const ages = [
  { band: 'under 60', from: 32, to: 60, hours: 1, risk: 0.8, deaths: 0.4 },
  { band: '60 to 74', from: 60, to: 75, hours: 1.08, risk: 1, deaths: 1 },
  { band: '75 and over', from: 75, to: 91, hours: 1.22, risk: 1.4, deaths: 2.5 },
] as const;

export const grades = [
  { name: 'fit', hours: 1, risk: 0.7, deaths: 0.4, before: 0, gain: 0 },
  { name: 'mild disease', hours: 1.12, risk: 1, deaths: 1, before: -0.02, gain: -0.02 },
  { name: 'severe disease', hours: 1.38, risk: 1.6, deaths: 3, before: -0.05, gain: -0.05 },
] as const;

export const deathsOfMany = 0.002;

interface Mix {
  readonly procedures: readonly number[];
  readonly ages: readonly number[];
  readonly grades: readonly number[];
}

/** Who comes: A takes easier patients, above all healthier ones. */
const usual: Mix = {
  procedures: [0.28, 0.32, 0.22, 0.18],
  ages: [0.3, 0.42, 0.28],
  grades: [0.4, 0.38, 0.22],
};
const easier: Mix = {
  procedures: [0.27, 0.31, 0.23, 0.19],
  ages: [0.36, 0.4, 0.24],
  grades: [0.52, 0.35, 0.13],
};

export const mixOf = (hospital: Hospital, clean: boolean): Mix =>
  hospital === 'A' && !clean ? easier : usual;

export const waitSpread = 0.5;
export const withinWeeks = 18;
export const defaultSeed = 16;

/** What the generator is asked for: the same settings give the same bytes. */
export interface MadeSettings {
  readonly seed: number;
  /** The same service without the trap: the hospitals are alike, apart from chance. */
  readonly clean: boolean;
  /** Part of the full number of operations, 0 to 1. */
  readonly size: number;
}
