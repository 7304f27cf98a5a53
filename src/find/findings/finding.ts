import type { Interval } from '../../core/index.ts';
import type { Sql } from '../../stores/index.ts';
import type { OutcomeGap } from '../queries/outcome-gap.ts';

/** What kind of sign a finding is. */
export type Pattern =
  | 'wait'
  | 'rework'
  | 'rejection-loop'
  | 'overprocessing'
  | 'clock-restart'
  | 'target-covers-part'
  | 'workaround'
  | 'failure-demand';

/** The key of a finding: its pattern and what it is about, such as steps. */
export function findingKey(pattern: Pattern, ...about: readonly string[]): string {
  return [pattern, ...about].join(' · ');
}

/** Something that holds the service back, or hides it: sized in cases, days, hours and, where costs are given, pounds. */
export interface Finding {
  readonly id: string;
  /** What it is about, in words that stay the same from one extract to the next: verdicts on it are kept by this. */
  readonly key: string;
  readonly pattern: Pattern;
  /** Of a possible workaround: the pattern of the catalogue that found it. */
  readonly of?: string;
  readonly title: string;
  readonly cases: number;
  /** A query of the ids of those cases, while the findings are put together; null for a target. */
  readonly affected: Sql | null;
  /** Of a finding that was looked for in a sample of cases, one in so many: what `affected` gives is of the sample. */
  readonly sampledOneIn?: number;
  /** Share of all cases with steps. */
  readonly share: number;
  /** Of a wait: no start is recorded, so that work and waiting cannot be told apart. */
  readonly isElapsed?: boolean;
  /** Elapsed days, all cases together; null where the finding is not about time. */
  readonly days: number | null;
  readonly daysInterval?: Interval | null;
  readonly hours: number | null;
  /** Staff cost in pounds. The cost of delay is kept apart and never added. */
  readonly pounds: number | null;
  /** The 95% intervals of hours and pounds: of a total over cases, or of a difference from comparable cases. */
  readonly hoursInterval?: Interval | null;
  readonly poundsInterval?: Interval | null;
  /** What the hours and pounds are of, where its pattern alone does not say; and what is missing to price it. */
  readonly hoursOf?: string | null;
  readonly missing?: string | null;
  /** Cases that look alike and are left out, and why; in words. */
  readonly notCounted?: string | null;
  readonly delayPounds: number | null;
  readonly delayInterval?: Interval | null;
  readonly gap: OutcomeGap | null;
  /** What goes before it and what comes of it, where a finding knows more of that than any other does; in words. */
  readonly before?: string | null;
  readonly after?: string | null;
  /** The steps that the finding is about by its own definition: that its cases go through them tells nothing. */
  readonly about?: readonly string[];
  /** For a wait: the cases in which it brings about work. */
  readonly induced?: Sql | null;
  /** For a wait: the cases that wait longest, among all that pass its two steps. */
  readonly longest?: { readonly affected: Sql; readonly among: Sql };
  /** Why the outcome is no evidence for the finding, where the two count the same; the gap is then null. */
  readonly sameAsOutcome?: string | null;
  /** Why it is not held against the outcome at all; the gap is then null. It plays no part in the order. */
  readonly outcomeNote?: string | null;
  readonly confidence: string;
  /** The page that holds the evidence, below the workspace. */
  readonly evidence: string;
  /** What to ask, and of whom, to confirm it. */
  readonly question: string;
}
