import { drawsFor } from '../../src/core/index.ts';
import { monthOf } from '../passports/working-time.ts';
import { type Issue, span } from './issues.ts';
import type { Letter } from './letters.ts';
import { planted, type Team } from './planted.ts';

/** Pounds for a paid hour, and the rise of pay in April 2025. */
const hourly: Readonly<Record<string, number>> = {
  'team-x': 19,
  'team-y': 19,
  correspondence: 22,
  'post-room': 17,
};
const payRise = 1.03;
/** Paid hours for each hour of work recorded on letters. */
const paidForRecorded = 1.4;

/** Rows of inputs.csv: hours staffed by each telephone team as its calls need them, and hours of those who answer letters. */
export function inputRows(
  seed: number,
  issues: readonly Issue[],
  letters: readonly Letter[],
): readonly string[] {
  const draw = drawsFor(seed, 'hours');
  const hours = new Map<string, Map<string, number>>();
  const note = (wall: number, input: string, amount: number) => {
    if (wall < span.from || wall >= span.until) return;
    const month = hours.get(monthOf(wall)) ?? new Map<string, number>();
    month.set(input, (month.get(input) ?? 0) + amount);
    hours.set(monthOf(wall), month);
  };
  for (const { attempts } of issues)
    for (const { wall, team } of attempts)
      if (team !== null) note(wall, inputOf(team), 1 / planted.teams[team].handledPerHour);
  for (const letter of letters)
    for (const { wall, team, minutes } of letter.events)
      note(wall, team === 'post room' ? 'post-room' : team, (paidForRecorded * minutes) / 60);
  return [...hours.keys()].sort().flatMap((month, m) =>
    Object.keys(hourly).map((input, i) => {
      // Hours are planned ahead and never fit the calls of a month exactly.
      const slack = input.startsWith('team') ? 0.97 + 0.06 * draw(m, i) : 1;
      const volume = (hours.get(month)?.get(input) ?? 0) * slack;
      const deflator = month >= '2025-04-01' ? payRise : 1;
      const cost = volume * (hourly[input] ?? 0) * deflator;
      return `${month},${input},labour,${volume.toFixed(2)},${cost.toFixed(2)},${deflator}`;
    }),
  );
}

function inputOf(team: Team): string {
  return `team-${team.toLowerCase()}`;
}
