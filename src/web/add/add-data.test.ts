import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  text as cellText,
  sheetXml,
  workbookParts,
  zipped,
} from '../../ingest/readers/xlsx/write-xlsx.test-support.ts';
import { createApp } from '../app.ts';
import { type MadeService, madeService } from '../made-service.test-support.ts';
import { type FormClient, formClient } from './form-client.test-support.ts';

const log = `Case ID,Activity,Timestamp,Officer,Region
C1,Received,2026-04-01T09:00Z,w1,North
C1,Decided,2026-04-03T09:00Z,w1,North
C2,Received,2026-04-02T09:00Z,w2,South
,Decided,2026-04-02T09:00Z,w2,South
C2,Decided,=1+1,w2,South
`;
/** Twenty cases, enough to say something about. */
const cases = Array.from(
  { length: 20 },
  (_, i) => `D${i},Received,2026-04-01T09:00Z,w1,North\nD${i},Decided,2026-04-1${i % 10}T09:00Z,w1,North\n`,
).join('');

let made: MadeService;
let app: FastifyInstance;
let reader: FormClient;

async function start(): Promise<void> {
  app = await createApp({ workspaces: [{ id: 'licences', dir: made.dir }] });
  reader = formClient(app, 'licences');
}

beforeEach(async () => {
  made = madeService();
  await start();
});
afterEach(async () => {
  await app.close();
  made.remove();
});

const home = '/licences/data/add';
const inStore = (...names: string[]) => join(made.dir, '.wellspent', ...names);
const kept = () => (existsSync(inStore('uploads')) ? readdirSync(inStore('uploads')) : []);
const manifest = () =>
  existsSync(inStore('manifest.json')) ? readFileSync(inStore('manifest.json'), 'utf8') : 'none';
const columnOf = (body: string, name: string) =>
  new RegExp(`for="(column-\\d+)">What ${name} is<`).exec(body)?.[1] ?? `no column ${name}`;

/** Sends a file and says what its rows hold; gives the address of its mapping page. */
async function prepare(name: string, content: string | Buffer, as = 'events'): Promise<string> {
  const { location } = await reader.upload(name, content);
  return (await reader.send(location, { as })).location;
}

/** Holds the workspace as another program would, until the function it gives is called. */
function holdWorkspace(): () => void {
  mkdirSync(inStore(), { recursive: true });
  writeFileSync(inStore('lock'), String(process.pid));
  return () => rmSync(inStore('lock'));
}

test('a file is sent, looked at, tried and brought in, and the home page answers from it', async () => {
  expect((await reader.open('/licences')).body).toContain('None of the questions can be answered');
  const sent = await reader.upload('log.csv', log + cases);
  expect(sent).toMatchObject({
    status: 303,
    location: expect.stringMatching(/^\/licences\/data\/add\/[0-9a-f]{16}\/table$/),
  });
  const table = await reader.open(sent.location);
  expect(table.body).toContain('What does each row hold?');
  const path = (await reader.send(sent.location, { as: 'events' })).location;

  const mapping = await reader.open(path);
  expect(mapping.body).toContain('What is in log.csv?');
  expect(mapping.body).toMatch(/<option value="step" selected>/);
  expect(mapping.body).toContain('North<br>South');
  expect(mapping.body).not.toMatch(/>C1<|>w1</);

  const tried = await reader.send(path, { do: 'try' });
  expect(tried.location).toBe(`${path}/progress`);
  const trial = await reader.ended(tried.location);
  expect(trial.body).toContain('This was a trial. Nothing was changed.');
  expect(trial.body).toMatch(/Rows in the file[^0-9]+45[^0-9]+Used[^0-9]+43[^0-9]+Set aside[^0-9]+2/);
  expect(trial.body).toContain('=1+1');
  expect(manifest()).toBe('none');

  const done = await reader.ended((await reader.send(`${path}/again`, { do: 'bring-in' })).location);
  expect(done.body).toContain('log.csv is in');
  expect(done.body).toContain('/licences/data/rejects/TIME_UNPARSABLE.csv?file=log.csv');
  expect(kept()).toEqual([]);
  const after = await reader.open('/licences');
  expect(after.body).not.toContain('None of the questions can be answered');
  expect((await reader.open('/licences/data')).body).toContain('2 of 45 rows were set aside');
});

test('rows set aside are downloaded by reason, with formulas made harmless', async () => {
  const path = await prepare('log.csv', log);
  await reader.ended((await reader.send(path, { do: 'bring-in' })).location);
  const page = await reader.open('/licences/data');
  expect(page.body).toContain('href="/licences/data/rejects/TIME_UNPARSABLE.csv"');
  const csv = await reader.open('/licences/data/rejects/TIME_UNPARSABLE.csv');
  expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(csv.body).toBe("file,line,column,value,reason\r\nlog.csv,6,Timestamp,'=1+1,TIME_UNPARSABLE\r\n");
  expect((await reader.open('/licences/data/rejects/TIME_UNPARSABLE.csv?file=log.csv')).body).toBe(csv.body);
});

test.each([
  '/licences/data/rejects/TIME_UNPARSABLE.csv?file=other.csv',
  '/licences/data/rejects/NOTHING.csv',
  "/licences/data/rejects/x'%20or%20'1.csv",
  '/nobody/data/rejects/TIME_UNPARSABLE.csv',
  '/nobody/data/add',
  '/licences/data/add/0123456789abcdef',
  '/licences/data/add/0123456789abcdef/progress',
  '/licences/data/add/..%2F..%2Fservice.yaml',
  '/licences/data/add/__proto__/table',
])('%s is not found', async (path) => {
  const uploaded = await prepare('log.csv', log);
  await reader.ended((await reader.send(uploaded, { do: 'bring-in' })).location);
  expect((await reader.open(path)).status).toBe(404);
});

test('no file chosen, an empty file and a web page are told beside the field and in the title', async () => {
  for (const [name, content, words] of [
    ['', '', 'Select a file'],
    ['empty.csv', '', 'empty.csv is empty. Check that the export finished'],
    ['page.csv', '<!doctype html><p>Sign in', 'page.csv is not an event log or table'],
  ] as const) {
    const answer = await reader.upload(name, content);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('<title>Error: Add data - ');
    expect(answer.body).toMatch(/<a href="#file">/);
    expect(answer.body.split(words)).toHaveLength(3);
    expect(answer.body).not.toContain(made.dir);
    expect(kept()).toEqual([]);
  }
});

test('what the file cannot tell is asked, each question by itself, and nothing is decided meanwhile', async () => {
  const text = 'case,step,time,effort\n1,a,01/02/2026 09:00,0.5\n1,b,03/04/2026 10:00,2\n';
  const path = await prepare('open.csv', text);
  const column = columnOf((await reader.open(path)).body, 'effort');
  const first = await reader.send(path, { do: 'bring-in', [column]: 'minutes' });
  expect(first.status).toBe(400);
  for (const words of [
    'Select whether dates are written day first or month first',
    'time: 1 February 2026 to 3 April 2026',
    'time: 2 January 2026 to 4 March 2026',
    'Select which time zone the times are in',
    'Select what the column of work counts',
    'The first values go from 0.5 to 2.',
  ])
    expect(first.body).toContain(words);
  // Only how numbers and rows are read, which no file leaves open, has an answer before anyone gives one.
  expect(first.body.match(/name="[\w-]+" type="radio"[^>]* checked/g)).toEqual([
    expect.stringContaining('name="decimal" type="radio" value="found"'),
    expect.stringContaining('name="lifecycle"'),
    expect.stringContaining('name="repeats"'),
  ]);
  expect(first.body.indexOf('Europe/London')).toBeLessThan(first.body.indexOf('(UTC)'));
  const wrong = await reader.send(path, {
    order: 'day',
    zone: 'other',
    'zone-name': 'Mars/Base',
    minutes: 'hours',
  });
  expect(wrong.body).toContain('Enter a time zone that exists, such as Europe/Paris');
  const answers = { order: 'day', zone: 'other', 'zone-name': 'Europe/Paris', minutes: 'hours' };
  const done = await reader.ended((await reader.send(path, { ...answers, do: 'bring-in' })).location);
  expect(done.body).toContain('open.csv is in');
  expect(done.body).toContain('2 times did not say their time zone and were read in Europe/Paris.');
  expect(JSON.parse(manifest()).sources[0]).toMatchObject({
    timezone: 'Europe/Paris',
    mapping: { minutes: 'effort', finished: 'time' },
  });
});

test('letters that are not UTF-8 are asked about by showing words, and read as chosen', async () => {
  const text = Buffer.from('case,step,time\n1,Caf\u00e9,2026-04-01T09:00Z\n', 'latin1');
  const path = await prepare('old.csv', text);
  const asked = await reader.open(path);
  expect(asked.location).toBe(`${path}/encoding`);
  const { body } = await reader.open(asked.location);
  expect(body.match(/Caf\u00e9/g)).toHaveLength(1);
  expect(body).toContain(
    '(windows-1252), or Central European (windows-1250): this file reads the same in each',
  );
  expect((await reader.send(asked.location, { encoding: 'utf-7' })).status).toBe(400);
  await reader.send(asked.location, { encoding: 'windows-1252' });
  expect((await reader.open(path)).body).toContain('Caf\u00e9');
  await reader.ended((await reader.send(path, { do: 'bring-in' })).location);
  expect(JSON.parse(manifest()).sources[0].columns[1].samples).toEqual(['Caf\u00e9']);
});

test('values that were split in the wrong place are split by the character that is said', async () => {
  const rows = ['1', '2'].map((id) => `${id}#a, b#2026-04-01T09:00Z`).join('\n');
  const path = await prepare('hash.txt', `case#step#time\n${rows}\n`);
  expect((await reader.open(path)).body).toContain(`${path}/delimiter`);
  const page = await reader.open(`${path}/delimiter`);
  expect(page.body).toContain('What separates the values?');
  const wrong = await reader.send(`${path}/delimiter`, { delimiter: 'other', 'delimiter-other': '##' });
  expect(wrong.body).toContain('<title>Error: What separates the values?');
  const chosen = await reader.send(`${path}/delimiter`, { delimiter: 'other', 'delimiter-other': '#' });
  expect(chosen.location).toBe(path);
  expect((await reader.open(path)).body).toContain('a, b');
  await reader.ended((await reader.send(path, { do: 'bring-in' })).location);
  expect(JSON.parse(manifest()).sources[0].mapping).toEqual({
    case_id: 'case',
    step: 'step',
    finished: 'time',
  });
});

test('letters that turn out not to be UTF-8 far down the file are asked about after the attempt', async () => {
  const rows = Array.from({ length: 40_000 }, (_, i) => `${i},a,2026-04-01T09:00Z`).join('\n');
  const path = await prepare(
    'late.csv',
    Buffer.from(`case,step,time\n${rows}\n1,Caf\u00e9,2026-04-01T09:00Z\n`, 'latin1'),
  );
  const failed = await reader.ended((await reader.send(path, { do: 'bring-in' })).location);
  expect(failed.body).toContain('ENCODING_UNKNOWN');
  expect(failed.body).toContain('<title>Error: late.csv could not be read');
  expect(manifest()).toBe('none');
  const asked = await reader.open(path);
  expect((await reader.send(asked.location, { encoding: 'windows-1252' })).location).toBe(path);
  const done = await reader.ended((await reader.send(path, { do: 'bring-in' })).location);
  expect(done.body).toContain('late.csv is in');
});

test('columns can be kept as they are or left out against the proposal, and are needed once each', async () => {
  const path = await prepare('log.csv', log);
  const { body } = await reader.open(path);
  const [officer, region, activity] = ['Officer', 'Region', 'Activity'].map((name) => columnOf(body, name));
  const faulty = await reader.send(path, { [String(region)]: 'step', [columnOf(body, 'Case ID')]: 'out' });
  expect(faulty.body).toContain('Choose one column only for Step: what was done: Activity and Region');
  expect(faulty.body).toContain('Choose the column that holds: Case reference');
  const chosen = {
    [String(officer)]: 'extra',
    [String(region)]: 'out',
    [columnOf(body, 'Case ID')]: 'case_id',
  };
  await reader.ended(
    (await reader.send(path, { ...chosen, [String(activity)]: 'step', do: 'bring-in' })).location,
  );
  const columnsOf = (at: number, part: 'becomes' | 'reason') =>
    Object.fromEntries(
      JSON.parse(manifest()).sources[at].columns.map(
        (entry: Readonly<Record<'column' | 'becomes' | 'reason', string>>) => [entry.column, entry[part]],
      ),
    );
  expect(columnsOf(0, 'becomes')).toMatchObject({
    Officer: 'attribute',
    Region: 'dropped',
    Activity: 'field',
  });
  const here = 'chosen on the page of adding data';
  expect(columnsOf(0, 'reason')).toMatchObject({
    Officer: here,
    Region: here,
    Activity: 'its name is a usual one for step',
  });
  await reader.ended(
    (await reader.send(await prepare('next.csv', log.replaceAll('C1', 'C3')), { do: 'bring-in' })).location,
  );
  const asBefore = 'as in the last file with the same columns';
  expect(columnsOf(1, 'reason')).toMatchObject({
    Officer: asBefore,
    Region: `left out, ${asBefore}`,
    Activity: asBefore,
  });
});

test('an extract that the charter names is brought in from where it lies', async () => {
  writeFileSync(join(made.dir, 'cases.csv'), 'case_id,opened\n1,2026-04-01\n2,2026-04-02\n');
  const first = await reader.open(home);
  expect(first.body).toContain('cases.csv');
  expect(first.body).toMatch(/volumes\.csv[\s\S]*Not in the folder of the service yet\./);
  expect((await reader.send(`${home}/extract`, { extract: '1' })).location).toBe(home);
  const { location } = await reader.send(`${home}/extract`, { extract: '0' });
  const done = await reader.ended((await reader.send(location, { do: 'bring-in' })).location);
  expect(done.body).toContain('cases.csv is in');
  expect(existsSync(join(made.dir, 'cases.csv'))).toBe(true);
  expect((await reader.open(home)).body).not.toContain('cases.csv');
});

test('two sheets of one workbook that the charter lists are brought in one after the other', async () => {
  const charter = join(made.dir, 'service.yaml');
  const parts = ['Jan', 'Feb'].map((name) => `{ file: book.xlsx, as: cases, sheet: ${name} }`);
  const before = readFileSync(charter, 'utf8');
  writeFileSync(charter, before.replace(/extracts: .*/, `extracts: [${parts.join(', ')}]`));
  const sheet = (id: string) => sheetXml([['case_id'], [id]].map((row) => row.map(cellText)));
  writeFileSync(join(made.dir, 'book.xlsx'), zipped(workbookParts({ Jan: sheet('a'), Feb: sheet('b') })));
  expect((await reader.open(home)).body).toMatch(/book\.xlsx, sheet Jan[\s\S]*book\.xlsx, sheet Feb/);
  const first = await reader.send(`${home}/extract`, { extract: '0' });
  const open = (await reader.open(home)).body;
  // The one that was taken up waits to be finished, under the name of its sheet; the other is still offered.
  const [begun = '', offered = ''] = open.split('Files that the charter names');
  expect(begun).toContain('book.xlsx, sheet Jan');
  expect(begun).not.toContain('book.xlsx, sheet Feb');
  expect(offered).toContain('book.xlsx, sheet Feb');
  expect(offered).not.toContain('book.xlsx, sheet Jan');
  await reader.ended((await reader.send(first.location, { do: 'bring-in' })).location);
  const second = await reader.send(`${home}/extract`, { extract: '1' });
  await reader.ended((await reader.send(second.location, { do: 'bring-in' })).location);
  const names = JSON.parse(manifest()).sources.map(({ file }: { file: string }) => file);
  expect(names).toEqual(['book.xlsx, sheet Jan', 'book.xlsx, sheet Feb']);
  expect((await reader.open(home)).body).not.toContain('book.xlsx');
});

test('a second file of one name takes the place of the first only when told to', async () => {
  const first = await prepare('log.csv', log);
  await reader.ended((await reader.send(first, { do: 'bring-in' })).location);
  const second = await prepare('log.csv', log.replaceAll('C1', 'C9'));
  const asked = await reader.send(second, { do: 'bring-in' });
  expect(asked.body).toContain('Select what to do with the file of the same name');
  await reader.ended((await reader.send(second, { do: 'bring-in', 'same-name': 'keep-both' })).location);
  const names = () => JSON.parse(manifest()).sources.map(({ file }: { file: string }) => file);
  expect(names()).toEqual(['log.csv', 'log (2).csv']);
  const third = await prepare('log.csv', log.replaceAll('C1', 'C8'));
  await reader.ended((await reader.send(third, { do: 'bring-in', 'same-name': 'replace' })).location);
  expect(names()).toEqual(['log.csv', 'log (2).csv']);
  const again = await prepare('log.csv', log.replaceAll('C1', 'C8'));
  const same = await reader.ended(
    (await reader.send(again, { do: 'bring-in', 'same-name': 'replace' })).location,
  );
  expect(same.body).toContain('log.csv was in already');
  expect(kept()).toEqual([]);
});

test('nothing is asked of a file whose bytes are in under its name, or that only grew', async () => {
  const asks = 'There is a file called log.csv already';
  await reader.ended((await reader.send(await prepare('log.csv', log), { do: 'bring-in' })).location);
  const same = await prepare('log.csv', log);
  expect((await reader.open(same)).body).not.toContain(asks);
  const again = await reader.ended((await reader.send(same, { do: 'bring-in' })).location);
  expect(again.body).toContain('log.csv was in already');
  const grown = await prepare('log.csv', `${log}C3,Received,2026-04-05T09:00Z,w1,North\n`);
  expect((await reader.open(grown)).body).not.toContain(asks);
  const more = await reader.ended((await reader.send(grown, { do: 'bring-in' })).location);
  expect(more.body).toContain('log.csv has grown');
  const other = await prepare('log.csv', log.replaceAll('C1', 'C7'));
  expect((await reader.open(other)).body).toContain(asks);
});

test('a job shows how far it is, refreshes itself unless asked not to, and a second one is refused', async () => {
  const [first, second] = [await prepare('a.csv', log), await prepare('b.csv', log)];
  const release = holdWorkspace();
  const { location } = await reader.send(first, { do: 'bring-in' });
  const running = await reader.open(location);
  expect(running.headers.refresh).toBe('2');
  expect(running.body).toContain('Bringing in a.csv');
  expect(running.body).toContain('Rows read');
  expect((await reader.open(`${location}?still`)).headers.refresh).toBeUndefined();
  const refused = await reader.send(second, { do: 'try' });
  expect(refused.status).toBe(409);
  expect(refused.body).toContain(`<a href="${location}">Another file is being read at the moment: a.csv.`);
  expect((await reader.send(first, { do: 'bring-in' })).location).toBe(location);
  expect((await reader.send(`${first}/remove`)).location).toBe(location);
  expect((await reader.open(home)).body).toContain('It is being read now.');
  release();
  expect((await reader.ended(location)).body).toContain('a.csv is in');
  expect((await reader.open(first)).location).toBe(location);
  expect((await reader.ended((await reader.send(second, { do: 'try' })).location)).status).toBe(200);
});

test('a job that is stopped changes nothing and can be started again with the same answers', async () => {
  const path = await prepare('log.csv', log);
  const release = holdWorkspace();
  const { location } = await reader.send(path, { do: 'bring-in' });
  const stopping = reader.send(`${path}/stop`);
  release();
  expect((await stopping).location).toBe(location);
  const stopped = await reader.open(location);
  expect(stopped.body).toContain('You stopped log.csv');
  expect(manifest()).toBe('none');
  expect(readdirSync(inStore()).filter((name) => /^(staged|tables)/.test(name))).toEqual([]);
  const done = await reader.ended((await reader.send(`${path}/again`, { do: 'bring-in' })).location);
  expect(done.body).toContain('log.csv is in');
});

test('another program that holds the workspace is told as such, and the file is kept', async () => {
  const path = await prepare('log.csv', log);
  const release = holdWorkspace();
  const failed = await reader.ended((await reader.send(path, { do: 'bring-in' })).location);
  expect(failed.body).toContain('WORKSPACE_BUSY');
  expect(failed.body).toContain('Wait until it has finished, then start again.');
  release();
  const done = await reader.ended((await reader.send(`${path}/again`, { do: 'bring-in' })).location);
  expect(done.body).toContain('log.csv is in');
});

test('a file of which nothing can be used fails with its code and remedy, and nothing is written', async () => {
  const path = await prepare('bad.csv', 'case,step,time\n1,a,soon\n2,b,later\n');
  const failed = await reader.ended((await reader.send(path, { do: 'bring-in' })).location);
  expect(failed.body).toContain('ALL_ROWS_SET_ASIDE');
  expect(failed.body).toContain('Usually one column is taken for something it is not: change the answers.');
  expect(failed.body).not.toContain(made.dir);
  expect(manifest()).toBe('none');
  expect(kept()).toHaveLength(1);
  await reader.send(`${path}/remove`);
  expect(kept()).toEqual([]);
});

test('a new server offers what was prepared, clears what was half received and what waited too long', async () => {
  const path = await prepare('log.csv', log);
  const old = await prepare('old.csv', log);
  const interrupted = await prepare('interrupted.csv', log);
  await reader.send(interrupted, { do: 'try' });
  await reader.ended(`${interrupted}/progress`);
  await app.close();
  const record = (address: string) => inStore('uploads', String(address.split('/').at(-1)), 'draft.json');
  const edit = (address: string, change: object) =>
    writeFileSync(
      record(address),
      JSON.stringify({ ...JSON.parse(readFileSync(record(address), 'utf8')), ...change }),
    );
  edit(old, { preparedAt: '2001-01-01T00:00:00.000Z' });
  edit(interrupted, { started: true });
  mkdirSync(inStore('uploads', 'receiving-999999999-0123456789abcdef'));
  mkdirSync(inStore('uploads', 'fedcba9876543210'));
  utimesSync(inStore('uploads', 'fedcba9876543210'), new Date(), new Date());
  await start();
  const ids = [path, interrupted].map((address) => String(address.split('/').at(-1)));
  expect(kept().sort()).toEqual(ids.sort());
  const page = await reader.open(home);
  expect(page.body).toContain('Files you have not finished');
  expect(page.body).toContain('Its import was interrupted. Nothing was changed');
  expect((await reader.open(`${interrupted}/progress`)).location).toBe(interrupted);
  expect((await reader.open(interrupted)).body).toContain('The import of this file was interrupted.');
  const done = await reader.ended((await reader.send(`${interrupted}/again`, { do: 'bring-in' })).location);
  expect(done.body).toContain('interrupted.csv is in');
});

test('rows that came again are told once, by how many and why none is counted twice', async () => {
  const bring = async (name: string, text: string) =>
    reader.ended((await reader.send(await prepare(name, text), { do: 'bring-in' })).location);
  await bring('april.csv', `Case ID,Activity,Timestamp,Officer,Region\n${cases}`);
  const { body } = await bring('may.csv', log + cases);
  expect(body).toContain('40 rows of april.csv, added before, gave way');
  expect(body).not.toContain('The same row came again');
  const data = (await reader.open('/licences/data')).body;
  expect(data).toContain('2 of 85 rows were set aside as unusable');
  expect(data).toContain(
    'Another 40 rows came again in another extract: they count once, and nothing is lost.',
  );
  expect(data).toContain('It gives for each row the file and sheet, the line, the column, what stood there');
  expect(data).not.toContain('`');
});

test('files of one name that wait to be finished are told apart', async () => {
  for (const name of ['log.csv', 'other.csv', 'log.csv']) await prepare(name, log);
  const { body } = await reader.open(home);
  for (const name of ['log.csv (1 of 2 of this name)', 'log.csv (2 of 2 of this name)', 'other.csv'])
    expect(body.match(new RegExp(`>: ${name.replaceAll(/[().]/g, '\\$&')}<`, 'g'))).toHaveLength(2);
  expect(body).toMatch(/Chosen on \d+ \w+ \d{4}, \d\d:\d\d UTC\. Not brought in yet\./);
});

test('a workbook with several sheets and a log of several kinds of things ask which to read', async () => {
  const rows = [
    ['case', 'step', 'time'],
    ['1', 'a', '2026-04-01T09:00Z'],
  ];
  const sheet = sheetXml(rows.map((row) => row.map(cellText)));
  const sheets = workbookParts({ Notes: sheetXml([[cellText('hello')]]), 'April <b>': sheet });
  const path = await prepare('book.xlsx', zipped(sheets));
  const asked = await reader.open(path);
  expect(asked.location).toBe(`${path}/part`);
  const page = await reader.open(asked.location);
  expect(page.body).toContain('Which sheet holds the rows?');
  expect(page.body).toContain('April &lt;b&gt;');
  expect((await reader.send(asked.location, { part: '7' })).body).toContain(
    'Select the sheet that holds the rows',
  );
  expect((await reader.send(asked.location, { part: '1' })).location).toBe(path);
  expect((await reader.open(path)).body).toContain('Change the sheet');
  expect((await reader.ended((await reader.send(path, { do: 'bring-in' })).location)).body).toContain(
    'book.xlsx is in',
  );

  const changed = workbookParts({ Notes: sheetXml([[cellText('later')]]), 'April <b>': sheet });
  const other = await prepare('book.xlsx', zipped(changed));
  await reader.send(`${other}/part`, { part: '1' });
  expect((await reader.open(other)).body).toContain(
    'There is a file called book.xlsx, sheet April &lt;b&gt; already.',
  );

  const attribute = { attributes: [] };
  const event = (id: string, type: string, objects: readonly string[]) => ({
    ...{ id, type, time: '2026-04-01T09:00:00Z', ...attribute },
    relationships: objects.map((objectId) => ({ objectId, qualifier: 'of' })),
  });
  const log = {
    objectTypes: ['order', 'item'].map((name) => ({ name, ...attribute })),
    eventTypes: ['sent'].map((name) => ({ name, ...attribute })),
    objects: ['order', 'item'].map((type) => ({ id: `${type}1`, type, ...attribute, relationships: [] })),
    events: [event('e1', 'sent', ['order1', 'item1']), event('e2', 'sent', ['item1'])],
  };
  const second = await prepare('log.jsonocel', JSON.stringify(log));
  expect((await reader.open(`${second}/part`)).body).toContain('What is a case?');
  await reader.send(`${second}/part`, { part: '0' });
  const done = await reader.ended((await reader.send(second, { do: 'bring-in' })).location);
  expect(done.body).toContain('log.jsonocel is in');
});
