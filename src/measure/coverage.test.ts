import { expect, test } from 'vitest';
import { drawsFor } from '../core/index.ts';
import { parseCharter } from '../define/index.ts';
import { percentileInterval, poissonDraw } from '../stats/index.ts';
import type { Cell } from './cells.ts';
import type { Dataset } from './dataset.ts';
import { linkBetween } from './link.ts';
import { charterText } from './made-workspace.test-support.ts';
import { planMeasures } from './plan.ts';
import { createResampler } from './resample.ts';
import { snapshotOf, type Weighting } from './snapshot.ts';

const plan = planMeasures(
  parseCharter(
    charterText(
      '{grain: year}',
      `outcomes: [{id: o, title: O}]
outputs:
  - {id: a, title: A, unit: one, from: cases}
  - {id: b, title: B, unit: one, from: cases}
quality: [{id: q, title: Q, outputs: all, from: cases, share: closed is known, direction: higher, weight: 1, weight_source: Us}]
`,
    ),
    'service.yaml',
  ),
);
const weighting: Weighting = {
  mode: 'cost',
  items: [0, 1].map((o) => ({ id: `${o}`, title: `${o}`, outputs: [o] })),
  withoutCost: [],
};

/** A made service: Poisson counts with and without the quality, two outputs, two years. */
function simulate(run: number): Dataset {
  const draw = drawsFor(run, 'simulated service');
  let item = 0;
  const uniform = () => {
    item += 1;
    return draw(item);
  };
  const rates = [
    [300, 0.8, 330, 0.82],
    [120, 0.6, 100, 0.7],
  ] as const;
  const cells = rates.flatMap(([n0, p0, n1, p1], output) =>
    (
      [
        ['2020-01-01', n0, p0],
        ['2021-01-01', n1, p1],
      ] as const
    ).flatMap(([period, n, p]) =>
      [1, 0].map((flag): Cell => {
        const count = poissonDraw(n * (flag ? p : 1 - p), uniform);
        return {
          output,
          period,
          block: period,
          kind: 'cases',
          count,
          stats: [{ n: count, sum: count * flag, squares: count * flag }],
        };
      }),
    ),
  );
  const costs = [100, 250].map((cost, output) => ({ output, period: '0000-01-01', quantity: null, cost }));
  return { plan, grain: 'year', periods: [], cells, costs, inputs: [], inputList: [], isShare: [true] };
}

/** Costs 100 and 250 at 300 and 120: equal base value, so growth is the mean of 330·0.82/(300·0.8) and 100·0.7/(120·0.6), less 1. */
const truth = ((330 * 0.82) / (300 * 0.8) + (100 * 0.7) / (120 * 0.6)) / 2 - 1;

test('the bootstrap over cases covers the true growth of quality-adjusted output in 93 to 97 of 100 simulated services', () => {
  const runs = 600;
  let covered = 0;
  for (let run = 0; run < runs; run++) {
    const data = simulate(run);
    const resampled = createResampler(data, { seed: 1, replicates: 300 });
    const [earlier, later] = [resampled(['2020-01-01']), resampled(['2021-01-01'])];
    const growth = earlier.flatMap((tallies, r) => {
      const link = linkBetween(
        snapshotOf(data, weighting, ['2020-01-01'], tallies),
        snapshotOf(data, weighting, ['2021-01-01'], later[r] ?? []),
      );
      return link ? [link.adjusted] : [];
    });
    const { low, high } = percentileInterval(growth);
    if (low <= truth && truth <= high) covered += 1;
  }
  expect(covered / runs).toBeGreaterThan(0.93);
  expect(covered / runs).toBeLessThan(0.97);
});
