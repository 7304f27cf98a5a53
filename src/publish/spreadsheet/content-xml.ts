import type { CellValue, ColumnType } from '../../core/index.ts';
import { automaticStyles, cellStyle, isPercent } from './spreadsheet-styles.ts';
import type { Sheet, SheetLine, Workbook } from './workbook.ts';
import { element, xmlText } from './xml-text.ts';

/** What stands where there is no value, so that no cell is blank. */
export const notAvailable = '[x]';

const wordTypes: ReadonlySet<ColumnType> = new Set(['text', 'date', 'time', 'period']);
const narrowest = 12;
const widest = 60;
const prose = 80;

const paragraph = (inside: string) => element('text:p', {}, inside);

function textCell(text: string, style: string): string {
  return element(
    'table:table-cell',
    { 'table:style-name': style, 'office:value-type': 'string' },
    paragraph(xmlText(text)),
  );
}

function numberCell(value: number, type: ColumnType): string {
  return element(
    'table:table-cell',
    {
      'table:style-name': cellStyle(type),
      'office:value-type': isPercent(type) ? 'percentage' : 'float',
      'office:value': String(value),
    },
    paragraph(xmlText(isPercent(type) ? `${Number((value * 100).toFixed(1))}%` : String(value))),
  );
}

function dateCell(day: string): string {
  return element(
    'table:table-cell',
    { 'table:style-name': 'cell-date', 'office:value-type': 'date', 'office:date-value': day },
    paragraph(day),
  );
}

/** A cell of a table; text is text, whatever it begins with, so nothing can be read as a formula. */
function bodyCell(value: CellValue, type: ColumnType): string {
  if (value === null || value === '')
    return textCell(notAvailable, wordTypes.has(type) ? 'cell-text' : 'cell-mark');
  if (typeof value === 'number')
    return Number.isFinite(value) ? numberCell(value, type) : textCell(notAvailable, 'cell-mark');
  if (typeof value === 'boolean') return textCell(value ? 'yes' : 'no', 'cell-text');
  if (type === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return dateCell(value);
  if (!wordTypes.has(type)) return textCell(value, 'cell-mark');
  return textCell(value, value.length > widest ? 'Prose' : 'cell-text');
}

const row = (cells: string) => element('table:table-row', {}, cells);

/** A line above a table runs on over its columns; on a sheet of lines it wraps. */
function lineRow({ text, sheet }: SheetLine, style: string): string {
  if (sheet === undefined) return row(textCell(text, style));
  const link = element('text:a', { 'xlink:type': 'simple', 'xlink:href': `#${sheet}` }, xmlText(text));
  return row(
    element(
      'table:table-cell',
      { 'table:style-name': style, 'office:value-type': 'string' },
      paragraph(link),
    ),
  );
}

/** Widths of the columns in characters, in steps of four so that few styles are needed. */
function widthsOf({ columns, rows }: Sheet): readonly number[] {
  if (columns.length === 0) return [prose];
  return columns.map(({ heading }, c) => {
    const lengths = rows.slice(0, 200).map((cells) => String(cells[c] ?? '').length);
    const longest = Math.max(Math.min(heading.length, 24), ...lengths);
    return Math.ceil(Math.min(widest, Math.max(narrowest, longest)) / 4) * 4;
  });
}

function sheetXml(sheet: Sheet): string {
  const { name, title, lines, columns, rows } = sheet;
  const header = columns.map(({ heading }) => textCell(heading, 'Heading')).join('');
  const body = rows.map((cells) =>
    row(columns.map(({ type }, c) => bodyCell(cells[c] ?? null, type)).join('')),
  );
  return element(
    'table:table',
    { 'table:name': name },
    [
      ...widthsOf(sheet).map((width) =>
        element('table:table-column', { 'table:style-name': `width-${width}` }),
      ),
      row(textCell(title, 'Title')),
      ...lines.map((line) => lineRow(line, columns.length === 0 ? 'Prose' : 'Default')),
      ...(columns.length === 0 ? [] : [element('table:table-header-rows', {}, row(header)), ...body]),
    ].join(''),
  );
}

/** The letters of a spreadsheet column counted from 0. */
function columnLetters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : `${columnLetters(Math.floor(index / 26) - 1)}${last}`;
}

/** Marks the table of a sheet, so that programs and screen readers find it with its headings. */
function databaseRange({ name, lines, columns, rows }: Sheet): string {
  if (columns.length === 0) return '';
  const first = lines.length + 2;
  const end = `${columnLetters(columns.length - 1)}${first + rows.length}`;
  return element('table:database-range', {
    'table:name': `table_of_${name}`,
    'table:target-range-address': `${name}.A${first}:${name}.${end}`,
    'table:contains-header': 'true',
  });
}

const namespaces = {
  'xmlns:office': 'urn:oasis:names:tc:opendocument:xmlns:office:1.0',
  'xmlns:table': 'urn:oasis:names:tc:opendocument:xmlns:table:1.0',
  'xmlns:text': 'urn:oasis:names:tc:opendocument:xmlns:text:1.0',
  'xmlns:style': 'urn:oasis:names:tc:opendocument:xmlns:style:1.0',
  'xmlns:number': 'urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0',
  'xmlns:fo': 'urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0',
  'xmlns:xlink': 'http://www.w3.org/1999/xlink',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  'xmlns:meta': 'urn:oasis:names:tc:opendocument:xmlns:meta:1.0',
} as const;

/** A part of the package: its root element with the namespaces it may use and the version of the format. */
export function documentPart(root: string, inside: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, { ...namespaces, 'office:version': '1.3' }, inside)}`;
}

/** content.xml: the sheets with their tables. */
export function contentXml({ sheets }: Workbook): string {
  const widths = [...new Set(sheets.flatMap(widthsOf))].sort((a, b) => a - b);
  const ranges = sheets.map(databaseRange).join('');
  return documentPart(
    'office:document-content',
    automaticStyles(widths) +
      element(
        'office:body',
        {},
        element(
          'office:spreadsheet',
          {},
          sheets.map(sheetXml).join('') + (ranges === '' ? '' : element('table:database-ranges', {}, ranges)),
        ),
      ),
  );
}
