import { drawsFor } from '../../src/core/index.ts';
import { planted } from './planted.ts';

/** What is planted in one application, before any time or name is drawn. */
export interface Fate {
  readonly moved: boolean;
  readonly late: boolean;
  readonly infoRequested: boolean;
  readonly issued: boolean;
  readonly familyLink: boolean;
  readonly expedited: boolean;
  /** Late even on the clock that starts again at the move. */
  readonly officiallyLate: boolean;
  /** Position of the case inside its stratum, 0 to 1: spreads durations evenly. */
  readonly position: number;
}

interface Stratum {
  readonly share: number;
  readonly moved: boolean;
  readonly late: boolean;
  readonly infoRequested: boolean | 'some';
}

const movedLate = planted.movedShare * planted.lateShareOfMoved;
const movedOnTime = planted.movedShare - movedLate;
/** A tenth of the moved cases that were asked for no information is late on the restarted clock too. */
const movedInfo = planted.movedShare * planted.infoRequestedShareOfMoved;
const officialLate = (1 - planted.officialOnTimeShare) * (1 - planted.infoRequestedShare);
const plainLate = officialLate - 0.1 * (planted.movedShare - movedInfo);
const infoLate = planted.lateShare - movedLate - plainLate;
const infoOnTime = planted.infoRequestedShare - movedInfo - infoLate;
const plainOnTime = 1 - planted.movedShare - infoLate - plainLate - infoOnTime;

const strata: readonly Stratum[] = [
  { share: movedLate, moved: true, late: true, infoRequested: 'some' },
  { share: movedOnTime, moved: true, late: false, infoRequested: 'some' },
  { share: infoLate, moved: false, late: true, infoRequested: true },
  { share: plainLate, moved: false, late: true, infoRequested: false },
  { share: infoOnTime, moved: false, late: false, infoRequested: true },
  { share: plainOnTime, moved: false, late: false, infoRequested: false },
];

/** Upper bounds of the strata on the unit line. */
const bounds: readonly number[] = strata.map((_, i) =>
  strata.slice(0, i + 1).reduce((sum, { share }) => sum + share, 0),
);

const block = 2000;
/** Steps of a lattice: multiples of these, taken modulo 1, fill the line evenly (Weyl, 1916). */
const lattice = {
  info: Math.SQRT2 - 1,
  precursor: (Math.sqrt(5) - 1) / 2,
  ending: Math.sqrt(3) - 1,
  official: Math.sqrt(7) - 2,
};

const part = (x: number) => x - Math.floor(x);

/**
 * Fates by case number: a pure function of seed and number. Cases are stratified in blocks of 2,000, so that
 * the shares that come out lie closer to those planted than plain draws would.
 */
export function fatesFor(seed: number): (item: number) => Fate {
  const shuffle = drawsFor(seed, 'block order');
  const offset = drawsFor(seed, 'block offset');
  let known = -1;
  let ranks: number[] = [];
  const rankOf = (item: number): number => {
    const index = Math.floor(item / block);
    if (index !== known) {
      ranks = Array.from({ length: block }, (_, i) => i);
      for (let i = block - 1; i > 0; i--) {
        const j = Math.floor(shuffle(index, i) * (i + 1));
        [ranks[i], ranks[j]] = [ranks[j] as number, ranks[i] as number];
      }
      known = index;
    }
    return ranks[item % block] as number;
  };
  return (item) => {
    const index = Math.floor(item / block);
    const rank = rankOf(item);
    const u = (rank + offset(index, 0)) / block;
    const stratumIndex = bounds.findIndex((bound) => u < bound);
    const stratum = strata[stratumIndex] ?? (strata.at(-1) as Stratum);
    const low = bounds[stratumIndex - 1] ?? 0;
    const high = bounds[stratumIndex] ?? 1;
    const on = (name: keyof typeof lattice, visit: number) =>
      part(rank * lattice[name] + offset(index, visit));
    const infoRequested =
      stratum.infoRequested === 'some'
        ? on('info', 1) < planted.infoRequestedShareOfMoved
        : stratum.infoRequested;
    const precursor = on('precursor', 2);
    const p = planted.precededShareOfMoves;
    const q = planted.precededShareOfOthers;
    return {
      moved: stratum.moved,
      late: stratum.late,
      infoRequested,
      issued: on('ending', 3) >= planted.notIssuedShare,
      familyLink: stratum.moved ? precursor < 0.8 * p : precursor < 0.91 * q,
      expedited: stratum.moved
        ? precursor >= 0.7 * p && precursor < p
        : precursor >= 0.9 * q && precursor < q,
      officiallyLate: stratum.moved && stratum.late && on('official', 4) < 1 / 6,
      position: (u - low) / (high - low),
    };
  };
}
