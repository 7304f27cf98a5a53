import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { errorOf, readAll } from '../read-all.test-support.ts';

const log = {
  objectTypes: [
    { name: 'order', attributes: [{ name: 'price', type: 'float' }] },
    { name: 'item', attributes: [] },
  ],
  eventTypes: [
    { name: 'Place', attributes: [{ name: 'by', type: 'string' }] },
    { name: 'Pick', attributes: [] },
  ],
  objects: [
    { id: 'o1', type: 'order', attributes: [{ name: 'price', time: '1970-01-01T00:00:00Z', value: 1.1 }] },
    { id: 'o2', type: 'order', attributes: [{ name: 'price', time: '1970-01-01T00:00:00Z', value: 'dear' }] },
    { id: 'o3', type: 'order' },
    { id: 'i1', type: 'item' },
    { id: 'i2', type: 'item' },
  ],
  events: [
    ['e1', 'Place', ['o1', 'o2', 'i1']],
    ['e2', 'Pick', ['o1', 'i1']],
    ['e3', 'Pick', ['o1', 'i2']],
    ['e4', 'Pick', ['i2']],
  ].map(([id, type, objects], n) => ({
    id,
    type,
    time: `2024-03-02T09:0${n}:00Z`,
    attributes:
      n === 0
        ? [
            { name: 'by', value: 'x' },
            { name: 'case:by', value: 'y' },
          ]
        : [],
    relationships: (objects as string[]).map((objectId) => ({ objectId, qualifier: 'q' })),
  })),
};
const json = JSON.stringify(log);

/** A log as SQLite writes it, with statements of the caller's own at the end. */
function database(statements: string): Buffer {
  const dir = mkdtempSync(join(tmpdir(), 'wellspent-sqlite-'));
  const file = join(dir, 'log.sqlite');
  const made = new DatabaseSync(file);
  made.exec(`
    create table event_map_type(ocel_type text, ocel_type_map text);
    create table object_map_type(ocel_type text, ocel_type_map text);
    create table event(ocel_id text, ocel_type text);
    create table object(ocel_id text, ocel_type text);
    create table event_object(ocel_event_id text, ocel_object_id text, ocel_qualifier text);
    create table event_Place(ocel_id text, ocel_time text, n integer);
    insert into event_map_type values ('Place order', 'Place');
    insert into object_map_type values ('order', 'order');
    insert into event values ('e1', 'Place order'), ('e2', 'Place order'), ('e3', 'Place order');
    insert into event_Place values ('e2', '2024-03-02 09:00:00', 9007199254740993), ('e1', '2024-03-01 09:00:00', 1);
    insert into object values ('o1', 'order');
    insert into event_object select ocel_id, 'o1', null from event;
    ${statements}`);
  made.close();
  const bytes = readFileSync(file);
  rmSync(dir, { recursive: true });
  return bytes;
}

describe('flattening', () => {
  test('an event of two cases is repeated, one of none is left out, and the counts add up', async () => {
    const read = await readAll(json, { objectType: 'order' });
    const at = (name: string) => read.columns.indexOf(name);
    expect(read.rows.map((row) => [row[at('case:concept:name')], row[at('ocel:event_id')]])).toEqual([
      ['o1', 'e1'],
      ['o2', 'e1'],
      ['o1', 'e2'],
      ['o1', 'e3'],
      ['o3', ''],
    ]);
    expect(read.faults.map(({ line, reason }) => [line, reason])).toEqual([[4, 'OCEL_NO_OBJECT']]);
    expect(read.notices.find(({ code }) => code === 'FLATTENED')?.message).toBe(
      'Each "order" became a case: 4 events = 3 used + 0 set aside + 1 without such an object. 1 event of several such objects is repeated, which adds 1 row: count events by ocel_event_id, not by rows. In 1 place a case repeats a step for different other objects, so what follows what there may be chance.',
    );
  });

  test('attributes of events and of cases keep apart, and numbers keep their digits', async () => {
    const read = await readAll(json, { objectType: 'order' });
    const first = Object.fromEntries(read.columns.map((name, c) => [name, read.rows[0]?.[c]]));
    expect(first).toMatchObject({
      by: 'x',
      'event:case:by': 'y',
      'case:price': '1.1',
      'ocel:qualifier': 'q',
    });
  });

  test('what is declared is held against what is there', async () => {
    const { notices } = await readAll(json, { objectType: 'order' });
    const told = new Map(notices.map(({ code, message }) => [code, message]));
    expect(told.get('OCEL_ATTRIBUTE_KIND')).toBe('object o2, attribute price is no float.');
    expect(told.get('OCEL_UNDECLARED_ATTRIBUTE')).toBe('event e1, attribute case:by.');
  });

  test('of several types one must be stated, and one that no event concerns is refused', async () => {
    const asked = await errorOf(json);
    expect([asked.code, asked.found]).toEqual(['OBJECT_TYPE_AMBIGUOUS', 'item (4 events), order (3 events)']);
    expect((await errorOf(json, { objectType: 'orders' })).code).toBe('OBJECT_TYPE_NOT_FOUND');
  });

  test('a value that changed is the last by time, not by place', async () => {
    const changed = structuredClone(log) as unknown as { objects: { attributes?: unknown[] }[] };
    const value = (time: string, price: number) => ({ name: 'price', time, value: price });
    Object.assign(changed.objects[0] as object, {
      attributes: [
        value('2024-03-03T09:00:00Z', 3),
        value('1970-01-01T00:00:00Z', 1),
        value('2024-03-02T09:00:00Z', 2),
      ],
    });
    const read = await readAll(JSON.stringify(changed), { objectType: 'order' });
    expect(read.rows[0]?.[read.columns.indexOf('case:price')]).toBe('3');
    expect(read.facts).toMatchObject({ initialValues: 2, valueChanges: 2 });
  });
});

describe('what is no object-centric log', () => {
  const xes =
    '<log><trace><event><string key="concept:name" value="a"/><date key="time:timestamp" value="2024-03-02T09:00:00Z"/></event></trace></log>';

  test('a case log with an object type stated is refused', async () => {
    expect((await errorOf(xes, { objectType: 'order' })).code).toBe('OBJECT_TYPE_NOT_FOUND');
    expect((await errorOf('a,b\n1,2\n', { objectType: 'order' })).code).toBe('OBJECT_TYPE_NOT_FOUND');
  });

  test('a file that is both is refused', async () => {
    const both = `<log><object-types/><event-types/><objects/><events/><trace/></log>`;
    expect((await errorOf(both)).code).toBe('NOT_AN_EVENT_LOG');
  });

  test('a document type and deep elements are refused in its XML too', async () => {
    const start = '<log><object-types/><objects>';
    expect((await errorOf(`${start}<object id="a"><!DOCTYPE x></object></objects></log>`)).code).toBe(
      'XML_DOCTYPE',
    );
    // What follows the declaration may be of cases.
    const named = async (declared: string) =>
      (await errorOf(`${start}<object id="a">${declared}Ann Lee`)).found;
    expect(await named('<!DOCTYPE x>')).toBe('<!DOCTYPE x');
    expect(await named('<!DOCTYPE log [<!ENTITY a "Ann Lee">]>')).toBe('<!DOCTYPE log');
    expect(await named('<!DOCTYPE>')).toBe('<!DOCTYPE');
    expect(await named('<!doctype "Ann Lee">')).toMatch(/^<!doctype\s*$/);
    expect((await errorOf(start + '<a>'.repeat(100))).code).toBe('XML_TOO_DEEP');
    expect((await errorOf(`${start}<object id="a">`)).code).toBe('INPUT_TRUNCATED');
  });

  test('objects and events without ids, and events without objects, give no crash', async () => {
    const odd = {
      objectTypes: [1],
      eventTypes: null,
      objects: [null, { id: 'o', type: 'x' }, 3],
      events: [{}, 'e'],
    };
    expect((await errorOf(JSON.stringify(odd))).code).toBe('NOT_AN_EVENT_LOG');
    const empty = { objectTypes: [], eventTypes: [], objects: {}, events: 'none' };
    expect((await errorOf(JSON.stringify(empty))).code).toBe('NOT_AN_EVENT_LOG');
  });
});

describe('SQLite', () => {
  test('events come in their own order with whole numbers whole; one without values has no time', async () => {
    const read = await readAll(database(''));
    expect(read.rows.map((row) => row.slice(1, 4))).toEqual([
      ['Place order', '2024-03-01 09:00:00', 'e1'],
      ['Place order', '2024-03-02 09:00:00', 'e2'],
      ['Place order', '', 'e3'],
    ]);
    expect(read.rows[1]?.[read.columns.indexOf('n')]).toBe('9007199254740993');
  });

  test('views and virtual tables in place of tables are not looked at', async () => {
    const view =
      "drop table event; create view event as with recursive n(x) as (select 1 union all select x + 1 from n) select x as ocel_id, 'Place order' as ocel_type from n;";
    const error = await errorOf(database(view));
    expect([error.code, error.found]).toEqual(['NOT_AN_EVENT_LOG', 'no table event']);
    const shadow = await readAll(
      database('drop table event_Place; create view event_Place as select * from event;'),
    );
    expect(shadow.rows.map((row) => row[2])).toEqual(['', '', '']);
  });

  test('names with quotes are quoted', async () => {
    const odd = 'create table "event_a""; drop table event; --"(ocel_id text, ocel_time text, "x""y" text);';
    const rows = `insert into event_map_type values ('Odd', 'a"; drop table event; --'); insert into event values ('e4', 'Odd'); insert into "event_a""; drop table event; --" values ('e4', '2024-03-03', 'z'); insert into event_object values ('e4', 'o1', '');`;
    const read = await readAll(database(odd + rows));
    expect(read.rows[3]?.[read.columns.indexOf('x"y')]).toBe('z');
  });

  test('another database is refused, and a damaged one is an error', async () => {
    expect((await errorOf(database('drop table object_map_type;'))).code).toBe('NOT_AN_EVENT_LOG');
    const cut = database('');
    expect(['INPUT_DAMAGED', 'NOT_AN_EVENT_LOG']).toContain((await errorOf(cut.subarray(0, 5_000))).code);
    expect((await errorOf(Buffer.concat([cut.subarray(0, 100), Buffer.alloc(8_000, 255)]))).code).toBe(
      'INPUT_DAMAGED',
    );
  });
});
