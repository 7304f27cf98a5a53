import type { Fate } from './fate.ts';

/** One row of events.csv; `wall` is the time in wall minutes. */
export interface Event {
  readonly wall: number;
  readonly name: string;
  readonly kind: 'step' | 'status' | 'contact';
  readonly team: string;
  readonly system: 'digital' | 'paper' | '';
  readonly channel: string;
  readonly minutes: number | null;
  readonly officer: string;
}

/** One application with all that would happen to it, whether or not the extract was taken before the end. */
export interface Application {
  readonly item: number;
  readonly fate: Fate;
  readonly type: string;
  readonly region: string;
  readonly channel: 'online' | 'post';
  readonly submitted: number;
  readonly ended: number;
  readonly outcome: 'issued' | 'refused' | 'withdrawn';
  readonly movedAt: number | null;
  readonly satisfied: boolean | null;
  readonly errorReported: boolean;
  readonly events: readonly Event[];
  readonly contacts: readonly Contact[];
}

/** One row of contacts.csv. Minutes of contact stand here alone, so that no minute is counted twice. */
export interface Contact {
  readonly wall: number;
  readonly name: 'call' | 'complaint' | 'letter' | 'expedite';
  readonly channel: 'phone' | 'post' | 'online';
  readonly reason: string;
  readonly minutes: number;
  readonly answered: boolean;
}
