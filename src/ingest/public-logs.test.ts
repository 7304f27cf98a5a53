import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sql } from '../stores/index.ts';
import { type LogOptions, openLog } from './index.ts';

const data = join(import.meta.dirname, '../../../shared/data/eventlogs');
const isThere = existsSync(data);

interface Reference {
  readonly cases: number;
  readonly events: number;
  readonly activities: number;
  readonly resources: number;
  readonly variants: number;
  readonly throughput_s?: { readonly mean: number };
}

function reference(name: string): Reference {
  return JSON.parse(readFileSync(join(data, 'reference', `${name}.json`), 'utf8')) as Reference;
}

// The references were computed twice by independent programs; see the README beside them.
const logs: readonly (readonly [string, string, LogOptions])[] = [
  ['logs/receipt.xes.gz', 'receipt', {}],
  ['logs/receipt.csv', 'receipt', {}],
  ['logs/receipt.parquet', 'receipt', { timezone: 'Europe/Amsterdam' }],
  ['pm4py/running-example.csv', 'running-example', { timezone: 'Europe/Berlin' }],
  ['pm4py/running-example.xes', 'running-example', {}],
  ['pm4py/running-example.parquet', 'running-example', { timezone: 'Europe/Berlin' }],
  ['pm4py/interval_event_log.csv', 'interval_event_log_by_finish', {}],
  ['pm4py/interval_event_log.xes.gz', 'interval_event_log_by_finish', {}],
  ['logs/callcenter_iso.csv', 'callcenter_iso', {}],
  ['logs/traffic_fines.csv.gz', 'traffic_fines', { nulls: ['NA'] }],
  ['logs/BPI_2020_DomesticDeclarations.xes.gz', 'BPI_2020_DomesticDeclarations', {}],
  ['logs/BPI_2020_InternationalDeclarations.xes.gz', 'BPI_2020_InternationalDeclarations', {}],
];

describe.skipIf(!isThere)('public event logs', () => {
  test.each(logs)('%s holds what two independent programs found in it', async (file, name, options) => {
    const expected = reference(name);
    const log = await openLog(join(data, file), options);
    try {
      const [found] = await log.warehouse.query(
        sql`select count(*) as cases, sum(events) as events, count(distinct variant) as variants from cases`,
      );
      const [names] = await log.warehouse.query(
        sql`select count(distinct step) as steps, count(distinct worker) as workers from events`,
      );
      expect({ ...found, ...names }).toEqual({
        cases: expected.cases,
        events: expected.events,
        variants: expected.variants,
        steps: expected.activities,
        workers: expected.resources,
      });
      expect(log.report.rowsSetAside).toBe(0);
      expect(log.report.rowsIn).toBe(expected.events);
    } finally {
      await log.close();
    }
  });

  test('the receipt log in three formats gives one mean throughput, to a microsecond', async () => {
    for (const [file, , options] of logs.slice(0, 3)) {
      const log = await openLog(join(data, file), options);
      const { dialect } = log.warehouse;
      const [mean] = await log.warehouse.query<{ mean: number }>(
        sql`select avg(${dialect.secondsBetween(sql`first_at`, sql`last_at`)}) as mean from cases`,
      );
      await log.close();
      expect(mean?.mean).toBeCloseTo(467_263.915257, 5);
    }
  });

  test('the call-centre file of another program equals our ISO copy row by row', async () => {
    const query = sql`select step, started, finished, team from events order by seq`;
    const ours = await openLog(join(data, 'logs/callcenter_iso.csv'), { map: { team: 'position' } });
    const theirs = await openLog(join(data, 'apromore/import/CallcenterExample.csv'), {
      map: {
        started: 'Start Date',
        finished: 'End Date',
        team: 'Agent Position',
        step: 'Operation',
        case_id: 'Service ID',
      },
    });
    expect(await theirs.warehouse.query(query)).toEqual(await ours.warehouse.query(query));
    expect(theirs.report.rowsUsed).toBe(7548);
    await ours.close();
    await theirs.close();
  });
});
