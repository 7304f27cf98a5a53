import { expect, test } from 'vitest';
import { keptRepeats } from './chance-repeats.ts';

/** Cases of a team and quarter with a step: how many have one repeat or more, two or more, and so on. */
function cell(team: number, quarter: number, cases: number, ...again: readonly number[]) {
  const [once = 0, twice = 0, thrice = 0, more = 0] = again;
  return { thing: 'a', peer: 1, team, quarter, cases, once, twice, thrice, more };
}

const everywhere = (...again: readonly number[]) =>
  [1, 2, 3].flatMap((team) => [1, 2, 3, 4].map((quarter) => cell(team, quarter, 1000, ...again)));
const nothing = { teams: [], quarters: [], times: null };

test('one repeat in twenty cases, of all teams and at all times, with chance further repeats, is no sign', () => {
  expect(keptRepeats(everywhere(50, 2, 0, 0))).toEqual(nothing);
});

test('rare cases that repeat three times at once are one: by chance hardly any would', () => {
  // Of 12,000 cases 24 repeat twice or more; 12,000 × (24/12,000)² = 0.05 would by chance.
  expect(keptRepeats(everywhere(2, 2, 2, 0))).toEqual({ ...nothing, times: 2 });
});

test('among one chance repeat in twenty, those that repeat four times are one', () => {
  // By chance 12,000 × 0.055² = 36 repeat twice of 96, 2 three times of 72.
  expect(keptRepeats(everywhere(55, 8, 6, 6))).toEqual({ ...nothing, times: 3 });
});

test('a team, or a time, with ten points or three times as many is one, the others are not', () => {
  const rows = everywhere(50, 2, 0, 0);
  const of = (is: (row: (typeof rows)[number]) => boolean) =>
    rows.map((row) => (is(row) ? { ...row, once: 200 } : row));
  expect(keptRepeats(of(({ team }) => team === 2))).toEqual({ ...nothing, teams: [2] });
  expect(keptRepeats(of(({ quarter }) => quarter === 4))).toEqual({ ...nothing, quarters: [4] });
});

test('of too few cases nothing stands out', () => {
  expect(keptRepeats([cell(1, 1, 20, 4), cell(2, 1, 4000, 4), cell(3, 1, 9, 9)])).toEqual(nothing);
});
