import type { GroupPages } from './group-pages.ts';
import { handBack } from './hand-back.ts';

/** Room to begin with, and what is kept for the next page at most: a larger page is handed on as it is. */
const firstBytes = 4_096;
const mostKept = 4_194_304;

/**
 * Room in which a page is put together, kept from page to page: what is taken anew for each column makes the engine
 * of JavaScript look through its whole memory again and again. Numbers are little endian, as Parquet has them.
 */
export class Page {
  bytes = new Uint8Array(firstBytes);
  view = new DataView(this.bytes.buffer);
  /** The same bytes, for writing texts. */
  texts = Buffer.from(this.bytes.buffer);
  size = 0;
  #halves = new Int32Array(0);

  /** Makes sure that as many bytes can be put behind what is there. */
  reserve(bytes: number): void {
    if (this.size + bytes > this.bytes.length) this.#have(Math.max(this.size + bytes, 2 * this.bytes.length));
  }

  /** Room for numbers in halves of 32 bits before they are put; it is the same each time. */
  halves(size: number): Int32Array {
    if (this.#halves.length < size) this.#halves = new Int32Array(size);
    return this.#halves.subarray(0, size);
  }

  /** Puts a whole number that is not negative in seven bits a byte, the lowest first. */
  putVarint(value: number): void {
    this.reserve(8);
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.bytes[this.size++] = (rest % 128) + 128;
    this.bytes[this.size++] = rest;
  }

  putByte(byte: number): void {
    this.reserve(1);
    this.bytes[this.size++] = byte;
  }

  putBytes(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.size);
    this.size += bytes.length;
  }

  /** The page, which nothing that is put later changes; among the pages of a group, it holds as long as they do. */
  take(group?: GroupPages): Uint8Array {
    const size = this.size;
    this.size = 0;
    const whole = this.bytes.subarray(0, size);
    if (size <= mostKept) return group ? group.keep(whole) : whole.slice();
    this.#begin(firstBytes);
    return whole;
  }

  /** Says that nothing more is put. */
  end(): void {
    handBack(this.bytes);
    handBack(this.#halves);
  }

  #have(bytes: number): void {
    const before = this.bytes;
    this.#begin(bytes);
    this.bytes.set(before.subarray(0, this.size));
    handBack(before);
  }

  #begin(bytes: number): void {
    this.bytes = new Uint8Array(bytes);
    this.view = new DataView(this.bytes.buffer);
    this.texts = Buffer.from(this.bytes.buffer);
  }
}
