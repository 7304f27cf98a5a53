import { describe, expect, it } from 'vitest';
import { type CellValue, type Column, provenance, type Result, type Table } from '../../core/index.ts';
import { disclosureProfiles } from '../../stats/index.ts';
import { hideDerived } from './hide-derived.ts';
import { protectResults } from './protect-results.ts';
import { leaksInRows } from './row-arithmetic.ts';

const tenFive = disclosureProfiles['10-5'];
const c = tenFive.symbol;

const column = (key: string, type: Column['type'], more: Partial<Column> = {}): Column => ({
  key,
  title: key,
  type,
  ...more,
});

const tableOf = (columns: readonly Column[], rows: readonly Record<string, CellValue>[]): Table => ({
  id: 'made',
  title: 'Made',
  columns: [column('name', 'text'), ...columns],
  rows,
});

const resultOf = (table: Table, figures: Result['figures'] = []): Result => ({
  id: 'made',
  question: 'How much?',
  answer: 'Some.',
  status: 'sound',
  figures,
  tables: [table],
  charts: [],
  caveats: [],
  next: [],
  provenance: provenance({ method: 'made', sources: [] }),
});

/** Of 400 and 4,000 cases: all of the first miss it, which tells that none does not. */
const sides = { affected: 400, of: 4000, share: 1, others: 799 / 4000, difference: 1 - 799 / 4000 };
const sideColumns = (derivedFrom?: readonly string[]) => [
  column('affected', 'count'),
  column('of', 'count'),
  column('share', 'share'),
  column('others', 'share'),
  column('difference', 'percentage-points', derivedFrom ? { derivedFrom } : {}),
];

const figure = { id: 'gap', name: 'Gap', value: sides.difference, unit: 'percentage-points' } as const;

describe('a number worked out from a hidden one', () => {
  it('is hidden, in the table and as a figure, where its column says so', async () => {
    const table = tableOf(sideColumns(['share', 'others']), [{ name: 'waits', ...sides }]);
    const figures = [{ ...figure, interval: null, period: null }];
    const { results, undeclared, unprotected } = await protectResults([resultOf(table, figures)], tenFive);
    expect(results[0]?.tables[0]?.rows[0]).toMatchObject({ share: c, difference: c });
    expect(results[0]?.figures[0]?.value).toBeNull();
    expect([undeclared, unprotected]).toEqual([[], []]);
  });

  it('is hidden where no column says so too, and is named', async () => {
    const table = tableOf(sideColumns(), [{ name: 'waits', ...sides }]);
    const { results, undeclared, unprotected } = await protectResults([resultOf(table)], tenFive);
    expect(results[0]?.tables[0]?.rows[0]).toMatchObject({ share: c, others: 0.2, difference: c });
    expect(undeclared).toEqual(['made / made / share / row 1, by others and difference']);
    expect(unprotected).toEqual([]);
  });

  it('is hidden along a chain, such as the range of a difference and its words', () => {
    const table = tableOf(
      [
        column('before', 'share'),
        column('after', 'share'),
        column('low', 'percentage-points', { derivedFrom: ['difference'] }),
        column('words', 'text', { derivedFrom: ['low'] }),
        column('difference', 'percentage-points', { derivedFrom: ['before', 'after'] }),
      ],
      [{ name: 'x', before: 0.8, after: 0.9, low: 0.05, words: '+5', difference: 0.1 }],
    );
    const shown = { ...table, rows: [{ ...table.rows[0], after: c }] };
    expect(hideDerived(table, shown, tenFive).rows).toEqual([
      { name: 'x', before: 0.8, after: c, low: c, words: c, difference: c },
    ]);
  });

  it('is worked out again from the published count where it is that count scaled', async () => {
    const columns = [column('cases', 'count'), column('year', 'count', { derivedFrom: ['cases'] })];
    const rows = [
      { name: 'a', cases: 43, year: 86 },
      { name: 'b', cases: 7, year: 14 },
      { name: 'd', cases: 12, year: 24 },
    ];
    const { results, counts } = await protectResults([resultOf(tableOf(columns, rows))], tenFive);
    expect(results[0]?.tables[0]?.rows).toEqual([
      { name: 'a', cases: 45, year: 90 },
      { name: 'b', cases: c, year: c },
      { name: 'd', cases: 10, year: 20 },
    ]);
    expect([...counts.keys()].filter((id) => id.includes('year'))).toEqual([]);
  });
});

describe('the search of a row', () => {
  const none: ReadonlySet<string> = new Set();
  const raw = tableOf(
    [column('a', 'number'), column('b', 'number'), column('x', 'number')],
    [{ name: 'r', a: 2.5, b: 0.4, x: 0 }],
  );
  it.each([
    ['sum', 2.9],
    ['difference', 2.1],
    ['product', 1],
    ['ratio', 6.25],
    ['growth', 5.25],
    ['growth undone', 3.5],
  ])('finds a %s', (_, x) => {
    const table = { ...raw, rows: [{ ...raw.rows[0], x }] };
    const pair = { raw: table, shown: { ...table, rows: [{ ...table.rows[0], x: c }] }, imprecise: none };
    expect(leaksInRows(pair, [])).toMatchObject([{ row: 0, hidden: 'x', from: ['a', 'b'] }]);
  });

  it('finds a figure that completes a cell, and does not take chance for arithmetic', () => {
    const told = { a: 0.856, b: c, x: c };
    const pair = {
      raw: { ...raw, rows: [{ name: 'r', a: 0.856, b: 0.881, x: 1 }] },
      shown: { ...raw, rows: [{ name: 'r', ...told }] },
      imprecise: none,
    };
    expect(leaksInRows(pair, [{ name: 'gap', raw: 0.025, shown: 0.025 }])).toMatchObject([
      { hidden: 'b', from: ['a'] },
    ]);
    expect(leaksInRows(pair, [{ name: 'same', raw: 0.856, shown: 0.856 }])).toEqual([]);
  });

  it('takes three columns for arithmetic only where they agree in every row', () => {
    const rows = [
      { name: 'r', a: 0.25, b: 0.5, x: 0.75 },
      { name: 's', a: 0.25, b: 0.3, x: 0.6 },
    ];
    const shown = rows.map((row, i) => (i === 0 ? { ...row, x: c } : row));
    const pair = { raw: { ...raw, rows }, shown: { ...raw, rows: shown }, imprecise: none };
    expect(leaksInRows(pair, [])).toEqual([]);
  });
});

describe('counts beside the share that they make', () => {
  it('are hidden where the share is: they tell how few have not the quality', async () => {
    const columns = [column('with', 'count'), column('of', 'count'), column('share', 'share')];
    const rows = [
      { name: 'a', with: 44, of: 46, share: 44 / 46 },
      { name: 'b', with: 130, of: 411, share: 130 / 411 },
    ];
    const { results, unprotected } = await protectResults([resultOf(tableOf(columns, rows))], tenFive);
    const [first] = results[0]?.tables[0]?.rows ?? [];
    expect(first?.share).toBe(c);
    expect([first?.with, first?.of]).toContain(c);
    expect(unprotected).toEqual([]);
  });
});
