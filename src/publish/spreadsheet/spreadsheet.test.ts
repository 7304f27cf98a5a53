import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { createXmlScanner } from '../../ingest/readers/xml/xml-scanner.ts';
import type { Workbook } from './workbook.ts';
import { writeSpreadsheet } from './write-spreadsheet.ts';

const workbook: Workbook = {
  title: 'Permits: figures',
  description: 'Made up.',
  creator: 'Head of permits',
  made: new Date('2026-05-04T09:30:00Z'),
  sheets: [
    {
      name: 'Cover',
      title: 'Permits',
      lines: [{ text: 'Made up & "quoted" <here>.' }],
      columns: [],
      rows: [],
    },
    {
      name: 'Contents',
      title: 'Contents',
      lines: [{ text: 'Table 1', sheet: 'Table_1' }],
      columns: [],
      rows: [],
    },
    {
      name: 'Table_1',
      title: 'Shares [note 1]',
      lines: [{ text: 'This sheet holds one table.' }],
      columns: [
        { heading: 'Office', type: 'text' },
        { heading: 'First day', type: 'date' },
        { heading: 'Cases', type: 'count' },
        { heading: 'On time (%)', type: 'share' },
      ],
      rows: [
        ['=1+1', '2026-04-01', 1205, 0.951],
        ['North\u0000', '2026-05-01', '[c]', null],
      ],
    },
  ],
};

const bytes = writeSpreadsheet(workbook);
const parts = unzipSync(bytes);
const text = (name: string) => strFromU8(parts[name] ?? new Uint8Array());

/** Every element of a part in order; throws where the part is not well formed. */
function elementsOf(part: string, names: readonly string[]): readonly Record<string, string | null>[] {
  const found: Record<string, string | null>[] = [];
  const scanner = createXmlScanner({
    file: part,
    maxDepth: 20,
    open: (name, tag) => {
      found.push({ element: name, ...Object.fromEntries(names.map((key) => [key, tag.text(key)])) });
    },
    close: () => {},
  });
  scanner.write(Buffer.from(text(part)));
  scanner.end();
  return found;
}

describe('the package', () => {
  it('begins with its type, not compressed and with nothing beside it', () => {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    expect(view.getUint32(0, true)).toBe(0x04034b50);
    expect(view.getUint16(8, true)).toBe(0);
    expect(view.getUint16(28, true)).toBe(0);
    expect(strFromU8(bytes.slice(30, 38))).toBe('mimetype');
    expect(strFromU8(bytes.slice(38, 84))).toBe('application/vnd.oasis.opendocument.spreadsheet');
  });

  it('lists every part in its manifest, and no other', () => {
    const listed = elementsOf('META-INF/manifest.xml', ['manifest:full-path'])
      .map((entry) => entry['manifest:full-path'])
      .filter((path) => path !== null);
    expect(listed.sort()).toEqual(
      ['/', ...Object.keys(parts).filter((name) => !/^(mimetype|META-INF\/)/.test(name))].sort(),
    );
  });

  it('is well formed in each part, and says its version', () => {
    for (const name of ['content.xml', 'styles.xml', 'meta.xml'])
      expect(elementsOf(name, ['office:version'])[0]?.['office:version']).toBe('1.3');
  });

  it('has the same bytes for the same workbook', () => {
    expect(writeSpreadsheet(workbook)).toEqual(bytes);
  });
});

describe('what a reader needs', () => {
  it('a title, a language and a date in its properties, and a language in its styles', () => {
    expect(text('meta.xml')).toContain('<dc:title>Permits: figures</dc:title>');
    expect(text('meta.xml')).toContain('<dc:language>en-GB</dc:language>');
    expect(text('meta.xml')).toContain('<dc:date>2026-05-04T09:30:00Z</dc:date>');
    expect(text('styles.xml')).toContain('fo:language="en" fo:country="GB"');
  });

  it('as many cells in each row as the table has columns, none merged and none blank', () => {
    const content = text('content.xml');
    expect(content).not.toMatch(/spanned|covered-table-cell|repeated|<table:table-cell[^>]*\/>|<text:p\/>/);
    const [, , table = ''] = content.split('<table:table ').slice(1);
    const rows = table.split('<table:table-row>').slice(1);
    expect(rows.map((row) => row.match(/<table:table-cell/g)?.length)).toEqual([1, 1, 4, 4, 4]);
  });

  it('headings that are marked as such, and the place of the table', () => {
    const content = text('content.xml');
    expect(content.match(/<table:table-header-rows>/g)).toHaveLength(1);
    expect(content).toContain('table:target-range-address="Table_1.A3:Table_1.D5"');
    expect(content).toContain('table:contains-header="true"');
  });

  it('links from the contents to the sheets', () => {
    expect(text('content.xml')).toContain('xlink:href="#Table_1">Table 1</text:a>');
  });
});

describe('values', () => {
  const content = text('content.xml');

  it('are numbers, percentages and dates with their types', () => {
    expect(content).toContain('office:value-type="float" office:value="1205"');
    expect(content).toContain('office:value-type="percentage" office:value="0.951"');
    expect(content).toContain('office:date-value="2026-04-01"');
  });

  it('that are missing or suppressed are marked, and text is never a formula', () => {
    expect(content).toContain('<text:p>[c]</text:p>');
    expect(content).toContain('<text:p>[x]</text:p>');
    expect(content).toContain('office:value-type="string"><text:p>=1+1</text:p>');
    expect(content).not.toContain('table:formula');
  });

  it('that XML cannot hold are replaced, and marks are escaped', () => {
    expect(content).toContain('<text:p>North\ufffd</text:p>');
    expect(content).toContain('Made up &amp; &quot;quoted&quot; &lt;here&gt;.');
  });
});
