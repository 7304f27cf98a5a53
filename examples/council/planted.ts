/** What the council example plants: two changes of how the work is done, and no effect of either. */
export const planted = {
  casesAYear: 1900,
  /** Decided within eight weeks, whatever was changed. */
  inTimeShare: 0.72,
  inTimeDays: 56,
  returnedShare: 0.14,
  withdrawnShare: 0.03,
  refusedShare: 0.12,
  changes: { onlineForm: '2025-07-07', triage: '2026-01-05' },
  /** Added to the share decided in time from the second change on; none is planted. */
  effect: 0,
} as const;

/** Chosen because its last quarter is a good one, by chance. */
export const defaultSeed = 565;
