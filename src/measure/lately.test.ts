import { afterEach, expect, test } from 'vitest';
import { drawsFor, nextPeriod } from '../core/index.ts';
import { poissonDraw } from '../stats/index.ts';
import { measure } from './index.ts';
import { charterText, madeWorkspace } from './made-workspace.test-support.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const workspace of open.splice(0)) await workspace.close();
});

const text = charterText(
  '{grain: month}',
  `outcomes: [{id: served, title: People are served}]
outputs: [{id: a, title: Decisions, unit: one, from: volumes}]
quality: [{id: right, title: Right first time, outputs: all, from: quality, direction: higher, weight: 1, weight_source: Us}]
`,
);

/** Thirty-six months with a season, growth of 3% a year and steady quality; the last month may be lifted. */
function rows(seed: number, lift = 1) {
  const draw = drawsFor(seed, 'lately');
  let item = 0;
  const uniform = () => {
    item += 1;
    return draw(item);
  };
  const months = Array.from({ length: 36 }, (_, m) => nextPeriod('month', '2021-04-01', m));
  const counts = months.map((period, m) => {
    const mean = 1000 * (1 + 0.3 * Math.sin((m * Math.PI) / 6)) * 1.03 ** (m / 12) * (m === 35 ? lift : 1);
    const right = poissonDraw(0.8 * mean, uniform);
    return { period, right, n: right + poissonDraw(0.2 * mean, uniform) };
  });
  const volumes = counts.map(({ period, n }) => ({ period, output: 'a', quantity: n, unit_cost: 10 }));
  const quality = counts.map(({ period, right, n }) => ({
    period,
    output: 'a',
    measure: 'right',
    value: right / n,
    n,
  }));
  return { volumes, quality };
}

async function changeOf(made: ReturnType<typeof rows>) {
  const workspace = await madeWorkspace(text, made);
  open.push(workspace);
  const results = await measure(workspace, { replicates: 20 });
  const found = results.find((result) => result.id === 'change');
  return { answer: found?.answer ?? '', table: found?.tables.find((table) => table.id === 'lately') };
}

test('a month that leaves the usual on a year before is named, at a stated rate of false alarms', async () => {
  const { answer, table } = await changeOf(rows(1, 1.4));
  expect(answer).toContain('On a year before, "Decisions" above the usual in March 2024.');
  expect(table?.rows).toHaveLength(6);
  expect(table?.rows.filter((row) => row.verdict !== 'as usual')).toHaveLength(1);
  expect(table?.notes?.[0]).toContain('2 series');
  expect(table?.notes?.[0]).toContain('about 5%');
});

test('services that did not change are left alone in about 95 of 100', async () => {
  let alarms = 0;
  for (let seed = 100; seed < 160; seed++) {
    const { answer } = await changeOf(rows(seed));
    if (answer.includes('On a year before')) alarms += 1;
  }
  // At 5% more than eight of sixty come once in a hundred times.
  expect(alarms).toBeLessThanOrEqual(8);
});

test('under a year of changes on a year before nothing is charted', async () => {
  const { volumes, quality } = rows(1);
  const { table } = await changeOf({ volumes: volumes.slice(0, 20), quality: quality.slice(0, 20) });
  expect(table).toBeUndefined();
});
