import { WellspentError } from '../../core/index.ts';
import type { SourceFormat } from './raw-table.ts';
import { fileSize, firstBytes, firstContent, isGzip } from './source-bytes.ts';

/** What a file is, by its content. */
export interface Recognised {
  readonly format: SourceFormat;
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
  const utf16 = head[0] === 0xff && head[1] === 0xfe;
  return head
    .subarray(0, 2048)
    .toString(utf16 ? 'utf16le' : 'utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
}

function refuse(file: string, what: string, hint?: string): never {
  throw new WellspentError('NOT_AN_EVENT_LOG', `${file} is not an event log or table: ${what}.`, {
    where: { file },
    ...(hint ? { hint } : {}),
  });
}

function notYet(file: string, what: string): never {
  throw new WellspentError('FORMAT_NOT_READ_YET', `${file} is ${what}, which this version cannot read.`, {
    where: { file },
    hint: 'Save it as CSV (UTF-8) and add that.',
  });
}

function formatOf(file: string, head: Buffer): SourceFormat {
  if (startsWith(head, 'PAR1')) return 'parquet';
  if (startsWith(head, 'SQLite format 3')) notYet(file, 'an SQLite database');
  if (startsWith(head, 'PK\x03\x04')) notYet(file, 'a spreadsheet or zip archive');
  if (isGzip(head)) refuse(file, 'it is compressed twice', 'Unpack it once and add that.');
  if (head.every((byte) => byte === 0))
    refuse(file, 'it is filled with zero bytes', 'Copy or export it again.');
  const text = headText(head);
  if (/^<(!doctype\s+html|html[\s>])/i.test(text))
    refuse(file, 'it is a web page, perhaps a sign-in page', 'Download the file again after signing in.');
  if (text.startsWith('<')) return 'xes';
  if (/^(\{\s*("|\})|\[\s*[{[\]"])/.test(text)) notYet(file, 'JSON');
  return 'delimited';
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
  if (format === 'parquet' && gzip) notYet(file, 'a gzipped Parquet file');
  return { format, gzip, bytes, head };
}
