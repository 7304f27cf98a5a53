import { addDays } from '../../core/index.ts';

/** A case from receipt to its final outcome; dates are ISO days, null where it has not come to pass. */
export interface CasePath {
  readonly id: string;
  readonly received: string;
  readonly firstDecision: { readonly outcome: string; readonly on: string } | null;
  readonly challenge: {
    readonly on: string;
    readonly result: string | null;
    readonly resultOn: string | null;
  } | null;
  /** The final outcome where the source records it; left out to work it out from the rest. */
  readonly final?: { readonly outcome: string; readonly on: string } | null;
}

/** How outcomes are to be read. */
export interface OutcomeKinds {
  /** Outcomes that decide the matter, such as granted and refused. */
  readonly substantive: readonly string[];
  /** Closures that are never final: void, pre-emptive or administrative. */
  readonly neverFinal: readonly string[];
  /** Endings by which a case goes to another body, and out of sight unless linked. */
  readonly sentOn: readonly string[];
  /** Outcomes that may be challenged, and for how many days. */
  readonly challengeable: readonly string[];
  readonly challengeDays: number;
  /** What becomes of the first outcome when a challenge succeeds, by the result of the challenge. */
  readonly overturnedTo: Readonly<Record<string, string>>;
}

/** The kinds of an application that is granted or refused. */
export const applicationKinds: OutcomeKinds = {
  substantive: ['granted', 'refused'],
  neverFinal: ['void'],
  sentOn: ['sent on'],
  challengeable: ['refused'],
  challengeDays: 30,
  overturnedTo: { overturned: 'granted' },
};

/**
 * The final outcome by a day. A decision that may be challenged is final when the window has passed without a
 * challenge or the challenge is decided; a withdrawal is final; void closures and cases sent on are not.
 */
export function finalOutcome(
  path: CasePath,
  kinds: OutcomeKinds,
  observedTo: string,
): { readonly outcome: string; readonly on: string } | null {
  const by = (end: { readonly outcome: string; readonly on: string }) => (end.on <= observedTo ? end : null);
  if (path.final !== undefined) return path.final && by(path.final);
  const { firstDecision: first, challenge } = path;
  if (!first || kinds.neverFinal.includes(first.outcome) || kinds.sentOn.includes(first.outcome)) return null;
  if (challenge) {
    if (challenge.result === null || challenge.resultOn === null) return null;
    const outcome = kinds.overturnedTo[challenge.result] ?? first.outcome;
    return by({ outcome, on: challenge.resultOn });
  }
  const wait = kinds.challengeable.includes(first.outcome) ? kinds.challengeDays : 0;
  return by({ outcome: first.outcome, on: addDays(first.on, wait) });
}
