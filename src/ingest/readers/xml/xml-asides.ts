import { WellspentError } from '../../../core/index.ts';
import type { Stretch } from '../bytes/stretch.ts';
import { checkCharacters, isName, type Malformed } from './xml-characters.ts';
import { withLineFeeds } from './xml-text.ts';

/** What the reading of asides has to know of the document, and whom it tells. */
export interface AsideContext {
  readonly file: string;
  readonly malformed: Malformed;
  readonly lineAt: (position: number) => number;
  /** True inside the root element. */
  readonly isInside: () => boolean;
  /** True for the very first byte of the document. */
  readonly isFirst: (position: number) => boolean;
  readonly text: ((value: string) => void) | undefined;
}

const greater = 62;
const question = 63;
const gap = '[ \\t\\r\\n]';
const given = (name: string, value: string) => `${gap}+${name}${gap}*=${gap}*(?:"${value}"|'${value}')`;
const declarationOnly = new RegExp(
  `^xml${given('version', '[\\w.:-]+')}(?:${given('encoding', '[A-Za-z][\\w.-]*')})?(?:${given('standalone', '(?:yes|no)')})?${gap}*$`,
);

function endOf(bytes: Buffer, ending: string, from: number): number {
  const end = bytes.indexOf(ending, from);
  return end < 0 ? -1 : end + ending.length;
}

function comment({ bytes }: Stretch, from: number, { malformed }: AsideContext): number {
  const end = endOf(bytes, '--', from + 4);
  if (end < 0 || end >= bytes.length) return -1;
  if (bytes[end] !== greater) malformed('"--" stands in a comment', 'Leave the comment out.');
  checkCharacters(bytes, from, end, malformed);
  return end + 1;
}

function cdata(stretch: Stretch, from: number, { malformed, isInside, text }: AsideContext): number {
  const end = endOf(stretch.bytes, ']]>', from + 9);
  if (end < 0) return -1;
  if (!isInside()) malformed('a text stands outside the root element');
  checkCharacters(stretch.bytes, from, end, malformed);
  text?.(withLineFeeds(stretch.slice(from + 9, end - 3)));
  return end;
}

function instruction(stretch: Stretch, from: number, { malformed, isFirst }: AsideContext): number {
  const end = endOf(stretch.bytes, '?>', from + 2);
  if (end < 0) return -1;
  checkCharacters(stretch.bytes, from, end, malformed);
  const text = stretch.slice(from + 2, end - 2);
  const target = /^[^ \t\r\n]*/.exec(text)?.[0] ?? '';
  if (!isName(target)) malformed('a processing instruction has no name');
  if (target.toLowerCase() !== 'xml') return end;
  if (!isFirst(from))
    malformed(
      'the XML declaration does not stand at the very start',
      'Leave out what stands before "<?xml", or the second "<?xml".',
    );
  if (!declarationOnly.test(text)) malformed('the XML declaration is not as XML has it');
  return end;
}

/**
 * Reads markup that is no tag, from `<!` or `<?`: a comment, CDATA or an instruction. Returns where it ends, or -1
 * when the bytes end first; document types are refused.
 */
export function readAside(stretch: Stretch, from: number, context: AsideContext): number {
  const { bytes } = stretch;
  if (bytes[from + 1] === question) return instruction(stretch, from, context);
  const start = bytes.toString('utf8', from, from + 9);
  if (start.startsWith('<!--')) return comment(stretch, from, context);
  if (start === '<![CDATA[') return cdata(stretch, from, context);
  if (start.toUpperCase() === '<!DOCTYPE')
    throw new WellspentError('XML_DOCTYPE', `${context.file} declares a document type, which is refused.`, {
      where: { file: context.file, line: context.lineAt(from) },
      // The word that it names alone: what follows may be of cases.
      found: /^<!\w+(?:\s+[\w.:-]*)?/.exec(bytes.toString('latin1', from, from + 60))?.[0] ?? start,
    });
  if (from + 9 > bytes.length) return -1;
  return context.malformed(`"${start.toUpperCase()}" stands where an element should`);
}
