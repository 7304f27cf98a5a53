import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import {
  at,
  book,
  csvHeader,
  csvRow,
  jsonRow,
  type LargeCase,
  ocelJson,
  parquet,
  parquetOfTexts,
  parts,
  repeat,
  sheet,
  sheetRow,
  xes,
  xesEvent,
  xesFields,
  xesTrace,
} from './write.ts';

const comma = (i: number) => (i === 0 ? '' : ',');
const orders = (n: number) => () => repeat(n, (i) => `${comma(i)}{"id":"o${i}","type":"order"}`);
const event = (i: number, links: string) =>
  `${comma(i)}{"id":"e${i}","type":"step ${i % 12}","time":"${at(i)}","relationships":[${links}]}`;
const links = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `{"objectId":"o${from + i}"}`).join(',');
const long = 'x'.repeat(1_000_000);
const letters = (i: number) => long.slice(0, 999_000) + i;

function ocelSqlite(path: string): void {
  const database = new DatabaseSync(path);
  database.exec(`create table event (ocel_id text, ocel_type text); create table object (ocel_id text, ocel_type text);
    create table event_object (ocel_event_id text, ocel_object_id text, ocel_qualifier text);
    create table event_map_type (ocel_type text, ocel_type_map text);
    create table object_map_type (ocel_type text, ocel_type_map text);
    create table event_audit (ocel_id text, ocel_time timestamp);
    create table object_order (ocel_id text, ocel_time timestamp);
    insert into event_map_type values ('audit', 'audit'); insert into object_map_type values ('order', 'order');
    insert into event values ('e', 'audit'); insert into event_audit values ('e', '2024-03-02T09:00:00Z');
    insert into object with recursive n(i) as (select 0 union all select i + 1 from n where i < 199999)
      select 'o' || i, 'order' from n;
    insert into event_object select 'e', ocel_id, '' from object;`);
  database.close();
}

const manyEvents: readonly LargeCase[] = [
  {
    name: 'CSV, one case of 200,000 events',
    file: 'case.csv',
    gives: 200_000,
    make: parts(() => repeat(200_001, (i) => `${i === 0 ? csvHeader : `a,step ${i % 12},${at(i)}`}\n`)),
  },
  {
    name: 'XES, one case of 200,000 events',
    file: 'case.xes',
    gives: 200_000,
    make: xes(function* () {
      yield '<trace><string key="concept:name" value="a"/>';
      yield* repeat(200_000, (i) => `<event>${xesFields(i)}</event>\n`);
      yield '</trace>';
    }),
  },
  {
    name: 'XES, one case of 300,000 events with 12 attributes',
    file: 'long-case.xes',
    gives: 300_000,
    make: xes(function* () {
      yield '<trace><string key="concept:name" value="a"/>';
      yield* repeat(
        300_000,
        (i) =>
          `<event>${xesFields(i)}${Array.from({ length: 10 }, (_, c) => `<string key="k${c}" value="v${(i * 7 + c) % 1000}"/>`).join('')}</event>\n`,
      );
      yield '</trace>';
    }),
  },
  {
    name: 'XES of 300,000 empty traces',
    file: 'empty-traces.xes',
    gives: 0,
    make: xes(() => repeat(300_000, (i) => xesTrace(`c${i}`, ''))),
  },
  {
    name: 'OCEL JSON, one event of 200,000 cases',
    file: 'event.jsonocel',
    gives: 'INPUT_TOO_LARGE',
    make: ocelJson(orders(200_000), () => [event(0, links(0, 200_000))]),
  },
  {
    name: 'OCEL XML, one event of 200,000 cases',
    file: 'event.xmlocel',
    gives: 'INPUT_TOO_LARGE',
    make: parts(function* () {
      yield '<log><object-types><object-type name="order"><attributes/></object-type></object-types><event-types/><objects>';
      yield* repeat(200_000, (i) => `<object id="o${i}" type="order"/>`);
      yield `</objects><events><event id="e" type="audit" time="${at(0)}"><objects>`;
      yield* repeat(200_000, (i) => `<relationship object-id="o${i}"/>`);
      yield '</objects></event></events></log>';
    }),
  },
  {
    name: 'OCEL SQLite, one event of 200,000 cases',
    file: 'event.sqlite',
    gives: 'INPUT_TOO_LARGE',
    make: ocelSqlite,
  },
  {
    name: 'OCEL CSV, two events of 80,000 cases each',
    file: 'event-ocel.csv',
    gives: 2,
    make: parts(function* () {
      yield 'ocel:eid,ocel:activity,ocel:timestamp,ocel:type:order\n';
      yield `e0,audit,${at(0)},"[${Array.from({ length: 80_000 }, (_, i) => `'o${i}'`).join(',')}]"\n`;
      yield `e1,audit,${at(1)},"[${Array.from({ length: 80_000 }, (_, i) => `'o${80_000 + i}'`).join(',')}]"\n`;
    }),
  },
  {
    name: 'OCEL JSON, 20 events of 20,000 cases each',
    file: 'events.jsonocel',
    gives: 20,
    make: ocelJson(orders(20_000), () => {
      const all = links(0, 20_000);
      return repeat(20, (i) => event(i, all));
    }),
  },
  {
    name: 'OCEL JSON of 300,000 objects',
    file: 'objects.jsonocel',
    gives: 1,
    make: ocelJson(orders(300_000), () => [event(0, links(0, 1))]),
  },
  {
    name: 'OCEL JSON of a million references to nothing',
    file: 'dangling.jsonocel',
    gives: 100_000,
    make: ocelJson(orders(1), () => repeat(100_000, (i) => event(i, `${links(0, 1)},${links(5, 15)}`))),
  },
];

const longTexts: readonly LargeCase[] = [
  {
    name: 'CSV, a line of 100 MB',
    file: 'line.csv',
    gives: 'NOT_AN_EVENT_LOG',
    make: parts(function* () {
      yield `${csvHeader}\n`;
      for (let i = 0; i < 100; i++) yield long;
    }),
  },
  {
    name: 'CSV, a file that is one line of 100 MB of fields',
    file: 'header.csv',
    gives: 'TOO_MANY_COLUMNS',
    make: parts(() => repeat(10_000_000, (i) => `field ${i},`)),
  },
  {
    name: 'NDJSON, a line of 100 MB',
    file: 'line.ndjson',
    gives: 'INPUT_TOO_LARGE',
    make: parts(function* () {
      yield `${jsonRow(1)}\n{"case":"`;
      for (let i = 0; i < 100; i++) yield long;
      yield '"}\n';
    }),
  },
  {
    name: 'JSON, a text of 15 MB of escaped quotes',
    file: 'escapes.json',
    gives: 2,
    make: parts(() => [
      `[${jsonRow(1)},{"case":"a","step":"b","finished":"${at(1)}","note":"`,
      '\\"'.repeat(7_500_000),
      '"}]',
    ]),
  },
  {
    name: 'JSON, a text of 100 MB',
    file: 'text.json',
    gives: 'JSON_MALFORMED',
    make: parts(function* () {
      yield `[${jsonRow(1)},{"case":"`;
      for (let i = 0; i < 100; i++) yield long;
      yield '"}]';
    }),
  },
  {
    name: 'JSON, one object of 70 MB',
    file: 'object.json',
    gives: 600_001,
    make: parts(function* () {
      yield `{"a":[${jsonRow(0)}`;
      yield* repeat(600_000, (i) => `,${jsonRow(i)}`);
      yield ']';
      for (let i = 0; i < 30; i++) yield `,"k${i}":"${long}"`;
      yield '}';
    }),
  },
  {
    name: 'XES, a value of 100 MB',
    file: 'value.xes',
    gives: 'XML_MALFORMED',
    make: xesEvent(function* () {
      yield '<string key="a" value="';
      for (let i = 0; i < 100; i++) yield long;
      yield '"/>';
    }),
  },
  {
    name: 'XES, a value of 15 MB of entities',
    file: 'entities.xes',
    gives: 1,
    make: xesEvent(function* () {
      yield '<string key="a" value="';
      yield '&lt;'.repeat(3_750_000);
      yield '"/>';
    }),
  },
  {
    name: 'CSV of 150 values of 1 MB',
    file: 'values.csv',
    gives: 150,
    make: parts(() => repeat(151, (i) => (i === 0 ? `${csvHeader},note\n` : `${csvRow(i)},${letters(i)}\n`))),
    options: ['--map', 'case_id=case,step=step,finished=finished,note=note'],
  },
  {
    name: 'CSV of 2,000 quoted values of 100 kB',
    file: 'quoted.csv',
    gives: 2_000,
    make: parts(() =>
      repeat(2_001, (i) => (i === 0 ? `${csvHeader},note\n` : `${csvRow(i)},"${'a""\n'.repeat(25_000)}"\n`)),
    ),
    options: ['--map', 'case_id=case,step=step,finished=finished,note=note'],
  },
  {
    name: 'NDJSON of 150 values of 1 MB',
    file: 'values.ndjson',
    gives: 150,
    make: parts(() => repeat(150, (i) => `${jsonRow(i, `,"note":"${letters(i)}"`)}\n`)),
    options: ['--map', 'case_id=case,step=step,finished=finished,note=note'],
  },
  {
    name: 'XES of 150 values of 1 MB',
    file: 'values.xes',
    gives: 150,
    make: xes(() =>
      repeat(150, (i) =>
        xesTrace(`c${i}`, `<event>${xesFields(i)}<string key="note" value="${letters(i)}"/></event>`),
      ),
    ),
    options: ['--map', 'note=note'],
  },
  {
    name: 'OCEL JSON of 150 values of 1 MB',
    file: 'values.jsonocel',
    gives: 150,
    make: ocelJson(orders(10), () =>
      repeat(
        150,
        (i) =>
          `${comma(i)}{"id":"e${i}","type":"a","time":"${at(i)}","attributes":[{"name":"note","value":"${letters(i)}"}],"relationships":[{"objectId":"o${i % 10}"}]}`,
      ),
    ),
    options: ['--map', 'note=note'],
  },
  {
    name: 'OCEL JSON of 100 objects with 1 MB each',
    file: 'object-values.jsonocel',
    gives: 10_000,
    make: ocelJson(
      () =>
        repeat(
          100,
          (i) =>
            `${comma(i)}{"id":"o${i}","type":"order","attributes":[{"name":"note","time":"1970-01-01T00:00:00Z","value":"${letters(i)}"}]}`,
        ),
      () => repeat(10_000, (i) => event(i, links(i % 100, (i % 100) + 1))),
    ),
  },
  {
    name: 'sheet of 150 values of 1 MB, packed six hundred to one',
    file: 'values.xlsx',
    gives: 'INPUT_TOO_LARGE',
    make: book(() =>
      sheet(
        Array.from({ length: 150 }, (_, i) =>
          sheetRow(
            i,
            `<c r="D${i + 2}" t="inlineStr"><is><t>${Buffer.alloc(999_000, (i * 2_654_435_761).toString(36)).toString()}</t></is></c>`,
          ),
        ).join(''),
        [...csvHeader.split(','), 'note'],
      ),
    ),
    options: ['--map', 'case_id=case,step=step,finished=finished,note=note'],
  },
  {
    name: 'Parquet of 150 values of 1 MB in one group of rows',
    file: 'values.parquet',
    gives: 'INPUT_TOO_LARGE',
    make: parquet(
      `select 'c' || (range % 20) as "case", 's' || (range % 12) as step, timestamp '2024-03-02' + to_minutes(range) as finished, (select string_agg(md5(cast(j.range * 7 + r.range as varchar)), '') from range(31000) j) as note from range(150) r`,
    ),
    options: ['--map', 'case_id=case,step=step,finished=finished,note=note'],
  },
  {
    name: 'Parquet of 150 values of 1 MB in groups of 20 rows',
    file: 'grouped.parquet',
    gives: 150,
    make: parquetOfTexts(150, 20, (i) =>
      createHash('shake256', { outputLength: 499_000 }).update(`${i}`).digest('hex'),
    ),
    options: ['--map', 'case_id=case,step=step,finished=finished,note=note'],
  },
];

/** Inputs that hold far more of one thing than any log does. */
export const sizes = [...manyEvents, ...longTexts];
