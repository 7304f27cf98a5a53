import { drawsFor } from '../../src/core/index.ts';
import type { Fate } from './fate.ts';
import type { Contact, Event } from './model.ts';
import { planted } from './planted.ts';
import { nearestOpen } from './working-time.ts';

/** Bands of age of open work, in days, with the progress calls planted for 1,000 open days. */
export const ageBands = [
  { title: 'under 7 days', from: 0, to: 7 },
  { title: '7 to 14 days', from: 7, to: 14 },
  { title: '14 to 21 days', from: 14, to: 21 },
  { title: '21 days and over', from: 21, to: Number.POSITIVE_INFINITY },
] as const;

/** A Poisson count by inversion. */
function poisson(mean: number, u: number): number {
  let probability = Math.exp(-mean);
  let cumulative = probability;
  let k = 0;
  while (u > cumulative && k < 40) {
    k += 1;
    probability *= mean / k;
    cumulative += probability;
  }
  return k;
}

/** The contacts of an application, as rows of contacts.csv and as the events that the case system shows. */
export function contactsOf(
  seed: number,
): (
  item: number,
  fate: Fate,
  submitted: number,
  ended: number,
  movedAt: number | null,
  days: number,
) => { readonly rows: readonly Contact[]; readonly calls: readonly Event[] } {
  const count = drawsFor(seed, 'progress calls');
  const when = drawsFor(seed, 'time of contact');
  const other = drawsFor(seed, 'other contact');
  return (item, fate, submitted, ended, movedAt, days) => {
    const rows: Contact[] = [];
    const add = (age: number, row: Omit<Contact, 'wall' | 'answered'>, latest = ended) => {
      const wall = Math.max(submitted + 30, Math.min(latest - 5, nearestOpen(submitted + age * 1440)));
      const heard =
        row.channel !== 'phone' || row.name === 'expedite' || other(item, 20 + rows.length) < 0.91;
      rows.push({ ...row, wall, answered: heard });
    };
    ageBands.forEach((band, b) => {
      const open = Math.min(days, band.to) - band.from;
      if (open <= 0) return;
      const n = poisson((planted.callsPerThousandOpenDays[band.title] * open) / 1000, count(item, b));
      for (let k = 0; k < n; k++) {
        const minutes = Math.round(10 * (4 + 9 * other(item, 40 + 10 * b + k))) / 10;
        add(band.from + open * when(item, 10 * b + k), {
          name: 'call',
          channel: 'phone',
          reason: 'progress',
          minutes,
        });
      }
    });
    if (fate.infoRequested && other(item, 0) < 0.12)
      add(days * 0.5, { name: 'call', channel: 'phone', reason: 'how to answer a request', minutes: 9 });
    if (days > 21 && other(item, 1) < 0.09)
      add(21 + (days - 21) * other(item, 2), {
        name: 'complaint',
        channel: 'online',
        reason: 'delay',
        minutes: 25,
      });
    if (days > 5 && other(item, 3) < 0.006)
      add(days * (0.3 + 0.6 * other(item, 4)), {
        name: 'letter',
        channel: 'post',
        reason: 'progress',
        minutes: 12,
      });
    if (fate.expedited) {
      const before = movedAt ?? ended;
      const age =
        ((before - submitted) / 1440) *
        (movedAt === null ? 0.3 + 0.4 * other(item, 5) : 0.8 + 0.15 * other(item, 5));
      add(age, { name: 'expedite', channel: 'phone', reason: 'urgent travel', minutes: 11 }, before);
    }
    rows.sort((a, b) => a.wall - b.wall);
    const calls = rows
      .filter((row) => row.answered)
      .map(({ wall, name, channel }): Event => {
        const system = movedAt !== null && wall >= movedAt ? 'paper' : 'digital';
        return { wall, name, kind: 'contact', team: 'helpline', system, channel, minutes: null, officer: '' };
      });
    return { rows, calls };
  };
}
