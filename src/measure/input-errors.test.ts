import { afterEach, describe, expect, test } from 'vitest';
import { runCalc } from '../calc/index.ts';
import type { Result } from '../core/index.ts';
import { streamOf } from './gaming/made-data.test-support.ts';
import { measure } from './index.ts';
import { charterText, madeWorkspace } from './made-workspace.test-support.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const workspace of open.splice(0)) await workspace.close();
});

const months = Array.from({ length: 24 }, (_, m) =>
  new Date(Date.UTC(2022, 3 + m, 1)).toISOString().slice(0, 10),
);

/** Two years by month: output up by 3%, hours up by 2%, goods unchanged; months differ a little. */
const rows = {
  volumes: months.map((period, m) => ({
    period,
    output: 'a',
    quantity: 1000 + 20 * (m % 5) + (m < 12 ? 0 : 30),
    unit_cost: 10,
  })),
  inputs: months.flatMap((period, m) => [
    { period, input: 'hours', category: 'labour', volume: m < 12 ? 500 : 510, cost: 7500 },
    { period, input: 'goods', category: 'goods-services', volume: 100, cost: 2500 },
  ]),
};

const charter = (hours = '', more = '') =>
  charterText(
    '{grain: month}',
    `outcomes: [{id: served, title: People are served}]
${more}outputs:
  - {id: a, title: Output a, unit: one, from: volumes}
inputs:
  - {id: hours, title: Paid hours, category: labour${hours}}
  - {id: goods, title: Goods, category: goods-services}
`,
  );

async function measured(
  text: string,
  made: Parameters<typeof madeWorkspace>[1] = rows,
): Promise<ReadonlyMap<string, Result>> {
  const workspace = await madeWorkspace(text, made);
  open.push(workspace);
  const results = await measure(workspace, { replicates: 1000 });
  return new Map(results.map((result) => [result.id, result]));
}

const figureOf = (results: ReadonlyMap<string, Result>, id: string, figure: string) =>
  results.get(id)?.figures.find((one) => one.id === figure);

describe('growth of inputs', () => {
  test('that swing from month to month goes by the rule of output: rose, fell, or cannot tell yet', async () => {
    const swinging = (by: number) => ({
      ...rows,
      inputs: rows.inputs.map((row, i) => ({ ...row, volume: row.volume + by * ((i * 7) % 11) })),
    });
    const close = await measured(charter(), swinging(0.1));
    expect(close.get('inputs')?.answer).toMatch(
      /^The volume of inputs rose by 1\.\d% .* \(95% interval .*\)\.$/,
    );
    const wild = await measured(charter(), swinging(20));
    expect(wild.get('inputs')?.answer).toMatch(/^Cannot tell yet whether the volume of inputs changed/);
    expect(wild.get('inputs')?.status).toBe('cannot-tell');
    expect(wild.get('inputs')?.next).toHaveLength(1);
  });

  test('that never swing is no matter of chance', async () => {
    const results = await measured(charter());
    expect(results.get('inputs')?.answer).toMatch(/^The volume of inputs rose by 1\.5% [^(]*\.$/);
    expect(results.get('inputs')?.status).toBe('sound');
  });

  test('what stands beside productivity that cannot be told is not said to have risen', async () => {
    const quality =
      'quality: [{id: right, title: Right, outputs: all, from: quality, direction: higher, weight: 1, weight_source: Us}]\n';
    const results = await measured(charter('', quality), {
      ...rows,
      volumes: rows.volumes.map((row, m) => ({ ...row, quantity: 1000 + 150 * ((m * 5) % 7) })),
      quality: months.map((period, m) => ({
        period,
        output: 'a',
        measure: 'right',
        value: 0.8 + 0.02 * ((m * 3) % 4),
        n: 100,
      })),
    });
    expect(results.get('productivity')?.answer).toMatch(
      /^Cannot tell yet whether productivity .* changed .*; without quality it cannot be told yet \([^)]*95% interval [^)]*\)\.$/,
    );
  });
});

describe('the declared error of an input', () => {
  const declared = ', error: {percent: 4, source: Payroll reconciliation}';

  test('gives growth of inputs a range, and widens that of productivity around the same figure', async () => {
    const exact = await measured(charter());
    const wide = await measured(charter(declared));
    const input = figureOf(wide, 'inputs', 'input-growth');
    expect(figureOf(exact, 'inputs', 'input-growth')?.interval).toBeNull();
    expect(input?.value).toBeCloseTo(0.75 * 0.02, 12);
    // 4% on three quarters of inputs: 3%, and twice that either side.
    expect((input?.interval?.high ?? 0) - (input?.interval?.low ?? 0)).toBeCloseTo(2 * 1.96 * 0.03, 1);
    const before = figureOf(exact, 'productivity', 'productivity-growth-unadjusted');
    const after = figureOf(wide, 'productivity', 'productivity-growth-unadjusted');
    expect(after?.value).toBe(before?.value);
    const width = (one: typeof after) => (one?.interval?.high ?? 0) - (one?.interval?.low ?? 0);
    expect(width(before)).toBeGreaterThan(0);
    expect(width(after)).toBeGreaterThan(width(before) + 0.03);
  });

  test('is named with its source where the figure stands, and what declares none is said', async () => {
    const results = await measured(charter(declared));
    // Hours up 2% on three quarters of inputs, known to within 3%: by the rule of output that is not told.
    expect(results.get('inputs')?.answer).toMatch(
      /^Cannot tell yet whether the volume of inputs changed .* \(\+1\.5%, 95% interval .* to .*\)\.$/,
    );
    expect(results.get('inputs')?.status).toBe('cannot-tell');
    const close = await measured(charter(', error: {percent: 0.5, source: Payroll reconciliation}'));
    expect(close.get('inputs')?.answer).toMatch(
      /^The volume of inputs rose by 1\.5% .* \(95% interval .* to .*\)\.$/,
    );
    expect(results.get('productivity')?.caveats).toContain(
      'The interval allows for the errors declared of inputs: Paid hours 4% (Payroll reconciliation). Goods declares none and counts as exact.',
    );
    expect(results.get('productivity')?.provenance.parameters).toMatchObject({
      declaredInputErrors: 'Paid hours 4% (Payroll reconciliation)',
    });
    const exact = await measured(charter());
    expect(exact.get('productivity')?.caveats.join(' ')).toContain('as the charter declares none');
  });

  test('is drawn again by calc from the numbers in the provenance', async () => {
    const results = await measured(charter(declared));
    const call = results.get('inputs')?.provenance.recompute?.find(({ method }) => method === 'input-error');
    const again = runCalc(call?.method ?? '', call?.input) as { growth: number; low: number; high: number };
    const input = figureOf(results, 'inputs', 'input-growth');
    expect(again.growth).toBeCloseTo(input?.value ?? 9, 12);
    expect(again.low).toBeCloseTo(input?.interval?.low ?? 9, 12);
    expect(again.high).toBeCloseTo(input?.interval?.high ?? 9, 12);
    expect(
      results.get('productivity')?.provenance.recompute?.some(({ method }) => method === 'input-error'),
    ).toBe(true);
  });

  test('and the interval of productivity is given again by calc, errors and chance together', async () => {
    for (const error of ['', declared]) {
      const results = await measured(charter(error));
      const calls = results.get('productivity')?.provenance.recompute ?? [];
      const call = calls.findLast(({ method }) => method === 'productivity');
      const { interval } = runCalc('productivity', call?.input) as {
        interval: { low: number; high: number; method: string };
      };
      const figure = figureOf(results, 'productivity', 'productivity-growth-unadjusted');
      expect(interval.low).toBeCloseTo(figure?.interval?.low ?? 9, 9);
      expect(interval.high).toBeCloseTo(figure?.interval?.high ?? 9, 9);
      expect(interval.method).toBe(figure?.interval?.method);
    }
  });

  test('and that interval is as wide as chance and errors together by the normal approximation', () => {
    // Independent check: standard errors of ln of 1.2% (chance, resampled) and 3% (declared) add in squares: 3.23%.
    const n = 4000;
    const u = streamOf('chance', 1);
    const normal = () => Math.sqrt(-2 * Math.log(1 - u())) * Math.cos(2 * Math.PI * u());
    const resampled = Array.from({ length: n }, () => Math.exp(0.012 * normal()) - 1);
    const { interval } = runCalc('productivity', {
      ...{ periods: ['a', 'b'], output: [100, 100], input: [100, 100] },
      interval: {
        resampled,
        blocks: { earlier: [], later: [] },
        isShort: true,
        inputs: [{ share: 1, growth: 0, error: { id: 'pay', percent: 3 } }],
        draws: n,
      },
    }) as { interval: { low: number; high: number } };
    const half = (Math.log1p(interval.high) - Math.log1p(interval.low)) / 2;
    expect(half / (1.959964 * Math.hypot(0.012, 0.03))).toBeGreaterThan(0.96);
    expect(half / (1.959964 * Math.hypot(0.012, 0.03))).toBeLessThan(1.04);
  });
});
