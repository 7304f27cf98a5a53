import { afterEach, describe, expect, test } from 'vitest';
import type { Result } from '../core/index.ts';
import { balkMatrix, fixtureRows, hasFixtures } from '../stats/fixtures.test-support.ts';
import { measure } from './index.ts';
import { charterText, madeWorkspace } from './made-workspace.test-support.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const workspace of open.splice(0)) await workspace.close();
});

function outputs(list: readonly (string | number)[]): string {
  return `outcomes: [{id: served, title: People are served}]
outputs:
${list.map((id) => `  - {id: p${id}, title: Product ${id}, unit: one, from: volumes}`).join('\n')}
`;
}

async function measured(
  rows: readonly Record<string, string | number>[],
  list: readonly (string | number)[],
) {
  const workspace = await madeWorkspace(charterText('{grain: year}', outputs(list)), { volumes: rows });
  open.push(workspace);
  const results = await measure(workspace, { replicates: 20 });
  return new Map(results.map((result) => [result.id, result]));
}

const tableOf = (results: ReadonlyMap<string, Result>, id: string, table: string) =>
  results.get(id)?.tables.find((one) => one.id === table);

describe.skipIf(!hasFixtures)('on six outputs over five years, the data of Balk (2008)', () => {
  const rows = () => {
    const [prices, quantities] = [balkMatrix('price6'), balkMatrix('quantity6')];
    return prices.flatMap((row, t) =>
      row.map((price, i) => ({
        period: `${2019 + t}-01-01`,
        output: `p${i + 1}`,
        quantity: quantities[t]?.[i] ?? 0,
        unit_cost: price ?? 0,
      })),
    );
  };
  const list = [1, 2, 3, 4, 5, 6];

  test('output shows growth by three formulae with their spread, and says that the formula matters', async () => {
    const results = await measured(rows(), list);
    const table = tableOf(results, 'output', 'formula');
    const published = fixtureRows('balk_index_computed.csv').filter(
      (row) => row.side === 'quantity' && row.type === 'pop',
    );
    expect(table?.rows).toHaveLength(4);
    table?.rows.forEach((row, i) => {
      const own = published[i + 1];
      for (const formula of ['laspeyres', 'paasche', 'fisher'])
        expect(1 + Number(row[formula])).toBeCloseTo(Number(own?.[formula]), 9);
    });
    expect(Math.expm1(Number(table?.rows[1]?.spread))).toBeCloseTo(-0.04099992, 8);
    const caveat = results.get('output')?.caveats.find((text) => text.startsWith('The formula matters'));
    // Laspeyres at the costs of the first year 2.5100, Paasche 1.3889, as published.
    expect(caveat).toContain('between 138.9 and 251.0');
  });

  test('contributions show every link, and scaled ones add to the growth of the chain, 0.780302', async () => {
    const table = tableOf(await measured(rows(), list), 'contributions', 'chain-contributions');
    const expected = fixtureRows('balk_chain_contributions_computed.csv');
    expect(table?.rows).toHaveLength(expected.length);
    table?.rows.forEach((row, i) => {
      expect(Number(row.weight)).toBeCloseTo(Number(expected[i]?.weight_lagged), 9);
      expect(Number(row.volume)).toBeCloseTo(Number(expected[i]?.link_contribution), 9);
      expect(Number(row.scaled)).toBeCloseTo(Number(expected[i]?.scaled_contribution), 9);
      expect(Number(row.cumulative)).toBeCloseTo(Number(expected[i]?.cumulative_contribution), 9);
    });
    const sum = table?.rows.reduce((all, row) => all + Number(row.scaled), 0);
    expect(sum).toBeCloseTo(0.780302, 6);
  });
});

test('steady unit costs leave no spread, and nothing is said of the formula', async () => {
  const rows = ['2022-01-01', '2023-01-01'].flatMap((period, t) => [
    { period, output: 'pa', quantity: 100 + 10 * t, unit_cost: 5 },
    { period, output: 'pb', quantity: 50 - 5 * t, unit_cost: 20 },
  ]);
  const results = await measured(rows, ['a', 'b']);
  expect(tableOf(results, 'output', 'formula')?.rows[0]?.spread).toBeCloseTo(0, 12);
  expect(results.get('output')?.caveats.join(' ')).not.toContain('formula matters');
  expect(tableOf(results, 'contributions', 'chain-contributions')).toBeUndefined();
});
