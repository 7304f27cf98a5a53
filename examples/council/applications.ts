import { drawsFor } from '../../src/core/index.ts';
import { standardNormal } from '../../src/stats/index.ts';
import { nearestOpen, wallOfDate } from '../passports/working-time.ts';
import { planted } from './planted.ts';

/** One planning application, with all that would happen to it. Times are wall minutes. */
export interface Application {
  readonly item: number;
  readonly type: string;
  readonly ward: string;
  readonly received: number;
  readonly decided: number;
  readonly outcome: 'granted' | 'refused' | 'withdrawn';
  readonly events: readonly {
    readonly wall: number;
    readonly name: string;
    readonly team: string;
    readonly minutes: number;
  }[];
}

/** Applications come in from here on, so that those decided in the first reported month have been received. */
const firstDay = wallOfDate('2024-01-02');
export const lastDay = wallOfDate('2026-04-01');
const day = 1440;
/** Applications of the whole span: 1,900 a year. */
export const count = Math.round((planted.casesAYear * (lastDay - firstDay)) / day / 365.25);

const types = [
  ['extension to a home', 0.62],
  ['change of use', 0.2],
  ['new building', 0.173],
  ['listed building', 0.007],
] as const;
const wards = ['Castle', 'Harbour', 'Meadow', 'Mill', 'Station'] as const;

function pick<T extends string>(list: readonly (readonly [T, number])[], u: number): T {
  let sum = 0;
  for (const [name, share] of list) {
    sum += share;
    if (u < sum) return name;
  }
  return (list[0] as readonly [T, number])[0];
}

/** Standard normal quantile of the share decided in time, so that the median follows from it: 0.5828 for 72%. */
const quantileInTime = 0.582841507;
const spread = 0.45;
const medianDays = planted.inTimeDays * Math.exp(-quantileInTime * spread);

/** Makes applications one by one: each is a pure function of the seed and its number. */
export function applicationsFor(seed: number, effect: number): (item: number) => Application {
  const draw = drawsFor(seed, 'application');
  const from = wallOfDate(planted.changes.triage);
  return (item) => {
    let visit = 40;
    const uniform = () => draw(item, visit++);
    const received = nearestOpen(firstDay + ((item + draw(item)) / count) * (lastDay - firstDay));
    const isReturned = draw(item, 1) < planted.returnedShare;
    // Nothing takes over three months, so that all that is decided in the first reported month has been received.
    const drawn = Math.max(8, medianDays * Math.exp(spread * standardNormal(uniform)));
    const days = Math.min(drawn, 75 + 13 * draw(item, 8));
    const late = days > planted.inTimeDays;
    const chance =
      received + days * day >= from && late && draw(item, 2) < effect / (1 - planted.inTimeShare);
    const length = (chance ? planted.inTimeDays - 2 - 10 * draw(item, 3) : days) * day;
    const at = (part: number) => nearestOpen(received + part * length);
    const isWithdrawn = draw(item, 4) < planted.withdrawnShare;
    const work = (mean: number, k: number) => Math.round(100 * mean * (0.6 + 0.8 * draw(item, 20 + k))) / 100;
    const decided = at(1);
    const [office, planning] = ['office', 'planning'];
    const events = [
      { wall: received, name: 'received', team: office, minutes: work(5, 0) },
      ...(isReturned
        ? [
            { wall: at(0.08), name: 'returned as incomplete', team: office, minutes: work(15, 1) },
            { wall: at(0.2), name: 'received again', team: office, minutes: work(5, 2) },
          ]
        : []),
      { wall: at(0.26), name: 'validated', team: office, minutes: work(25, 3) },
      { wall: at(0.4), name: 'allocated', team: planning, minutes: work(5, 4) },
      ...(isWithdrawn
        ? []
        : [
            { wall: at(0.6), name: 'site visit', team: planning, minutes: work(70, 5) },
            { wall: at(0.85), name: 'report written', team: planning, minutes: work(110, 6) },
            { wall: decided, name: 'decided', team: planning, minutes: work(15, 7) },
          ]),
    ];
    return {
      item,
      type: pick(types, draw(item, 5)),
      ward: wards[Math.floor(draw(item, 6) * wards.length)] ?? wards[0],
      received,
      decided,
      outcome: isWithdrawn ? 'withdrawn' : draw(item, 7) < planted.refusedShare ? 'refused' : 'granted',
      events: isWithdrawn
        ? [...events, { wall: decided, name: 'withdrawn', team: office, minutes: 5 }]
        : events,
    };
  };
}
