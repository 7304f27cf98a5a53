import { CellDictionary } from '../bytes/cell-dictionary.ts';
import type { Stretch } from '../bytes/stretch.ts';

/** Names that are remembered before others take their place. */
const mostWords = 10_000;
const longestWord = 256;
/** Places for the words met lately; a power of two. */
const places = 256;

/** True where bytes begin with a text that has only characters of ASCII; others are told apart by the dictionary. */
export function isWordAt(bytes: Buffer, start: number, end: number, text: string): boolean {
  const size = text.length;
  if (start + size > end) return false;
  for (let i = 0; i < size; i++) {
    const byte = bytes[start + i] as number;
    if (byte !== text.charCodeAt(i) || byte > 127) return false;
  }
  return true;
}

/** Names of elements and attributes, and other texts that come again and again: each is made once. */
export class XmlWords {
  readonly #check: (word: string) => void;
  #known = new CellDictionary();
  readonly #lately: string[] = Array.from({ length: places }, () => '');

  /** `check` sees each word before it is given for the first time, and may see it again. */
  constructor(check: (word: string) => void = () => undefined) {
    this.#check = check;
  }

  at(stretch: Stretch, start: number, end: number): string {
    const { bytes } = stretch;
    const size = end - start;
    const place = ((bytes[start] as number) + 31 * (bytes[end - 1] as number) + 7 * size) & (places - 1);
    const last = this.#lately[place] as string;
    if (size > 0 && last.length === size && isWordAt(bytes, start, end, last)) return last;
    const word = this.#find(stretch, start, end);
    this.#check(word);
    if (size <= longestWord) this.#lately[place] = word;
    return word;
  }

  #find(stretch: Stretch, start: number, end: number): string {
    if (end - start > longestWord) return stretch.bytes.toString('utf8', start, end);
    if (this.#known.words.length >= mostWords) this.#known = new CellDictionary();
    const code = this.#known.codeOf(stretch, start, end);
    return code < 0 ? stretch.bytes.toString('utf8', start, end) : (this.#known.words[code] as string);
  }
}
