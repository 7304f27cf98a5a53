import { WellspentError } from '../../../core/index.ts';
import { newBacklog } from '../backlog.ts';

/** Receives elements as they open and close. `attribute` reads the open tag and holds only during the call. */
export interface XmlEvents {
  readonly file: string;
  readonly maxDepth: number;
  readonly open: (localName: string, attribute: (name: string) => string | null) => void;
  readonly close: () => void;
  /** Receives text between tags, entities resolved; an element's text may come in parts. */
  readonly text?: (value: string) => void;
}

/** A push scanner for XML text that comes in parts. */
export interface XmlScanner {
  write(text: string): void;
  /** Says that no more text follows; fails if an element is still open. */
  end(): void;
}

const longestTag = 16_000_000;
const mostAttributes = 10_000;
const longestEntity = 13;
/** Pieces of a text put together at a time, so that millions of entities make no list of millions. */
const piecesAtOnce = 4_096;
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function withLineFeeds(value: string): string {
  return value.includes('\r') ? value.replaceAll(/\r\n?/g, '\n') : value;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

/**
 * Scans just the XML that event logs use: elements, attributes, comments, CDATA, the five named entities and
 * numbered ones. Document types are refused, so nothing can be defined, fetched or expanded.
 */
export function createXmlScanner(events: XmlEvents): XmlScanner {
  const { file, maxDepth } = events;
  const backlog = newBacklog();
  let text = '';
  let at = 0;
  let passedLines = 0;
  const open: string[] = [];
  let rootClosed = false;
  const names: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let attributes = 0;

  const lineAt = (position: number): number => {
    let line = passedLines + 1;
    for (let i = text.indexOf('\n'); i >= 0 && i < position; i = text.indexOf('\n', i + 1)) line += 1;
    return line;
  };
  const malformed = (what: string): never => {
    throw new WellspentError('XML_MALFORMED', `${file} is not well-formed XML: ${what}.`, {
      where: { file, line: lineAt(at) },
    });
  };
  const entity = (name: string): string => {
    if (Object.hasOwn(named, name)) return named[name] as string;
    const number = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name);
    const point = number ? Number.parseInt(number[1] ?? number[2] ?? '', number[1] ? 16 : 10) : Number.NaN;
    return point >= 0 && point <= 0x10ffff
      ? String.fromCodePoint(point)
      : malformed(`the entity "&${name};" is not defined`);
  };
  const resolveEntities = (value: string): string => {
    let out = '';
    let pieces: string[] = [];
    let from = 0;
    for (let start = value.indexOf('&'); start >= 0; start = value.indexOf('&', from)) {
      const end = value.indexOf(';', start);
      if (end < 0 || end - start > longestEntity)
        malformed(`"${value.slice(start, start + longestEntity)}" begins no entity`);
      pieces.push(value.slice(from, start), entity(value.slice(start + 1, end)));
      from = end + 1;
      if (pieces.length < piecesAtOnce) continue;
      out += pieces.join('');
      pieces = [];
    }
    return out + pieces.join('') + value.slice(from);
  };
  const attribute = (name: string): string | null => {
    for (let i = 0; i < attributes; i++) {
      if (names[i] !== name) continue;
      const value = text.slice(starts[i] as number, ends[i] as number);
      return value.includes('&') ? resolveEntities(value) : value;
    }
    return null;
  };

  /** Reads a tag from `<`; returns where it ends, or -1 when the text ends first. */
  const openTag = (from: number): number => {
    const size = text.length;
    let p = from + 1;
    let nameStart = p;
    while (p < size) {
      const code = text.charCodeAt(p);
      if (isSpace(code) || code === 62 || code === 47) break;
      if (code === 58) nameStart = p + 1;
      p += 1;
    }
    if (p >= size) return -1;
    const name = text.slice(nameStart, p);
    const qualified = nameStart === from + 1 ? name : text.slice(from + 1, p);
    if (name === '' || name.startsWith('<')) malformed('a tag has no name');
    attributes = 0;
    while (true) {
      while (p < size && isSpace(text.charCodeAt(p))) p += 1;
      if (p >= size) return -1;
      const code = text.charCodeAt(p);
      if (code === 62 || code === 47) break;
      const equals = text.indexOf('=', p);
      const close = text.indexOf('>', p);
      if (equals < 0 || (close >= 0 && close < equals)) {
        if (close < 0) return -1;
        malformed('an attribute has no value');
      }
      let nameEnd = equals;
      while (nameEnd > p && isSpace(text.charCodeAt(nameEnd - 1))) nameEnd -= 1;
      let q = equals + 1;
      while (q < size && isSpace(text.charCodeAt(q))) q += 1;
      if (q >= size) return -1;
      const mark = text.charCodeAt(q);
      if (mark !== 34 && mark !== 39) malformed('an attribute value is not in quotes');
      const end = text.indexOf(mark === 34 ? '"' : "'", q + 1);
      if (end < 0) return -1;
      names[attributes] = text.slice(p, nameEnd);
      starts[attributes] = q + 1;
      ends[attributes] = end;
      attributes += 1;
      if (attributes > mostAttributes) malformed('a tag has more than 10,000 attributes');
      p = end + 1;
    }
    const empty = text.charCodeAt(p) === 47;
    if (empty) {
      if (p + 1 >= size) return -1;
      if (text.charCodeAt(p + 1) !== 62) malformed('a stray "/" stands in a tag');
      p += 1;
    }
    if (rootClosed) malformed('there is a second root element');
    open.push(qualified);
    if (open.length > maxDepth)
      throw new WellspentError('XML_TOO_DEEP', `${file} nests elements more than ${maxDepth} deep.`, {
        where: { file, line: lineAt(from) },
      });
    events.open(name, attribute);
    if (empty) closeTag(qualified);
    return p + 1;
  };
  const closeTag = (qualified: string): void => {
    const expected = open.pop();
    if (expected !== qualified) malformed(`</${qualified}> closes <${expected ?? 'nothing'}>`);
    if (open.length === 0) rootClosed = true;
    events.close();
  };
  const skipTo = (from: number, ending: string, offset: number): number => {
    const end = text.indexOf(ending, from + offset);
    return end < 0 ? -1 : end + ending.length;
  };
  const declaration = (from: number): number => {
    if (text.startsWith('<!--', from)) return skipTo(from, '-->', 4);
    if (text.startsWith('<![CDATA[', from)) {
      const end = skipTo(from, ']]>', 9);
      if (end >= 0) events.text?.(withLineFeeds(text.slice(from + 9, end - 3)));
      return end;
    }
    const start = text.slice(from, from + 9).toUpperCase();
    if (start === '<!DOCTYPE')
      throw new WellspentError('XML_DOCTYPE', `${file} declares a document type, which is refused.`, {
        where: { file, line: lineAt(from) },
        found: text.slice(from, from + 80),
      });
    if (start.length < 9) return -1;
    return malformed(`"${start}" stands where an element should`);
  };
  /** Reads one piece of markup from `<`; returns where it ends or -1. */
  const markup = (from: number): number => {
    if (from + 1 >= text.length) return -1;
    const code = text.charCodeAt(from + 1);
    if (code === 47) {
      const end = text.indexOf('>', from);
      if (end < 0) return -1;
      closeTag(text.slice(from + 2, end).trimEnd());
      return end + 1;
    }
    if (code === 33) return declaration(from);
    if (code === 63) return skipTo(from, '?>', 2);
    return openTag(from);
  };

  /** Takes all whole pieces of markup that have come. */
  const run = () => {
    while (true) {
      const start = text.indexOf('<', at);
      if (start < 0) {
        // Text that someone reads is kept until its end has come: an entity may be cut in two.
        if (!events.text || rootClosed) at = text.length;
        else if (text.length - at > longestTag)
          throw new WellspentError('INPUT_TOO_LARGE', `${file} holds a text of over 16 million characters.`, {
            where: { file, line: lineAt(at) },
          });
        return;
      }
      if (events.text && start > at) events.text(resolveEntities(withLineFeeds(text.slice(at, start))));
      at = start;
      const end = markup(start);
      if (end < 0) {
        if (text.length - start > longestTag) malformed('a tag is longer than 16 million characters');
        return;
      }
      at = end;
    }
  };
  const scan = (whole: string) => {
    text = whole;
    at = 0;
    run();
    for (let i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) passedLines += 1;
    text = text.slice(at);
    at = 0;
    backlog.keep(text);
  };

  return {
    write(part) {
      const whole = backlog.add(part);
      if (whole !== null) scan(whole);
    },
    end() {
      scan(backlog.all());
      if (open.length > 0 || text !== '' || !rootClosed)
        throw new WellspentError('INPUT_TRUNCATED', `${file} ends before its last element is closed.`, {
          where: { file, line: lineAt(text.length) },
        });
    },
  };
}
