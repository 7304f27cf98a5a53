import { expect, it } from 'vitest';
import { identifier, openDuckdb, type Row, sql, type Warehouse } from '../../stores/index.ts';
import { everyCase, narrowToSample, sampleCases, scaleOf } from './case-sample.ts';
import { prepareWorkSteps } from './work-steps.ts';

/** 1,000 cases of five steps, a day apart; where asked, with a contact in every case beside them. */
async function openLog(withContacts: boolean): Promise<Warehouse> {
  const warehouse = await openDuckdb({ folders: [] });
  await warehouse.run(sql`create temp table events as select 'P' || i as case_id, j as seq, 's' || j as step,
  case when j > 5 then 'contact' else 'step' end as kind, timestamp '2026-01-01' + to_days(cast(i + j as integer)) as "at",
  cast(null as timestamp) as at_wall, 'a' as team, cast(null as varchar) as "system", cast(null as varchar) as channel,
  cast(null as double) as minutes, j as position, cast(null as varchar) as prev_step, cast(null as timestamp) as prev_at,
  cast(null as varchar) as prev_team, case when j < 5 then 's' || (j + 1) end as next_step, 86400.0 as next_wait
from range(1000) as c(i), range(1, 7) as s(j)`);
  if (!withContacts) await warehouse.run(sql`delete from events where kind = 'contact'`);
  await warehouse.run(
    sql`create temp table cases as select case_id, count(*) as events, 'v' as variant, min("at") as first_at, max("at") as last_at from events group by case_id`,
  );
  await warehouse.run(sql`create temp table case_facts as select case_id from cases`);
  return warehouse;
}

it.each([false, true])('takes whole cases of a log over the bound; with contacts: %s', async (contacts) => {
  const warehouse = await openLog(contacts);
  const count = async (from: 'work_steps' | 'work_waits' | 'timed_events' | 'case_facts') => {
    const [row] = await warehouse.query<Row & { n: number }>(
      {
        work_steps: sql`select count(*) as n from work_steps`,
        work_waits: sql`select count(*) as n from work_waits`,
        timed_events: sql`select count(*) as n from timed_events`,
        case_facts: sql`select count(*) as n from case_facts`,
      }[from],
    );
    return row?.n;
  };
  try {
    await prepareWorkSteps(warehouse, []);
    await warehouse.run(
      warehouse.dialect.createTemporary(
        contacts ? 'table' : 'view',
        identifier('work_waits'),
        sql`select case_id, step, next_step, next_wait from work_steps`,
      ),
    );
    const all = await sampleCases(warehouse, { above: 5000, most: 1000 }, []);
    expect(all).toEqual({ oneIn: 1, steps: 5000, cases: 1000, of: 1000 });
    await narrowToSample(warehouse, all);
    expect(await count('work_steps')).toBe(5000);

    const sample = await sampleCases(warehouse, { above: 4999, most: 1000 }, []);
    expect(sample).toMatchObject({ oneIn: 5, steps: 5000, of: 1000 });
    expect(sample.cases).toBeGreaterThan(150);
    expect(sample.cases).toBeLessThan(250);
    expect(scaleOf(sample)).toBeCloseTo(1000 / sample.cases, 12);
    expect(await sampleCases(warehouse, { above: 4999, most: 1000 }, [])).toEqual(sample);
    await narrowToSample(warehouse, sample);
    expect(await count('work_steps')).toBe(5 * sample.cases);
    expect(await count('work_waits')).toBe(5 * sample.cases);
    expect(await count('timed_events')).toBe((contacts ? 6 : 5) * sample.cases);
    expect(await count('case_facts')).toBe(sample.cases);
  } finally {
    await warehouse.close();
  }
});

it('leaves counts as they are where all cases were searched', () => {
  expect(scaleOf(everyCase)).toBe(1);
});
