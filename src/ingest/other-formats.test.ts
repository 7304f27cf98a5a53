import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sql } from '../stores/index.ts';
import { addExtract, buildWorkspace, openLog, openWorkspace } from './index.ts';
import {
  number,
  sheetXml,
  styles,
  text,
  workbook,
  workbookParts,
  zipped,
} from './readers/xlsx/write-xlsx.test-support.ts';

const header = ['case', 'step', 'finished'].map(text);
const rows = (ids: readonly string[]) =>
  ids.map((id, i) => [text(id), text('Received'), number(45_353.375 + i, styles.dateTime)]);
const book = (ids: readonly string[]) =>
  zipped(workbookParts({ Notes: sheetXml([[text('read me')]]), Events: sheetXml([header, ...rows(ids)]) }));

const charter = (extract: string) => `
wellspent: 1
service: licences
title: Licences
version: 1.0.0
effective: 2024-01-01
owner: Head of licences
purpose: Licences in time.
timezone: Europe/London
reporting: { grain: month }
extracts:
${extract}
outcomes: [{ id: clear, title: People know where they stand }]
outputs: [{ id: decisions, title: Decisions, unit: decision, from: cases }]
`;

describe('workbooks, JSON and object-centric logs in a workspace', () => {
  let dir = '';
  const keyFile = () => join(dir, 'key');
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'wellspent-formats-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  test('a sheet named in the charter is read again alike, and another sheet is another reading', async () => {
    writeFileSync(join(dir, 'service.yaml'), charter('  - { file: book.xlsx, as: events, sheet: Events }'));
    writeFileSync(join(dir, 'book.xlsx'), book(['a', 'b']));
    const [first] = await buildWorkspace(dir, { keyFile: keyFile() });
    expect(first).toMatchObject({ rowsIn: 2, rowsUsed: 2 });
    const workspace = await openWorkspace(dir);
    try {
      const file = join(dir, 'book.xlsx');
      const again = await addExtract({ workspace, file, keyFile: keyFile() });
      expect(again.notices.map(({ code }) => code)).toContain('ALREADY_IMPORTED');
      expect(again.fingerprint).toBe(first?.fingerprint);
      await expect(addExtract({ workspace, file, sheet: 'Event', keyFile: keyFile() })).rejects.toMatchObject(
        {
          code: 'SHEET_NOT_FOUND',
        },
      );
    } finally {
      await workspace.close();
    }
  });

  test('an object type named in the charter is replayed and part of the fingerprint', async () => {
    const log = {
      objectTypes: [{ name: 'order' }, { name: 'item' }],
      eventTypes: [],
      objects: [
        { id: 'o', type: 'order' },
        { id: 'i', type: 'item' },
        { id: 'j', type: 'item' },
      ],
      events: [
        {
          id: 'e',
          type: 'Placed',
          time: '2024-03-02T09:00:00Z',
          relationships: ['o', 'i', 'j'].map((objectId) => ({ objectId })),
        },
      ],
    };
    writeFileSync(
      join(dir, 'service.yaml'),
      charter('  - { file: log.json, as: events, object_type: order }'),
    );
    writeFileSync(join(dir, 'log.json'), JSON.stringify(log));
    const [orders] = await buildWorkspace(dir, { keyFile: keyFile() });
    expect(orders).toMatchObject({ rowsIn: 1, rowsUsed: 1, rowsSetAside: 0 });
    const workspace = await openWorkspace(dir);
    try {
      const file = join(dir, 'log.json');
      const items = await addExtract({ workspace, file, objectType: 'item', keyFile: keyFile() });
      // Objects of another type stand beside the first.
      expect(items.file).toBe('log.json, object type item');
      expect(workspace.sources.map(({ file }) => file)).toEqual([
        'log.json, object type order',
        'log.json, object type item',
      ]);
      expect(items.fingerprint).not.toBe(orders?.fingerprint);
    } finally {
      await workspace.close();
    }
  });

  test('ids that a spreadsheet has spoilt are kept as they are and told', async () => {
    const ids = [number('7'), number('12'), text('1.23E+11'), text('4,56E+08')];
    const file = join(dir, 'ids.xlsx');
    writeFileSync(
      file,
      workbook([header, ...ids.map((id) => [id, text('Received'), number(45_353, styles.dateTime)])]),
    );
    const log = await openLog(file);
    await log.close();
    const told = log.report.notices.filter(({ code }) => code.startsWith('ID_'));
    expect(told.map(({ code, count }) => [code, count])).toEqual([
      ['ID_DAMAGED', 2],
      ['ID_AS_NUMBER', undefined],
    ]);
    expect(told[0]?.message).toContain('rows 4, 5');
    expect(told[0]?.message).not.toContain('4,56');
  });

  test('ids that differ only in blanks are one case, and how many are spelt so is told', async () => {
    const file = join(dir, 'blanks.csv');
    // Far apart, in a column of which each row has its own text, and beside cells of blanks alone.
    const others = Array.from({ length: 9_000 }, (_, i) => `B ${i}`);
    const ids = ['A 1', ...others, 'A  1', '" A   1"', 'Zoe\u0308', 'Zo\u00eb', '"C 2  "'];
    const rows = ids.map((id, i) => `${id},Received,2024-03-02,${i % 2 ? '' : '"  "'}`);
    writeFileSync(file, `case,step,finished,worker\n${rows.join('\n')}\n`);
    const log = await openLog(file);
    const cases = await log.warehouse.query(sql`select count(*) as n from cases`);
    await log.close();
    expect(cases).toEqual([{ n: 9_003 }]);
    const told = log.report.notices.filter(({ code }) => code === 'ID_SPELLINGS');
    expect(told.map(({ count, message }) => [count, message.includes('A 1')])).toEqual([[3, false]]);
    const few = join(dir, 'few.csv');
    const repeated = [
      'A 1',
      'A 1',
      'A  1',
      'B 1',
      'B 1',
      'C  1',
      'C  1',
      'B 1',
      'A   1',
      'A 1',
      'B 1',
      'A 1',
    ];
    writeFileSync(
      few,
      `case,step,finished\n${repeated.map((id, i) => `${id},s${i % 2},2024-03-0${1 + (i % 9)}\n`).join('')}`,
    );
    const other = await openLog(few);
    await other.close();
    expect(other.report.notices.find(({ code }) => code === 'ID_SPELLINGS')?.message).toContain(
      'holds 3 ids with more than one blank inside or with accents composed of parts; at least 1 id is spelt in more than one way.',
    );
  });

  test('a CSV that Excel saved has its spoilt ids told too', async () => {
    const file = join(dir, 'ids.csv');
    writeFileSync(
      file,
      'case,step,finished\n1.23E+11,Received,2024-03-02\n123456789012,Received,2024-03-02\n',
    );
    const log = await openLog(file);
    await log.close();
    expect(log.report.notices.find(({ code }) => code === 'ID_DAMAGED')?.count).toBe(1);
  });

  test('an event of more cases than a batch holds is still one row of the source', async () => {
    const ids = Array.from({ length: 9_000 }, (_, i) => `o${i}`);
    const log = {
      objectTypes: [{ name: 'order' }],
      eventTypes: [],
      objects: ids.map((id) => ({ id, type: 'order' })),
      events: [
        {
          id: 'e',
          type: 'Audited',
          time: '2024-03-02T09:00:00Z',
          relationships: ids.map((objectId) => ({ objectId })),
        },
      ],
    };
    const file = join(dir, 'log.json');
    writeFileSync(file, JSON.stringify(log));
    const opened = await openLog(file);
    const [found] = await opened.warehouse.query(sql`select count(*) as n from events`);
    await opened.close();
    expect([opened.report.rowsIn, opened.report.rowsUsed, found?.n]).toEqual([1, 1, 9_000]);
  });

  test('a list where a field needs one value is refused, and a column that never comes is missing', async () => {
    const file = join(dir, 'log.ndjson');
    writeFileSync(
      file,
      '{"case": "a", "step": "x", "finished": "2024-03-02"}\n{"case": ["b", "c"], "step": "x", "finished": "2024-03-02"}\n',
    );
    await expect(openLog(file)).rejects.toMatchObject({ code: 'LIST_IN_FIELD' });
    writeFileSync(file, '{"case": "a", "step": "x", "finished": "2024-03-02"}\n{"case": "b", "step": "x"}\n');
    await expect(openLog(file, { map: { team: 'nowhere' } })).rejects.toMatchObject({
      code: 'COLUMN_MISSING',
    });
  });
});
