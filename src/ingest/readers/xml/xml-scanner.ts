import { WellspentError } from '../../../core/index.ts';
import { newByteBacklog } from '../bytes/byte-backlog.ts';
import { Stretch } from '../bytes/stretch.ts';
import {
  ampersandKind,
  bracketKind,
  byteKinds,
  checkCharacters,
  checkNoEndOfCdata,
  doubtfulKind,
  isName,
  lessKind,
  linesIn,
} from './xml-characters.ts';
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

/** Kinds of bytes in a text that matter also where nobody reads it. */
const lookedAt = doubtfulKind | bracketKind | ampersandKind;
const longestTag = 16_000_000;
const bang = 33;
const slash = 47;
const colon = 58;
const less = 60;
const greater = 62;
const question = 63;

/** What ends a name in a tag: 1 for a blank, ">" and "/", 2 for ":", which ends a prefix. */
const endsOfNames = new Uint8Array(256);
for (const code of [9, 10, 13, 32, greater, slash]) endsOfNames[code] = 1;
endsOfNames[colon] = 2;

const gap = '[ \\t\\r\\n]';
const given = (name: string, value: string) => `${gap}+${name}${gap}*=${gap}*(?:"${value}"|'${value}')`;
const declarationOnly = new RegExp(
  `^xml${given('version', '[\\w.:-]+')}(?:${given('encoding', '[A-Za-z][\\w.-]*')})?(?:${given('standalone', '(?:yes|no)')})?${gap}*$`,
);

/**
 * Scans just the XML that event logs use: elements, attributes, comments, CDATA, the five named entities and
 * numbered ones. Document types are refused, so nothing can be defined, fetched or expanded. What is not well-formed
 * ends the reading, as XML 1.0 (section 1.2) has it for a fatal error.
 */
export function createXmlScanner(events: XmlEvents): XmlScanner {
  const { file, maxDepth } = events;
  const backlog = newByteBacklog();
  let stretch = new Stretch(Buffer.alloc(0));
  let { bytes } = stretch;
  let at = 0;
  let passedLines = 0;
  let passedBytes = 0;
  const open: string[] = [];
  let rootClosed = false;

  const lineAt = (position: number): number => passedLines + 1 + linesIn(bytes, 0, position);
  const malformed = (what: string, hint?: string, linesOn = 0): never => {
    throw new WellspentError('XML_MALFORMED', `${file} is not well-formed XML: ${what}.`, {
      where: { file, line: lineAt(at) + linesOn },
      ...(hint === undefined ? {} : { hint }),
    });
  };
  const words = new XmlWords((name) => {
    if (!isName(name)) malformed(`"${name.slice(0, 80)}" is no name of an element or attribute`);
  });
  const tag = new XmlTag(words, malformed);

  /** Reads a tag from `<`; returns where it ends, or -1 when the bytes end first. */
  const openTag = (from: number): number => {
    const source = bytes;
    const size = source.length;
    let p = from + 1;
    let nameStart = p;
    for (; p < size; p++) {
      const ending = endsOfNames[source[p] as number];
      if (ending === 0) continue;
      if (ending === 1) break;
      nameStart = p + 1;
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
  const endOf = (ending: string, from: number): number => {
    const end = bytes.indexOf(ending, from);
    return end < 0 ? -1 : end + ending.length;
  };
  const comment = (from: number): number => {
    const end = endOf('--', from + 4);
    if (end < 0 || end >= bytes.length) return -1;
    if (bytes[end] !== greater) malformed('"--" stands in a comment', 'Leave the comment out.');
    checkCharacters(bytes, from, end, malformed);
    return end + 1;
  };
  const cdata = (from: number): number => {
    const end = endOf(']]>', from + 9);
    if (end < 0) return -1;
    if (open.length === 0) malformed('a text stands outside the root element');
    checkCharacters(bytes, from, end, malformed);
    events.text?.(withLineFeeds(stretch.slice(from + 9, end - 3)));
    return end;
  };
  const instruction = (from: number): number => {
    const end = endOf('?>', from + 2);
    if (end < 0) return -1;
    checkCharacters(bytes, from, end, malformed);
    const text = stretch.slice(from + 2, end - 2);
    const target = /^[^ \t\r\n]*/.exec(text)?.[0] ?? '';
    if (!isName(target)) malformed('a processing instruction has no name');
    if (target.toLowerCase() !== 'xml') return end;
    if (passedBytes + from > 0)
      malformed(
        'the XML declaration does not stand at the very start',
        'Leave out what stands before "<?xml", or the second "<?xml".',
      );
    if (!declarationOnly.test(text)) malformed('the XML declaration is not as XML has it');
    return end;
  };
  const declaration = (from: number): number => {
    const start = bytes.toString('utf8', from, from + 9);
    if (start.startsWith('<!--')) return comment(from);
    if (start === '<![CDATA[') return cdata(from);
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
    if (code === question) return instruction(from);
    return openTag(from);
  };
  /** Takes the text between two pieces of markup, with the kinds of bytes in it. */
  const text = (from: number, end: number, kinds: number) => {
    if (open.length === 0) {
      for (let p = from; p < end; p++)
        if (!isSpace(bytes[p] as number))
          malformed(
            'a text stands outside the root element',
            'Leave out what stands before the first element or behind the last.',
            linesIn(bytes, from, p),
          );
      return;
    }
    if ((kinds & doubtfulKind) !== 0) checkCharacters(bytes, from, end, malformed);
    if ((kinds & bracketKind) !== 0) checkNoEndOfCdata(bytes, from, end, malformed);
    if (events.text) events.text(withEntities(withLineFeeds(stretch.slice(from, end)), malformed));
    else if ((kinds & ampersandKind) !== 0) withEntities(stretch.slice(from, end), malformed);
  };

  /** Takes all whole pieces of markup that have come. */
  const run = () => {
    while (true) {
      const source = bytes;
      const size = source.length;
      let start = at;
      while (start < size && isSpace(source[start] as number)) start += 1;
      let kinds = 0;
      for (; start < size; start++) {
        const kind = byteKinds[source[start] as number] as number;
        if (kind === lessKind) break;
        kinds |= kind;
      }
      if (start >= size) {
        // What has to be looked at or read is kept until its end has come: an entity may be cut in two.
        if (open.length === 0) text(at, start, kinds);
        if (open.length === 0 || !(events.text || (kinds & lookedAt) !== 0)) at = bytes.length;
        else if (bytes.length - at > longestTag)
          throw new WellspentError('INPUT_TOO_LARGE', `${file} holds a text of over 16 million bytes.`, {
            where: { file, line: lineAt(at) },
          });
        return;
      }
      if (start > at && (events.text || (kinds & lookedAt) !== 0 || open.length === 0))
        text(at, start, kinds);
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
    passedLines += linesIn(bytes, 0, at);
    passedBytes += at;
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
