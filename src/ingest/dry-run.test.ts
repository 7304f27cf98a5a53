import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { parquetOf } from './hostile/parquet.test-support.ts';
import { soundLogs } from './hostile/sound-logs.test-support.ts';
import { type AddReport, type AddRequest, addExtract, openWorkspace } from './index.ts';
import { smallCharter } from './small-workspace.test-support.ts';

const root = mkdtempSync(join(tmpdir(), 'dry-run-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const earlier = `case,step,finished
c1,step 1,2024-03-11T10:00:00Z
c9,step 1,2024-03-11T10:00:00Z
`;

/** A log of work that begins and ends in rows of their own: paired, left open, and once backwards. */
const starts = `case,step,finished,lifecycle,worker
a,x,2024-03-01T09:00:00Z,start,w
a,x,2024-03-01T10:00:00Z,complete,w
a,y,2024-03-01T11:00:00Z,start,w
b,x,2024-03-01T09:00:00Z,start,v
b,x,2024-03-01T09:30:00Z,suspend,v
b,x,2024-03-01T09:40:00Z,resume,v
b,x,2024-03-01T12:00:00Z,complete,v
b,x,not a time,complete,v
`;

const wide = `case,Received,Decided,Closed
a,2024-03-01,2024-03-05,2024-03-09
b,2024-03-02,,
c,2024-03-03,2024-03-04,9999-12-31
a,2024-03-01,2024-03-06,2024-03-09
`;

const history = `case,Field,Old value,New value,Changed at
a,Status,,New,2024-03-01T09:00:00Z
a,Status,New,Closed,2024-03-02T09:00:00Z
a,Owner,x,y,2024-03-02T10:00:00Z
b,Status,,New,2024-03-01T09:00:00Z
`;

const xesOf = (...events: readonly string[]) =>
  `<log><trace><string key="concept:name" value="a"/>${events.join('')}</trace><trace><string key="concept:name" value="none"/></trace></log>`;
const xesEvent = (step: string, time: string, transition: string) =>
  `<event><string key="concept:name" value="${step}"/><date key="time:timestamp" value="${time}"/><string key="lifecycle:transition" value="${transition}"/></event>`;
const started = xesOf(
  xesEvent('x', '2024-03-01T09:00:00Z', 'start'),
  xesEvent('x', '2024-03-01T10:00:00Z', 'complete'),
  xesEvent('y', '2024-03-01T11:00:00Z', 'complete'),
);

type Rules = Partial<Omit<AddRequest, 'workspace' | 'file' | 'dryRun'>>;
type Row = readonly [name: string, bytes: () => string | Buffer | Promise<Buffer>, rules?: Rules];
const table: readonly Row[] = [
  ['a.csv', () => soundLogs.csv],
  ['overlapping.csv', () => `${earlier}c1,,2024-03-12T10:00:00Z\nc2,step 2,\n`],
  ['starts.csv', () => starts],
  ['starts-kept.csv', () => starts, { lifecycle: 'keep' }],
  ['wide.csv', () => wide, { shape: 'wide' }],
  ['history.csv', () => history, { shape: 'history' }],
  ['repeated.csv', () => `${starts}a,x,2024-03-01T10:00:00Z,complete,w\n`, { dedupe: 'exact' }],
  ['a.xes', () => soundLogs.xes],
  ['started.xes', () => started],
  ['a.ndjson', () => soundLogs.ndjson],
  ['a.json', () => soundLogs.json],
  ['a.xlsx', () => soundLogs.xlsx],
  ['a.jsonocel', () => soundLogs.ocelJson, { objectType: 'order' }],
  ['a.xmlocel', () => soundLogs.ocelXml, { objectType: 'order' }],
  [
    'a.parquet',
    () =>
      parquetOf(
        `select 'c' || range % 5 as "case", 's' || range % 3 as step, timestamp '2024-03-02' + to_minutes(range) as finished, case when range % 2 = 0 then 'start' else 'complete' end as lifecycle from range(30)`,
      ),
  ],
  ['cases.csv', () => 'case_id,opened,type\na,2024-01-01,x\nz,bad,y\n', { as: 'cases' }],
  ['volumes.csv', () => 'period,output,quantity\n2024-01,permits,5\n2024-02,permits,no\n', { as: 'volumes' }],
];

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((path) => `${path} ${readFileSync(path).toString('base64')}`);
}

/** What is told of a file, but for how long it took. */
const told = ({ seconds: _, ...report }: AddReport) => report;

for (const [name, bytes, rules = {}] of table)
  it(`a dry run of ${name} tells what bringing it in tells, and changes nothing`, async () => {
    const folder = join(root, name);
    smallCharter(folder);
    const workspace = await openWorkspace(folder);
    try {
      const common = { as: 'events' as const, workspace, keyFile: join(root, 'key') };
      writeFileSync(join(folder, 'earlier.csv'), earlier);
      await addExtract({ ...common, file: join(folder, 'earlier.csv') });
      const file = join(folder, name);
      writeFileSync(file, await bytes());
      const before = filesBelow(folder);
      const trial = await addExtract({ ...common, ...rules, file, dryRun: true });
      expect(filesBelow(folder)).toEqual(before);
      const real = await addExtract({ ...common, ...rules, file });
      expect(told(trial)).toEqual(told(real));
      expect(real.rowsIn).toBe(real.rowsUsed + real.rowsSetAside);
      expect(told(await addExtract({ ...common, ...rules, file, dryRun: true }))).toEqual(
        told(await addExtract({ ...common, ...rules, file })),
      );
    } finally {
      await workspace.close();
    }
  });
