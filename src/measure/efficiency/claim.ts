/**
 * An effect on a total as a share of the baseline (0.05 is 5% more): estimate, lower and upper bound of its 95%
 * interval. Without bounds it is an exact count or a ledger figure.
 */
export type Effect = readonly [estimate: number, lower: number | null, upper: number | null];

/**
 * A claimed saving as its owner states it. A field left out, or null, is not known, except where it says
 * otherwise; pounds are those of one year unless the claim says so.
 */
export interface Claim {
  /** The definition it is measured by, such as a charter version. */
  readonly definition?: string | null | undefined;
  /** The year or state it is compared with. */
  readonly baseline?: string | null | undefined;
  /** True where the purpose was to achieve less; left out means it was not. */
  readonly intends_less?: boolean | undefined;
  /** The claim that counts the same pounds or hours; left out means none does. */
  readonly duplicate_of?: string | null | undefined;
  readonly floor_broken?: boolean | null | undefined;
  /** Change of quality-adjusted total output. */
  readonly output?: Effect | null | undefined;
  /** Change of the total intended outcome, never a rate per case. */
  readonly outcome?: Effect | null | undefined;
  readonly input?: Effect | null | undefined;
  /** True where a cost was put off to a later year. */
  readonly deferred?: boolean | null | undefined;
  readonly saving_gbp?: number | null | undefined;
  readonly shifted_public_gbp?: number | null | undefined;
  /** What it is compared with to tell what would have happened anyway; "none" where nothing. */
  readonly counterfactual?: string | null | undefined;
  readonly evidence?: 'measured' | 'self-report' | null | undefined;
  /** How much worse still counts as the same, as a share; 0.01 where left out. */
  readonly margin?: number | undefined;
  readonly budget_reduced?: boolean | null | undefined;
  readonly monetised?: boolean | null | undefined;
  /** Hours more that citizens spend. */
  readonly shifted_citizen_hours?: number | null | undefined;
  readonly citizen_rate_gbp?: number | null | undefined;
  /** True where resources were put to use in a wholly different way. */
  readonly redesigned_inputs_processes_outputs?: boolean | undefined;
}
