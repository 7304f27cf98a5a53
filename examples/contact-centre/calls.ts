import { drawsFor } from '../../src/core/index.ts';
import { nextOpenDay } from './opening.ts';
import { cleanRepeatShare, planted, type Team } from './planted.ts';

/** One attempt to reach somebody. */
export interface Attempt {
  readonly wall: number;
  readonly how: 'handled' | 'abandoned' | 'recorded message';
  /** The team that spoke last; null where nobody did. */
  readonly team: Team | null;
  readonly minutes: number;
  /** The team that passed it on, if any. */
  readonly from: Team | null;
}

const day = 1440;
const opens = 480;
const length = 600;

/** The next time the lines are open at or after a day, at a time of day that u gives. */
function onLine(wall: number, u: number): number {
  return nextOpenDay(Math.floor(wall / day)) * day + opens + length * u;
}

/**
 * Calls on one issue from the first need on: an attempt may find nobody, and then most try again; a handled call is
 * followed by another with the share that its team leaves unresolved.
 */
export function callsFor(seed: number, clean: boolean): (issue: number, first: number) => readonly Attempt[] {
  const draw = drawsFor(seed, 'call');
  const { X, Y } = planted.teams;
  const shareOfX = X.handledPerHour / (X.handledPerHour + Y.handledPerHour);
  return (issue, first) => {
    const attempts: Attempt[] = [];
    let visit = 0;
    const u = () => draw(issue, visit++);
    let wall: number | null = onLine(first, u());
    while (wall !== null && attempts.length < 60) {
      const how = u();
      const [onHold, recorded] = [planted.abandonedShare, planted.recordedMessageShare];
      if (how < onHold + recorded) {
        attempts.push({
          wall,
          how: how < onHold ? 'abandoned' : 'recorded message',
          team: null,
          minutes: 0,
          from: null,
        });
        wall = u() < 0.8 ? onLine(wall + day * (0.7 + 3 * u()), u()) : null;
        continue;
      }
      const team: Team = u() < shareOfX ? 'X' : 'Y';
      const { handlingMinutes, repeatShare } = planted.teams[team];
      const minutes = Math.round(100 * handlingMinutes * (0.4 + 1.2 * u())) / 100;
      const from: Team | null = u() < planted.transferredShare ? (team === 'X' ? 'Y' : 'X') : null;
      attempts.push({ wall, how: 'handled', team, minutes, from });
      const next = u();
      const repeats = clean ? cleanRepeatShare : repeatShare;
      // Ten days and four of closed lines stay within 14; a few come back in the fortnight after.
      if (next < repeats) wall = onLine(wall + day * (0.7 + 8.7 * u() ** 1.5), u());
      else wall = next < repeats + 0.04 ? onLine(wall + day * (15.7 + 7 * u()), u()) : null;
    }
    return attempts;
  };
}
