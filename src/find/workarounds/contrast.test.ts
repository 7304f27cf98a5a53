import { expect, test } from 'vitest';
import { type Compared, contrasts, withoutOwnTeams } from './contrast.ts';
import { type PlantedLog, warehouseOf } from './planted.test-support.ts';
import { preparePatterns } from './prepare.ts';

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

/** Cases of one team each, or of a first line that hands one in five on to a second, which asks back. */
function calls(shares: boolean): PlantedLog {
  const cases = Array.from({ length: 600 }, (_, i) => {
    const isSecond = i % 5 === 0;
    const line = isSecond ? 'second' : 'first';
    const steps = [
      ['call', shares ? 'first' : line],
      ['look up', line],
      ...(isSecond ? [['ask back', line]] : [['answer by mail', line]]),
      ['answer', shares && i % 2 === 0 ? 'first' : line],
    ];
    const events = steps.map(([step = '', team = ''], j) => ({
      ...{ step, team, worker: `${team} ${i % 7}`, amount: 0 },
      at: 1_700_000_000 + i * 3600 + j * 600,
    }));
    return { id: `C${i}`, type: 'call', team: line, events };
  });
  return { cases, planted: new Map() };
}

test('lines that share their cases are not held against one another; teams that work side by side are', async () => {
  for (const shares of [true, false]) {
    const warehouse = await warehouseOf(calls(shares));
    await preparePatterns(warehouse, []);
    const ofTeams = (await contrasts(warehouse, [], [])).filter(({ kind }) => kind === 'team');
    expect(ofTeams.length > 0).toBe(!shares);
    await warehouse.close();
  }
});
