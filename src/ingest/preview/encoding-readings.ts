import { TextDecoder } from 'node:util';
import { recognise } from '../readers/recognise.ts';
import { readBytes } from '../readers/source-bytes.ts';

/** Words of a file as one encoding reads them. */
export interface EncodingReading {
  readonly encoding: string;
  readonly words: readonly string[];
}

const candidates = ['windows-1252', 'windows-1250', 'windows-1251', 'windows-1255', 'macintosh'];
const wordsShown = 3;
const longestWord = 40;
const marked = /[A-Za-z]*[\u0080-\u00ff]+[A-Za-z\u0080-\u00ff]*/g;

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Words that are no UTF-8, cut out alone: whole rows would show whose they are. A word at a block's edge may be cut. */
async function oddWords(file: string, gzip: boolean): Promise<readonly Buffer[]> {
  const found = new Map<string, Buffer>();
  for await (const block of readBytes(file, gzip, {})) {
    const text = block.toString('latin1');
    for (const { 0: word, index } of text.matchAll(marked)) {
      if (index === 0 || index + word.length === text.length) continue;
      const bytes = Buffer.from(word.slice(0, longestWord), 'latin1');
      if (isUtf8(bytes)) continue;
      found.set(word, bytes);
      if (found.size >= wordsShown) return [...found.values()];
    }
  }
  return [...found.values()];
}

/** How some words of a text that is not UTF-8 read in each encoding that it may have; the bytes cannot tell which. */
export async function encodingReadings(file: string): Promise<readonly EncodingReading[]> {
  const { gzip } = await recognise(file);
  const words = await oddWords(file, gzip);
  return candidates.map((encoding) => {
    const decoder = new TextDecoder(encoding);
    return { encoding, words: words.map((word) => decoder.decode(word)) };
  });
}
