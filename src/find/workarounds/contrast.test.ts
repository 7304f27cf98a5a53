import { expect, test } from 'vitest';
import { type Compared, withoutOwnTeams } from './contrast.ts';

/** A step done by a team in cases of an office, against those of other offices. */
function by(value: string, other: number, x1: number, x0: number, kind = 'office'): Compared {
  return { kind, value, peer: 1, feature: 'by', step: 7, other, x1, n1: 100, x0, n0: 100 };
}

test('that an office is served by its own team is no contrast; that a team from elsewhere works there is', () => {
  const own = [by('Leeds', 1, 95, 0), by('Luton', 1, 0, 95), by('Luton', 2, 90, 5), by('Leeds', 2, 5, 90)];
  const central = [by('Leeds', 3, 60, 20), by('Luton', 3, 20, 60)];
  const left = withoutOwnTeams([...own, ...central, by('Leeds', 1, 95, 0, 'team')]);
  // The visits of Luton's team to Leeds stay: it works there for a twentieth of its time.
  expect(left.map(({ kind, value, other }) => [kind, value, other])).toEqual([
    ['office', 'Luton', 1],
    ['office', 'Leeds', 2],
    ['office', 'Leeds', 3],
    ['office', 'Luton', 3],
    ['team', 'Leeds', 1],
  ]);
});
