import { TextDecoder } from 'node:util';
import { recognise } from '../readers/recognise.ts';
import { readBytes } from '../readers/source-bytes.ts';

/** Words of a file as one encoding reads them, and as others do that read the whole file the same. */
export interface EncodingReading {
  readonly encoding: string;
  /** Encodings in which nothing of this file would read otherwise. */
  readonly alike: readonly string[];
  readonly words: readonly string[];
}

const candidates = ['windows-1252', 'windows-1250', 'windows-1251', 'windows-1255', 'macintosh'];
const wordsShown = 3;
const longestWord = 40;
const firstMarked = 0x80;
const marked = /[A-Za-z]*[\u0080-\u00ff]+[A-Za-z\u0080-\u00ff]*/g;

/** What tells encodings apart: the bytes that they read differently, and words that hold them. */
interface OddText {
  readonly bytes: ReadonlySet<number>;
  readonly words: readonly Buffer[];
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Groups of encodings that read some bytes the same, in the order of the candidates. */
function groupsBy(texts: readonly Uint8Array[]): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const encoding of candidates) {
    const decoder = new TextDecoder(encoding);
    const read = JSON.stringify(texts.map((text) => decoder.decode(text)));
    groups.set(read, [...(groups.get(read) ?? []), encoding]);
  }
  return [...groups.values()];
}

const groupsOf = (bytes: ReadonlySet<number>) => groupsBy([Uint8Array.from(bytes)]);

/** Adds the bytes of a word that are not ASCII; true when one of them is new. */
function addMarked(word: string, bytes: Set<number>): boolean {
  const before = bytes.size;
  for (let i = 0; i < word.length; i += 1) {
    const byte = word.charCodeAt(i);
    if (byte >= firstMarked) bytes.add(byte);
  }
  return bytes.size > before;
}

/**
 * Words that are no UTF-8, cut out alone: whole rows would show whose they are. A word at a block's edge may be cut.
 * Reads on until what was met tells all encodings apart, at most to the end of the file.
 */
async function oddText(file: string, gzip: boolean): Promise<OddText> {
  const words = new Map<string, Buffer>();
  const bytes = new Set<number>();
  for await (const block of readBytes(file, gzip, {})) {
    const text = block.toString('latin1');
    for (const { 0: word, index } of text.matchAll(marked)) {
      const isNew = addMarked(word, bytes);
      const isCut = index === 0 || index + word.length === text.length;
      if (isCut || (words.size >= wordsShown && !isNew)) continue;
      const shown = Buffer.from(word.slice(0, longestWord), 'latin1');
      if (isUtf8(shown)) continue;
      words.set(word, shown);
      const isEnough = words.size >= wordsShown && groupsOf(bytes).length === candidates.length;
      if (isEnough) return { bytes, words: [...words.values()] };
    }
  }
  return { bytes, words: [...words.values()] };
}

/** A few of the words, first those by which most encodings differ, until they tell apart all that can be told apart. */
function tellingWords(words: readonly Buffer[], groups: number): readonly Buffer[] {
  const chosen: Buffer[] = [];
  const rest = [...words];
  const told = (more: readonly Buffer[]) => groupsBy([...chosen, ...more]).length;
  while (rest.length > 0 && (chosen.length < wordsShown || told([]) < groups)) {
    const most = Math.max(...rest.map((word) => told([word])));
    // Where no word tells more, the first in the file is as good as any.
    const at = rest.findIndex((word) => told([word]) === most);
    if (chosen.length >= wordsShown && most === told([])) break;
    chosen.push(...rest.splice(at, 1));
  }
  return chosen;
}

/** How some words of a text that is not UTF-8 read in each encoding that it may have; the bytes cannot tell which. */
export async function encodingReadings(file: string): Promise<readonly EncodingReading[]> {
  const { gzip } = await recognise(file);
  const { bytes, words } = await oddText(file, gzip);
  const groups = groupsOf(bytes);
  const telling = tellingWords(words, groups.length);
  return groups.map(([encoding = '', ...alike]) => {
    const decoder = new TextDecoder(encoding);
    return { encoding, alike, words: telling.map((word) => decoder.decode(word)) };
  });
}
