import { describe, expect, it } from 'vitest';
import { heaping } from './heaping.ts';
import { madeMinutes, streamOf } from './made-data.test-support.ts';
import { madeBreak, madeScreens } from './made-screens.test-support.ts';
import { type NotTestable, screenFamily, type Tested } from './screen.ts';

const cleanRuns = 60;
const plantedRuns = 25;

/** Share of runs in which a family, corrected, calls any pattern. */
function shareCalled(
  runs: number,
  family: (run: number) => readonly (Tested | NotTestable)[],
  dependence: 'independent' | 'dependent' = 'independent',
): number {
  const called = Array.from({ length: runs }, (_, run) =>
    screenFamily(family(run), dependence).some(({ isPattern }) => isPattern),
  );
  return called.filter(Boolean).length / runs;
}

describe('with 5,000 cases', () => {
  it.each(Object.entries(madeScreens))(
    '%s finds a planted tenth in at least 80 of 100 runs',
    (name, made) => {
      expect(shareCalled(plantedRuns, (run) => [made(streamOf(name, run), true)])).toBeGreaterThanOrEqual(
        0.8,
      );
    },
  );

  it('the whole family on clean data calls a pattern in at most 5 of 100 runs', () => {
    const share = shareCalled(cleanRuns, (run) =>
      Object.entries(madeScreens).map(([name, made]) => made(streamOf(`clean ${name}`, run), false)),
    );
    expect(share).toBeLessThanOrEqual(0.05);
  });

  it('T4 over ten clean units, corrected by Benjamini and Yekutieli, calls one in at most 5 of 100 runs', () => {
    const share = shareCalled(
      cleanRuns,
      (run) =>
        Array.from({ length: 10 }, (_, unit) =>
          heaping({ values: madeMinutes(streamOf(`unit ${unit}`, run), false).slice(0, 500) }),
        ),
      'dependent',
    );
    expect(share).toBeLessThanOrEqual(0.05);
  });

  it('T11 holds on months that carry over to the next', () => {
    const share = shareCalled(200, (run) => [madeBreak(0.3)(streamOf('carry over', run), false)]);
    expect(share).toBeLessThanOrEqual(0.05);
  });
});
