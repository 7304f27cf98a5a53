import { expect, test } from 'vitest';
import { runCalc } from '../calc/index.ts';
import { measure } from './index.ts';
import { charterText, madeWorkspace } from './made-workspace.test-support.ts';

const months = Array.from({ length: 24 }, (_, m) =>
  new Date(Date.UTC(2022, 3 + m, 1)).toISOString().slice(0, 10),
);

/** Two years by month: output up by about 5%, hours up by 2%; postage has a cost of £2,500 in £10,000 and no deflator. */
const rows = {
  volumes: months.map((period, m) => ({
    ...{ period, output: 'a', unit_cost: 10 },
    quantity: 1000 + 2 * (m % 12) + (m < 12 ? 0 : 50 + (m % 3)),
  })),
  inputs: months.flatMap((period, m) => [
    { period, input: 'hours', category: 'labour', volume: m < 12 ? 500 : 510, cost: 7500 },
    { period, input: 'postage', category: 'goods-services', volume: null, cost: 2500 },
  ]),
};

const charter = charterText(
  '{grain: month}',
  `outcomes: [{id: served, title: People are served}]
outputs:
  - {id: a, title: Output a, unit: one, from: volumes}
inputs:
  - {id: hours, title: Paid hours, category: labour}
  - {id: postage, title: Postage, category: goods-services}
`,
);

async function measured(made: Parameters<typeof madeWorkspace>[1]) {
  const workspace = await madeWorkspace(charter, made);
  const results = await measure(workspace, { replicates: 100 });
  await workspace.close();
  return new Map(results.map((result) => [result.id, result]));
}

const remedy =
  'Give "Postage" a deflator: a price index in every row of it, in the column "deflator" of the table of inputs.';

test('a cost without a deflator leaves labour productivity, named so, with what it leaves out', async () => {
  const results = await measured(rows);
  const page = results.get('productivity');
  expect(page?.answer).toMatch(/^Labour productivity without quality /);
  expect(page?.answer).toContain(
    'That is output over labour alone, without "Postage" (25.0% of cost); productivity of all inputs cannot be told: "Postage" has neither a volume nor a cost with a deflator in every row.',
  );
  expect(page?.status).toBe('caution');
  const figureOf = (id: string) => page?.figures.find((one) => one.id === id);
  const output = (of: readonly { quantity: number }[]) => of.reduce((sum, { quantity }) => sum + quantity, 0);
  const grown = output(rows.volumes.slice(12)) / output(rows.volumes.slice(0, 12));
  const own = figureOf('labour-productivity-growth-unadjusted');
  expect(own?.value).toBeCloseTo(grown / 1.02 - 1, 12);
  expect(own?.interval?.low).toBeLessThan(own?.value ?? 0);
  expect(figureOf('productivity-growth-unadjusted')?.value).toBeNull();
  const [call] = page?.provenance.recompute ?? [];
  const again = call && (await runCalc(call.method, call.input));
  expect(JSON.stringify(again)).toContain(String(own?.value).slice(0, 8));
});

test('the input that lacks a deflator is named in what to do next, on each page that it keeps silent', async () => {
  const results = await measured(rows);
  for (const id of ['inputs', 'productivity', 'contributions', 'value'])
    expect(results.get(id)?.next.join('\n')).toContain(remedy);
  for (const [, { next }] of results) expect(next.join(' ')).not.toContain('paid hours by grade');
});

test('hours without a volume give no labour productivity, and without any inputs the table is asked for', async () => {
  const blank = await measured({ ...rows, inputs: rows.inputs.map((row) => ({ ...row, volume: null })) });
  expect(blank.get('productivity')?.answer).toMatch(/^Cannot tell: productivity is output over inputs/);
  expect(blank.get('productivity')?.next[0]).toContain('Give "Paid hours"');
  const none = await measured({ volumes: rows.volumes });
  expect(none.get('productivity')?.next.join(' ')).toContain('"Paid hours"');
});
