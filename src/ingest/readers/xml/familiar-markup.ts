import { CellDictionary } from '../bytes/cell-dictionary.ts';

/** Pieces that are known before all are forgotten, and bytes of them. */
const mostPieces = 4_096;
const mostBytes = 1_000_000;
/** A longer piece hardly comes again; a shorter one cannot be compared four bytes at a time. */
const longestPiece = 1_024;
const shortestPiece = 4;
/** Pieces that are remembered to have come behind another. */
const guesses = 4;

/** An element opens, with no attributes. */
export const openingPiece = 0;
/** An element closes. */
export const closingPiece = 1;
/** A tag of an empty element up to where the value of its last attribute begins. */
export const valuePiece = 2;

/**
 * Markup that came before, byte for byte, with the blanks before it. A log says the same few things of each event in
 * mostly the same order, so each piece remembers which came behind it, and these are looked for first: markup that
 * was well-formed once, and means something, need not be taken apart again.
 */
export class FamiliarMarkup {
  #known = new CellDictionary();
  #bytes = new DataView(new ArrayBuffer(1_024));
  #ends = new Int32Array(64);
  #sizes = new Int32Array(64);
  /** Places of the pieces that came behind each, likeliest first; -1 where there is none. */
  #behind = new Int32Array(64 * guesses).fill(-1);
  #size = 0;
  #last = -1;
  readonly kinds: number[] = [];
  readonly meanings: number[] = [];
  readonly names: string[] = [];
  readonly lines: number[] = [];

  /** The known piece that begins at a place of the bytes, if it is among those likely there; -1 where none is. */
  at(bytes: DataView, start: number, end: number): number {
    if (this.#last < 0) return -1;
    const behind = this.#behind;
    const first = this.#last * guesses;
    for (let i = first; i < first + guesses; i++) {
      const piece = behind[i] as number;
      if (piece < 0) return -1;
      if (!this.#isAt(piece, bytes, start, end)) continue;
      if (i > first) {
        behind[i] = behind[i - 1] as number;
        behind[i - 1] = piece;
      }
      return piece;
    }
    return -1;
  }

  /** Says that a piece was there and meant what it meant before. */
  pass(piece: number): void {
    this.#last = piece;
  }

  /** Bytes of a piece. */
  sizeOf(piece: number): number {
    return this.#sizes[piece] as number;
  }

  /** Compares from the end, where names of attributes differ. */
  #isAt(piece: number, bytes: DataView, start: number, end: number): boolean {
    const size = this.#sizes[piece] as number;
    if (start + size > end) return false;
    const known = this.#bytes;
    const from = (this.#ends[piece] as number) - size;
    for (let i = size - 4; i > 0; i -= 4)
      if (bytes.getInt32(start + i, true) !== known.getInt32(from + i, true)) return false;
    return bytes.getInt32(start, true) === known.getInt32(from, true);
  }

  /** Remembers what a piece means, and that it came behind the one before. */
  learn(bytes: Buffer, start: number, end: number, kind: number, meaning: number, name: string): void {
    const size = end - start;
    if (size < shortestPiece || size > longestPiece) return;
    if (this.#size >= mostPieces || this.#endOf(this.#size - 1) > mostBytes) this.#forget();
    const piece = this.#known.codeOf(bytes, start, end);
    if (piece < 0) return;
    if (piece === this.#size) this.#add(bytes, start, end);
    this.kinds[piece] = kind;
    this.meanings[piece] = meaning;
    this.names[piece] = name;
    if (this.#last >= 0) this.#follow(this.#last * guesses, piece);
    this.#last = piece;
  }

  #endOf(piece: number): number {
    return piece < 0 ? 0 : (this.#ends[piece] as number);
  }

  #follow(first: number, piece: number): void {
    const behind = this.#behind;
    let at = first;
    while (at < first + guesses - 1 && behind[at] !== -1 && behind[at] !== piece) at += 1;
    for (; at > first; at--) behind[at] = behind[at - 1] as number;
    behind[first] = piece;
  }

  #add(bytes: Buffer, start: number, end: number): void {
    const piece = this.#size;
    const from = this.#endOf(piece - 1);
    const to = from + end - start;
    if (to > this.#bytes.byteLength) {
      const grown = new Uint8Array(2 * to);
      grown.set(new Uint8Array(this.#bytes.buffer));
      this.#bytes = new DataView(grown.buffer);
    }
    new Uint8Array(this.#bytes.buffer).set(bytes.subarray(start, end), from);
    if (piece >= this.#ends.length) this.#grow();
    this.#ends[piece] = to;
    this.#sizes[piece] = end - start;
    let lines = 0;
    for (let i = start; i < end; i++) if (bytes[i] === 10) lines += 1;
    this.lines[piece] = lines;
    this.#size = piece + 1;
  }

  #grow(): void {
    const size = 2 * this.#ends.length;
    const grown = (old: Int32Array, length: number) => {
      const out = new Int32Array(length).fill(-1);
      out.set(old);
      return out;
    };
    this.#ends = grown(this.#ends, size);
    this.#sizes = grown(this.#sizes, size);
    this.#behind = grown(this.#behind, size * guesses);
  }

  #forget(): void {
    this.#known = new CellDictionary();
    this.#behind.fill(-1);
    this.#size = 0;
    this.#last = -1;
  }
}
