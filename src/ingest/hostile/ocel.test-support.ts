import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { casesOf, read, refused } from './hostile-case.test-support.ts';

const object = (id: string, type = 'order') => ({ id, type });
const event = (id: string, ...links: readonly string[]) => ({
  id,
  type: 'x',
  time: '2024-03-02T09:00:00Z',
  relationships: links.map((objectId) => ({ objectId })),
});
const log = (objects: readonly unknown[], events: readonly unknown[]) =>
  JSON.stringify({ objectTypes: [{ name: 'order' }], eventTypes: [{ name: 'x' }], objects, events });
const many = (n: number) => Array.from({ length: n }, (_, i) => `o${i}`);
const start = '<log><object-types/><event-types/><objects><object id="o" type="order"/>';
const xml = (events: string) => `${start}</objects><events>${events}</events></log>`;

/** Object-centric logs in JSON, XML and CSV. */
export const ocelCases = casesOf('OCEL', [
  [
    'ids that stand twice, or not at all',
    'a.json',
    log([object('o'), object('o'), object('')], [event('e', 'o'), event('e', 'o'), event('', 'o')]),
    read(1, { OCEL_DUPLICATE_ID: 1, OCEL_ID_EMPTY: 1 }, ['OCEL_DUPLICATE_ID', 'OCEL_ID_EMPTY']),
  ],
  [
    'references that lead nowhere',
    'a.json',
    log([object('o')], [event('e', 'o', 'nowhere'), event('f', 'nowhere')]),
    read(1, { OCEL_NO_OBJECT: 1 }, ['OCEL_DANGLING_OBJECT']),
  ],
  [
    'no object that an event concerns',
    'a.json',
    log([object('o')], [event('e')]),
    refused('NOT_AN_EVENT_LOG'),
  ],
  [
    'types that nobody declared',
    'a.json',
    log([object('o', 'ghost')], [event('e', 'o')]),
    read(1, {}, ['OCEL_UNDECLARED_TYPE']),
  ],
  [
    'two types of objects, none of which was named',
    'a.json',
    log([object('o'), object('p', 'item')], [event('e', 'o', 'p')]),
    refused('OBJECT_TYPE_AMBIGUOUS', 'item'),
  ],
  [
    'a type of objects that is not there',
    'a.json',
    log([object('o')], [event('e', 'o')]),
    refused('OBJECT_TYPE_NOT_FOUND'),
    { objectType: '__proto__' },
  ],
  [
    'one event of 3,000 cases',
    'a.json',
    () =>
      log(
        many(3_000).map((id) => object(id)),
        [event('e', ...many(3_000))],
      ),
    read(1, {}, ['FLATTENED']),
  ],
  [
    'one event of 100,001 cases',
    'a.json',
    () => log([object('o0')], [event('e', ...many(100_001))]),
    refused('INPUT_TOO_LARGE', '100,000 objects'),
  ],
  [
    'members of the wrong kind',
    'a.json',
    JSON.stringify({
      objectTypes: [1],
      eventTypes: null,
      objects: [null, object('o'), 3],
      events: [{}, 'e', event('e', 'o')],
    }),
    read(1, { OCEL_ID_EMPTY: 2 }),
  ],
  [
    'names of prototypes',
    'a.json',
    log([object('__proto__'), object('constructor')], [event('toString', '__proto__', 'constructor')]),
    read(1),
  ],
  [
    'objects nested 200,000 deep',
    'a.json',
    () =>
      log([], []).replace(
        '"objects":[]',
        () => `"objects":[${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}]`,
      ),
    refused('JSON_TOO_DEEP'),
  ],
  [
    'an attribute of an event twice',
    'a.json',
    log(
      [object('o')],
      [{ ...event('e', 'o'), attributes: ['1', '2'].map((value) => ({ name: 'k', value })) }],
    ),
    read(1, {}, ['ATTRIBUTE_REPEATED']),
  ],
  ['a document type inside its XML', 'a.xml', `${start}<!DOCTYPE x></objects></log>`, refused('XML_DOCTYPE')],
  ['XML nested 1,000 deep', 'a.xml', start + '<a>'.repeat(1_000), refused('XML_TOO_DEEP')],
  ['XML cut off', 'a.xml', start, refused('INPUT_TRUNCATED')],
  [
    'an element of half a million others',
    'a.xml',
    () =>
      xml(
        `<event id="e" type="x"><objects>${'<relationship object-id="o"/>'.repeat(500_000)}</objects></event>`,
      ),
    refused('INPUT_TOO_LARGE'),
  ],
  [
    'XML of cases and objects in one',
    'a.xml',
    '<log><object-types/><event-types/><objects/><events/><trace/></log>',
    refused('NOT_AN_EVENT_LOG'),
  ],
  [
    'a list of ids that never closes',
    'a.csv',
    `ocel:eid,ocel:activity,ocel:timestamp,ocel:type:order\ne,x,2024-03-02,"['o']"\nf,x,2024-03-02,"['o"\n`,
    read(1, { QUOTE_NOT_CLOSED: 1 }),
  ],
  [
    'a list of 300,000 quotes',
    'a.csv',
    () =>
      `ocel:eid,ocel:activity,ocel:timestamp,ocel:type:order\ne,x,2024-03-02,"['o']"\nf,x,2024-03-02,"['${"\\'".repeat(300_000)}"\n`,
    read(1, { QUOTE_NOT_CLOSED: 1 }),
  ],
]);

function database(statements: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'wellspent-sqlite-'));
  const file = join(folder, 'log.sqlite');
  const made = new DatabaseSync(file);
  made.exec(`create table event (ocel_id text, ocel_type text); create table object (ocel_id text, ocel_type text);
    create table event_object (ocel_event_id text, ocel_object_id text, ocel_qualifier text);
    create table event_map_type (ocel_type text, ocel_type_map text);
    create table object_map_type (ocel_type text, ocel_type_map text);
    create table event_x (ocel_id text, ocel_time timestamp); create table object_order (ocel_id text, ocel_time timestamp);
    insert into event_map_type values ('x', 'x'); insert into object_map_type values ('order', 'order');
    insert into event values ('e', 'x'); insert into event_x values ('e', '2024-03-02T09:00:00Z');
    insert into object values ('o', 'order'); insert into event_object values ('e', 'o', '');
    ${statements}`);
  made.close();
  const bytes = readFileSync(file);
  rmSync(folder, { recursive: true });
  return bytes;
}

const endless = 'with recursive n(i) as (select 1 union all select i + 1 from n) select i';

/** Databases that are, or are not, object-centric logs. */
export const sqliteCases = casesOf('SQLite', [
  [
    'another database',
    'a.sqlite',
    database('drop table event_object;'),
    refused('NOT_AN_EVENT_LOG', 'event_object'),
  ],
  [
    'a view that never ends in place of a table',
    'a.sqlite',
    database(`drop table event; create view event as ${endless} as ocel_id, 'x' as ocel_type from n;`),
    refused('NOT_AN_EVENT_LOG', 'no table event'),
  ],
  [
    'a view that never ends in place of the table of a type',
    'a.sqlite',
    database(`drop table event_x; create view event_x as ${endless} as ocel_id from n;`),
    read(1, {}, ['EVENTS_WITHOUT_TIME']),
  ],
  [
    'triggers and names that are SQL',
    'a.sqlite',
    database(
      `create trigger t after insert on event begin delete from event; end; create table "event_a""; drop table event; --"(ocel_id text, "x""y" text); insert into event_map_type values ('a', 'a"; drop table event; --');`,
    ),
    read(1),
  ],
  [
    'bytes in place of ids and times',
    'a.sqlite',
    database(
      "insert into event values (x'00ff', 'x'); insert into event values ('f', x'00'); update event_x set ocel_time = x'ff';",
    ),
    read(1, { OCEL_ID_EMPTY: 1, STEP_EMPTY: 1 }),
  ],
  [
    'an event that refers to its object 100,001 times',
    'a.sqlite',
    () =>
      database(
        `insert into event_object with recursive n(i) as (select 1 union all select i + 1 from n where i < 100001) select 'e', 'o', '' from n;`,
      ),
    refused('INPUT_TOO_LARGE'),
  ],
  [
    'a header and nothing behind it',
    'a.sqlite',
    Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4_096, 255)]),
    refused('INPUT_DAMAGED'),
  ],
  ['a database cut off', 'a.sqlite', () => database('').subarray(0, 5_000), refused('INPUT_DAMAGED')],
]);
