import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sql } from '../stores/index.ts';
import { type LogOptions, openLog } from './index.ts';
import { openTable } from './readers/open-table.ts';

const data = join(import.meta.dirname, '../../../shared/data/eventlogs');
const isThere = existsSync(data);

function readJson(file: string) {
  return isThere ? JSON.parse(readFileSync(join(data, file), 'utf8')) : {};
}

async function read(file: string, options: LogOptions = {}) {
  const log = await openLog(join(data, file), options);
  const events = await log.warehouse.query(sql`select * from events order by seq`);
  const cases = await log.warehouse.query(sql`select * from cases order by case_id`);
  await log.close();
  // Pseudonyms differ from file to file; which rows share one must not.
  const names = new Map<unknown, number>();
  const named = (row: Record<string, unknown>): Record<string, unknown> => {
    if (!names.has(row.case_id)) names.set(row.case_id, names.size);
    return { ...row, case_id: names.get(row.case_id) };
  };
  return {
    report: log.report,
    events: events.map(named),
    cases: cases.map(named).sort((a, b) => Number(a.case_id) - Number(b.case_id)),
  };
}

describe.skipIf(!isThere)('object-centric logs', () => {
  const expected = readJson('pm4py/ocel/expected.json');
  const flattening = Object.entries(expected.flattening ?? {}) as [string, { cases: number; rows: number }][];
  const copies = [
    ['ocel20_example.jsonocel', {}],
    ['ocel20_example.xmlocel', { timezone: 'Europe/Rome' }],
    ['ocel20_example.sqlite', { timezone: 'Europe/Rome' }],
  ] as const;

  test.each(flattening)('one log in three encodings has the cases of each %s', async (objectType, want) => {
    for (const [file, options] of copies) {
      const { cases, events, report } = await read(`pm4py/ocel/${file}`, { ...options, objectType });
      expect([file, cases.length, events.length]).toEqual([file, want.cases, want.rows]);
      expect(report.rowsIn).toBe(expected.events);
      expect(report.rowsIn).toBe(report.rowsUsed + report.rowsSetAside);
    }
  });

  test('three encodings give equal tables once the zone is answered', async () => {
    const [json, xml, sqlite] = await Promise.all(
      copies.map(([file, options]) =>
        read(`pm4py/ocel/${file}`, { ...options, objectType: 'Purchase Order' }),
      ),
    );
    const withoutWall = (rows: readonly Record<string, unknown>[] | undefined) =>
      rows?.map((row) =>
        Object.fromEntries(Object.entries(row).filter(([name]) => !/wall|day|hour/.test(name))),
      );
    expect(xml?.events).toEqual(sqlite?.events);
    expect(withoutWall(xml?.events)).toEqual(withoutWall(json?.events));
    expect(withoutWall(xml?.cases)).toEqual(withoutWall(json?.cases));
    expect(withoutWall(sqlite?.cases)).toEqual(withoutWall(json?.cases));
    expect(json?.events[0]?.at).toBe('2022-01-10T08:15:00.000Z');
    expect(json?.cases[0]?.po_quantity).toBe(600);
  });

  test('events, objects, links, first values and changes are counted as another program counted them', async () => {
    for (const [file] of copies) {
      const { table } = await openTable(join(data, 'pm4py/ocel', file), { objectType: 'Invoice' });
      expect([file, table.facts]).toMatchObject([
        file,
        {
          events: expected.events,
          objects: expected.objects,
          eventToObject: expected.event_to_object,
          objectToObject: expected.object_to_object,
          initialValues: expected.object_attribute_initial_values,
          valueChanges: expected.object_attribute_changes,
        },
      ]);
    }
  });

  test('version 1.0 in three encodings gives equal events', async () => {
    const files = ['example_log.csv', 'example_log.jsonocel', 'example_log.xmlocel'];
    const read1 = await Promise.all(
      files.map((file) => read(`pm4py/ocel/${file}`, { objectType: 'element' })),
    );
    const shown = read1.map(({ events }) =>
      events.map(({ case_id, step, at, ocel_event_id }) => ({ case_id, step, at, ocel_event_id })),
    );
    const unordered = (rows: (typeof shown)[number] | undefined) =>
      rows?.map(({ step, at, ocel_event_id }) => JSON.stringify([step, at, ocel_event_id])).sort();
    expect(unordered(shown[0])).toEqual(unordered(shown[1]));
    expect(shown[2]?.length).toBe(shown[1]?.length);
    for (const { report } of read1) expect(report.rowsIn).toBe(expected.ocel1.events);
  });

  test('every planted defect is found, and events in = used + set aside + without object', async () => {
    const want = readJson('made/ocel/defects_expected.json');
    const { events, report } = await read('made/ocel/defects.jsonocel', { objectType: want.flatten_on });
    expect(events).toHaveLength(want.flattened_events);
    expect(report.rowsIn).toBe(want.event_rows_in);
    const { OCEL_NO_OBJECT: without, ...setAside } = Object.fromEntries(
      report.reasons.map(({ reason, rows }) => [reason, rows]),
    );
    expect(setAside).toEqual(want.set_aside);
    expect(without).toBe(want.events_without_object_of_type);
    const flattened = report.notices.find(({ code }) => code === 'FLATTENED');
    expect(flattened?.count).toBe(want.duplicated_by_flattening);
    for (const { code, where } of want.findings) {
      const told = report.notices.filter((notice) => notice.code === code).map(({ message }) => message);
      expect([code, where, told.some((message) => message.includes(where))]).toEqual([code, where, true]);
    }
  });
});
