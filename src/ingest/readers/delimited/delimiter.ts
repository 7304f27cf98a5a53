import { WellspentError } from '../../../core/index.ts';

/** Stands in the bytes for a delimiter that takes several of them: the unit separator of ASCII. */
const separator = 31;
/** Names for delimiters that cannot be seen. */
const named: Readonly<Record<string, string>> = { tab: '\t', '\\t': '\t', space: ' ' };

/** How a delimiter that was stated is written out: `tab`, `space` or the character. */
export function delimiterName(delimiter: string): string {
  return delimiter === '\t' ? 'tab' : delimiter === ' ' ? 'space' : delimiter;
}

/** The character that was stated as delimiter: itself, `tab` or `space`. A quote or a line end cannot be one. */
export function delimiterOf(stated: string, file: string): string {
  const delimiter = named[stated.toLowerCase()] ?? stated;
  if ([...delimiter].length !== 1 || /["\r\n]/.test(delimiter))
    throw new WellspentError(
      'DELIMITER_WRONG',
      `"${stated.slice(0, 40)}" cannot be what separates the values of ${file}.`,
      { where: { file }, found: stated.slice(0, 40), hint: 'delimiter: tab' },
    );
  return delimiter;
}

/** The byte by which rows are split for a delimiter. */
export function delimiterByte(delimiter: string): number {
  const code = delimiter.codePointAt(0) as number;
  return code < 128 ? code : separator;
}

/** A block of whole characters in which a delimiter beyond ASCII is one byte; any other as it is. */
export function withOneByteDelimiter(block: Buffer, delimiter: string, file: string): Buffer {
  const bytes = Buffer.from(delimiter);
  if (bytes.length === 1 || !block.includes(bytes)) return block;
  if (block.includes(separator))
    throw new WellspentError(
      'DELIMITER_WRONG',
      `${file} is separated by "${delimiter}", yet holds unit separators (U+001F) in its values.`,
      { where: { file } },
    );
  const text = block.toString('utf8').replaceAll(delimiter, String.fromCharCode(separator));
  return Buffer.from(text);
}

/** The same for blocks as they come. */
export async function* withOneByteDelimiters(
  blocks: AsyncIterable<Buffer>,
  delimiter: string,
  file: string,
): AsyncIterable<Buffer> {
  for await (const block of blocks) yield withOneByteDelimiter(block, delimiter, file);
}
