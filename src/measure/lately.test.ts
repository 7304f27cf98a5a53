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

interface Made {
  readonly months?: number;
  /** What the last month is multiplied by. */
  readonly lift?: number;
  /** Share right first time, month by month. */
  readonly share?: (month: number) => number;
}

/** Months with a season, growth of 3% a year and steady quality; the last month may be lifted. */
function rows(seed: number, { months: length = 36, lift = 1, share = () => 0.8 }: Made = {}) {
  const draw = drawsFor(seed, 'lately');
  let item = 0;
  const uniform = () => {
    item += 1;
    return draw(item);
  };
  const months = Array.from({ length }, (_, m) => nextPeriod('month', '2021-04-01', m));
  const counts = months.map((period, m) => {
    const mean =
      1000 * (1 + 0.3 * Math.sin((m * Math.PI) / 6)) * 1.03 ** (m / 12) * (m === length - 1 ? lift : 1);
    const right = poissonDraw(share(m) * mean, uniform);
    return { period, right, n: right + poissonDraw((1 - share(m)) * mean, uniform) };
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
  const table = (id: string) => found?.tables.find((one) => one.id === id);
  return {
    answer: found?.answer ?? '',
    volumes: table('lately'),
    shares: table('lately-quality'),
    figures: found?.figures ?? [],
  };
}

test('a quarter that leaves the usual on a year before is named, at a stated rate of false alarms', async () => {
  const { answer, volumes, shares } = await changeOf(rows(1, { lift: 1.4 }));
  expect(answer).toMatch(
    /In January 2024 to March 2024, on a year before, beyond the usual \(by chance in one look of 40\): "Decisions" \+1\d\.\d%\.$/,
  );
  expect(volumes?.rows).toMatchObject([{ what: 'Decisions', verdict: 'above the usual' }]);
  expect(shares?.rows).toMatchObject([{ what: 'Right first time', better: 'higher', verdict: 'as usual' }]);
  expect(volumes?.notes?.join(' ')).toContain('the mean change of the periods up to March 2023');
  expect(shares?.notes?.join(' ')).toMatch(/2 series: if nothing changed, .* is about 2\.5%\./);
});

test('a fall that fills the whole last year is no usual, and shares are told in points', async () => {
  const { answer, shares, figures } = await changeOf(
    rows(2, { months: 24, share: (m) => (m < 12 ? 0.8 : 0.6) }),
  );
  expect(answer).toMatch(/"Right first time" fell by (19|20)\.\d points \(worse\)/);
  expect(answer).toMatch(/beyond the usual .*"Right first time" \u2212\d+\.\d points \(worse\)/);
  const [row] = shares?.rows ?? [];
  expect(row?.verdict).toBe('below the usual');
  expect(Number(row?.change)).toBeCloseTo(-0.2, 1);
  expect(Number(row?.lower)).toBeGreaterThan(-0.1);
  expect(shares?.columns.find(({ key }) => key === 'change')?.type).toBe('percentage-points');
  expect(shares?.notes?.[0]).toContain('no change on the year before');
  expect(figures[0]).toMatchObject({ name: 'Right first time', unit: 'percentage-points' });
});

test('services that did not change are left alone in about 97 of 100', async () => {
  let alarms = 0;
  for (let seed = 100; seed < 160; seed++) {
    const { answer } = await changeOf(rows(seed));
    if (answer.includes('beyond the usual')) alarms += 1;
  }
  // At 2.5% more than five of sixty come once in two hundred times.
  expect(alarms).toBeLessThanOrEqual(5);
});

test('where nothing is beyond chance, what was furthest from none stands with its range, and what could not be told', async () => {
  const { answer, figures } = await changeOf(rows(3, { months: 24 }));
  expect(answer).toMatch(
    /^Nothing moved by more than chance .*; changes of less than about \d\.\d% in volumes or \d\.\d points in shares could not be told from it\. January 2023 to March 2023 is as usual on a year before\.$/,
  );
  expect(figures.map(({ note }) => note)).toEqual(Array(2).fill('on 2021 to 2022; may be noise'));
  for (const { value, interval } of figures) {
    expect(interval?.low).toBeLessThan(Number(value));
    expect(interval?.high).toBeGreaterThan(Number(value));
  }
});

test('under a year of changes on a year before nothing is charted', async () => {
  const { volumes, quality } = rows(1);
  const found = await changeOf({ volumes: volumes.slice(0, 20), quality: quality.slice(0, 20) });
  expect(found.volumes).toBeUndefined();
  expect(found.shares).toBeUndefined();
});
