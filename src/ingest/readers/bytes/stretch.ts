import { isAscii } from 'node:buffer';

/** Bytes of UTF-8 that are scanned together. */
export class Stretch {
  readonly bytes: Buffer;
  readonly size: number;
  /** The same bytes, to be read some at a time. */
  readonly view: DataView;
  /** The same as text, where each byte is a character; null where not, undefined while nobody has asked. */
  #text: string | null | undefined;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.size = bytes.length;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** The text between two places. */
  slice(start: number, end: number): string {
    if (this.#text === undefined) this.#text = isAscii(this.bytes) ? this.bytes.toString('latin1') : null;
    return this.#text === null ? this.bytes.toString('utf8', start, end) : this.#text.slice(start, end);
  }
}
