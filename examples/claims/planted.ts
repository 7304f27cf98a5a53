/** Claims alike in size and risk, and what a minute of checking is worth on one. */
export interface ClaimClass {
  readonly size: 'small' | 'large';
  readonly risk: 'low' | 'high';
  /** Share of claims. */
  readonly share: number;
  /** Mean pounds due. */
  readonly due: number;
  /** Pounds that a minute saves up to the first effort below; falling from there to the cost of a minute at the second. */
  readonly poundsAMinute: number;
  readonly fullUpTo: number;
  readonly best: number;
  /** Overpayment of a claim that is overpaid, as a share of what is due. */
  readonly errorSize: number;
}

/** What the claims example plants. All of it is ours; what is published is named in the README. */
export const planted = {
  claimsAYear: 60_000,
  meanPaid: 2400,
  handlers: 210,
  poundsAHandler: 45_000,
  claimsAHandler: 286,
  /** Output of a handler rises by 31% with the fast track: 374 claims, so that 160 handlers do what 210 did. */
  outputGain: 0.31,
  poundsAMinute: 0.6,
  fastTrack: '2025-04-01',
  /** Overpaid, as a share of what is paid, before and after. */
  leakage: { before: 0.05, after: 0.082 },
  handling: { before: 157.5, after: 120.23 },
  /** Change of what a claim costs in the end. */
  costGenerated: 39.53,
  /** What the next minute saves between 12 and 25 minutes, over all claims. */
  nextMinute: { from: 12, to: 25, pounds: 6 },
  auditedShare: 0.03,
  /** Claims whose minutes the length of the queue sets; handlers choose those of the others, more for harder ones. */
  byQueueShare: 0.5,
  refusedShare: 0.05,
  /** Of all claims: refused although something was due, and paid too little. */
  wronglyRefusedShare: 0.003,
  underpaidShare: 0.03,
  promisedDays: 28,
} as const;

export const classes: readonly ClaimClass[] = [
  {
    size: 'small',
    risk: 'low',
    share: 0.45,
    due: 915,
    poundsAMinute: 1.6,
    fullUpTo: 12,
    best: 18,
    errorSize: 0.09,
  },
  {
    size: 'small',
    risk: 'high',
    share: 0.15,
    due: 1205,
    poundsAMinute: 5.5,
    fullUpTo: 20,
    best: 28,
    errorSize: 0.17,
  },
  {
    size: 'large',
    risk: 'low',
    share: 0.28,
    due: 3850,
    poundsAMinute: 6.5,
    fullUpTo: 22,
    best: 30,
    errorSize: 0.1,
  },
  {
    size: 'large',
    risk: 'high',
    share: 0.12,
    due: 6280,
    poundsAMinute: 31,
    fullUpTo: 27,
    best: 35,
    errorSize: 0.19,
  },
];

export const defaultSeed = 1;

/** What the generator is asked for: the same settings give the same bytes. */
export interface MadeSettings {
  readonly seed: number;
  /** The same service without the trap: the fast track saves other work and leaves checking as it was. */
  readonly clean: boolean;
  readonly claimsAYear: number;
}
