import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { errorOf, readAll } from '../read-all.test-support.ts';
import { dateText, numberText } from './cell-text.ts';
import { styleOfCode } from './styles.ts';
import {
  number,
  sheetXml,
  styles,
  text,
  workbook,
  workbookParts,
  zipped,
} from './write-xlsx.test-support.ts';

const header = [text('case'), text('step'), text('finished')];
const codes = (notices: readonly { readonly code: string }[]) => notices.map(({ code }) => code);

describe('cells', () => {
  test('a date cell is rounded to the nearest second', () => {
    expect(dateText(40853.707638888889, 'time', false)).toBe('2011-11-06T16:59:00');
    expect(dateText(45353.70763888889, 'time', false)).toBe('2024-03-02T16:59:00');
    expect(dateText(43891.70763888889, 'time', true)).toBe('2024-03-02T16:59:00');
  });

  test('days before March 1900 are the sentinel, the day that never was is written as such, others hold', () => {
    expect(dateText(61, 'date', false)).toBe('1900-03-01');
    expect(dateText(60, 'date', false)).toBe('1900-02-29');
    expect(dateText(59, 'date', false)).toBe('1900-01-01');
    expect(dateText(0, 'date', false)).toBe('1899-12-30');
    expect(dateText(60, 'date', true)).toBe('1904-03-01');
    expect(dateText(2_958_465, 'date', false)).toBe('9999-12-31');
    expect(dateText(2_958_466, 'date', false)).toBeNull();
    expect(dateText(-1, 'date', false)).toBeNull();
  });

  test('clocks and elapsed hours are no dates', () => {
    expect(dateText(0.5, 'clock', false)).toBe('12:00:00');
    expect(dateText(1.25, 'elapsed', false)).toBe('30:00:00');
    expect(dateText(45353.5, 'clock', false)).toBe('2024-03-02T12:00:00');
  });

  test('every day from March 1900 is the day that the calendar says', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 61, max: 2_958_465 }),
        fc.integer({ min: 0, max: 86_399 }),
        (day, second) => {
          const instant = new Date(Date.UTC(1899, 11, 30 + day, 0, 0, second));
          expect(dateText(day + second / 86_400, 'time', false)).toBe(instant.toISOString().slice(0, 19));
        },
      ),
    );
  });

  test('format codes tell dates from numbers', () => {
    const kinds = [
      'dd/mm/yyyy',
      'yyyy-mm-dd hh:mm',
      'mmm-yy',
      'hh:mm AM/PM',
      '[h]:mm',
      '[$-809]d mmmm yyyy;@',
    ];
    expect(kinds.map(styleOfCode)).toEqual(['date', 'time', 'date', 'clock', 'elapsed', 'date']);
    const plain = ['General', '0.00', '#,##0 "days"', '0.00E+00', '[Red]-0', '[$£-809]#,##0', '@'];
    expect(plain.map(styleOfCode)).toEqual(plain.map(() => 'number'));
  });

  test('numbers are written with the digits that a spreadsheet shows', () => {
    expect(
      ['7', '1.1000000000000001', '0.30000000000000004', '1.23E+11', '1e21', '-0.5', '12345678901234567'].map(
        numberText,
      ),
    ).toEqual(['7', '1.1', '0.3', '123000000000', '1000000000000000000000', '-0.5', '12345678901234567']);
  });
});

describe('sheets', () => {
  test('any table of texts reads back equal, packed or not', async () => {
    const cell = fc
      .string({ unit: 'binary', maxLength: 12 })
      .filter((value) => !/[\ud800-\udfff]/.test(value));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }),
        fc.constantFrom(0 as const, 8 as const),
        async (rows, method) => {
          // A mark in front keeps rows from being blank and the last from being a total.
          const cells = rows.map(([a, b]) => [text(`-${a}`), text(b)]);
          const sheet = sheetXml([[text('a'), text('b')], ...cells]);
          const read = await readAll(zipped(workbookParts({ One: sheet }), method));
          expect(read.columns).toEqual(['a', 'b']);
          expect(read.rows).toEqual(rows.map(([a, b]) => [`-${a}`, b]));
        },
      ),
      { numRuns: 40 },
    );
  });

  test('rows have the number of the sheet; short rows are filled, wide ones set aside', async () => {
    const read = await readAll(
      workbook([
        header,
        [text('1'), text('Received'), number(45353.5, styles.dateTime)],
        [],
        [text('2')],
        [text('3'), text('Decided'), null, text('beyond')],
        [text('4'), text('Decided'), null, text('')],
      ]),
    );
    expect(read.lines).toEqual([2, 4, 6]);
    expect(read.rows[0]).toEqual(['1', 'Received', '2024-03-02T12:00:00']);
    expect(read.rows[1]).toEqual(['2', '', '']);
    expect(read.faults.map(({ line, reason }) => [line, reason])).toEqual([[5, 'TOO_MANY_FIELDS']]);
    expect(read.facts.blankLines).toBe(1);
  });

  test('titles above the header and a total below are no rows', async () => {
    const read = await readAll(
      workbook([
        [text('Decisions in March')],
        [],
        header,
        [text('1'), text('Received'), text('2024-03-02')],
        [text('2'), text('Received'), text('2024-03-03')],
        [text('Total'), null, number(2)],
      ]),
    );
    expect(read.columns).toEqual(['case', 'step', 'finished']);
    expect(read.lines).toEqual([4, 5]);
    expect(codes(read.faults.map(({ reason }) => ({ code: reason })))).toEqual(['TRAILER_ROW']);
    expect(codes(read.notices)).toContain('PREAMBLE_SKIPPED');
  });

  test('the names of the columns once more are no row', async () => {
    const row = (id: string) => [text(id), text('Received'), text('2024-03-02')];
    const read = await readAll(
      workbook([header, row('1'), header, row('2'), [text('case'), ...row('3').slice(1)]]),
    );
    expect(read.rows.map(([id]) => id)).toEqual(['1', '2', 'case']);
    expect(read.faults.map(({ line, reason }) => [line, reason])).toEqual([[3, 'HEADER_REPEATED']]);
  });

  test('what a sheet hides, merges or has not worked out is read and told', async () => {
    const sheet = sheetXml(
      [
        header,
        [text('1'), text('Received'), (at) => `<c r="${at}"><f>NOW()</f></c>`],
        [
          text('2'),
          (at) => `<c r="${at}" t="str"><f>A1</f><v>Decided</v></c>`,
          (at) => `<c r="${at}" t="e"><v>#N/A</v></c>`,
        ],
        [text('3'), (at) => `<c r="${at}" t="b"><v>1</v></c>`, number(3, styles.money)],
      ],
      {
        hidden: [3],
        before: '<cols><col min="2" max="900" hidden="1"/></cols>',
        after: '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>',
      },
    );
    const read = await readAll(zipped(workbookParts({ One: sheet })));
    expect(read.rows).toEqual([
      ['1', 'Received', ''],
      ['2', 'Decided', '#N/A'],
      ['3', 'TRUE', '3'],
    ]);
    const counts = Object.fromEntries(
      read.notices.map(({ code, message, count }) => [`${code} ${message}`, count]),
    );
    expect(counts).toEqual({
      'HIDDEN_CELLS 1 hidden row was read.': 1,
      'HIDDEN_CELLS 2 hidden columns were read.': 2,
      'FORMULA_EMPTY 1 formula has no stored value and was read as empty.': 1,
      'CELL_ERRORS 1 cell holds an error such as #N/A, kept as text.': 1,
      'MERGED_CELLS 1 range of cells is merged: only its first cell holds the value.': 1,
    });
  });

  test('shared texts join their runs and leave furigana out', async () => {
    const shared =
      '<sst><si><t>case</t></si><si><r><t>st</t></r><r><t xml:space="preserve">ep </t></r><rPh><t>no</t></rPh></si><si><t>a_x000D_b&#10;c</t></si></sst>';
    const s = (i: number) => (at: string) => `<c r="${at}" t="s"><v>${i}</v></c>`;
    const read = await readAll(
      zipped(
        workbookParts(
          {
            One: sheetXml([
              [s(0), s(1)],
              [s(2), number('007')],
            ]),
          },
          { shared },
        ),
      ),
    );
    expect(read.columns).toEqual(['case', 'step']);
    expect(read.rows).toEqual([['a\rb\nc', '7']]);
  });

  test('of several sheets one must be named', async () => {
    const one = sheetXml([header, [text('1'), text('Received'), text('2024-03-02')]]);
    const two = sheetXml([header, [text('2'), text('Decided'), text('2024-03-03')]]);
    const bytes = zipped(workbookParts({ Events: one, 'Look & feel': two }, { hidden: ['Look & feel'] }));
    const asked = await errorOf(bytes);
    expect([asked.code, asked.found, asked.hint]).toEqual([
      'SHEET_AMBIGUOUS',
      'Events, Look & feel (hidden)',
      'sheet: Events',
    ]);
    expect((await readAll(bytes, { sheet: 'Look & feel' })).rows[0]?.[0]).toBe('2');
    expect((await errorOf(bytes, { sheet: 'Event' })).code).toBe('SHEET_NOT_FOUND');
    expect((await errorOf('a,b\n1,2\n', { sheet: 'Events' })).code).toBe('SHEET_NOT_FOUND');
  });
});

describe('workbooks that are not to be trusted', () => {
  const parts = workbookParts({ One: sheetXml([header, [text('1'), text('Received'), text('2024-03-02')]]) });
  const doctype = '<!DOCTYPE x [<!ENTITY a "b">]>';

  test('a document type in any part is refused, also in one that holds nothing for us', async () => {
    for (const name of [
      ...Object.keys(parts).filter((part) => part !== '[Content_Types].xml'),
      'docProps/app.xml',
    ]) {
      const spoilt = { ...parts, [name]: `${doctype}${parts[name]?.replace(/^<\?xml[^>]*>/, '') ?? '<a/>'}` };
      expect([name, (await errorOf(zipped(spoilt))).code]).toEqual([name, 'XML_DOCTYPE']);
    }
  });

  test('too many members, or one that is too large or lies about its size, are refused', async () => {
    const limits = { members: 20, memberBytes: 10_000 };
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`x${i}.txt`, '']));
    expect((await errorOf(zipped({ ...parts, ...many }), { limits })).code).toBe('INPUT_TOO_LARGE');
    const large = { ...parts, 'xl/styles.xml': `<styleSheet>${' '.repeat(20_000)}</styleSheet>` };
    expect((await errorOf(zipped(large), { limits })).code).toBe('INPUT_TOO_LARGE');
    const lying = zipped(large);
    const place = lying.lastIndexOf('xl/styles.xml');
    lying.writeUInt32LE(100, place - 46 + 24);
    expect((await errorOf(lying, { limits })).code).toBe('INPUT_TOO_LARGE');
    expect((await errorOf(lying)).code).toBe('INPUT_DAMAGED');
    expect((await errorOf(zipped(large), { limits: { ratioFrom: 1_000, ratio: 10 } })).code).toBe(
      'INPUT_TOO_LARGE',
    );
  });

  test('shared texts that would fill the memory and too many columns are refused', async () => {
    const shared = `<sst>${'<si><t/></si>'.repeat(100)}</sst>`;
    const book = zipped(workbookParts({ One: sheetXml([header]) }, { shared }));
    expect((await errorOf(book, { limits: { sharedCharacters: 1_000 } })).code).toBe('INPUT_TOO_LARGE');
    const wide = Array.from({ length: 30 }, (_, i) => text(`c${i}`));
    expect((await errorOf(workbook([wide]), { limits: { columns: 20 } })).code).toBe('TOO_MANY_COLUMNS');
  });

  test('an archive cut at any place is truncated or damaged, never half read', async () => {
    const whole = zipped(parts);
    for (let length = 4; length < whole.length; length += 97)
      expect(['INPUT_TRUNCATED', 'INPUT_DAMAGED']).toContain((await errorOf(whole.subarray(0, length))).code);
  });
});
