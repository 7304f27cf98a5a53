import { drawsFor } from '../../src/core/index.ts';
import { contactsOf } from './contacts.ts';
import { type Fate, fatesFor } from './fate.ts';
import type { Application, Event } from './model.ts';
import { planted } from './planted.ts';
import { minutesFor, officerFor } from './work.ts';
import { collection, elapsedDays, nearestOpen, wallOf, workOf } from './working-time.ts';

const types = [
  { name: 'renewal adult', share: 0.46, minutes: 0.9 },
  { name: 'renewal child', share: 0.2, minutes: 0.85 },
  { name: 'first child', share: 0.16, minutes: 1.1 },
  { name: 'first adult', share: 0.12, minutes: 1.5 },
  { name: 'replacement adult', share: 0.06, minutes: 1.1 },
] as const;

const regions = [
  ['London', 0.17],
  ['South East', 0.15],
  ['North West', 0.11],
  ['East of England', 0.1],
  ['West Midlands', 0.09],
  ['South West', 0.085],
  ['Yorkshire and the Humber', 0.08],
  ['Scotland', 0.08],
  ['East Midlands', 0.07],
  ['Wales', 0.045],
  ['North East', 0.04],
  ['Northern Ireland', 0.03],
] as const;

function pick<T extends readonly [string, number]>(list: readonly T[], u: number): string {
  let sum = 0;
  for (const [name, share] of list) {
    sum += share;
    if (u < sum) return name;
  }
  return list[0]?.[0] ?? '';
}

function typeAt(u: number): (typeof types)[number] {
  let sum = 0;
  for (const type of types) {
    sum += type.share;
    if (u < sum) return type;
  }
  return types[0];
}

/** Days by the log-logistic law (median 8.5, shape 4) restricted to a range. */
function daysBetween(low: number, high: number, u: number): number {
  const cumulative = (t: number) => 1 / (1 + (t / 8.5) ** -4);
  const p = cumulative(low) + u * (cumulative(high) - cumulative(low));
  return 8.5 * (p / (1 - p)) ** 0.25;
}

/** Days from submission to the move; the median over all moved cases is 19 (on-time cases are the lower two fifths). */
function daysToMove(fate: Fate): number {
  const x = fate.position;
  if (!fate.late) return 5 + 10 * x;
  if (x < 1 / 6) return 17 + 12 * x;
  const y = (x - 1 / 6) * 1.2;
  return 19 + 9 * y + 14 * y ** 3;
}

/** A step of the plan: where it falls between the start (0) and the end (1) of its part of the case. */
type Planned = readonly [place: number, name: string, team: string];

/** Checks and examination of a case that needs nothing more from the applicant. */
const straight: readonly Planned[] = [
  [0.24, 'documents received', 'intake'],
  [0.36, 'photo and document check', 'intake'],
  [0.42, 'triage', 'intake'],
  [0.5, 'fraud check', 'fraud'],
  [0.62, 'allocated', 'digital examination'],
  [0.7, 'examined', 'digital examination'],
  [0.84, 'decision', 'digital examination'],
  [0.91, 'printed', 'print'],
  [0.96, 'packed', 'print'],
];

/** The same when the examiner asks for information and examines the case again with the answer. */
const asked: readonly Planned[] = [
  [0.16, 'documents received', 'intake'],
  [0.22, 'photo and document check', 'intake'],
  [0.26, 'triage', 'intake'],
  [0.3, 'fraud check', 'fraud'],
  [0.34, 'allocated', 'digital examination'],
  [0.38, 'examined', 'digital examination'],
  [0.41, 'information requested', 'digital examination'],
  [0.64, 'information received', 'intake'],
  [0.69, 'allocated', 'digital examination'],
  [0.73, 'examined', 'digital examination'],
  [0.84, 'decision', 'digital examination'],
  [0.91, 'printed', 'print'],
  [0.96, 'packed', 'print'],
];

/** What is done in the digital system before a case moves. */
const beforeMove: readonly Planned[] = [
  [0.24, 'documents received', 'intake'],
  [0.36, 'photo and document check', 'intake'],
  [0.42, 'triage', 'intake'],
];
const askedBeforeMove: readonly Planned[] = [
  [0.5, 'information requested', 'digital examination'],
  [0.75, 'information received', 'intake'],
];

const onPaper: readonly Planned[] = [
  [0.08, 'photo and document check', 'paper examination'],
  [0.2, 'triage', 'paper examination'],
  [0.36, 'fraud check', 'fraud'],
  [0.5, 'allocated', 'paper examination'],
  [0.62, 'examined', 'paper examination'],
  [0.78, 'decision', 'paper examination'],
  [0.9, 'printed', 'print'],
  [0.96, 'packed', 'print'],
];

/** Makes applications one by one: each is a pure function of the seed, its number and the time it is submitted. */
export function applicationsFor(seed: number): (item: number, submitted: number) => Application {
  const fate = fatesFor(seed);
  const draws = {
    type: drawsFor(seed, 'type'),
    region: drawsFor(seed, 'region'),
    channel: drawsFor(seed, 'channel'),
    days: drawsFor(seed, 'days'),
    place: drawsFor(seed, 'place of step'),
    extra: drawsFor(seed, 'extra step'),
    ending: drawsFor(seed, 'ending'),
    answers: drawsFor(seed, 'answers'),
  };
  const contacts = contactsOf(seed);
  const minutes = minutesFor(seed);
  const officer = officerFor(seed);

  return (item, submitted) => {
    const own = fate(item);
    const type = typeAt(draws.type(item));
    const channel = own.moved || draws.channel(item) < 0.9 ? 'online' : 'post';
    const movedAt = own.moved ? nearestOpen(submitted + daysToMove(own) * 1440) : null;
    const dispatched = endOf(own, submitted, movedAt, draws.days(item), draws.days(item, 1));

    const plan: Event[] = [];
    let visit = 0;
    const add = (wall: number, name: string, team: string, kind: Event['kind'] = 'step') => {
      const system = movedAt !== null && wall >= movedAt ? 'paper' : 'digital';
      plan.push({ wall, name, kind, team, system, channel: '', minutes: null, officer: '' });
    };
    const within = (steps: readonly Planned[], from: number, to: number) => {
      const start = workOf(from);
      const length = workOf(to) - start;
      for (const [place, name, team] of steps) {
        const jitter = 0.022 * (draws.place(item, visit++) - 0.5);
        add(wallOf(start + length * Math.min(0.99, Math.max(0.02, place + jitter))), name, team);
      }
    };

    const accepted =
      channel === 'online' ? submitted + 1 + 4 * draws.place(item, 90) : wallOf(workOf(submitted) + 20);
    add(submitted, 'submitted', '');
    add(accepted, 'paid', '');
    add(accepted + 2, 'notified', '', 'status');
    if (movedAt === null) {
      const extra: Planned[] = [];
      if (draws.extra(item, 0) < 0.1)
        extra.push([own.infoRequested ? 0.24 : 0.39, 'photo and document check', 'intake']);
      if (draws.extra(item, 1) < 0.04)
        extra.push([0.76, 'referred', 'digital examination'], [0.785, 'examined', 'digital examination']);
      if (draws.extra(item, 2) < 0.6) extra.push([0.81, 'checked', 'digital examination']);
      within([...(own.infoRequested ? asked : straight), ...extra], submitted, dispatched);
    } else {
      const extra: Planned[] = own.infoRequested ? [...askedBeforeMove] : [];
      if (draws.extra(item, 0) < 0.5) extra.push([0.9, 'allocated', 'digital examination']);
      within([...beforeMove, ...extra], submitted, movedAt);
      add(movedAt, 'moved to paper', 'paper examination');
      const referred: Planned[] = draws.extra(item, 1) < 0.12 ? [[0.7, 'referred', 'paper examination']] : [];
      within([...onPaper, ...referred], movedAt, dispatched);
    }
    add(dispatched, 'dispatched', 'print');
    for (const { wall, name } of [...plan]) {
      const tells = [
        'documents received',
        'information requested',
        'information received',
        'decision',
      ].includes(name);
      if (tells) add(wall + 2, 'notified', '', 'status');
    }

    plan.sort((a, b) => a.wall - b.wall);
    const decision = plan.findIndex((event) => event.name === 'decision');
    const kept = own.issued ? plan : plan.slice(0, decision + 1);
    const ended = kept.at(-1)?.wall ?? dispatched;
    const weights = kept.map((event) => (event.kind === 'step' ? event.name : ''));
    const worked = minutes(item, weights, own, type.minutes);
    const events = kept.map((event, k) => ({
      ...event,
      channel: event.name === 'submitted' ? channel : '',
      minutes: worked[k] ?? null,
      officer: worked[k] === null || worked[k] === undefined ? '' : officer(event.team, item, k),
    }));
    const { calls, rows } = contacts(item, own, submitted, ended, movedAt, elapsedDays(submitted, ended));
    return {
      item,
      fate: own,
      type: type.name,
      region: pick(regions, draws.region(item)),
      channel,
      submitted,
      ended,
      outcome: own.issued ? 'issued' : draws.ending(item) < 0.35 ? 'refused' : 'withdrawn',
      movedAt,
      satisfied: draws.answers(item) < 0.35 ? draws.answers(item, 1) < planted.satisfiedAtSubmission : null,
      errorReported: own.issued && draws.answers(item, 2) < (own.moved ? 0.02 : 0.004),
      events: [...events, ...calls].sort((a, b) => a.wall - b.wall),
      contacts: rows,
    };
  };
}

/** When the passport is dispatched: inside or beyond 21 days as the fate says. */
function endOf(fate: Fate, submitted: number, movedAt: number | null, u: number, collected: number): number {
  const limit = submitted + daysToEnd(fate, submitted, movedAt, u) * 1440;
  if (fate.late) return collection(limit, 'after', collected);
  const earliest = workOf(movedAt ?? submitted) + 400;
  let end = collection(limit, 'before', collected);
  while (workOf(end) < earliest) end = collection(end + 1440, 'after', collected);
  return end;
}

/** Days from submission to dispatch before they are fitted to collection times. */
function daysToEnd(fate: Fate, submitted: number, movedAt: number | null, u: number): number {
  if (movedAt !== null) {
    const age = elapsedDays(submitted, movedAt);
    if (!fate.late) return Math.min(planted.standardDays - 0.05, age + 2.5 + 3 * u);
    const left = fate.officiallyLate ? 21.2 + 14 * u : 3 + 12 * u;
    return Math.max(planted.standardDays + 0.05, age + left);
  }
  const x = fate.infoRequested ? (u + fate.position) / 2 : fate.position;
  if (fate.late) return daysBetween(planted.standardDays + 0.05, 75, fate.position);
  return daysBetween(fate.infoRequested ? 7 : 3, planted.standardDays - 0.05, x);
}
