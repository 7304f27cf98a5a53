import { expect, it } from 'vitest';
import { identifier, openDuckdb, type Row, sql, type Warehouse } from '../../stores/index.ts';
import { everyCase, narrowToSample, sampleCases, scaleOf } from './case-sample.ts';

const steps = sql`select 'P' || cast(i as varchar) as case_id, j as position, 0 as next_wait
from range(1000) as c(i), range(1, 6) as s(j)`;

async function count(warehouse: Warehouse, table: 'work_steps' | 'work_waits') {
  const body =
    table === 'work_steps'
      ? sql`select count(*) as n from work_steps`
      : sql`select count(*) as n from work_waits`;
  const [row] = await warehouse.query<Row & { n: number }>(body);
  return row?.n ?? 0;
}

it('takes whole cases of a log over the bound, and leaves a smaller one alone', async () => {
  for (const kind of ['view', 'table'] as const) {
    const warehouse = await openDuckdb({ folders: [] });
    try {
      await warehouse.run(sql`create temp table stored as ${steps}`);
      const from = sql`select * from stored`;
      const make = (name: 'work_steps' | 'work_waits' | 'case_facts', body = from) =>
        warehouse.run(warehouse.dialect.createTemporary(kind, identifier(name), body));
      await make('work_steps');
      await make('work_waits', sql`select * from work_steps`);
      await warehouse.run(sql`create temp table case_facts as select distinct case_id from stored`);

      const all = await sampleCases(warehouse, { above: 5000, most: 1000 }, []);
      expect(all).toMatchObject({ oneIn: 1, cases: 1000, of: 1000 });
      expect(scaleOf(all)).toBe(1);
      await narrowToSample(warehouse, all);
      expect(await count(warehouse, 'work_steps')).toBe(5000);

      const sample = await sampleCases(warehouse, { above: 4999, most: 1000 }, []);
      expect(sample.oneIn).toBe(5);
      expect(await sampleCases(warehouse, { above: 4999, most: 1000 }, [])).toEqual(sample);
      expect(sample.cases).toBeGreaterThan(150);
      expect(sample.cases).toBeLessThan(250);
      expect(scaleOf(sample)).toBeCloseTo(1000 / sample.cases, 12);
      await narrowToSample(warehouse, sample);
      expect(await count(warehouse, 'work_steps')).toBe(5 * sample.cases);
      expect(await count(warehouse, 'work_waits')).toBe(5 * sample.cases);
      const [facts] = await warehouse.query<Row & { n: number }>(sql`select count(*) as n from case_facts`);
      expect(facts?.n).toBe(sample.cases);
    } finally {
      await warehouse.close();
    }
  }
  expect(scaleOf(everyCase)).toBe(1);
});
