import { existsSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { openLog } from '../../ingest/index.ts';
import { identifier, openDuckdb, sql } from '../../stores/index.ts';
import { signOffs, stageTimes, stepsOfDates } from './front-back.ts';
import { prepareWorkSteps } from './work-steps.ts';

const eventlogs = new URL('../../../../shared/data/eventlogs/', import.meta.url);

describe.skipIf(!existsSync(eventlogs))('batch sign-offs of a public log of travel claims', () => {
  it('are 376 runs of 11,271 events, 10,948 of them by the system and 318 final approvals', async () => {
    // The figures of the method note, worked out by another program.
    const log = await openLog(new URL('logs/BPI_2020_DomesticDeclarations.xes.gz', eventlogs).pathname);
    try {
      const found = await signOffs(log.warehouse, await stepsOfDates(log.warehouse, []), []);
      const events = (steps: RegExp) =>
        found.filter(({ step }) => steps.test(step)).reduce((sum, row) => sum + row.events, 0);
      expect(found.reduce((sum, { runs }) => sum + runs, 0)).toBe(376);
      expect(events(/./)).toBe(11_271);
      expect(events(/^(Payment Handled|Request Payment)$/)).toBe(10_948);
      expect(events(/FINAL_APPROVED by SUPERVISOR/)).toBe(318);
    } finally {
      await log.close();
    }
  });
});

describe.skipIf(!existsSync(eventlogs))('what the person sees of a public log of permits', () => {
  it('takes no time and the rest all of it, where the first step alone is seen', async () => {
    const log = await openLog(new URL('logs/receipt.xes.gz', eventlogs).pathname);
    try {
      await prepareWorkSteps(log.warehouse, []);
      const front = ['Confirmation of receipt'];
      const [all] = await stageTimes(log.warehouse, front, sql`cast(null as double)`, null, []);
      const [throughput] = await log.warehouse.query(
        sql`select ${log.warehouse.dialect.quantile(
          log.warehouse.dialect.secondsBetween(sql`first_at`, sql`last_at`),
          0.5,
        )} / 86400.0 as ${identifier('days')} from cases where first_step = 'Confirmation of receipt' and events > 1`,
      );
      expect(all?.front).toBe(0);
      expect(all?.hidden).toBeCloseTo(throughput?.days as number, 9);
    } finally {
      await log.close();
    }
  });
});

test('cases that went on another way are counted where steps say their channel, and null where none could tell', async () => {
  const warehouse = await openDuckdb({ folders: [] });
  const shiftedOf = async (later: string | null, first: string | null = 'online') => {
    await warehouse.run(
      sql`create or replace temp table work_steps as select 'A' as case_id, 1 as position, 'apply' as step,
  timestamp '2026-01-01' as ${identifier('at')}, cast(${first} as varchar) as channel, cast(null as varchar) as system
union all select 'A', 2, 'decide', timestamp '2026-01-03', cast(${later} as varchar), null`,
    );
    const [all] = await stageTimes(warehouse, ['apply'], sql`1`, null, []);
    return [all?.shifted, all?.systems];
  };
  try {
    await warehouse.run(sql`create temp table cases as select 'A' as case_id`);
    expect(await shiftedOf('post')).toEqual([1, null]);
    expect(await shiftedOf('web')).toEqual([0, null]);
    expect(await shiftedOf(null)).toEqual([null, null]);
    expect(await shiftedOf(null, 'post')).toEqual([0, null]);
    expect(await shiftedOf('post', null)).toEqual([null, null]);
  } finally {
    await warehouse.close();
  }
});
