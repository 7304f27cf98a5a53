/** What a team does with contacts: how many it handles in an hour staffed, and how many of those come back. */
export interface TeamRate {
  readonly handledPerHour: number;
  /** Share of handled contacts that another on the same issue follows, 0 to 1 and below 1. */
  readonly repeatShare: number;
  /** Minutes of handling a contact; null where they are not recorded. */
  readonly handlingMinutes: number | null;
}

/** What comes of those contacts. */
export interface ResolvedRate {
  /** Contacts in an hour staffed that no other on the same issue follows. */
  readonly resolvedPerHour: number;
  /** Contacts that an issue takes until it is resolved. */
  readonly contactsPerIssue: number;
  readonly minutesPerIssue: number | null;
}

/**
 * Handled against resolved: where each contact leads to another with share r, handled·(1 − r) are resolved, and an
 * issue takes 1/(1 − r) contacts, the mean of a geometric law. A repeat is charged to the team that had the contact
 * before it. Hours are paid hours: wrapping up, waiting and training are in them.
 */
export function resolvedRate({ handledPerHour, repeatShare, handlingMinutes }: TeamRate): ResolvedRate {
  const contactsPerIssue = 1 / (1 - repeatShare);
  return {
    resolvedPerHour: handledPerHour * (1 - repeatShare),
    contactsPerIssue,
    minutesPerIssue: handlingMinutes === null ? null : handlingMinutes * contactsPerIssue,
  };
}
