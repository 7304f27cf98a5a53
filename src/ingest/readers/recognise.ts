import { WellspentError } from '../../core/index.ts';
import { looksLikeOcelCsv } from './ocel/ocel-csv.ts';
import { ocelXmlVersion } from './ocel/ocel-xml.ts';
import { fileSize, firstBytes, firstContent, isGzip } from './source-bytes.ts';
import { encodingByMark, unmarkedUtf16, xmlEncoding } from './text-decoding.ts';
import { createXmlScanner } from './xml/xml-scanner.ts';

/** What the first bytes of a file tell: which reader is to look at it. */
export type RecognisedFormat =
  | 'delimited'
  | 'json'
  | 'ocel-csv'
  | 'ocel-xml'
  | 'parquet'
  | 'sqlite'
  | 'xes'
  | 'zip';

/** What a file is, by its content. */
export interface Recognised {
  readonly format: RecognisedFormat;
  readonly gzip: boolean;
  readonly bytes: number;
  /** The first 256 kB of its content, unpacked. */
  readonly head: Buffer;
}

const headBytes = 1 << 18;

function startsWith(head: Buffer, text: string): boolean {
  return head.length >= text.length && head.subarray(0, text.length).equals(Buffer.from(text, 'latin1'));
}

function headText(head: Buffer): string {
  // Blanks may stand before everything, also more than anyone would look past.
  const text = new TextDecoder(encodingByMark(head) ?? 'utf-8').decode(head);
  return text.trimStart().slice(0, 2_048);
}

/** What stands first in the logs of cases, and in no object-centric one. */
const firstOfCases = ['trace', 'extension', 'classifier'];

/** True for XML that shows with the first element inside its root that it is a log of cases: no more is looked at. */
function beginsAsCases(head: Buffer): boolean {
  const path: string[] = [];
  const scanner = createXmlScanner({
    file: '',
    maxDepth: 64,
    open: (name) => {
      if (path.push(name) > 1) throw new Error('enough was seen');
    },
    close: () => {
      path.pop();
    },
  });
  try {
    scanner.write(head);
  } catch {
    // What is wrong is said by the reader that meets it.
  }
  return path[0] === 'log' && firstOfCases.includes(path[1] ?? '');
}

function isOcelXml(head: Buffer): boolean {
  try {
    const text = new TextDecoder(xmlEncoding(head)).decode(head, { stream: true });
    return !beginsAsCases(Buffer.from(text)) && ocelXmlVersion(text) !== null;
  } catch {
    // An encoding that does not exist: said when the file is read.
    return false;
  }
}

function refuse(file: string, what: string, hint?: string): never {
  throw new WellspentError('NOT_AN_EVENT_LOG', `${file} is not an event log or table: ${what}.`, {
    where: { file },
    ...(hint ? { hint } : {}),
  });
}

/** Workbooks that are locked, and those of Excel 97 to 2003, come in the same old container of Microsoft's. */
function refuseOldContainer(file: string, head: Buffer): void {
  if (!startsWith(head, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return;
  if (head.includes(Buffer.from('EncryptedPackage', 'utf16le')))
    throw new WellspentError('INPUT_ENCRYPTED', `${file} is locked with a password.`, { where: { file } });
  throw new WellspentError(
    'FORMAT_NOT_READ_YET',
    `${file} is an Excel 97 to 2003 workbook (.xls) or locked.`,
    {
      where: { file },
      hint: 'Save it as an Excel workbook (.xlsx) without a password, or as CSV (UTF-8).',
    },
  );
}

const asText = 'Export the table from its program as CSV (UTF-8) or as an Excel workbook (.xlsx).';

/** Counts control characters but tab, line ends, form feed, and what terminals and old editors leave behind. */
function countControls(bytes: Buffer): number {
  let controls = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte < 32 && (byte < 9 || (byte > 13 && byte !== 26 && byte !== 27))) controls += 1;
  }
  return controls;
}

/** True for bytes that no text has: control characters, more than one in fifty. UTF-16 has its zeros. */
function isBinary(head: Buffer): boolean {
  if (encodingByMark(head) !== null || unmarkedUtf16(head) !== null) return false;
  return countControls(head) * 50 > head.length;
}

function formatOf(file: string, head: Buffer): RecognisedFormat {
  if (startsWith(head, 'PAR1')) return 'parquet';
  if (startsWith(head, 'PARE'))
    throw new WellspentError('INPUT_ENCRYPTED', `${file} is an encrypted Parquet file.`, { where: { file } });
  if (startsWith(head, 'SQLite format 3\0')) return 'sqlite';
  if (startsWith(head, 'PK\x03\x04')) return 'zip';
  if (startsWith(head, 'PK\x05\x06')) refuse(file, 'it is an empty zip archive');
  refuseOldContainer(file, head);
  if (isGzip(head)) refuse(file, 'it is compressed twice', 'Unpack it once and add that.');
  if (head.every((byte) => byte === 0))
    refuse(file, 'it is filled with zero bytes', 'Copy or export it again.');
  if (startsWith(head, '%PDF-')) refuse(file, 'it is a PDF document', asText);
  if (isBinary(head)) refuse(file, "it looks like a program's own file, not text", asText);
  const text = headText(head);
  if (/^<(!doctype\s+html|html[\s>])/i.test(text))
    refuse(file, 'it is a web page, perhaps a sign-in page', 'Download the file again after signing in.');
  if (text.startsWith('<')) return isOcelXml(head) ? 'ocel-xml' : 'xes';
  if (/^(\{\s*("|\}|$)|\[\s*([{[\]"]|$))/.test(text)) return 'json';
  return looksLikeOcelCsv(text) ? 'ocel-csv' : 'delimited';
}

/** Recognises a file by its content and refuses what cannot be a table or log, saying what it is instead. */
export async function recognise(file: string): Promise<Recognised> {
  const bytes = await fileSize(file);
  if (bytes === 0) throw new WellspentError('FILE_EMPTY', `${file} is empty.`, { where: { file } });
  const gzip = isGzip(await firstBytes(file, 2));
  const head = await firstContent(file, gzip, headBytes);
  if (head.length === 0)
    throw new WellspentError('FILE_EMPTY', `${file} unpacks to nothing.`, { where: { file } });
  const format = formatOf(file, head);
  if (gzip && (format === 'parquet' || format === 'sqlite' || format === 'zip'))
    throw new WellspentError('FORMAT_NOT_READ_YET', `${file} is a gzipped ${format} file.`, {
      where: { file },
      hint: 'Unpack it and add the file inside.',
    });
  return { format, gzip, bytes, head };
}
