/**
 * Whether 95% ranges hold the truth in 95 of 100 services: `calibration.ts [SERVICES] [REPLICATES]` makes services
 * with a known truth and counts how often the range that would stand on the page holds it.
 */
import { drawsFor, nextPeriod } from '../src/core/index.ts';
import { parseCharter } from '../src/define/index.ts';
import type { Cell } from '../src/measure/cells.ts';
import { type Change, changeBetween } from '../src/measure/change.ts';
import type { Comparison } from '../src/measure/comparison.ts';
import type { Dataset } from '../src/measure/dataset.ts';
import { inputErrors } from '../src/measure/input-errors.ts';
import { bodyInputs, inputGrowth } from '../src/measure/input-states.ts';
import { planMeasures } from '../src/measure/plan.ts';
import { productivityChange } from '../src/measure/productivity-change.ts';
import { createResampler } from '../src/measure/resample.ts';
import { chooseWeighting } from '../src/measure/snapshot.ts';
import { poissonDraw, standardNormal } from '../src/stats/index.ts';

// Reaches past the door of measure on purpose: it checks the ranges that stand on the page, from the very functions
// that make them, without a warehouse between.

/** How weeks hang together: 0 leaves cases independent. */
interface World {
  readonly name: string;
  /** Correlation of the level of one week with the next, and its standard deviation on the log scale. */
  readonly correlation: number;
  readonly deviation: number;
}

const weeks = 104;
const months = Array.from({ length: 24 }, (_, m) => nextPeriod('month', '2022-04-01', m));
const comparison: Comparison = {
  kind: 'year',
  earlier: months.slice(0, 12),
  later: months.slice(12),
  earlierLabel: '2022 to 2023',
  laterLabel: '2023 to 2024',
  weeks: 52,
};

/** Months of a service whose weeks all lie in one month: 52 weeks a year, shared out as 4 or 5. */
function monthOf(week: number): string {
  const inYear = week % 52;
  return months[12 * Math.floor(week / 52) + Math.floor((inYear * 12) / 52)] ?? '';
}

function planFor(outputs: number) {
  const list = Array.from({ length: outputs }, (_, o) => `  - {id: o${o}, title: O, unit: one, from: cases}`);
  return planMeasures(
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
${list.join('\n')}
quality: [{id: q, title: Q, outputs: all, from: cases, share: closed is known, direction: higher, weight: 1, weight_source: Us}]
`,
      'service.yaml',
    ),
  );
}

const plans = [1, 2, 3, 4].map(planFor);

/**
 * One to three inputs by month, with the growth they truly have. What is recorded of the later year is out by a
 * log-normal factor whose relative standard error (0.5% to 5%) the charter declares; half the services have one
 * deflator for all, so that their inputs are out alike.
 */
function makeInputs(between: (low: number, high: number) => number, normal: () => number) {
  const count = 1 + Math.floor(between(0, 3));
  const shared = between(0, 1) < 0.5 ? { shared: 'deflator' } : {};
  const [percent, together] = [between(0.5, 5), normal()];
  const kinds = Array.from({ length: count }, () => {
    const own = 'shared' in shared ? percent : between(0.5, 5);
    const draw = 'shared' in shared ? together : normal();
    return {
      volume: between(50, 500),
      price: between(10, 40),
      growth: between(-0.05, 0.08),
      percent: own,
      factor: Math.exp(Math.sqrt(Math.log1p((own / 100) ** 2)) * draw),
    };
  });
  const cost = kinds.reduce((sum, { volume, price }) => sum + volume * price, 0);
  return {
    truth: kinds.reduce((sum, { volume, price, growth }) => sum + (volume * price * growth) / cost, 0),
    cells: months.flatMap((period, m) =>
      kinds.map((kind, input) => {
        const volume = kind.volume * (m < 12 ? 1 : (1 + kind.growth) * kind.factor);
        return { input, period, block: period, volume, cost: volume * kind.price };
      }),
    ),
    list: kinds.map(({ percent: own }, i) => ({
      id: `i${i}`,
      title: `Input ${i + 1}`,
      category: 'labour',
      volumeFrom: 'volume' as const,
      error: { percent: own, source: 'Made', ...shared },
    })),
  };
}

/** A made service of one to four outputs with seasons, and the growth of output it truly has, with and without quality. */
function makeService(seed: number, world: World) {
  const draw = drawsFor(seed, `service ${world.name}`);
  let item = 0;
  const uniform = () => {
    item += 1;
    return draw(item);
  };
  const between = (low: number, high: number) => low + (high - low) * uniform();
  const plan = plans[Math.floor(between(0, 4))] ?? planFor(1);
  const kinds = plan.outputs.map(() => {
    const quality = between(0.6, 0.95);
    return {
      rate: Math.exp(between(Math.log(5), Math.log(60))),
      growth: between(-0.1, 0.15),
      quality,
      later: quality * (1 + between(-0.05, 0.05)),
      cost: between(20, 400),
      phase: between(0, 6),
    };
  });
  const levels: number[] = [];
  for (let week = 0; week < weeks; week++) {
    const fresh = world.deviation * standardNormal(uniform);
    const kept = world.correlation * (levels[week - 1] ?? fresh);
    levels.push(week === 0 ? fresh : kept + Math.sqrt(1 - world.correlation ** 2) * fresh);
  }
  const counts = new Map<string, number>();
  for (let week = 0; week < weeks; week++) {
    const isLater = week >= 52;
    kinds.forEach((kind, o) => {
      const season = 1 + 0.25 * Math.sin((2 * Math.PI * (week % 52)) / 52 + kind.phase);
      const mean = kind.rate * season * (isLater ? 1 + kind.growth : 1) * Math.exp(levels[week] ?? 0);
      const share = isLater ? kind.later : kind.quality;
      for (const flag of [1, 0]) {
        const key = `${o} ${monthOf(week)} ${flag}`;
        const count = poissonDraw(mean * (flag ? share : 1 - share), uniform);
        counts.set(key, (counts.get(key) ?? 0) + count);
      }
    });
  }
  const cells = [...counts].map(([key, count]): Cell => {
    const [output = '0', period = '', flag = '0'] = key.split(' ');
    const sum = count * Number(flag);
    const stats = [{ n: count, sum, squares: sum }];
    return { output: Number(output), period, block: period, kind: 'cases', count, stats };
  });
  const value = kinds.reduce((sum, kind) => sum + kind.cost * kind.rate, 0);
  const truth = (ratio: (kind: (typeof kinds)[number]) => number) =>
    kinds.reduce((sum, kind) => sum + kind.cost * kind.rate * ratio(kind), 0) / value - 1;
  const inputs = makeInputs(between, () => standardNormal(uniform));
  const data: Dataset = {
    plan,
    grain: 'month',
    periods: [],
    cells,
    costs: kinds.map(({ cost }, output) => ({ output, period: '0000-01-01', quantity: null, cost })),
    inputs: inputs.cells,
    inputList: inputs.list,
    isShare: [true],
  };
  const volume = truth((kind) => 1 + kind.growth);
  const adjusted = truth((kind) => ((1 + kind.growth) * kind.later) / kind.quality);
  return {
    data,
    volume,
    adjusted,
    quality: (1 + adjusted) / (1 + volume) - 1,
    inputs: inputs.truth,
    productivityUnadjusted: (1 + volume) / (1 + inputs.truth) - 1,
    productivity: (1 + adjusted) / (1 + inputs.truth) - 1,
  };
}

const kinds = ['volume', 'adjusted', 'quality', 'inputs', 'productivityUnadjusted', 'productivity'] as const;

/** The ranges that would stand on the pages of output, inputs and productivity. */
function rangesOf(data: Dataset, change: Change, seed: number, replicates: number) {
  const study = { data, seed, replicates };
  const productivity = productivityChange(study, change);
  const grown = inputGrowth(data, bodyInputs(data), comparison);
  return {
    ...change.intervals,
    inputs: inputErrors(study, grown)?.interval ?? null,
    productivityUnadjusted: productivity?.intervals.unadjusted ?? null,
    productivity: productivity?.intervals.adjusted ?? null,
  };
}

/** Of some made services, the share whose 95% range holds the truth, and how wide ranges are. */
function coverage(world: World, services: number, replicates: number) {
  const held = Object.fromEntries(kinds.map((kind) => [kind, 0]));
  let [byWeeks, width, perInput] = [0, 0, 0];
  for (let seed = 1; seed <= services; seed++) {
    const service = makeService(seed, world);
    const resampled = createResampler(service.data, { seed, replicates });
    const change = changeBetween(service.data, chooseWeighting(service.data), comparison, resampled);
    if (!change) continue;
    const ranges = rangesOf(service.data, change, seed, replicates);
    for (const kind of kinds) {
      const interval = ranges[kind];
      if (interval && interval.low <= service[kind] && service[kind] <= interval.high)
        held[kind] = (held[kind] ?? 0) + 1;
    }
    const { adjusted, productivity } = ranges;
    if (adjusted?.method.startsWith('paired')) byWeeks += 1;
    width += adjusted ? adjusted.high - adjusted.low : 0;
    perInput += productivity ? productivity.high - productivity.low : 0;
  }
  const percent = (count: number) => `${((100 * count) / services).toFixed(1)}%`;
  const points = (sum: number) => `${((100 * sum) / services).toFixed(1)} points`;
  return {
    world: world.name,
    services,
    ...Object.fromEntries(kinds.map((kind) => [kind, percent(held[kind] ?? 0)])),
    widerByWeeks: percent(byWeeks),
    meanWidth: points(width),
    meanWidthProductivity: points(perInput),
  };
}

const [services = '1000', replicates = '2000'] = process.argv.slice(2);
const worlds: readonly World[] = [
  { name: 'independent cases', correlation: 0, deviation: 0 },
  { name: 'weeks vary, not correlated', correlation: 0, deviation: 0.1 },
  { name: 'weekly correlation 0.6', correlation: 0.6, deviation: 0.1 },
];
for (const world of worlds)
  process.stdout.write(`${JSON.stringify(coverage(world, Number(services), Number(replicates)))}\n`);
