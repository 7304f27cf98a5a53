/**
 * 200 outputs by 120 months with 10,000 draws of quality weights, from counts in memory: the chained series, the
 * last year on the one before, and the share of weights under which the direction holds. CPU seconds of the work.
 */
import { drawsFor, nextPeriod } from '../src/core/index.ts';
import { parseCharter } from '../src/define/index.ts';
import type { Cell } from '../src/measure/cells.ts';
import { chainSeries } from '../src/measure/chain.ts';
import type { Change } from '../src/measure/change.ts';
import type { Dataset } from '../src/measure/dataset.ts';
import { linkBetween } from '../src/measure/link.ts';
import { planMeasures } from '../src/measure/plan.ts';
import { chooseWeighting, snapshot } from '../src/measure/snapshot.ts';
import { shareOfDraws } from '../src/measure/weight-draws.ts';

const [outputs, months, draws] = [200, 120, 10_000];

function cpuSeconds(): number {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  return (userCPUTime + systemCPUTime) / 1e6;
}

const names = Array.from({ length: outputs }, (_, o) => `o${o}`);
/** Every ten outputs share three measures of their own, so that weights are drawn in twenty groups. */
const measures = Array.from({ length: outputs / 10 }, (_, g) =>
  [0.5, 0.3, 0.2].map(
    (weight, k) =>
      `  - {id: q${g}-${k}, title: Q, outputs: [${names.slice(10 * g, 10 * g + 10).join(', ')}], from: quality, direction: higher, weight: ${weight}, weight_source: Us}`,
  ),
).flat();
const plan = planMeasures(
  parseCharter(
    `wellspent: 1
service: made
title: A made service
version: 1.0.0
effective: 2020-01-01
owner: Director
purpose: People get what they need.
timezone: Europe/London
reporting: {grain: month}
extracts: []
outcomes: [{id: o, title: O}]
outputs:
${names.map((name) => `  - {id: ${name}, title: O, unit: one, from: volumes}`).join('\n')}
quality:
${measures.join('\n')}
`,
    'service.yaml',
  ),
);
const starts = Array.from({ length: months }, (_, m) => nextPeriod('month', '2014-04-01', m));
const draw = drawsFor(1, 'bench');
const cells = names.flatMap((_, output) =>
  starts.map((period, m): Cell => {
    const count = Math.round(200 + 800 * draw(output, 1) + 100 * draw(output, m + 2));
    const stats = plan.measures.map(({ outputs: own }, k) => {
      if (!own.includes(output)) return null;
      const sum = count * (0.7 + 0.2 * draw(output * 100 + k, m + 2));
      return { n: count, sum, squares: sum };
    });
    return { output, period, block: period, kind: 'aggregate', count, stats };
  }),
);
const data: Dataset = {
  plan,
  grain: 'month',
  periods: [],
  cells,
  costs: names.map((_, output) => ({
    output,
    period: '0000-01-01',
    quantity: null,
    cost: 20 + 300 * draw(output),
  })),
  inputs: [],
  inputList: [],
  isShare: plan.measures.map(() => true),
};

const started = performance.now();
const before = cpuSeconds();
const weighting = chooseWeighting(data);
const chain = chainSeries(plan, starts, (set) => snapshot(data, weighting, set));
const afterChain = cpuSeconds();
const base = snapshot(data, weighting, starts.slice(-24, -12));
const current = snapshot(data, weighting, starts.slice(-12));
const link = linkBetween(base, current);
const found = link && shareOfDraws({ link, base, current } as unknown as Change, null, 1, draws);
const after = cpuSeconds();
process.stdout.write(
  `${JSON.stringify({
    outputs,
    months,
    draws,
    last: chain.at(-1)?.adjusted,
    growth: link?.adjusted,
    share: found?.share,
    chainCpu: Math.round(100 * (afterChain - before)) / 100,
    drawsCpu: Math.round(100 * (after - afterChain)) / 100,
    workCpu: Math.round(100 * (after - before)) / 100,
    workWall: Math.round((performance.now() - started) / 10) / 100,
  })}\n`,
);
