import { countOf, leastCases, listInWords } from '../../core/index.ts';
import type { Costs } from '../costs.ts';
import type { Edge } from '../queries/edges.ts';
import type { Finding } from './finding.ts';
import type { InducedWork } from './induced-work.ts';
import { totalInterval } from './total-interval.ts';

type Sizes = Pick<
  Finding,
  | 'days'
  | 'daysInterval'
  | 'hours'
  | 'hoursInterval'
  | 'pounds'
  | 'poundsInterval'
  | 'hoursOf'
  | 'missing'
  | 'delayPounds'
  | 'delayInterval'
>;

function ofWhat({ contacts, restarts }: InducedWork, { to }: Edge): string {
  const parts = [
    ...(contacts > 0
      ? [`handling ${countOf(contacts, 'contact')} that a failure brings while a case waits here`]
      : []),
    ...(restarts > 0
      ? [`doing "${to}" ${countOf(restarts, 'time')} at its end, where a clock starts again`]
      : []),
  ];
  return `Work that the wait brings about: ${listInWords(parts)}.`;
}

/** What would have to be given to price a wait in full; null where nothing is missing. */
function missingOf(
  induced: InducedWork | null,
  hasContacts: boolean,
  { delayDay, hasRates }: Costs,
  hours: number | null,
  pounds: number | null,
): string | null {
  const untimed = induced !== null && induced.contacts > induced.timed;
  const missing = [
    ...(delayDay === null ? ['what a day of waiting costs (delay_day in the charter)'] : []),
    ...(hasContacts ? [] : ['contacts, to count those that come while a case waits']),
    ...(untimed ? ['minutes of some or all contacts'] : []),
    ...(hours !== null && pounds === null
      ? [hasRates ? 'a rate for the teams that do this work' : 'what a minute costs (costs in the charter)']
      : []),
  ];
  const few =
    hasContacts && (induced?.contacts ?? 0) < leastCases
      ? [`Fewer than ${leastCases} contacts that a failure brings came while cases waited here.`]
      : [];
  const said = [...(missing.length === 0 ? [] : [`Not known: ${listInWords(missing)}.`]), ...few];
  return said.length === 0 ? null : said.join(' ');
}

/**
 * What a wait comes to, in figures that are never added: days waited; the work that it brings about, in hours and
 * pounds; and what its days cost the person or the exchequer. Intervals are those of totals over cases.
 */
export function waitSizes(
  edge: Edge,
  squaredDays: number | null,
  induced: InducedWork | null,
  hasContacts: boolean,
  costs: Costs,
): Sizes {
  const days = edge.total / 86_400;
  const { delayDay } = costs;
  // Of fewer than ten contacts and restarts together nothing is said.
  const enough = induced !== null && induced.contacts + induced.restarts >= leastCases;
  const minutes = enough ? induced.minutes : null;
  const hours = minutes === null ? null : minutes / 60;
  const squaredMinutes = enough ? induced.minutesSquared : null;
  const pounds = enough ? induced.pounds : null;
  return {
    days,
    daysInterval: totalInterval(days, squaredDays),
    hours,
    hoursInterval: totalInterval(hours, squaredMinutes === null ? null : squaredMinutes / 3600),
    pounds,
    poundsInterval: totalInterval(pounds, enough ? induced.poundsSquared : null),
    hoursOf: enough && hours !== null ? ofWhat(induced, edge) : null,
    missing: missingOf(induced, hasContacts, costs, hours, pounds),
    delayPounds: delayDay === null ? null : days * delayDay,
    delayInterval:
      delayDay === null || squaredDays === null
        ? null
        : totalInterval(days * delayDay, squaredDays * delayDay ** 2),
  };
}
