import { WellspentError } from '../../../core/index.ts';
import { newByteBacklog } from '../bytes/byte-backlog.ts';
import { Stretch } from '../bytes/stretch.ts';
import { closingPiece, FamiliarMarkup, openingPiece, valuePiece } from './familiar-markup.ts';
import { LineCount } from './line-count.ts';
import { type AsideContext, readAside } from './xml-asides.ts';
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
  /**
   * Receives an empty element like one that `tag.standsFor` gave a meaning, in place of its opening and closing: only
   * the value between two places is its own. False where it means something else here, and has to be opened and closed.
   * Whoever listens to this hears no texts.
   */
  readonly value?: (meaning: number, stretch: Stretch, start: number, end: number) => boolean;
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
const doubleQuote = 34;
const slash = 47;
const colon = 58;
const less = 60;
const greater = 62;
const question = 63;

/** What ends a name in a tag: 1 for a blank, ">" and "/", 2 for ":", which ends a prefix. */
const endsOfNames = new Uint8Array(256);
for (const code of [9, 10, 13, 32, greater, slash]) endsOfNames[code] = 1;
endsOfNames[colon] = 2;

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
  const lines = new LineCount();
  let passedBytes = 0;
  const open: string[] = [];
  let rootClosed = false;

  const familiar = events.value && !events.text ? new FamiliarMarkup() : null;
  /** Where the markup being read begins with the blanks before it; -1 where it is not worth being remembered. */
  let pieceAt = -1;

  const malformed = (what: string, hint?: string, linesOn = 0): never => {
    throw new WellspentError('XML_MALFORMED', `${file} is not well-formed XML: ${what}.`, {
      where: { file, line: lines.at(at) + linesOn },
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
    const name = words.at(stretch, nameStart, p);
    const qualified = nameStart === from + 1 ? name : words.at(stretch, from + 1, p);
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
        where: { file, line: lines.at(from) },
      });
    events.open(name, tag);
    if (empty) closeTag(qualified);
    if (familiar && pieceAt >= 0) {
      if (empty && tag.meaning >= 0)
        familiar.learn(stretch, pieceAt, tag.meaningEnd, valuePiece, tag.meaning, name);
      else if (!empty && tag.isBare && name === qualified)
        familiar.learn(stretch, pieceAt, p + 1, openingPiece, -1, name);
    }
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
        if (familiar && pieceAt >= 0) familiar.learn(stretch, pieceAt, end + 1, closingPiece, -1, expected);
        return end + 1;
      }
    }
    const end = bytes.indexOf(greater, from);
    if (end < 0) return -1;
    let last = end;
    while (last > start && isSpace(bytes[last - 1] as number)) last -= 1;
    closeTag(words.at(stretch, start, last));
    return end + 1;
  };
  const asides: AsideContext = {
    file,
    malformed,
    lineAt: (position) => lines.at(position),
    isInside: () => open.length > 0,
    isFirst: (position) => passedBytes + position === 0,
    text: events.text,
  };
  /** Reads one piece of markup from `<`; returns where it ends or -1. */
  const markup = (from: number): number => {
    if (from + 1 >= bytes.length) return -1;
    const code = bytes[from + 1];
    if (code === slash) return endOfClosing(from);
    if (code === bang || code === question) return readAside(stretch, from, asides);
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

  /** Takes a piece that came before: where it ends, -1 where it has to be read as any other. */
  const takePiece = (known: FamiliarMarkup, piece: number, from: number): number => {
    const end = from + known.sizeOf(piece);
    const kind = known.kinds[piece];
    if (kind === closingPiece) {
      const name = known.names[piece] as string;
      if (open[open.length - 1] !== name) return -1;
      closeTag(name);
      return end;
    }
    if (open.length >= maxDepth) return -1;
    if (kind === openingPiece) {
      const name = known.names[piece] as string;
      open.push(name);
      tag.clear();
      events.open(name, tag);
      return end;
    }
    const source = bytes;
    const size = source.length;
    let p = end;
    while (p < size && byteKinds[source[p] as number] === 0) p += 1;
    if (p + 3 > size) return -1;
    if (source[p] !== doubleQuote || source[p + 1] !== slash || source[p + 2] !== greater) return -1;
    return events.value?.(known.meanings[piece] as number, stretch, end, p) === true ? p + 3 : -1;
  };
  /** Takes pieces of markup that came before; where they end. The loop has nothing behind it, so that it is compiled once. */
  const passFamiliar = (known: FamiliarMarkup): number => {
    let from = at;
    while (open.length > 0) {
      let piece = known.at(stretch, from);
      if (piece < 0) piece = known.find(stretch, from);
      const end = piece < 0 ? -1 : takePiece(known, piece, from);
      if (end < 0) break;
      known.pass(piece);
      from = end;
    }
    return from;
  };
  const takeFamiliar = (known: FamiliarMarkup) => {
    const end = passFamiliar(known);
    const lineEnds = known.takeLines();
    if (end === at) return;
    lines.passKnown(at, end, lineEnds);
    at = end;
  };

  /** Takes all whole pieces of markup that have come. */
  const run = () => {
    while (true) {
      if (familiar) takeFamiliar(familiar);
      const source = bytes;
      const size = source.length;
      let start = at;
      while (start < size && isSpace(source[start] as number)) start += 1;
      pieceAt = at > 0 && start < size && source[start] === less ? at : -1;
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
            where: { file, line: lines.at(at) },
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
    lines.begin(bytes);
    at = 0;
    run();
    lines.pass(at);
    passedBytes += at;
    bytes = bytes.subarray(at);
    lines.begin(bytes);
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
          where: { file, line: lines.at(bytes.length) },
        });
    },
  };
}
