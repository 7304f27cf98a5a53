/** Demand that is there because something was not done, or not done right: contacts by kind and by what the case waited for. */
export { type AgeBand, onsetOf } from './by-age.ts';
export { type ContactKind, prepareContacts, usualRepeatDays } from './contact-facts.ts';
export { countLimits, type FailureFigures, failureFigures, type WaitingContacts } from './failure-figures.ts';
export type { SoonerBy } from './sooner.ts';
