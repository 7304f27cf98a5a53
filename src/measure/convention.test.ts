import { afterEach, expect, test } from 'vitest';
import type { Result } from '../core/index.ts';
import { measure } from './index.ts';
import { charterText, madeWorkspace } from './made-workspace.test-support.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const workspace of open.splice(0)) await workspace.close();
});

const years = ['2022-04-01', '2023-04-01'] as const;

async function measured(flags: readonly [string, string]): Promise<ReadonlyMap<string, Result>> {
  const text = charterText(
    '{grain: financial-year}',
    `outcomes: [{id: served, title: People are served}]
outputs:
  - {id: a, title: Decisions, unit: one, from: volumes${flags[0]}}
  - {id: b, title: Policy advice, unit: one, from: volumes${flags[1]}}
inputs: [{id: hours, title: Hours, category: labour}]
`,
  );
  // Half the cost each. Decisions 10% more; advice, which is its hours, 2% more; all hours 3% more.
  const workspace = await madeWorkspace(text, {
    volumes: years.flatMap((period, t) => [
      { period, output: 'a', quantity: [100, 110][t] ?? 0, unit_cost: 10 },
      { period, output: 'b', quantity: [50, 51][t] ?? 0, unit_cost: 20 },
    ]),
    inputs: years.map((period, t) => ({
      period,
      input: 'hours',
      volume: [1000, 1030][t] ?? 0,
      cost: [20000, 20600][t] ?? 0,
    })),
  });
  open.push(workspace);
  const results = await measure(workspace, { replicates: 20 });
  return new Map(results.map((result) => [result.id, result]));
}

const productivityFigure = (results: ReadonlyMap<string, Result>, figure: string) =>
  results.get('productivity')?.figures.find((one) => one.id === figure)?.value;

const flag = ', measured_by: inputs';

test('output that is its inputs is labelled with its share, and the measured part stands beside the whole', async () => {
  const results = await measured(['', flag]);
  expect(productivityFigure(results, 'convention-share')).toBeCloseTo(0.5, 12);
  expect(productivityFigure(results, 'productivity-growth-unadjusted')).toBeCloseTo(1.06 / 1.03 - 1, 12);
  // Without the convention: output 10%, inputs (3% − half of 2%)/half = 4%.
  expect(productivityFigure(results, 'measured-productivity-growth')).toBeCloseTo(1.1 / 1.04 - 1, 12);
  for (const id of ['output', 'productivity'])
    expect(results.get(id)?.caveats.join(' ')).toContain(
      '"Policy advice", 50.0% of the weight, is taken to be its inputs',
    );
});

test('where all output is its inputs there is no figure of productivity', async () => {
  const results = await measured([flag, flag]);
  expect(results.get('productivity')?.status).toBe('cannot-tell');
  expect(results.get('productivity')?.answer).toContain('all output is taken to be its inputs');
});

test('without such output nothing is said of it', async () => {
  const results = await measured(['', '']);
  expect(productivityFigure(results, 'convention-share')).toBeUndefined();
  expect(results.get('output')?.caveats.join(' ')).not.toContain('taken to be its inputs');
});
