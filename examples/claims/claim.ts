import { drawsFor } from '../../src/core/index.ts';
import { standardNormal } from '../../src/stats/index.ts';
import { nearestOpen, wallOfDate } from '../passports/working-time.ts';
import { meanLeakage } from './leakage.ts';
import { type ClaimClass, classes, type MadeSettings, planted } from './planted.ts';

/** One claim with all that came of it; times in wall minutes. */
export interface Claim {
  readonly item: number;
  readonly of: ClaimClass;
  readonly received: number;
  readonly decided: number;
  readonly isFast: boolean;
  /** How hard it is, standard normal: the handler sees it, no record holds it. */
  readonly difficulty: number;
  readonly minutes: number;
  readonly timeSetBy: 'queue' | 'handler';
  readonly due: number;
  readonly paid: number;
  readonly isRefused: boolean;
  readonly isAudited: boolean;
}

const day = 1440;
export const span = { from: wallOfDate('2024-04-01'), until: wallOfDate('2026-04-01') } as const;
/** Claims decided after the extract was taken are in it as open ones. */
const last = wallOfDate('2026-06-10');
const year = 365 * day;

/** Minutes that the length of the queue leaves for a claim, with the share of each. */
const queueTimes = {
  careful: [
    [12, 0.15],
    [18, 0.25],
    [25, 0.25],
    [32, 0.2],
    [44, 0.15],
  ],
  fast: [
    [6, 0.25],
    [9, 0.25],
    [12, 0.2],
    [17, 0.15],
    [26, 0.1],
    [40, 0.05],
  ],
} as const;

/** Minutes that handlers give a claim of middling difficulty. */
const handlerTimes = {
  careful: { small: 20, large: 33 },
  fast: { small: 8, large: 8 },
} as const;

/** The fast track came with somewhat smaller claims, so that the mean payment stood still while leakage rose. */
const sizeOnFastTrack = 0.9665;
const sizeSpread = 0.3;
const harderSpread = 0.2;

function pick<T>(list: readonly (readonly [T, number])[], u: number): T {
  let sum = 0;
  for (const [value, share] of list) {
    sum += share;
    if (u < sum) return value;
  }
  return (list.at(-1) as readonly [T, number])[0];
}

/** How many claims there are: those decided in two years, and those still open at the end. */
export function claimCount(perYear: number): number {
  return Math.round((perYear * (last - span.from)) / year);
}

/** Makes claims one by one: each is a pure function of the settings and its number. */
export function claimsFor({ seed, clean, claimsAYear }: MadeSettings): (item: number) => Claim {
  const draw = drawsFor(seed, 'claim');
  const begins = wallOfDate(planted.fastTrack);
  return (item) => {
    let visit = 20;
    const normal = () => standardNormal(() => draw(item, visit++));
    const decided = nearestOpen(span.from + ((item + draw(item)) / claimsAYear) * year);
    const isFast = decided >= begins;
    const of = pick(
      classes.map((one) => [one, one.share] as const),
      draw(item, 1),
    );
    const difficulty = normal();
    const days = Math.min(75, Math.max(3, (isFast ? 14 : 24) * Math.exp(0.42 * normal())));
    // Without the trap the fast track saves other work and leaves the time for checking as it was.
    const way = isFast && !clean ? 'fast' : 'careful';
    const isByQueue = draw(item, 2) < planted.byQueueShare;
    const minutes = isByQueue
      ? pick(queueTimes[way], draw(item, 3)) * (0.9 + 0.2 * draw(item, 4))
      : handlerTimes[way][of.size] * Math.exp(0.3 * difficulty + 0.2 * normal() - 0.065);
    const size =
      Math.exp(sizeSpread * normal() - sizeSpread ** 2 / 2) * (isFast && !clean ? sizeOnFastTrack : 1);
    const due = Math.round(100 * of.due * size) / 100;
    const harder = Math.exp(harderSpread * difficulty - harderSpread ** 2 / 2);
    const chance = (meanLeakage(of, minutes) * harder) / (of.errorSize * of.due);
    const wrong = draw(item, 5);
    const extent = 0.75 + 0.5 * draw(item, 6);
    const kind = draw(item, 7);
    const isWronglyRefused = kind < planted.wronglyRefusedShare;
    const isRefused = isWronglyRefused || (kind >= 0.5 && kind < 0.5 + planted.refusedShare);
    const isUnderpaid = !isRefused && kind > 1 - planted.underpaidShare;
    const owed = isRefused && !isWronglyRefused ? 0 : due;
    const paid = isRefused
      ? 0
      : isUnderpaid
        ? due * (1 - 0.2 * extent)
        : wrong < chance
          ? due * (1 + of.errorSize * extent)
          : due;
    return {
      item,
      of,
      received: nearestOpen(decided - days * day),
      decided,
      isFast,
      difficulty,
      minutes: Math.round(10 * minutes) / 10,
      timeSetBy: isByQueue ? 'queue' : 'handler',
      due: owed,
      paid: Math.round(100 * paid) / 100,
      isRefused,
      isAudited: draw(item, 8) < planted.auditedShare,
    };
  };
}
