import type { ColumnSpec } from './warehouse.ts';

/**
 * The canonical tables. A workspace may add attribute columns (kind text, number or timestamp) after these.
 * Instants are UTC; `*_wall` is the clock on the wall as the source gave it, for weekdays, hours and dates.
 */
export const canonicalTables = {
  /** One row a case: the union of case extracts and of what the events say. */
  cases: [
    { name: 'case_id', kind: 'text' },
    { name: 'type', kind: 'text' },
    { name: 'opened', kind: 'timestamp' },
    { name: 'opened_wall', kind: 'timestamp' },
    { name: 'closed', kind: 'timestamp' },
    { name: 'closed_wall', kind: 'timestamp' },
    { name: 'outcome', kind: 'text' },
    /** Derived from events: null where a case has none with a time. */
    { name: 'first_at', kind: 'timestamp' },
    { name: 'last_at', kind: 'timestamp' },
    { name: 'first_step', kind: 'text' },
    { name: 'last_step', kind: 'text' },
    { name: 'events', kind: 'integer' },
    /** md5 of the joined steps in order; null without events. */
    { name: 'variant', kind: 'text' },
  ],
  /** One row a step instance, contact or status change, sorted by case, at, seq. */
  events: [
    { name: 'case_id', kind: 'text' },
    /** Position in the source: file order, then row. */
    { name: 'seq', kind: 'integer' },
    { name: 'step', kind: 'text' },
    /** coalesce(finished, started): the instant that orders the case. */
    { name: 'at', kind: 'timestamp' },
    { name: 'at_wall', kind: 'timestamp' },
    { name: 'started', kind: 'timestamp' },
    { name: 'started_wall', kind: 'timestamp' },
    { name: 'finished', kind: 'timestamp' },
    { name: 'finished_wall', kind: 'timestamp' },
    { name: 'logged', kind: 'timestamp' },
    { name: 'worker', kind: 'text' },
    { name: 'team', kind: 'text' },
    { name: 'system', kind: 'text' },
    { name: 'channel', kind: 'text' },
    /** step, contact or status. */
    { name: 'kind', kind: 'text' },
    /** Minutes of work on this row, where the source records them. */
    { name: 'minutes', kind: 'number' },
    { name: 'source', kind: 'integer' },
    /** Derived at import over rows with a time, in order (at, seq). */
    { name: 'position', kind: 'integer' },
    { name: 'prev_step', kind: 'text' },
    { name: 'prev_at', kind: 'timestamp' },
    { name: 'prev_team', kind: 'text' },
    { name: 'next_step', kind: 'text' },
    { name: 'next_at', kind: 'timestamp' },
    /** Seconds from this row's at to the next row's at. */
    { name: 'next_wait', kind: 'number' },
    /** Seconds from started to finished where both are known. */
    { name: 'processing', kind: 'number' },
    /** The previous row's at: when this row could begin, in a case worked one step at a time. */
    { name: 'enabled', kind: 'timestamp' },
  ],
  contacts: [
    { name: 'contact_id', kind: 'text' },
    { name: 'case_id', kind: 'text' },
    { name: 'person', kind: 'text' },
    { name: 'at', kind: 'timestamp' },
    { name: 'at_wall', kind: 'timestamp' },
    { name: 'channel', kind: 'text' },
    { name: 'direction', kind: 'text' },
    { name: 'reason', kind: 'text' },
    { name: 'minutes', kind: 'number' },
    { name: 'team', kind: 'text' },
    { name: 'answered', kind: 'boolean' },
    { name: 'source', kind: 'integer' },
  ],
  volumes: [
    { name: 'period', kind: 'date' },
    { name: 'output', kind: 'text' },
    { name: 'quantity', kind: 'number' },
    { name: 'unit_cost', kind: 'number' },
    { name: 'fixed_cost', kind: 'number' },
    { name: 'source', kind: 'integer' },
    { name: 'line', kind: 'integer' },
  ],
  inputs: [
    { name: 'period', kind: 'date' },
    { name: 'input', kind: 'text' },
    { name: 'category', kind: 'text' },
    { name: 'volume', kind: 'number' },
    { name: 'cost', kind: 'number' },
    { name: 'deflator', kind: 'number' },
    { name: 'source', kind: 'integer' },
    { name: 'line', kind: 'integer' },
  ],
  quality: [
    { name: 'period', kind: 'date' },
    { name: 'output', kind: 'text' },
    { name: 'measure', kind: 'text' },
    { name: 'value', kind: 'number' },
    { name: 'n', kind: 'number' },
    { name: 'source', kind: 'integer' },
    { name: 'line', kind: 'integer' },
  ],
  rejects: [
    { name: 'source', kind: 'integer' },
    { name: 'line', kind: 'integer' },
    { name: 'column', kind: 'text' },
    { name: 'value', kind: 'text' },
    { name: 'reason', kind: 'text' },
  ],
} as const satisfies Record<string, readonly ColumnSpec[]>;

/** The name of a canonical table. */
export type CanonicalTable = keyof typeof canonicalTables;
