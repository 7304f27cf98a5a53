import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { identifier, openDuckdb, sql } from '../../stores/index.ts';
import { importFiles } from '../import-files.ts';
import type { PlannedFile } from '../planned-file.ts';
import { pseudonymsWith } from '../pseudonyms.ts';
import { readManifest } from './manifest.ts';
import { showTables } from './views.ts';

const folder = mkdtempSync(join(tmpdir(), 'held-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let stores = 0;

/** What a workspace holds after files were imported, with as many bytes of rows held as stated. */
async function tablesOf(files: readonly PlannedFile[], heldBytes: number) {
  stores += 1;
  const store = join(folder, `store-${stores}`);
  const warehouse = await openDuckdb({ folders: [store] });
  try {
    const reports = await importFiles({
      ...{ store, files, heldBytes, warehouse },
      pseudonymise: pseudonymsWith(Buffer.alloc(32, 1)),
    });
    const manifest = readManifest(store);
    await showTables(warehouse, store, manifest);
    const read = async (table: string) => ({
      columns: await warehouse.columns(table),
      rows: await warehouse.query(sql`select * from ${identifier(table)}`),
    });
    await warehouse.viewParquet(
      'as_staged',
      manifest.sources.flatMap(({ as, staged }) =>
        as !== 'events'
          ? []
          : staged.filter(({ part }) => part === 'main').map(({ file }) => join(store, file)),
      ),
    );
    return {
      staged: await warehouse.query(sql`select * from as_staged order by seq`),
      reports: reports.map(({ rowsIn, rowsUsed, reasons }) => ({ rowsIn, rowsUsed, reasons })),
      file: manifest.tables.events?.files[0]?.sha256,
      events: await read('events'),
      cases: await read('cases'),
    };
  } finally {
    await warehouse.close();
  }
}

async function expectSame(files: readonly PlannedFile[]) {
  const inMemory = await tablesOf(files, 96_000_000);
  const byQueries = await tablesOf(files, 1);
  // Two writers never give the same bytes: the tables were made in two ways.
  expect(inMemory.file).not.toBe(byQueries.file);
  expect(inMemory.reports).toEqual(byQueries.reports);
  expect(inMemory.events.columns).toEqual(byQueries.events.columns);
  expect(inMemory.events.rows).toEqual(byQueries.events.rows);
  expect(inMemory.cases).toEqual(byQueries.cases);
  // What later extracts are laid beside is the same too.
  expect(inMemory.staged).toEqual(byQueries.staged);
  return inMemory;
}

function written(name: string, text: string, as: 'events' | 'cases' = 'events'): PlannedFile {
  const path = join(folder, name);
  writeFileSync(path, text);
  return { path, shown: name, rules: { as, map: {}, timezone: 'Europe/London' } };
}

describe('events made in memory are those that the queries make', () => {
  it('with rows without a time, times that fall together, names of any letters, and spans', async () => {
    const { events } = await expectSame([
      written(
        'mixed.csv',
        `case_id,activity,start,end,team,kind,fee
b,ä,2024-03-31 00:30,2024-03-31 03:10,Nord,status,1
a,z,,2024-01-02 10:00,,,2.5
b,y,2024-01-01,2024-01-01 09:00,Süd,contact,
a,x,2024-01-02 09:00,2024-01-02 10:00,Nord,,3
a,w,,,,step,4
c,only,,,,,
`,
      ),
    ]);
    expect(events.rows).toHaveLength(6);
    expect(
      events.rows.filter(({ at }) => at === null).map(({ position, next_at }) => [position, next_at]),
    ).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it('with one row, or one that comes before the rest, whose clock is not that of the time', async () => {
    const hours = (rows: readonly Record<string, unknown>[]) =>
      rows.map(({ at, at_wall }) => [at, at_wall].map((time) => String(time).slice(0, 16)));
    const one = await expectSame([written('one.csv', 'case_id,activity,when\na,x,2026-06-01 09:00\n')]);
    expect(hours(one.events.rows)).toEqual([['2026-06-01T08:00', '2026-06-01T09:00']]);
    expect(String(one.cases.rows[0]?.first_at)).toBe(String(one.events.rows[0]?.at));
    const later = 'a,x,2026-06-01T09:00:00.00000';
    const next = await expectSame([
      written(
        'next.csv',
        `case_id,activity,when\n${[1, 2, 3, 5].map((n) => `${later}${n}+01:00`).join('\n')}\n`,
      ),
    ]);
    expect(hours(next.events.rows)).toEqual([1, 2, 3, 5].map(() => ['2026-06-01T08:00', '2026-06-01T09:00']));
  });

  it('after a file of cases, whose rows come first', async () => {
    const { events, cases } = await expectSame([
      written('those.csv', 'case_id,opened,type\na,2024-01-01,x\nz,2024-01-02,y\n', 'cases'),
      written(
        'steps.csv',
        'case_id,activity,timestamp\na,one,2024-01-03\na,two,2024-01-02\nq,one,2024-01-05\n',
      ),
    ]);
    expect(events.rows.map(({ seq, source }) => [seq, source])).toEqual(expect.arrayContaining([[3, 2]]));
    expect(cases.rows).toHaveLength(3);
  });

  it('with cases of hundreds of steps in any order', async () => {
    const lines = Array.from({ length: 1_500 }, (_, i) => {
      const day = new Date(Date.UTC(2024, 0, 1 + ((i * 7919) % 300))).toISOString().slice(0, 10);
      return `${'ab'[i % 2]},step ${i % 5},${i % 97 === 0 ? '' : day},${i % 11 === 0 ? '' : `team ${(i * i) % 7}`}`;
    });
    const { events } = await expectSame([
      written('long.csv', `case_id,activity,timestamp,team\n${lines.join('\n')}\n`),
    ]);
    const teams = events.rows.map(({ team, prev_team }) => [team, prev_team]);
    expect(teams.filter(([team, before]) => team !== null && before !== null).length).toBeGreaterThan(1_000);
  });

  it('with what traces say of their cases, of those without steps too', async () => {
    const event = (step: string, at: string) =>
      `<event><string key="concept:name" value="${step}"/><date key="time:timestamp" value="${at}"/></event>`;
    const trace = (id: string, said: string, ...events: readonly string[]) =>
      `<trace><string key="concept:name" value="${id}"/>${said}${events.join('')}</trace>`;
    const { cases } = await expectSame([
      written(
        'traces.xes',
        `<log>${trace('c', '<string key="office" value="Köln"/><float key="fee" value="2.5"/>', event('one', '2024-01-01T10:00:00Z'))}
${trace('none', '<string key="office" value="North"/><boolean key="urgent" value="true"/>')}
${trace('a', '', event('one', '2024-01-02T10:00:00Z'), event('two', '2024-01-03T10:00:00Z'))}
${trace('c', '<string key="office" value="South"/>', event('two', '2024-01-05T10:00:00Z'))}</log>`,
      ),
    ]);
    const told = cases.rows.map(({ office, fee, events }) => [office, fee, events]);
    expect(told).toHaveLength(3);
    expect(told).toEqual(
      expect.arrayContaining([
        ['South', 2.5, 2],
        ['North', null, 0],
        [null, null, 2],
      ]),
    );
  });

  it('whatever the rows', async () => {
    const row = fc.tuple(
      fc.constantFrom('a', 'b', 'c', 'd'),
      fc.constantFrom('one', 'two', 'drei', 'é'),
      fc.constantFrom('', '2024-01-01', '2024-01-02 10:00', '2024-10-27 01:30', '31/12/9999'),
      fc.constantFrom('', 'x', 'y'),
      fc.constantFrom('', 'North', 'South', 'Köln'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async (rows) => {
        const kept = [['a', 'one', '2024-01-01', 'x', 'North'], ...rows];
        const lines = kept.map((cells) => cells.join(','));
        await expectSame([
          written('any.csv', `case_id,activity,timestamp,extra,team\n${lines.join('\n')}\n`),
        ]);
      }),
      { numRuns: 12 },
    );
  });
});

const data = join(import.meta.dirname, '../../../../shared/data/eventlogs');

describe.skipIf(!existsSync(data))('public event logs give equal tables both ways', () => {
  it.each([
    'logs/receipt.xes.gz',
    'logs/receipt.csv',
    'logs/callcenter_iso.csv',
    'pm4py/running-example.parquet',
    'pm4py/interval_event_log.xes.gz',
  ])('%s', async (name) => {
    const path = join(data, name);
    const { events } = await expectSame([
      { path, shown: name, rules: { as: 'events', map: {}, timezone: 'Europe/Amsterdam' } },
    ]);
    expect(events.rows.length).toBeGreaterThan(30);
  });
});

describe('what an event table says of its cases in columns of theirs', () => {
  const head = 'case:concept:name,concept:name,time:timestamp,case:outcome,case:amount,case:closed';
  const rows = [
    '1,received,2025-01-02T09:00:00Z,,,',
    '1,decided,2025-01-05T09:00:00Z,granted,250,2025-01-05T09:00:00Z',
    '2,received,2025-01-03T09:00:00Z,,100,',
    '2,decided,2025-01-06T09:00:00Z,refused,300,2025-01-06T09:00:00Z',
    '2,written,2025-01-07T09:00:00Z,,,',
    '3,received,2025-01-04T09:00:00Z,,,',
  ];
  const toldOf = async (name: string, own: readonly string[]) => {
    const { cases } = await expectSame([written(name, [head, ...own].join('\n'))]);
    return cases.rows.map((row) => ['case_id', 'outcome', 'amount', 'closed'].map((c) => String(row[c])));
  };

  it('is the last that any of its rows says, wherever rows of other cases stand', async () => {
    const apart = await toldOf('apart.csv', rows);
    expect(apart.map(([, outcome, amount]) => `${outcome} ${amount}`).sort()).toEqual([
      'granted 250',
      'null null',
      'refused 300',
    ]);
    const mixed = [0, 2, 5, 1, 3, 4].map((row) => rows[row] as string);
    expect(await toldOf('mixed-up.csv', mixed)).toEqual(apart);
  });

  it('is not lost where rows are set aside', async () => {
    const broken = rows
      .toSpliced(1, 0, '1,asked,no time at all,granted,240,')
      .toSpliced(3, 0, ',lost,2025-01-02,,,');
    expect(await toldOf('broken.csv', broken)).toEqual(await toldOf('whole.csv', rows));
  });
});
