import { drawsFor } from '../../src/core/index.ts';
import { isoOf, monthOf } from '../passports/working-time.ts';
import type { Attempt } from './calls.ts';
import { type Issue, span } from './issues.ts';
import { letterId } from './letters.ts';
import { planted } from './planted.ts';

export const recordColumns =
  'contact,caller,letter,started,channel,direction,reason,minutes,team,answered,passed_on_from,updated';

interface Delivery {
  readonly updated: number;
  readonly text: string;
}

/** One team's part of an attempt. */
interface Part {
  readonly start: number;
  readonly end: number;
  readonly team: string;
  readonly minutes: number | null;
}

/** The parts of one attempt: one for each team that spoke, or one where nobody did. */
function partsOf({ wall, team, minutes, from }: Attempt): readonly Part[] {
  if (team === null) return [{ start: wall, end: wall + 3, team: '', minutes: null }];
  if (from === null) return [{ start: wall, end: wall + minutes, team, minutes }];
  const passed = wall + 0.3 * minutes;
  return [
    { start: wall, end: passed, team: from, minutes: 0.3 * minutes },
    { start: passed, end: wall + minutes, team, minutes: 0.7 * minutes },
  ];
}

/** The records of calls as telephony delivers them: a row a part, some of them twice, in the order of delivery. */
export function recordRows(seed: number, issues: readonly Issue[]): readonly string[] {
  const again = drawsFor(seed, 'delivered again');
  const deliveries: Delivery[] = [];
  let number = 0;
  const deliver = (issue: Issue, attempt: Attempt, part: Part, previous: string): string => {
    number += 1;
    const id = `C${String(number).padStart(6, '0')}`;
    const { letter, reason } = issue;
    const { how } = attempt;
    // Whoever answers finds the letter while it is open; a recorded message knows only the caller's number.
    const isFound = letter !== null && how === 'handled' && attempt.wall < letter.replied;
    const write = (updated: number, minutes: number | null) =>
      deliveries.push({
        updated,
        text: [
          id,
          `P${String(issue.number + 1).padStart(6, '0')}`,
          isFound ? letterId(letter) : '',
          isoOf(part.start),
          how === 'recorded message' ? 'recorded message' : 'phone',
          'in',
          how === 'handled' ? reason : '',
          minutes === null ? '' : minutes.toFixed(2),
          part.team,
          how === 'abandoned' ? 'no' : 'yes',
          previous,
          isoOf(updated),
        ].join(','),
      });
    // A first delivery comes before the adviser has written the call up.
    if (again(number) < planted.deliveredAgainShare)
      write(part.end, part.minutes === null ? null : 0.8 * part.minutes);
    write(part.end + 1, part.minutes);
    return id;
  };
  for (const issue of issues)
    for (const attempt of issue.attempts) {
      if (attempt.wall < span.from || attempt.wall >= span.until) continue;
      let previous = '';
      for (const part of partsOf(attempt)) previous = deliver(issue, attempt, part, previous);
    }
  return deliveries.toSorted((a, b) => a.updated - b.updated).map(({ text }) => text);
}

/** Rows of answered.csv: the share of calls answered by month, where a recorded message counts as an answer. */
export function answeredRows(issues: readonly Issue[]): readonly string[] {
  const months = new Map<string, { readonly all: number; readonly answered: number }>();
  for (const { attempts } of issues)
    for (const { wall, how } of attempts) {
      if (wall < span.from || wall >= span.until) continue;
      const { all, answered } = months.get(monthOf(wall)) ?? { all: 0, answered: 0 };
      months.set(monthOf(wall), { all: all + 1, answered: answered + (how === 'abandoned' ? 0 : 1) });
    }
  return [...months]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, { all, answered }]) => `${month},answered,${(answered / all).toFixed(4)},${all}`);
}
