/**
 * What a moment of waiting can be put down to, in the order in which one gives way to the one before it. The five
 * causes are those of Lashkevich and others (2023); the first three stand before them: waits that are not the
 * staff's, and waits whose worker is not known or was at several pieces of work at once.
 */
export const waitCauses = [
  'applicant',
  'third_party',
  'unknown_worker',
  'batching',
  'contention',
  'prioritisation',
  'unavailability',
  'extraneous',
] as const;

/** One of them. */
export type WaitCause = (typeof waitCauses)[number];

/** The number under which a piece of a wait carries its cause in the warehouse. */
export const causeCode = Object.fromEntries(waitCauses.map((cause, i) => [cause, i])) as Readonly<
  Record<WaitCause, number>
>;

/** The causes that a piece may claim; what none claims is extraneous. */
export const claimedCauses = waitCauses.filter((cause) => cause !== 'extraneous');
