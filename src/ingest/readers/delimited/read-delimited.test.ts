import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { textsOf } from '../cells.ts';
import { openTable } from '../open-table.ts';
import type { ReadOptions, RowFault } from '../raw-table.ts';
import { nameColumns, sniffLayout } from './sniff.ts';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'wellspent-delimited-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function read(content: string | Uint8Array, options: ReadOptions = {}) {
  const file = join(dir, 'table.csv');
  writeFileSync(file, content);
  const { table } = await openTable(file, options);
  const rows: string[][] = [];
  const lines: number[] = [];
  const faults: RowFault[] = [];
  for await (const batch of table.batches()) {
    const columns = batch.columns.map(textsOf);
    for (let r = 0; r < batch.rows; r++) rows.push(columns.map((column) => column[r] ?? ''));
    lines.push(...batch.lines);
    faults.push(...batch.faults);
  }
  return { header: table.columns, rows, lines, faults, facts: table.facts };
}

interface Written {
  readonly delimiter: string;
  readonly lineEnd: string;
  readonly quoteAll: boolean;
  readonly mark: boolean;
  readonly encoding: 'utf8' | 'utf16le';
  readonly lastLineEnd: boolean;
}

/** A writer of its own, so that reader and writer cannot share a mistake. */
function write(table: readonly (readonly string[])[], how: Written): Uint8Array {
  const needs = new RegExp(`["\\r\\n${how.delimiter === '|' ? '\\|' : how.delimiter}]|^\\s|\\s$`);
  const cell = (text: string) =>
    how.quoteAll || needs.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const body = table.map((row) => row.map(cell).join(how.delimiter)).join(how.lineEnd);
  const mark = how.mark || how.encoding === 'utf16le' ? '\ufeff' : '';
  return Buffer.from(mark + body + (how.lastLineEnd ? how.lineEnd : ''), how.encoding);
}

const dialect: fc.Arbitrary<Written> = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  quoteAll: fc.boolean(),
  mark: fc.boolean(),
  encoding: fc.constantFrom('utf8' as const, 'utf16le' as const),
  lastLineEnd: fc.boolean(),
});

const cell = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    '1',
    '1.5',
    'x,y',
    'x;y',
    'say "so"',
    'two\nlines',
    ' blank ',
    '=1+1',
    'é',
    '漢字',
    '1/2/2024',
  ),
  fc
    .string({ unit: 'grapheme', maxLength: 12 })
    .map((text) => text.replaceAll(/[\r\0\ufeff]/g, '').toWellFormed()),
);

const tables = fc
  .integer({ min: 2, max: 5 })
  .chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 20 }),
  )
  // A row of nothing cannot be told from a blank line only if it has one column; these have two or more.
  .map((rows) => rows.map((row, r) => [`row ${r}`, ...row.slice(1)]));

describe('delimited text', () => {
  test('any table written in any dialect reads back equal', async () => {
    await fc.assert(
      fc.asyncProperty(tables, dialect, async (rows, how) => {
        const header = (rows[0] ?? []).map((_, c) => `column ${String.fromCharCode(97 + c)}`);
        const back = await read(write([header, ...rows], how), { delimiter: how.delimiter });
        expect(back.header).toEqual(header);
        expect(back.faults).toEqual([]);
        expect(back.rows).toEqual(rows);
      }),
      { numRuns: 300 },
    );
  });

  test('lines are counted as a text editor counts them', async () => {
    const { lines, faults } = await read('a,b\n1,2\n"x\ny",3\n4\n\n5,6\n');
    expect(lines).toEqual([2, 3, 7]);
    expect(faults.map((fault) => [fault.line, fault.reason])).toEqual([[5, 'TOO_FEW_FIELDS']]);
  });

  test('a quote that never closes costs one line, however long the file is', async () => {
    const many = Array.from({ length: 50_000 }, (_, i) => `${i},text number ${i}`).join('\n');
    const { rows, faults } = await read(`id,text\n0,"open\n${many}\n`);
    expect(rows).toHaveLength(50_000);
    expect(faults.map((fault) => [fault.line, fault.reason])).toEqual([[2, 'QUOTE_NOT_CLOSED']]);
  });

  test('rows that a block boundary cuts read as if it were not there', async () => {
    const row = (i: number) => `${i},"value ""${i}"" over\r\ntwo lines",${'x'.repeat(i % 50)}`;
    const rows = Array.from({ length: 60_000 }, (_, i) => row(i));
    const back = await read(`id,text,pad\r\n${rows.join('\r\n')}`);
    expect(back.faults).toEqual([]);
    expect(back.rows.length).toBe(60_000);
    expect(back.rows[59_999]).toEqual(['59999', 'value "59999" over\ntwo lines', 'x'.repeat(49)]);
    expect(back.lines[59_999]).toBe(2 + 2 * 59_999);
  });

  test('a total in the last row is a trailer, a total in the middle is data', async () => {
    const { rows, faults } = await read('a,b\nTotal,1\nx,2\nTotal,3\n');
    expect(rows).toEqual([
      ['Total', '1'],
      ['x', '2'],
    ]);
    expect(faults.map((fault) => [fault.line, fault.reason])).toEqual([[4, 'TRAILER_ROW']]);
  });

  test('a total is a trailer where a batch ends before it, and blank lines come after', async () => {
    for (const rows of [8_190, 8_191, 8_192, 16_383]) {
      const body = Array.from({ length: rows }, (_, i) => `${i},x\n`).join('');
      const found = await read(`a,b\n${body}Total,9\n\n`);
      expect([found.rows.length, found.faults.map(({ reason }) => reason)]).toEqual([rows, ['TRAILER_ROW']]);
    }
  });

  test.each([
    ['a blank line', '"case","step"\n"1","a"\n\n"2","b"\n', 2],
    ['a value that ends in a blank line', '"case","step"\n"1","x\n\n"\n', 1],
  ])('of which every value is quoted is read with %s in it', async (_, text, rows) => {
    const found = await read(text);
    expect([found.header, found.rows.length]).toEqual([['case', 'step'], rows]);
  });

  test.each([
    [
      'of which most have no name',
      'case,step,when,,,,\n1,a,2026-04-01,,,,\n2,b,2026-04-02,see,note,from,me\n',
      'case',
    ],
    [
      'of which several have one name',
      'Case,Date,Date,Date,Date\n1,2026-04-01,2026-04-02,sent,closed\n2,2026-04-01,2026-04-03,sent,closed\n',
      'Case',
    ],
  ])('the names of columns %s stand above the data, not among them', async (_, text, first) => {
    const found = await read(text);
    expect([found.header[0], found.rows.length, found.facts.headerLine]).toEqual([first, 2, 1]);
  });

  test('names above rows that all end in a delimiter are names, and the last column has none', async () => {
    const found = await read('case,step,when\n1,a,2026-04-01,\n2,b,2026-04-02,\n');
    expect([found.header, found.rows.length, found.faults]).toEqual([
      ['case', 'step', 'when', 'column_4'],
      2,
      [],
    ]);
    // A title above data without names is no row of names, nor are names that something stands behind.
    const titled = read('Cases,by,step\n1,a,2026-04-01,\n2,b,2026-04-02,x\n');
    await expect(titled).rejects.toMatchObject({ code: expect.stringMatching(/^HEADER_/) });
  });

  test('a quoted value of many lines is one value, however long', async () => {
    const { rows, faults } = await read(`a,b\n1,"${'9,forged\n'.repeat(200_000)}"\n2,x\n`);
    expect([rows.length, faults.length]).toEqual([2, 0]);
  });

  test('UTF-16 without its mark is asked about, and read when it is said', async () => {
    const text = 'case;step\n1;a\n2;b\n';
    const wide = Buffer.from(text, 'utf16le');
    await expect(read(wide)).rejects.toMatchObject({ code: 'ENCODING_UNKNOWN', hint: 'encoding: utf-16le' });
    await expect(read(Buffer.from(wide).swap16())).rejects.toMatchObject({ hint: 'encoding: utf-16be' });
    expect((await read(wide, { encoding: 'utf-16le' })).rows).toHaveLength(2);
  });

  test('the delimiter is the one that gives most lines one width', () => {
    expect(sniffLayout(Buffer.from('a;b\n1,5;2\n3,5;4\n'), true).delimiter).toBe(';');
    expect(sniffLayout(Buffer.from('name|note\nx|a, b, c\ny|d, e, f\n'), true).delimiter).toBe('|');
    expect(sniffLayout(Buffer.from('only one column\nx\n'), true).header).toEqual(['only one column']);
  });

  test('a rare delimiter is found where it gives nearly all rows one width, and only there', () => {
    const found = (text: string) => sniffLayout(Buffer.from(text), true).delimiter;
    expect(found('case~step~when\nA~In, new~2024\nB~Out, old~2024\n')).toBe('~');
    expect(found('case^step^when\nA^In^2024\nB^Out^2024\n')).toBe('^');
    expect(found('case,note\nA,~5 days\nB,~7 days\n')).toBe(',');
    expect(found('a~b\nplain\ntext\nx~y\n')).toBe(',');
  });

  test.each(['tab', '\\t', 'space', '#', '\u00ac', '\u{1f511}'])(
    '%j separates values where it is said to',
    async (said) => {
      const mark = { tab: '\t', '\\t': '\t', space: ' ' }[said] ?? said;
      const text = [
        ['case', 'step,a'],
        ['1', 'x,y'],
        ['2', `"${mark}"`],
      ]
        .map((row) => row.join(mark))
        .join('\n');
      const { header, rows } = await read(text, { delimiter: said });
      expect(header).toEqual(['case', 'step,a']);
      expect(rows.map((row) => row[0])).toEqual(['1', '2']);
      expect(rows[0]).toEqual(['1', 'x,y']);
    },
  );

  test.each(['', '##', '"', '\n', 'comma'])('%j separates nothing', async (delimiter) => {
    await expect(read('a,b\n1,2\n', { delimiter })).rejects.toMatchObject({ code: 'DELIMITER_WRONG' });
  });

  test('names that are numbers, or that repeat, are names; data are none', () => {
    const header = (text: string) => sniffLayout(Buffer.from(text), true).header;
    expect(header('1,2,3\nA,In,2024-03-01\nA,Out,2024-03-05\n')).toEqual(['1', '2', '3']);
    expect(header('2019,2020\n10,20\n11,21\n')).toEqual(['2019', '2020']);
    expect(header('Name,State,Name,State\nBob,ok,Al,ok\nCat,ok,Dan,bad\n')).toEqual([
      'Name',
      'State',
      'Name_2',
      'State_2',
    ]);
    expect(header('Report,May,,\nid,name,from,to\n1,a,2,3\n')).toEqual(['id', 'name', 'from', 'to']);
    expect(sniffLayout(Buffer.from('A,In,2024-03-01\nB,In,2024-03-02\n'), true).isHeaderData).toBe(true);
    expect(sniffLayout(Buffer.from('office,2024-03-01,2024-04-01\nA,3,4\n'), true).isHeaderData).toBe(false);
  });

  test('headers are trimmed, numbered when repeated and named when empty', () => {
    expect(nameColumns([' case ', 'date', 'date', '', 'date_2'])).toEqual([
      'case',
      'date',
      'date_2',
      'column_4',
      'date_2_2',
    ]);
  });

  test('a first line that does not end says so: too many columns, or too long', async () => {
    const header = Array.from({ length: 400_000 }, (_, i) => `field ${i}`).join(',');
    await expect(read(header)).rejects.toMatchObject({ code: 'TOO_MANY_COLUMNS' });
    await expect(read('a'.repeat(4_000_000))).rejects.toMatchObject({
      code: 'NOT_AN_EVENT_LOG',
      message: expect.stringMatching(/^The first line of .* has over [\d,]+ characters\.$/),
    });
  });
});
