/** What the contact-centre example plants. All of it is ours; what is published is named in the README. */
export const planted = {
  teams: {
    X: { handlingMinutes: 10, handledPerHour: 4.8, repeatShare: 0.42, resolvedPerHour: 2.784 },
    Y: { handlingMinutes: 12.5, handledPerHour: 3.84, repeatShare: 0.18, resolvedPerHour: 3.1488 },
  },
  repeatDays: 14,
  /** How far X is ahead in contacts handled an hour, and Y in issues resolved: 4.8 / 3.84 and 3.1488 / 2.784. */
  handledLeadOfX: 0.25,
  resolvedLeadOfY: 0.131034,
  /** Contacts of issues that began with a letter not answered in time, of all contacts. */
  upstreamShare: 2 / 3,
  /** Days in which a letter is promised to be answered; calls begin a week after that. */
  promisedDays: 21,
  callsBeginAtDay: 28,
  /** First calls for 1,000 days beyond that age of letters that nobody has called about. */
  firstCallsPerThousandDays: 140,
  /** What a minute of handling a call costs, in pounds. */
  poundsAMinute: 0.4,
  /** Attempts that are given up on the line, and those that a recorded message takes. */
  abandonedShare: 0.08,
  recordedMessageShare: 0.12,
  transferredShare: 0.06,
  deliveredAgainShare: 0.04,
} as const;

/** Without the trap: both teams resolve the same share, and letters are answered in time. */
export const cleanRepeatShare = 0.25;

export const letters = 14_000;
export const defaultSeed = 4;
export type Team = keyof typeof planted.teams;

/** What the generator is asked for: the same settings give the same bytes. */
export interface MadeSettings {
  readonly seed: number;
  /** The same service without the trap. */
  readonly clean: boolean;
}
