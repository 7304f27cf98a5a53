import { afterEach, describe, expect, test } from 'vitest';
import { runCalc } from '../../calc/index.ts';
import type { Result } from '../../core/index.ts';
import { measure } from '../index.ts';
import { charterText, madeWorkspace } from '../made-workspace.test-support.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const workspace of open.splice(0)) await workspace.close();
});

const months = Array.from({ length: 27 }, (_, m) =>
  new Date(Date.UTC(2022, 3 + m, 1)).toISOString().slice(0, 10),
);

/** What was truly produced: up by 3% from the first year to the second, months a little different. */
const truth = months.map((_, m) => (1000 + 20 * (m % 12)) * (m < 12 ? 1 : 1.03));
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

const inputs = months.map((period, m) => ({
  period,
  input: 'hours',
  category: 'labour',
  volume: m < 12 ? 500 : 510,
  cost: 7500,
}));

async function measured(rest: string, counted: readonly number[]): Promise<ReadonlyMap<string, Result>> {
  const text = charterText(
    '{grain: month}',
    `outcomes: [{id: served, title: People are served}]
outputs:
  - {id: a, title: Output a, unit: one, from: volumes}
inputs:
  - {id: hours, title: Paid hours, category: labour}
${rest}`,
  );
  const volumes = months.map((period, m) => ({
    period,
    output: 'a',
    quantity: Math.round(counted[m] ?? 0),
    unit_cost: 10,
  }));
  const workspace = await madeWorkspace(text, { volumes, inputs });
  open.push(workspace);
  return new Map((await measure(workspace, { replicates: 400 })).map((result) => [result.id, result]));
}

const figure = (results: ReadonlyMap<string, Result>, id: string, name: string) =>
  results.get(id)?.figures.find((one) => one.id === name);
const rowsOf = (results: ReadonlyMap<string, Result>, id: string, table: string) =>
  results.get(id)?.tables.find((one) => one.id === table)?.rows ?? [];
const said = (results: ReadonlyMap<string, Result>, id: string) => results.get(id)?.caveats.join(' ') ?? '';

describe('annual figures', () => {
  const years = [110_000, 128_700];
  const annual = (more = '') =>
    `annual_figures:\n  - {id: audited, output: a, figures: {2022-04-01: ${years[0]}, 2023-04-01: ${years[1]}}, source: Audited accounts${more}}`;

  test('growth of whole years is that of the annual figures, whatever the months say', async () => {
    const results = await measured(annual(), truth);
    expect(figure(results, 'output', 'volume-growth')?.value).toBeCloseTo(128_700 / 110_000 - 1, 9);
    expect(figure(results, 'productivity', 'productivity-growth-unadjusted')?.value).toBeCloseTo(
      128_700 / 110_000 / 1.02 - 1,
      9,
    );
    expect(said(results, 'output')).toContain(
      '"Output a" is held to annual figures (Audited accounts) by Cholette–Dagum',
    );
    expect(said(results, 'productivity')).toContain('From April 2024 on there is no annual figure yet');
  });

  test('what each month is multiplied by stands in a table, and `calc benchmark` gives it again', async () => {
    const results = await measured(annual(', method: denton-proportional'), truth);
    const rows = rowsOf(results, 'output', 'linked-series');
    expect(rows).toHaveLength(27);
    expect(rows.filter(({ mark }) => mark === '[e]').map(({ start }) => start)).toEqual(months.slice(24));
    const call = results.get('output')?.provenance.recompute.find(({ method }) => method === 'benchmark');
    const again = runCalc('benchmark', call?.input) as { readonly bi: readonly number[] };
    for (const [i, { factor }] of rows.entries()) expect(factor).toBeCloseTo(again.bi[i] ?? 0, 12);
    // Quantities lead to rows of the table, so they stand as reported.
    expect(rowsOf(results, 'output', 'volumes')[0]?.quantity).toBe(1000);
  });

  test('a year that the data do not cover whole is not used, and that is said', async () => {
    const text = annual().replace('2023-04-01: 128700', '2023-04-01: 128700, 2024-04-01: 140000');
    expect(said(await measured(text, truth), 'output')).toContain('from 1 April 2024 are not used');
  });

  test('an input is held to its annual figures too, and its unit cost moves with it', async () => {
    const results = await measured(
      'annual_figures:\n  - {id: payroll, input: hours, figures: {2022-04-01: 6000, 2023-04-01: 6600}, source: Payroll}',
      truth,
    );
    expect(figure(results, 'inputs', 'input-growth')?.value).toBeCloseTo(0.1, 9);
    expect(rowsOf(results, 'inputs', 'inputs')[0]).toMatchObject({ volume: 500, cost: 7500 });
    expect(said(results, 'inputs')).toContain('held to annual figures (Payroll)');
  });
});

describe('a break in a series', () => {
  // From April 2023 a new system counts a quarter more.
  const counted = truth.map((value, m) => (m < 12 ? value : value * 1.25));
  const broken = (link: string) => `discontinuities:
  - {id: system, title: The new system, 'on': 2023-04-01, kind: system, decided_by: Head of performance, output: a, link: ${link}, evidence: Both systems ran in spring}`;
  const overlap =
    '{overlap: {old: {2023-04-01: 1030, 2023-05-01: 1051}, new: {2023-04-01: 1287.5, 2023-05-01: 1313.75}}}';

  test('without a word of it the new system reads as growth', async () => {
    expect(figure(await measured('', counted), 'output', 'volume-growth')?.value).toBeCloseTo(0.2875, 3);
  });

  test('periods counted both ways join both sides, and the true growth is left', async () => {
    const results = await measured(broken(overlap), counted);
    expect(figure(results, 'output', 'volume-growth')?.value).toBeCloseTo(0.03, 3);
    expect(said(results, 'output')).toContain(
      'counted in another way from 1 April 2023 (The new system): the system that counts it changed, decided by Head of performance. Both sides are joined by the 2 periods counted both ways',
    );
    expect(rowsOf(results, 'output', 'linked-series')[0]).toMatchObject({ mark: '[b]', factor: 0.8 });
    const call = results.get('output')?.provenance.recompute.find(({ method }) => method === 'splice');
    expect(runCalc('splice', call?.input)).toMatchObject({ factor: 0.8 });
  });

  test('a judged growth joins them too, and its range widens the interval', async () => {
    const step = ((counted[12] ?? 0) * 0.8) / (counted[11] ?? 1) - 1;
    const judged = (half: number) =>
      broken(`{growth: ${step}, low: ${step - half}, high: ${step + half}, source: The analysts}`);
    const exact = figure(await measured(judged(0), counted), 'output', 'volume-growth');
    const wide = figure(await measured(judged(0.05), counted), 'output', 'volume-growth');
    expect(wide?.value).toBeCloseTo(0.03, 3);
    const width = ({ low, high }: { low: number; high: number }) => high - low;
    const [own, allowed] = [exact?.interval, wide?.interval];
    expect(own && allowed && width(allowed)).toBeGreaterThan(1.5 * (own ? width(own) : 1));
    expect(allowed?.method).toContain('drawn jointly with the judged ranges of breaks');
  });

  test('where nothing joins them no growth is told across, and the index begins there', async () => {
    const results = await measured(broken('none'), counted);
    expect(figure(results, 'output', 'volume-growth')?.note).not.toContain('2022');
    for (const { start, volume } of rowsOf(results, 'output', 'index'))
      expect(volume === null, String(start)).toBe(String(start) < '2023-04-01');
    expect(said(results, 'productivity')).toContain(
      'nothing joins both sides: no growth is told across that day',
    );
  });

  test('the sums of annual figures hold for a joined series', async () => {
    const held = `${broken(overlap)}\nannual_figures:\n  - {id: audited, output: a, figures: {2022-04-01: ${sum(truth.slice(0, 12))}, 2023-04-01: ${1.1 * sum(truth.slice(0, 12))}}, source: Audited accounts}`;
    expect(figure(await measured(held, counted), 'output', 'volume-growth')?.value).toBeCloseTo(0.1, 9);
  });
});

describe('a break in a quality measure', () => {
  // Right first time: 80% of all in both years; from April 2023 another survey asks, and finds nine for every ten.
  const survey = (value: (m: number) => number, rest: string) => {
    const text = charterText(
      '{grain: month}',
      `outcomes: [{id: right, title: Answers are right, measure: right}]
outputs: [{id: a, title: Output a, unit: one, from: volumes}]
quality: [{id: right, title: Right first time, outputs: all, from: quality, direction: higher, weight: 1, weight_source: Us}]
inputs: [{id: hours, title: Paid hours, category: labour}]
${rest}`,
    );
    return madeWorkspace(text, {
      inputs,
      volumes: months.map((period, m) => ({
        ...{ period, output: 'a', quantity: Math.round(truth[m] ?? 0), unit_cost: 10 },
      })),
      quality: months.map((period, m) => ({
        ...{ period, output: 'a', measure: 'right', value: value(m), n: 200 },
      })),
    });
  };
  const found = async (value: (m: number) => number, rest = '') => {
    const workspace = await survey(value, rest);
    open.push(workspace);
    return new Map((await measure(workspace, { replicates: 200 })).map((result) => [result.id, result]));
  };
  const asked = (m: number) => (0.8 + 0.01 * (m % 3)) * (m < 12 ? 1 : 0.9);
  const broken = (link: string) => `discontinuities:
  - {id: survey, title: Another survey, 'on': 2023-04-01, kind: definition, decided_by: Head of research, quality: right, link: ${link}, evidence: Both ran in spring}`;
  const overlap =
    '{overlap: {old: {2023-04-01: 0.8, 2023-05-01: 0.81}, new: {2023-04-01: 0.72, 2023-05-01: 0.729}}}';

  test('reads as a fall of quality without a word of it', async () => {
    const results = await found(asked);
    expect(figure(results, 'quality', 'quality-growth')?.value).toBeCloseTo(-0.1, 6);
    expect(results.get('change')?.answer).toContain('"Right first time" fell');
  });

  test('is joined as outputs and inputs are: growth is left as it was, in the terms of today', async () => {
    const results = await found(asked, broken(overlap));
    expect(figure(results, 'quality', 'quality-growth')?.value).toBeCloseTo(0, 9);
    expect(figure(results, 'output', 'adjusted-growth')?.value).toBeCloseTo(
      Number(figure(results, 'output', 'volume-growth')?.value),
      9,
    );
    // What is said of today is what was counted today.
    const today = figure(await found(asked), 'effectiveness', 'measure-right')?.value;
    expect(figure(results, 'effectiveness', 'measure-right')?.value).toBe(today);
    expect(results.get('change')?.answer).not.toContain('"Right first time" fell');
    for (const id of ['quality', 'effectiveness', 'output', 'productivity', 'change'])
      expect(said(results, id)).toContain(
        '"Right first time" is counted in another way from 1 April 2023 (Another survey)',
      );
    const [row] = rowsOf(results, 'quality', 'linked-series');
    expect(row).toMatchObject({ start: '2022-04-01', factor: expect.closeTo(0.9, 12) });
    const call = results.get('quality')?.provenance.recompute.find(({ method }) => method === 'splice');
    expect(runCalc('splice', call?.input)).toMatchObject({ factor: expect.closeTo(1 / 0.9, 12) });
  });

  test('that nothing joins ends what can be compared', async () => {
    const results = await found(asked, broken('none'));
    expect(figure(results, 'quality', 'quality-growth')?.note).not.toContain('2022');
    expect(said(results, 'quality')).toContain('nothing joins both sides');
  });
});
