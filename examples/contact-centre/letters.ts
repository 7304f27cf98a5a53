import { drawsFor } from '../../src/core/index.ts';
import { nearestOpen, wallOf, wallOfDate, workOf } from '../passports/working-time.ts';
import { nextOpenDay } from './opening.ts';
import { letters, planted } from './planted.ts';

/** A letter from the day it comes to the day a reply goes. Times are wall minutes. */
export interface Letter {
  readonly item: number;
  readonly kind: string;
  readonly received: number;
  readonly replied: number;
  /** From its acknowledgement to its answer. */
  readonly pile: { readonly from: number; readonly until: number };
  /** The first call about it; null where it is answered before anyone calls. */
  readonly firstCall: number | null;
  readonly events: readonly {
    readonly wall: number;
    readonly name: string;
    readonly team: string;
    readonly minutes: number;
    readonly worker: string;
  }[];
}

const firstDay = wallOfDate('2024-01-02');
const lastDay = wallOfDate('2026-03-31');
const day = 1440;

const kinds = [
  ['change of circumstances', 0.45],
  ['question about a decision', 0.35],
  ['evidence we asked for', 0.2],
] as const;

/** Days that a letter waits in the pile: about three weeks at best and six in the two bad spells of a year, some far longer. */
function pileDays(wall: number, clean: boolean, u: number): number {
  const years = (wall - firstDay) / day / 365.25;
  const spells = Math.sin(2 * Math.PI * (2 * years - 0.2)) + 0.35 * Math.sin(2 * Math.PI * (years + 0.1));
  return clean ? 8 + 2 * spells + 3 * u : (31 + 9 * spells) * (0.4 + 1.2 * u);
}

/** A call about a letter: none before it is a week overdue, then at a steady rate until the reply goes. */
function firstCallOf(received: number, replied: number, u: number): number | null {
  const after = -Math.log(1 - u) / (planted.firstCallsPerThousandDays / 1000);
  const wall = received + (planted.callsBeginAtDay + after) * day;
  return wall < replied ? wall : null;
}

/** The id of a letter in every extract. */
export const letterId = ({ item }: Letter) => `L${String(item + 1).padStart(5, '0')}`;

/** Makes letters one by one: each is a pure function of the seed and its number. */
export function lettersFor(seed: number, clean: boolean): (item: number) => Letter {
  const draw = drawsFor(seed, 'letter');
  const call = drawsFor(seed, 'first call');
  return (item) => {
    const post = Math.floor((firstDay + ((item + draw(item)) / letters) * (lastDay - firstDay)) / day);
    const received = nextOpenDay(post) * day + 510 + 90 * draw(item, 7);
    let sum = 0;
    const u = draw(item, 1);
    const kind = kinds.find(([, share]) => {
      sum += share;
      return u < sum;
    })?.[0];
    const after = (wall: number, minutes: number) => wallOf(workOf(wall) + minutes);
    const acknowledged = after(received, 60 + 300 * draw(item, 2));
    const answered = nearestOpen(acknowledged + pileDays(received, clean, draw(item, 3)) * day);
    const isChecked = draw(item, 4) < 0.2;
    const checked = after(answered, 60 + 400 * draw(item, 5));
    const replied = after(isChecked ? checked : answered, 120 + 360 * draw(item, 6));
    const worker = (prefix: string, size: number, visit: number) =>
      `${prefix}${String(1 + Math.floor(draw(item, visit) * size)).padStart(2, '0')}`;
    const work = (mean: number, visit: number) =>
      Math.round(100 * mean * (0.6 + 0.8 * draw(item, visit))) / 100;
    return {
      item,
      kind: kind ?? kinds[0][0],
      received,
      replied,
      pile: { from: acknowledged, until: answered },
      firstCall: firstCallOf(received, replied, call(item)),
      events: [
        {
          wall: received,
          name: 'letter received',
          team: 'post room',
          minutes: work(1, 10),
          worker: worker('P', 8, 20),
        },
        {
          wall: acknowledged,
          name: 'acknowledged',
          team: 'post room',
          minutes: work(2, 11),
          worker: worker('P', 8, 21),
        },
        {
          wall: answered,
          name: 'answered',
          team: 'correspondence',
          minutes: work(24, 12),
          worker: worker('C', 20, 22),
        },
        ...(isChecked
          ? [
              {
                wall: checked,
                name: 'checked',
                team: 'correspondence',
                minutes: work(6, 13),
                worker: worker('C', 20, 23),
              },
            ]
          : []),
        {
          wall: replied,
          name: 'reply sent',
          team: 'correspondence',
          minutes: work(1.5, 14),
          worker: worker('C', 20, 24),
        },
      ],
    };
  };
}
