/** What the passports example plants. Shares marked [P] follow published figures, the rest are ours. */
export const planted = {
  /** [P] 134,000 of 6.9 million applications moved from the digital system to paper (National Audit Office, 2022). */
  movedShare: 0.019,
  minutesNotMoved: 18,
  minutesMoved: 41,
  /** 0.019 x 41 / (0.019 x 41 + 0.981 x 18). */
  movedShareOfEffort: 0.042,
  standardDays: 21,
  lateShare: 0.05,
  lateShareOfMoved: 0.6,
  /** 0.019 x 0.6 / 0.05. */
  movedShareOfLate: 0.228,
  /** Moves that follow a family link or a request to expedite. */
  precededShareOfMoves: 0.64,
  /** Family link or request to expedite among cases that did not move. */
  precededShareOfOthers: 0.143,
  understatedMedianDays: 19,
  infoRequestedShare: 0.16,
  infoRequestedShareOfMoved: 0.2,
  /** Just above the target of 98.5%, so that it shows green. */
  officialOnTimeShare: 0.9852,
  trueOnTimeShare: 0.95,
  satisfiedAtSubmission: 0.9,
  /** Progress calls for 1,000 days of open work, by age of the work. */
  callsPerThousandOpenDays: {
    'under 7 days': 5,
    '7 to 14 days': 15,
    '14 to 21 days': 40,
    '21 days and over': 80,
  },
  /** What a recorded minute costs, by team, in pounds. */
  poundsAMinute: {
    intake: 0.48,
    fraud: 0.64,
    'digital examination': 0.57,
    'paper examination': 0.57,
    print: 0.46,
  },
  notIssuedShare: 0.01,
  growthAYear: 0.04,
} as const;

export const defaultSeed = 9;
export const defaultCases = 10_000;
export const fullCases = 138_000;
