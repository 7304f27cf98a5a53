import {
  number,
  sheetXml,
  styles,
  text,
  workbook,
  workbookParts,
  zipped,
} from '../readers/xlsx/write-xlsx.test-support.ts';
import { casesOf, read, refused } from './hostile-case.test-support.ts';

const header = ['case', 'step', 'finished'].map(text);
const row = [text('a'), text('x'), text('2024-03-02')];
const sound = sheetXml([header, row]);
const parts = workbookParts({ One: sound });
const book = (sheet: string, shared?: string) =>
  zipped(workbookParts({ One: sheet }, shared === undefined ? {} : { shared }));
const cells = (inner: string) => book(sound.replace('</sheetData>', () => `${inner}</sheetData>`));
const doctype = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>';
const withPart = (name: string, content: string) => zipped({ ...parts, [name]: content });
const serials = (...days: readonly (number | string)[]) =>
  workbook([header, ...days.map((day, i) => [text(`c${i}`), text('x'), number(day, styles.date)])]);

/** Locks every member of an archive, as far as its table of contents tells. */
function locked(): Buffer {
  const sealed = zipped(parts);
  for (let at = sealed.indexOf('PK\x01\x02'); at >= 0; at = sealed.indexOf('PK\x01\x02', at + 4))
    sealed.writeUInt16LE(1, at + 8);
  return sealed;
}

/** Workbooks: their parts, cells and dates. */
export const xlsxCases = casesOf('workbook', [
  [
    'a document type in a part that holds nothing for us',
    'a.xlsx',
    withPart('docProps/app.xml', `${doctype}<a/>`),
    refused('XML_DOCTYPE'),
  ],
  [
    'a document type in the sheet',
    'a.xlsx',
    book(sound.replace('<worksheet', () => `${doctype}<worksheet`)),
    refused('XML_DOCTYPE'),
  ],
  [
    'an entity that is not defined',
    'a.xlsx',
    cells('<row r="3"><c r="A3" t="inlineStr"><is><t>&xxe;</t></is></c></row>'),
    refused('XML_MALFORMED'),
  ],
  ['rows out of order', 'a.xlsx', cells('<row r="2"/>'), refused('INPUT_DAMAGED', 'row 2')],
  [
    'cells out of order',
    'a.xlsx',
    cells('<row r="3"><c r="B3"/><c r="A3"/></row>'),
    refused('INPUT_DAMAGED'),
  ],
  [
    'a cell beyond all columns',
    'a.xlsx',
    cells('<row r="3"><c r="ZZZZ3"><v>1</v></c></row>'),
    refused('INPUT_DAMAGED'),
  ],
  ['a row whose number is no number', 'a.xlsx', cells('<row r="1e400"/>'), refused('INPUT_DAMAGED')],
  [
    'a cell that points at no shared text',
    'a.xlsx',
    cells('<row r="3"><c r="A3" t="s"><v>7</v></c></row>'),
    refused('INPUT_DAMAGED'),
  ],
  ['a sheet that ends in the middle', 'a.xlsx', book(sound.slice(0, -40)), refused('INPUT_TRUNCATED')],
  ['a sheet of charts', 'a.xlsx', book('<chartsheet/>'), refused('INPUT_DAMAGED')],
  ['a sheet of nothing', 'a.xlsx', book('<worksheet/>'), refused('NO_ROWS')],
  [
    'a sheet in bytes that are no text',
    'a.xlsx',
    zipped({
      ...parts,
      'xl/worksheets/sheet1.xml': Buffer.from('<worksheet>\xff\xfe\xfa</worksheet>', 'latin1'),
    }),
    refused('INPUT_DAMAGED'),
  ],
  [
    'a workbook without a list of sheets',
    'a.xlsx',
    zipped({ '[Content_Types].xml': '<Types/>' }),
    refused('INPUT_DAMAGED'),
  ],
  [
    'two sheets of which none was named',
    'a.xlsx',
    zipped(workbookParts({ One: sound, Two: sound })),
    refused('SHEET_AMBIGUOUS', 'One, Two'),
  ],
  [
    'a sheet that is not there',
    'a.xlsx',
    zipped(parts),
    refused('SHEET_NOT_FOUND', 'One'),
    { sheet: "One'; drop" },
  ],
  [
    'a sheet of 10,000 columns',
    'a.xlsx',
    () => workbook([Array.from({ length: 10_000 }, (_, c) => text(`k${c}`)), [text('1')]]),
    refused('TOO_MANY_COLUMNS'),
  ],
  [
    'cells beyond the header',
    'a.xlsx',
    workbook([header, row, [...row, text('more')]]),
    read(1, { TOO_MANY_FIELDS: 1 }),
  ],
  [
    'days that never were, or are none',
    'a.xlsx',
    serials(45_353, 60, 1, -5, 2_958_466, '1e300', 'NaN'),
    read(3, { TIME_UNPARSABLE: 4 }, ['SENTINEL', 'EVENTS_WITHOUT_TIME']),
  ],
  [
    'errors, truths and formulas without a value in place of a case, a step and a time',
    'a.xlsx',
    cells(
      '<row r="3"><c r="A3" t="e"><v>#N/A</v></c><c r="B3" t="b"><v>1</v></c><c r="C3"><f>NOW()</f></c></row>',
    ),
    read(2, {}, ['CELL_ERRORS', 'FORMULA_EMPTY', 'EVENTS_WITHOUT_TIME']),
  ],
  [
    'hidden rows and a merged title',
    'a.xlsx',
    book(
      sheetXml([[text('Report')], header, row, row], {
        hidden: [3],
        after: '<mergeCells><mergeCell ref="A1:C1"/></mergeCells>',
      }),
    ),
    read(2, {}, ['HIDDEN_CELLS', 'MERGED_CELLS', 'PREAMBLE_SKIPPED']),
  ],
  [
    'a format of dates that is a million brackets',
    'a.xlsx',
    () =>
      zipped({
        ...parts,
        'xl/styles.xml': `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="${'['.repeat(1_000_000)}"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>`,
      }),
    read(1),
  ],
  [
    'shared texts beyond the limit',
    'a.xlsx',
    book(sound, `<sst>${'<si><t/></si>'.repeat(100)}</sst>`),
    refused('INPUT_TOO_LARGE'),
    { limits: { sharedCharacters: 1_000 } },
  ],
  ['a workbook locked with a password', 'a.xlsx', locked(), refused('INPUT_ENCRYPTED')],
]);
