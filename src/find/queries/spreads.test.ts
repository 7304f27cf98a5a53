import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDuckdb, sql, type Warehouse } from '../../stores/index.ts';
import { spreadsByGroup } from './spreads.ts';

const columns = [
  { name: 'g', kind: 'text' },
  { name: 'value', kind: 'number' },
] as const;

describe('spreads by group', () => {
  let warehouse: Warehouse;

  beforeAll(async () => {
    warehouse = await openDuckdb({ folders: [] });
    await warehouse.createTable('values_of_groups', columns);
  });
  afterAll(() => warehouse.close());

  const spreads = (limit: number) =>
    spreadsByGroup<{ g: string; median: number; p90: number }>(
      warehouse,
      {
        name: 'spreads',
        purpose: 'Spreads.',
        rows: sql`select g, value from values_of_groups`,
        keys: ['g'],
        quantiles: { median: 0.5, p90: 0.9 },
        size: 1,
      },
      [],
      limit,
    );

  async function fill(rows: readonly (readonly [string, number])[]) {
    await warehouse.createTable('values_of_groups', columns);
    await warehouse.append('values_of_groups', columns, [
      rows.map(([g]) => g),
      rows.map(([, value]) => value),
    ]);
  }

  it.for([
    ['all at once', 1],
    ['in two passes', 0],
  ] as const)('%s they are as worked out by hand', async ([, limit]) => {
    // Of 1, 2, 4, 10 the 0.9 quantile stands at 0.9 x 3 = 2.7, so 4 + 0.7 x 6.
    await fill([
      ['b', 7],
      ['a', 10],
      ['a', 1],
      ['a', 4],
      ['a', 2],
    ]);
    const [a, b] = await spreads(limit);
    expect(a).toMatchObject({ g: 'a', count: 4, total: 17, median: 3 });
    expect(a?.p90).toBeCloseTo(8.2, 12);
    expect(b).toEqual({ g: 'b', count: 1, total: 7, median: 7, p90: 7 });
  });

  it('both ways give the same, whatever the values', async () => {
    const value = fc.oneof(
      fc.constantFrom(0, 1, 86_400),
      fc.double({ min: 0, max: 1e9, noNaN: true }),
      fc.double({ min: 1e5, max: 1.001e5, noNaN: true }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), value), { maxLength: 80 }),
        async (rows) => {
          await fill(rows);
          const held = await spreads(1);
          const passed = await spreads(0);
          expect(passed.map(({ g, count }) => [g, count])).toEqual(held.map(({ g, count }) => [g, count]));
          for (const [i, { total, median, p90 }] of held.entries()) {
            expect(Math.abs((passed[i]?.total ?? -1) - total)).toBeLessThanOrEqual(total * 1e-12);
            expect(Math.abs((passed[i]?.median ?? -1) - median)).toBeLessThanOrEqual(median * 1e-12);
            expect(Math.abs((passed[i]?.p90 ?? -1) - p90)).toBeLessThanOrEqual(p90 * 1e-12);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
