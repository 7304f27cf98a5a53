import { drawsFor } from '../../core/index.ts';
import { type MadeCase, type MadeEvent, type MadeLog, ms, wall } from './made-log.test-support.ts';

const day = 86_400_000;
const minute = 60_000;

type Draw = (item: number, visit?: number) => number;

/** Plants one defect and tells the ids (of events, cases or persons) that carry it; empty for patterns. */
export type Plant = (log: MadeLog, draw: Draw) => readonly string[];

function byCase({ events }: MadeLog): ReadonlyMap<string, MadeEvent[]> {
  return Map.groupBy(events, (event) => event.case);
}

function some<T>(items: readonly T[], draw: Draw, share: number): readonly T[] {
  return items.filter((_, i) => draw(i, 99) < share);
}

function move(event: MadeEvent, by: number): void {
  for (const time of ['started', 'finished', 'logged'] as const)
    if (event[time] !== '') event[time] = wall(ms(event[time]) + by);
}

function eventsOf(step: string, { events }: MadeLog): readonly MadeEvent[] {
  return events.filter((event) => event.step === step);
}

function caseOf(log: MadeLog, id: string): MadeCase {
  const found = log.cases.find((one) => one.id === id);
  if (!found) throw new Error(`no case ${id}`);
  return found;
}

/** One plant a detector, keyed by the detector's id. Which rows are hit depends on the draws only. */
export const plants: Readonly<Record<string, Plant>> = {
  duplicates: (log, draw) => {
    const twice = some(log.events, draw, 0.02);
    for (const event of twice) log.events.push({ ...event, logged: wall(ms(event.logged) + 45 * minute) });
    return twice.map(({ id }) => id);
  },
  'double-keying': (log, draw) => {
    const twice = some(eventsOf('Checked', log), draw, 0.08).map((event) => {
      const again = { ...event, id: `${event.id}b`, system: 'legacy' };
      move(again, 3 * minute);
      return again;
    });
    log.events.push(...twice);
    return twice.map(({ id }) => id);
  },
  'clock-reset': (log, draw) =>
    some(log.cases, draw, 0.06).map((one) => {
      one.opened = wall(ms(one.opened) + (1 + draw(1, Number(one.id.slice(1)))) * day);
      return one.id;
    }),
  'month-end-batches': (log, draw) => {
    const moved: string[] = [];
    // 30 September, 31 October, 29 November 2024 and 31 January, 28 February, 31 March, 30 April 2025.
    const ends = [30, 61, 90, 153, 181, 212, 242].map((days) => Date.UTC(2024, 8, 0) + days * day);
    const told = eventsOf('Told', log).toSorted((a, b) => a.finished.localeCompare(b.finished));
    for (const end of ends) {
      const before = told.filter((event) => ms(event.finished) < end && ms(event.finished) > end - 20 * day);
      for (const [i, event] of some(before, draw, 0.35).entries()) {
        move(event, end + 16.8 * 60 * minute + (i % 8) * 40_000 - ms(event.finished));
        caseOf(log, event.case).closed = event.finished;
        moved.push(event.id);
      }
    }
    return moved;
  },
  'overnight-stamps': (log, draw) =>
    some(eventsOf('Checked', log), draw, 0.1).map((event) => {
      const night = Math.floor(ms(event.finished) / day) * day + day + 2 * 60 * minute;
      event.started = '';
      event.finished = wall(night);
      event.logged = wall(night + 20_000);
      return event.id;
    }),
  'identical-times': (log, draw) =>
    some([...byCase(log)], draw, 0.05).map(([id, own]) => {
      const [, , assessed, decided] = own;
      if (assessed && decided)
        Object.assign(decided, {
          started: assessed.started,
          finished: assessed.finished,
          logged: assessed.logged,
        });
      return id;
    }),
  'only-final-state': (log, draw) => {
    const lost = some(log.cases, draw, 0.04).map(({ id }) => id);
    const kept = log.events.filter((event) => event.step === 'Told' || !lost.includes(event.case));
    log.events.splice(0, log.events.length, ...kept);
    return lost;
  },
  'missing-times': (log, draw) =>
    some(eventsOf('Assessed', log), draw, 0.08).map((event) => {
      event.finished = '';
      return event.id;
    }),
  'left-truncation': (log) => {
    const from = ms(log.events.map(({ started }) => started).sort()[0] ?? '') + 12 * day;
    const before = new Set(log.events.filter((e) => ms(e.started) < from).map((e) => e.case));
    const kept = log.events.filter((event) => ms(event.started) >= from);
    log.events.splice(0, log.events.length, ...kept);
    const left = new Set(kept.map((event) => event.case));
    log.cases.splice(0, log.cases.length, ...log.cases.filter(({ id }) => left.has(id)));
    // A case of which only the notice is left looks like one whose history was overwritten.
    return [...before].filter((id) => left.has(id));
  },
  'right-truncation': (log) => {
    const until =
      ms(
        log.events
          .map(({ finished }) => finished)
          .sort()
          .at(-1) ?? '',
      ) -
      20 * day;
    const kept = log.events.filter((event) => ms(event.finished) <= until);
    log.events.splice(0, log.events.length, ...kept);
    const left = new Set(kept.map((event) => event.case));
    log.cases.splice(0, log.cases.length, ...log.cases.filter(({ id }) => left.has(id)));
    const open = log.cases.filter(({ closed }) => ms(closed) > until);
    for (const one of open) Object.assign(one, { closed: '', outcome: '' });
    return open.map(({ id }) => id);
  },
  'merged-identities': (log, draw) =>
    some(log.cases, draw, 0.03).map((one) => {
      for (const event of log.events)
        if (event.case === one.id && event.step === 'Told')
          event.birthYear = String(Number(event.birthYear) + 7);
      return one.person;
    }),
  'placeholder-persons': (log, draw) => {
    const nobody = some(log.cases, draw, 0.05);
    for (const one of nobody) one.person = 'P99999';
    const own = new Set(nobody.map(({ id }) => id));
    for (const event of log.events)
      if (own.has(event.case)) Object.assign(event, { person: 'P99999', birthYear: '1900' });
    return [...own];
  },
  'off-system-gaps': (log, draw) =>
    some([...byCase(log)], draw, 0.03).map(([id, own]) => {
      for (const event of own.slice(2)) move(event, 42 * day);
      caseOf(log, id).closed = own.at(-1)?.finished ?? '';
      return id;
    }),
  'off-system-words': (log, draw) =>
    some(eventsOf('Assessed', log), draw, 0.05).map((event) => {
      event.note = 'kept in my Spreadsheet';
      return event.case;
    }),
  reopened: (log, draw) => {
    const refused = log.cases.filter(({ outcome }) => outcome === 'refused');
    return some(refused, draw, 0.3).map((one, i) => {
      const id = `R${i}`;
      const own = log.events.filter((event) => event.case === one.id);
      const by = ms(one.closed) + 5 * day - ms(one.opened);
      const again = own.map((event) => ({ ...event, id: `${event.id}r`, case: id }));
      for (const event of again) move(event, Math.round(by / (7 * day)) * 7 * day);
      log.events.push(...again);
      log.cases.push({
        ...one,
        id,
        opened: again[0]?.started ?? '',
        closed: again.at(-1)?.finished ?? '',
        outcome: 'granted',
      });
      return id;
    });
  },
  withdrawn: (log, draw) =>
    some(log.cases, draw, 0.1).map((one) => {
      one.outcome = 'Withdrawn by applicant';
      return one.id;
    }),
  'pre-emptive': (log, draw) => {
    const turned = some(log.cases, draw, 0.05);
    for (const one of turned) {
      const own = log.events.filter((event) => event.case === one.id);
      const [submitted] = own;
      const decided = own.find(({ step }) => step === 'Decided');
      if (!submitted || !decided) continue;
      submitted.finished = wall(ms(submitted.started) + 4 * minute);
      decided.started = wall(ms(submitted.started) + 8 * minute);
      decided.finished = wall(ms(submitted.started) + 9 * minute);
      decided.minutes = '1.0';
      submitted.minutes = '4.0';
      for (const event of [submitted, decided]) event.logged = wall(ms(event.finished) + 30_000);
      Object.assign(one, { outcome: 'refused', closed: decided.finished });
      const rest = log.events.filter((event) => event.case !== one.id);
      log.events.splice(0, log.events.length, ...rest, submitted, decided);
    }
    return turned.map(({ id }) => id);
  },
  'step-replaced': (log) => {
    for (const event of eventsOf('Checked', log)) if (event.finished >= '2025-02-03') event.step = 'Screened';
    return [];
  },
  'level-shift': (log, draw) => {
    const extra = eventsOf('Checked', log)
      .filter((event, i) => event.finished >= '2025-04-01' || draw(i, 7) < 0.3)
      .map((event) => {
        const more = { ...event, id: `${event.id}v`, step: 'Verified' };
        move(more, 50 * minute);
        return more;
      });
    log.events.push(...extra);
    return [];
  },
  'team-renamed': (log) => {
    for (const event of log.events)
      if (event.team === 'East' && event.finished >= '2025-01-20') event.team = 'Coast';
    return [];
  },
  'future-times': (log) => {
    const last = eventsOf('Told', log)[0];
    if (last) Object.assign(last, { started: '', finished: '2062-03-03 10:00:00', logged: '' });
    return [];
  },
  'clock-change': (log, draw) =>
    some(eventsOf('Checked', log), draw, 0.02).map((event) => {
      // Two o'clock on 27 October 2024, the hour that British clocks repeat.
      const at = Date.UTC(2024, 9, 27, 1, Math.floor(draw(1, 1) * 50));
      event.finished = wall(at + 60_000);
      event.started = wall(at);
      event.logged = wall(at + 90_000);
      return event.id;
    }),
  'unit-switch': (log) => {
    for (const event of log.events)
      if (event.team === 'South' && event.started >= '2025-03-01')
        event.minutes = (Number(event.minutes) / 60).toFixed(3);
    return [];
  },
  'late-logging': (log, draw) =>
    some(log.events, draw, 0.03).map((event, i) => {
      event.logged = wall(ms(event.finished) + (i % 4 === 0 ? -30 * minute : 3 * day));
      return event.id;
    }),
  'small-cells': (log) => {
    for (const one of log.cases.slice(0, 4)) one.outcome = 'granted in part';
    return [];
  },
};

/** Other values that a switch of units takes: the number itself grows tenfold, or its sum no longer fits the total. */
export const unitPlants: Readonly<Record<string, Plant>> = {
  'tenfold from a month on': (log) => {
    for (const event of log.events)
      if (event.fee !== '' && event.started >= '2025-03-01')
        Object.assign(event, {
          fee: String(Number(event.fee) * 10),
          feeTotal: String(Number(event.feeTotal) * 10),
        });
    return [];
  },
  'a lost decimal point throughout': (log) => {
    for (const event of log.events) if (event.fee !== '') event.fee = String(Number(event.fee) * 10);
    return [];
  },
};

/** The draws of one plant. */
export function plantDraws(seed: number, id: string): Draw {
  return drawsFor(seed, `plant ${id}`);
}
