import { isAscii } from 'node:buffer';

/** Bytes of UTF-8 that are scanned together. */
export class Stretch {
  readonly bytes: Buffer;
  /** The same as text, where each byte is a character. */
  readonly #text: string | null;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.#text = isAscii(bytes) ? bytes.toString('latin1') : null;
  }

  /** The text between two places. */
  slice(start: number, end: number): string {
    return this.#text === null ? this.bytes.toString('utf8', start, end) : this.#text.slice(start, end);
  }
}
