import type { Page } from './page.ts';

/** Longer texts are written by the system; for shorter ones, asking it takes longer than writing them here. */
const shortText = 64;
/** Bounds of long texts are left out: they are there to pass groups over, and few are looked up by a long text. */
const longestBound = 128;

/** Puts the characters of a text as bytes; gives the place behind them, or -1 where one is not of ASCII. */
function putAscii(text: string, bytes: Uint8Array, from: number): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) return -1;
    bytes[from + i] = code;
  }
  return from + text.length;
}

// Most texts are told from the least, or the most, by their first character, which is much sooner looked at.

function leastOf(texts: readonly string[]): string {
  let least = texts[0] ?? '';
  const size = texts.length;
  for (let i = 1; i < size; i++) {
    const text = texts[i] as string;
    if (!(text.charCodeAt(0) > least.charCodeAt(0)) && text < least) least = text;
  }
  return least;
}

/** Texts are often in order, so the last are looked at first. */
function mostOf(texts: readonly string[]): string {
  let most = texts.at(-1) ?? '';
  for (let i = texts.length - 2; i >= 0; i--) {
    const text = texts[i] as string;
    if (!(text.charCodeAt(0) < most.charCodeAt(0)) && text > most) most = text;
  }
  return most;
}

/** The least and the most of the values of a column as bytes, by which readers pass groups over. */
export interface Bounds {
  readonly least: Uint8Array | null;
  readonly most: Uint8Array | null;
}

/** Puts texts of a column as Parquet holds them plainly, each with its length in bytes before it. */
export class PlainTexts {
  readonly #page: Page;
  /** True while texts are in the same order as their bytes: surrogates are not. */
  #isInOrder = true;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Begins a column. */
  begin(): void {
    this.#isInOrder = true;
  }

  putAll(texts: readonly string[]): void {
    for (let i = 0; i < texts.length; i++) this.#put(texts[i] as string);
  }

  /** Puts texts by their places in a list. */
  putPlaced(texts: readonly string[], places: Int32Array, size: number): void {
    for (let i = 0; i < size; i++) this.#put(texts[places[i] as number] as string);
  }

  #put(text: string): void {
    const page = this.#page;
    const from = page.size + 4;
    let end = -1;
    if (text.length < shortText) {
      page.reserve(4 + 3 * shortText);
      end = putAscii(text, page.bytes, from);
    }
    if (end < 0) end = this.#putAny(text, from);
    page.view.setUint32(from - 4, end - from, true);
    page.size = end;
  }

  /** The bounds of the texts that were put, given each at least once; none where they would be long or out of order. */
  boundsOf(texts: readonly string[]): Bounds {
    const [least, most] = [leastOf(texts), mostOf(texts)];
    const isLong = least.length > longestBound || most.length > longestBound;
    if (texts.length === 0 || isLong || !this.#isInOrder) return { least: null, most: null };
    return { least: Buffer.from(least, 'utf8'), most: Buffer.from(most, 'utf8') };
  }

  #putAny(text: string, from: number): number {
    if (this.#isInOrder && /[\ud800-\udfff]/.test(text)) this.#isInOrder = false;
    this.#page.reserve(4 + Buffer.byteLength(text));
    return from + this.#page.texts.write(text, from, 'utf8');
  }
}
