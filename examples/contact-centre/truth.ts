import { truthText } from '../made-data/truth-text.ts';
import { elapsedDays, wallOfDate } from '../passports/working-time.ts';
import { type Issue, span } from './issues.ts';
import type { Letter } from './letters.ts';
import { type MadeSettings, planted, type Team } from './planted.ts';

/** The periods that the product reports: the last year of months whose calls have been watched for 14 days. */
const watched = { from: wallOfDate('2025-03-01'), until: wallOfDate('2026-03-01') };

/** Bands of age of an open letter, in days. */
const bands = [
  { title: 'under 28 days', from: 0, to: planted.callsBeginAtDay },
  { title: '28 to 42 days', from: planted.callsBeginAtDay, to: 42 },
  { title: '42 days and over', from: 42, to: Number.POSITIVE_INFINITY },
] as const;

const heading = `What is planted in the contact-centre example, and what came out for the seed below.
Made by generate.ts; the product never reads it. A test recovers these figures from the data alone.

Handled: an attempt that a team spoke to, parts passed on counted as one. Repeat: another attempt on the same issue
within 14 days. Teams and shares are over calls from March 2025 to February 2026, the last year of months whose calls
have been watched for 14 days.
Calls in the pile: handled while the letter waited between its acknowledgement and its answer, over both years;
last five days: of these, in the five days before the answer, of letters answered by the end.
Upstream: calls of issues that began with a letter not answered a week after it was promised.
Calls: handled while the letter was open, by its age, for 1,000 days that letters were open, of letters answered by the end.`;

interface TeamCount {
  handled: number;
  repeats: number;
  minutes: number;
}

/** Counts what was planted: each issue knows its own chain of calls, so nothing is linked here. */
export function truthOf(
  settings: MadeSettings,
  issues: readonly Issue[],
  letters: readonly Letter[],
): string {
  const teams: Record<Team, TeamCount> = {
    X: { handled: 0, repeats: 0, minutes: 0 },
    Y: { handled: 0, repeats: 0, minutes: 0 },
  };
  const all = { attempts: 0, handled: 0, upstream: 0, answeredAsRecorded: 0 };
  for (const { letter, attempts } of issues)
    attempts.forEach((attempt, i) => {
      if (attempt.wall < watched.from || attempt.wall >= watched.until) return;
      all.attempts += 1;
      if (attempt.how !== 'abandoned') all.answeredAsRecorded += 1;
      if (attempt.team === null) return;
      all.handled += 1;
      if (letter !== null) all.upstream += 1;
      const next = attempts[i + 1];
      const team = teams[attempt.team];
      team.handled += 1;
      team.minutes += attempt.minutes;
      if (next && elapsedDays(attempt.wall, next.wall) <= planted.repeatDays) team.repeats += 1;
    });
  const open = bands.map(() => 0);
  const calls = bands.map(() => 0);
  const bandOf = (age: number) => bands.findIndex(({ from: low, to }) => age >= low && age < to);
  const isKept = ({ replied }: Letter) => replied >= span.from && replied < span.until;
  for (const { received, replied } of letters.filter(isKept))
    bands.forEach((band, b) => {
      const age = elapsedDays(received, replied);
      open[b] = (open[b] ?? 0) + Math.max(0, Math.min(age, band.to) - band.from);
    });
  for (const { letter, attempts } of issues)
    for (const { wall, team } of letter && isKept(letter) ? attempts : []) {
      if (letter === null || team === null || wall >= letter.replied || wall < span.from) continue;
      const b = bandOf(elapsedDays(letter.received, wall));
      calls[b] = (calls[b] ?? 0) + 1;
    }
  const pile = { handled: 0, minutes: 0, lastFiveDays: 0 };
  for (const { letter, attempts } of issues)
    for (const { wall, team, minutes } of letter ? attempts : []) {
      const isInPile = letter !== null && wall >= letter.pile.from && wall < letter.pile.until;
      if (team === null || !isInPile || wall < span.from || wall >= span.until) continue;
      pile.handled += 1;
      pile.minutes += minutes;
      if (letter.pile.until < span.until && elapsedDays(wall, letter.pile.until) <= 5) pile.lastFiveDays += 1;
    }
  const team = ({ handled, repeats, minutes }: TeamCount) => ({
    handled,
    repeats,
    repeatShare: repeats / handled,
    minutesEach: minutes / handled,
  });
  return truthText(heading, {
    seed: settings.seed,
    clean: settings.clean,
    planted,
    realised: {
      letters: letters.length,
      contacts: all.attempts,
      handled: all.handled,
      answeredAsRecorded: all.answeredAsRecorded / all.attempts,
      handledShare: all.handled / all.attempts,
      upstreamShare: all.upstream / all.handled,
      callsInPile: {
        handled: pile.handled,
        hours: pile.minutes / 60,
        pounds: pile.minutes * planted.poundsAMinute,
        lastFiveDays: pile.lastFiveDays,
      },
      teamX: team(teams.X),
      teamY: team(teams.Y),
      callsPerThousandOpenDays: Object.fromEntries(
        bands.map((band, b) => [band.title, (1000 * (calls[b] ?? 0)) / (open[b] ?? 1)]),
      ),
    },
  });
}
