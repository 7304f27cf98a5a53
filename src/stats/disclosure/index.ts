/** Disclosure control of counts: small ones suppressed, others rounded, and an exact audit of what can be worked out. */
export type { CountCell, CountSum, CountSystem } from './count-system.ts';
export {
  type CountRange,
  type DisclosureProfile,
  disclosureProfiles,
  isSmallCount,
  rangeOfPublished,
  roundedCount,
} from './profile.ts';
export {
  type ProtectedCounts,
  type SuppressedCount,
  type SuppressionReason,
  suppressCounts,
} from './suppress-counts.ts';
export { type CountGrid, gridCell, gridSystem } from './two-way.ts';
