import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDuckdb, sql, type Warehouse } from '../warehouse/index.ts';
import { columnsOfRows, countClasses, type RowTrail, readingOf, readRows, streamRows } from './index.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openDuckdb({ folders: [] });
  await warehouse.run(sql`create table cases as select * from (values
    ('a', 1.0, true), ('b', 3.0, true), ('c', null, true), ('d', 5.0, false), ('e', 7.0, null)) as t(case_id, days, closed)`);
});
afterAll(() => warehouse.close());

const trail: RowTrail = {
  id: 'cases',
  title: 'Cases',
  table: 'cases',
  from: sql`cases`,
  columns: [{ name: 'case_id', kind: 'text' }],
  order: [sql`case_id`],
  value: { title: 'Days', sql: sql`days` },
  classes: [
    { id: 'short', title: 'Short', used: true, where: sql`closed and days <= 2` },
    { id: 'long', title: 'Long', used: true, where: sql`closed and days > 2` },
    { id: 'unknown', title: 'Not known', used: false, where: sql`closed` },
    { id: 'none', title: 'No such row', used: false, where: sql`days > 100` },
    { id: 'open', title: 'Not closed', used: false, where: null },
  ],
  gives: { kind: 'share', part: ['short'], of: ['short', 'long'] },
};

test('every row is in exactly one class, the first that holds; what cannot be known holds nowhere', async () => {
  const classes = await countClasses(warehouse, trail, []);
  expect(classes.map(({ id, rows }) => [id, rows])).toEqual([
    ['short', 1],
    ['long', 1],
    ['unknown', 1],
    ['none', 0],
    ['open', 2],
  ]);
});

test('classes give the figure again: shares, counts, sums, means and differences', async () => {
  const classes = await countClasses(warehouse, trail, []);
  const of = ['short', 'long', 'unknown'];
  const reading = (gives: RowTrail['gives']) => readingOf(warehouse, { ...trail, gives }, classes);
  expect(await reading(trail.gives)).toBe(0.5);
  expect(await reading({ kind: 'count', of })).toBe(3);
  expect(await reading({ kind: 'sum', of })).toBe(4);
  expect(await reading({ kind: 'mean', of })).toBe(2);
  expect(await reading({ kind: 'share-of-sum', part: ['long'], of })).toBe(0.75);
  const half = { part: ['short'], of: ['short', 'long'] };
  expect(await reading({ kind: 'difference', later: { part: of, of }, earlier: half })).toBe(0.5);
  expect(await reading({ kind: 'quantile', p: 0.5, of })).toBe(2);
  expect(await reading({ kind: 'share', part: [], of: ['none'] })).toBeNull();
  expect(await reading(null)).toBeNull();
});

test('a mean is weighed where the value has a weight', async () => {
  const weighed: RowTrail = {
    ...trail,
    value: { title: 'Days', sql: sql`days`, weight: sql`case when case_id = 'b' then 3 else 1 end` },
    gives: { kind: 'mean', of: ['short', 'long'] },
  };
  expect(await readingOf(warehouse, weighed, await countClasses(warehouse, weighed, []))).toBe(2.5);
});

test('rows of a class come in order, some at a time or all in a stream', async () => {
  expect(columnsOfRows(trail).map(({ name }) => name)).toEqual(['case_id', 'row_value']);
  expect(await readRows(warehouse, trail, 'open', { limit: 1, offset: 1 })).toEqual([
    { case_id: 'e', row_value: 7 },
  ]);
  const all: unknown[] = [];
  for await (const rows of streamRows(warehouse, trail, 'open'))
    all.push(...rows.map(({ case_id }) => case_id));
  expect(all).toEqual(['d', 'e']);
});
