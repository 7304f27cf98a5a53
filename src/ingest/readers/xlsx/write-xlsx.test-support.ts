import { crc32, deflateRawSync } from 'node:zlib';

/** A cell as its XML: `at` is its reference. */
export type CellXml = (at: string) => string;

const escaped = (text: string) =>
  text.replaceAll(/[&<>"]|[^\t\n\u0020-\ufffd]|_x[0-9a-fA-F]{4}_/g, (found) => {
    const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
    if (found.startsWith('_x')) return `_x005F_${found.slice(1)}`;
    return named[found] ?? `_x${found.charCodeAt(0).toString(16).padStart(4, '0')}_`;
  });

/** A text that stands in its cell. */
export const text = (value: string): CellXml => {
  return (at) => `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
};

/** A number, in a style by its position among the styles below. */
export const number = (value: number | string, style = 0): CellXml => {
  return (at) => `<c r="${at}" s="${style}"><v>${value}</v></c>`;
};

/** Styles of the workbook: general, date, date and time, clock, elapsed hours, money. */
export const styles = { general: 0, date: 1, dateTime: 2, clock: 3, elapsed: 4, money: 5 } as const;

function columnName(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? columnName(rest - 1) : '') + String.fromCharCode(65 + (column % 26));
}

/** Rows of cells as the XML of a sheet; null is no cell. */
export function sheetXml(
  rows: readonly (readonly (CellXml | null)[])[],
  options: { readonly hidden?: readonly number[]; readonly after?: string; readonly before?: string } = {},
): string {
  const body = rows.map((cells, r) => {
    const hidden = options.hidden?.includes(r + 1) ? ' hidden="1"' : '';
    const inner = cells.map((cell, c) => cell?.(`${columnName(c)}${r + 1}`) ?? '').join('');
    return `<row r="${r + 1}"${hidden}>${inner}</row>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${options.before ?? ''}<sheetData>${body.join('')}</sheetData>${options.after ?? ''}</worksheet>`;
}

/** Packs members as a zip archive. */
export function zipped(members: Readonly<Record<string, string | Buffer>>, method: 0 | 8 = 8): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(members)) {
    const bytes = Buffer.from(content);
    const packed = method === 8 ? deflateRawSync(bytes) : bytes;
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(method, 4);
    shared.writeUInt32LE(crc32(bytes), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(bytes.length, 18);
    shared.writeUInt16LE(Buffer.byteLength(name), 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, Buffer.from(name), packed]);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), shared, place, Buffer.from(name)]),
    );
    parts.push(local);
    offset += local.length;
  }
  const table = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(table.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, table, Buffer.from('PK\x05\x06'), end]);
}

const namespaces =
  'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The members of a workbook with sheets by name. */
export function workbookParts(
  sheets: Readonly<Record<string, string>>,
  options: {
    readonly shared?: string;
    readonly date1904?: boolean;
    readonly hidden?: readonly string[];
  } = {},
): Record<string, string> {
  const names = Object.keys(sheets);
  const list = names.map((name, i) => {
    const state = options.hidden?.includes(name) ? ' state="hidden"' : '';
    return `<sheet name="${escaped(name)}" sheetId="${i + 1}"${state} r:id="rId${i + 1}"/>`;
  });
  const links = names.map(
    (_, i) =>
      `<Relationship Id="rId${i + 1}" Type="${relation}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
  );
  const codes = [
    'General',
    'dd/mm/yyyy',
    'yyyy\\-mm\\-dd\\ hh:mm:ss',
    'hh:mm',
    '[h]:mm:ss',
    '[$£-809]#,##0.00',
  ];
  return {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships><Relationship Id="r" Type="${relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook ${namespaces}><workbookPr${options.date1904 ? ' date1904="1"' : ''}/><sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${links.join('')}<Relationship Id="s" Type="${relation}/styles" Target="/xl/styles.xml"/>${options.shared ? `<Relationship Id="t" Type="${relation}/sharedStrings" Target="sharedStrings.xml"/>` : ''}</Relationships>`,
    'xl/styles.xml': `<styleSheet ${namespaces}><numFmts>${codes.map((code, i) => `<numFmt numFmtId="${164 + i}" formatCode="${escaped(code)}"/>`).join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${codes.map((_, i) => `<xf numFmtId="${164 + i}"/>`).join('')}</cellXfs></styleSheet>`,
    ...(options.shared ? { 'xl/sharedStrings.xml': options.shared } : {}),
    ...Object.fromEntries(
      names.map((name, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheets[name] as string]),
    ),
  };
}

/** A workbook of one sheet. */
export function workbook(rows: readonly (readonly (CellXml | null)[])[]): Buffer {
  return zipped(workbookParts({ Sheet1: sheetXml(rows) }));
}
