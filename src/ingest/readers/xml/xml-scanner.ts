import { WellspentError } from '../../../core/index.ts';
import { newByteBacklog } from '../bytes/byte-backlog.ts';
import { Stretch } from '../bytes/stretch.ts';
import { isSpace, XmlTag } from './xml-tag.ts';
import { withEntities, withLineFeeds } from './xml-text.ts';
import { isWordAt, XmlWords } from './xml-words.ts';

/** Receives elements as they open and close. The tag holds only during the call. */
export interface XmlEvents {
  readonly file: string;
  readonly maxDepth: number;
  readonly open: (localName: string, tag: XmlTag) => void;
  readonly close: () => void;
  /** Receives text between tags, entities resolved; an element's text may come in parts. */
  readonly text?: (value: string) => void;
}

/** A push scanner for XML in UTF-8 that comes in parts of whole characters. */
export interface XmlScanner {
  write(bytes: Buffer): void;
  /** Says that no more follows; fails if an element is still open. */
  end(): void;
}

const longestTag = 16_000_000;
const lf = 10;
const bang = 33;
const slash = 47;
const colon = 58;
const less = 60;
const greater = 62;
const question = 63;

function isEndOfName(code: number): boolean {
  return isSpace(code) || code === greater || code === slash;
}

/** Line ends among some bytes. */
function linesIn(bytes: Buffer, end: number): number {
  let lines = 0;
  for (let i = bytes.indexOf(lf); i >= 0 && i < end; i = bytes.indexOf(lf, i + 1)) lines += 1;
  return lines;
}

/**
 * Scans just the XML that event logs use: elements, attributes, comments, CDATA, the five named entities and
 * numbered ones. Document types are refused, so nothing can be defined, fetched or expanded.
 */
export function createXmlScanner(events: XmlEvents): XmlScanner {
  const { file, maxDepth } = events;
  const backlog = newByteBacklog();
  let stretch = new Stretch(Buffer.alloc(0));
  let { bytes } = stretch;
  let at = 0;
  let passedLines = 0;
  const open: string[] = [];
  let rootClosed = false;

  const lineAt = (position: number): number => passedLines + 1 + linesIn(bytes, position);
  const malformed = (what: string): never => {
    throw new WellspentError('XML_MALFORMED', `${file} is not well-formed XML: ${what}.`, {
      where: { file, line: lineAt(at) },
    });
  };
  const words = new XmlWords();
  const tag = new XmlTag(words, malformed);

  /** Reads a tag from `<`; returns where it ends, or -1 when the bytes end first. */
  const openTag = (from: number): number => {
    const source = bytes;
    const size = source.length;
    let p = from + 1;
    let nameStart = p;
    for (; p < size; p++) {
      const code = source[p] as number;
      if (isEndOfName(code)) break;
      if (code === colon) nameStart = p + 1;
    }
    if (p >= size) return -1;
    if (nameStart === p || source[nameStart] === less) malformed('a tag has no name');
    const name = words.at(source, nameStart, p);
    const qualified = nameStart === from + 1 ? name : words.at(source, from + 1, p);
    p = tag.read(stretch, p);
    if (p < 0) return -1;
    const empty = source[p] === slash;
    if (empty) {
      if (p + 1 >= size) return -1;
      if (source[p + 1] !== greater) malformed('a stray "/" stands in a tag');
      p += 1;
    }
    if (rootClosed) malformed('there is a second root element');
    open.push(qualified);
    if (open.length > maxDepth)
      throw new WellspentError('XML_TOO_DEEP', `${file} nests elements more than ${maxDepth} deep.`, {
        where: { file, line: lineAt(from) },
      });
    events.open(name, tag);
    if (empty) closeTag(qualified);
    return p + 1;
  };
  const closeTag = (qualified: string): void => {
    const expected = open.pop();
    if (expected !== qualified) malformed(`</${qualified}> closes <${expected ?? 'nothing'}>`);
    if (open.length === 0) rootClosed = true;
    events.close();
  };
  const endOfClosing = (from: number): number => {
    const expected = open.at(-1);
    const start = from + 2;
    if (expected !== undefined && isWordAt(bytes, start, bytes.length, expected)) {
      const end = start + expected.length;
      if (bytes[end] === greater) {
        closeTag(expected);
        return end + 1;
      }
    }
    const end = bytes.indexOf(greater, from);
    if (end < 0) return -1;
    let last = end;
    while (last > start && isSpace(bytes[last - 1] as number)) last -= 1;
    closeTag(words.at(bytes, start, last));
    return end + 1;
  };
  const skipTo = (from: number, ending: string, offset: number): number => {
    const end = bytes.indexOf(ending, from + offset);
    return end < 0 ? -1 : end + ending.length;
  };
  const declaration = (from: number): number => {
    const start = bytes.toString('utf8', from, from + 9);
    if (start.startsWith('<!--')) return skipTo(from, '-->', 4);
    if (start === '<![CDATA[') {
      const end = skipTo(from, ']]>', 9);
      if (end >= 0) events.text?.(withLineFeeds(stretch.slice(from + 9, end - 3)));
      return end;
    }
    if (start.toUpperCase() === '<!DOCTYPE')
      throw new WellspentError('XML_DOCTYPE', `${file} declares a document type, which is refused.`, {
        where: { file, line: lineAt(from) },
        found: bytes.toString('utf8', from, from + 80),
      });
    if (from + 9 > bytes.length) return -1;
    return malformed(`"${start.toUpperCase()}" stands where an element should`);
  };
  /** Reads one piece of markup from `<`; returns where it ends or -1. */
  const markup = (from: number): number => {
    if (from + 1 >= bytes.length) return -1;
    const code = bytes[from + 1];
    if (code === slash) return endOfClosing(from);
    if (code === bang) return declaration(from);
    if (code === question) return skipTo(from, '?>', 2);
    return openTag(from);
  };

  /** Takes all whole pieces of markup that have come. */
  const run = () => {
    while (true) {
      const source = bytes;
      const size = source.length;
      let start = at;
      while (start < size && source[start] !== less) start += 1;
      if (start >= size) {
        // Text that someone reads is kept until its end has come: an entity may be cut in two.
        if (!events.text || rootClosed) at = bytes.length;
        else if (bytes.length - at > longestTag)
          throw new WellspentError('INPUT_TOO_LARGE', `${file} holds a text of over 16 million bytes.`, {
            where: { file, line: lineAt(at) },
          });
        return;
      }
      if (events.text && start > at)
        events.text(withEntities(withLineFeeds(stretch.slice(at, start)), malformed));
      at = start;
      const end = markup(start);
      if (end < 0) {
        if (bytes.length - start > longestTag) malformed('a tag is longer than 16 million bytes');
        return;
      }
      at = end;
    }
  };
  const scan = (whole: Buffer) => {
    stretch = new Stretch(whole);
    bytes = whole;
    at = 0;
    run();
    passedLines += linesIn(bytes, at);
    bytes = bytes.subarray(at);
    at = 0;
    backlog.keep(bytes);
  };

  return {
    write(part) {
      const whole = backlog.add(part);
      if (whole !== null) scan(whole);
    },
    end() {
      scan(backlog.all());
      if (open.length > 0 || bytes.length > 0 || !rootClosed)
        throw new WellspentError('INPUT_TRUNCATED', `${file} ends before its last element is closed.`, {
          where: { file, line: lineAt(bytes.length) },
        });
    },
  };
}
