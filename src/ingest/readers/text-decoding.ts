import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { WellspentError } from '../../core/index.ts';
import { utf8Fault } from './utf8-faults.ts';

/** The encoding that a byte order mark declares, if there is one. */
export function encodingByMark(head: Buffer): string | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return null;
}

/** The UTF-16 that bytes without a mark look like: a zero in every second byte, nearly all on one side. */
export function unmarkedUtf16(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  let even = 0;
  let odd = 0;
  for (let i = head.indexOf(0); i >= 0; i = head.indexOf(0, i + 1)) {
    if (i % 2 === 0) even += 1;
    else odd += 1;
  }
  const most = Math.max(even, odd);
  if (most * 4 <= head.length || Math.min(even, odd) * 10 >= most) return null;
  return even > odd ? 'utf-16be' : 'utf-16le';
}

/** The encoding of XML text: by its mark, else as it declares, else UTF-8, of which ASCII is a part. */
export function xmlEncoding(head: Buffer): string {
  const declared = /^(?:\xef\xbb\xbf)?<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']/.exec(
    head.subarray(0, 200).toString('latin1'),
  );
  const named = declared?.[1] ?? 'utf-8';
  return encodingByMark(head) ?? (/^(us-)?ascii$/i.test(named) ? 'utf-8' : named);
}

/** A strict decoder, or a coded error for a name that is no encoding. */
export function decoderFor(encoding: string, file: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch (cause) {
    throw new WellspentError('ENCODING_UNKNOWN', `"${encoding}" is not an encoding that we know.`, {
      where: { file },
      hint: 'encoding: windows-1252',
      cause,
    });
  }
}

function candidates(block: Buffer): string {
  const at = block.findIndex((byte) => byte >= 0x80);
  const sample = block.subarray(Math.max(0, at - 20), at + 20);
  return ['windows-1252', 'windows-1255']
    .map((name) => `${name}: ${new TextDecoder(name).decode(sample).replaceAll(/[\r\n]+/g, ' / ')}`)
    .join('; ');
}

/** Reads the bytes of a text once more, to find out what is wrong with them. */
export type ReadAgain = () => AsyncIterable<Buffer>;

async function notText(
  block: Buffer,
  encoding: string,
  file: string,
  again: ReadAgain | undefined,
  cause?: unknown,
): Promise<WellspentError> {
  // The memory of a block is used again.
  const found = candidates(block);
  const isMeantAsUtf8 = decoderFor(encoding, file).encoding === 'utf-8';
  const fault = again && isMeantAsUtf8 ? await utf8Fault(again(), file) : null;
  return (
    fault ??
    new WellspentError('ENCODING_UNKNOWN', `${file} is not valid ${encoding} text.`, {
      where: { file },
      found,
      hint: 'encoding: windows-1252',
      cause,
    })
  );
}

/**
 * Decodes blocks of bytes into text as they come, without guessing: text that is not UTF-8 must be declared. With
 * `again`, what was meant as UTF-8 and is damaged or cut off is told as such.
 */
export async function* decodeText(
  blocks: AsyncIterable<Buffer>,
  encoding: string,
  file: string,
  again?: ReadAgain,
): AsyncIterable<string> {
  const decoder = decoderFor(encoding, file);
  let last: Buffer = Buffer.alloc(0);
  for await (const block of blocks) {
    let text: string;
    try {
      text = decoder.decode(block, { stream: true });
    } catch (cause) {
      throw await notText(block, encoding, file, again, cause);
    }
    last = block;
    if (text !== '') yield text;
  }
  try {
    const rest = decoder.decode();
    if (rest !== '') yield rest;
  } catch (cause) {
    throw await notText(last, encoding, file, again, cause);
  }
}

const mark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Where the last character that is whole ends. */
function endOfCharacters(bytes: Buffer): number {
  const { length } = bytes;
  for (let back = 1; back <= Math.min(3, length); back++) {
    const byte = bytes[length - back] as number;
    if ((byte & 0xc0) === 0x80) continue;
    const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return size > back ? length - back : length;
  }
  return length;
}

/** Blocks of text in some encoding as blocks of whole characters in UTF-8, without a mark, as strict as `decodeText`. */
export async function* utf8Blocks(
  blocks: AsyncIterable<Buffer>,
  encoding: string,
  file: string,
  again?: ReadAgain,
): AsyncIterable<Buffer> {
  if (decoderFor(encoding, file).encoding !== 'utf-8') {
    for await (const text of decodeText(blocks, encoding, file)) yield Buffer.from(text);
    return;
  }
  let rest: Buffer = Buffer.alloc(0);
  let isFirst = true;
  for await (const block of blocks) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, block]) : block;
    const end = endOfCharacters(bytes);
    let whole = bytes.subarray(0, end);
    if (!isUtf8(whole)) throw await notText(block, encoding, file, again);
    rest = Buffer.from(bytes.subarray(end));
    if (isFirst && whole.length >= mark.length) {
      isFirst = false;
      if (whole.subarray(0, mark.length).equals(mark)) whole = whole.subarray(mark.length);
    }
    if (whole.length > 0) yield whole;
  }
  if (rest.length > 0) throw await notText(rest, encoding, file, again);
}
