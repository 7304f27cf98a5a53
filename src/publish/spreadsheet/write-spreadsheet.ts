import { strToU8, type Zippable, zipSync } from 'fflate';
import { contentXml, documentPart } from './content-xml.ts';
import { sharedStyles } from './spreadsheet-styles.ts';
import type { Workbook } from './workbook.ts';
import { element, xmlText } from './xml-text.ts';

const mimetype = 'application/vnd.oasis.opendocument.spreadsheet';
/** The first day that a zip archive can hold, at noon: midnight is taken for none. The properties tell the true time. */
const noTime = new Date(1980, 0, 1, 12);

function metaXml({ title, description, creator, made }: Workbook): string {
  const moment = made.toISOString().replace(/\.\d+Z$/, 'Z');
  const say = (name: string, text: string) => element(name, {}, xmlText(text));
  return documentPart(
    'office:document-meta',
    element(
      'office:meta',
      {},
      [
        say('dc:title', title),
        say('dc:description', description),
        say('dc:language', 'en-GB'),
        say('dc:creator', creator),
        say('meta:initial-creator', creator),
        say('meta:creation-date', moment),
        say('dc:date', moment),
      ].join(''),
    ),
  );
}

function manifestXml(parts: readonly string[]): string {
  const entry = (path: string, type: string) =>
    element('manifest:file-entry', {
      'manifest:full-path': path,
      'manifest:media-type': type,
      ...(path === '/' ? { 'manifest:version': '1.3' } : {}),
    });
  const inside = [entry('/', mimetype), ...parts.map((path) => entry(path, 'text/xml'))].join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(
    'manifest:manifest',
    {
      'xmlns:manifest': 'urn:oasis:names:tc:opendocument:xmlns:manifest:1.0',
      'manifest:version': '1.3',
    },
    inside,
  )}`;
}

/**
 * A spreadsheet as an OpenDocument 1.3 package (ISO/IEC 26300): the type of the package first and not
 * compressed, the manifest, content, styles and properties. The same workbook gives the same bytes.
 */
export function writeSpreadsheet(workbook: Workbook): Uint8Array {
  const parts = {
    'content.xml': contentXml(workbook),
    'styles.xml': documentPart('office:document-styles', sharedStyles('en', 'GB')),
    'meta.xml': metaXml(workbook),
  };
  const files: Zippable = {
    mimetype: [strToU8(mimetype), { level: 0 }],
    'META-INF/manifest.xml': strToU8(manifestXml(Object.keys(parts))),
  };
  for (const [path, text] of Object.entries(parts)) files[path] = strToU8(text);
  return zipSync(files, { level: 6, mtime: noTime });
}
