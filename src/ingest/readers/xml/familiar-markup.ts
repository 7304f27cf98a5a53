import { CellDictionary } from '../bytes/cell-dictionary.ts';
import type { Stretch } from '../bytes/stretch.ts';
import { linesIn } from './xml-characters.ts';

/** Pieces that are known before all are forgotten, and bytes of them. */
const mostPieces = 4_096;
const mostBytes = 1_000_000;
/** Where each of them has come again fewer times than this by then, no more are looked for. */
const fewTimes = 2;
/** A longer piece hardly comes again. */
const longestPiece = 1_024;
/** Pieces that are remembered to have come behind another. */
const guesses = 4;

const doubleQuote = 34;
const greater = 62;

/** An element opens, with no attributes. */
export const openingPiece = 0;
/** An element closes. */
export const closingPiece = 1;
/** A tag of an empty element up to where the value of its last attribute begins. */
export const valuePiece = 2;

/**
 * Markup that came before, byte for byte, with the blanks before it. A log says the same few things of each event in
 * mostly the same order, so each piece remembers which came behind it, and these are looked for first. Markup that was
 * well-formed once, and means something, need not be taken apart again.
 */
export class FamiliarMarkup {
  #known = new CellDictionary();
  /** Places of the pieces that came behind each, likeliest first; -1 where there is none. */
  #behind = new Int32Array(64 * guesses).fill(-1);
  #last = -1;
  /** How often pieces came again, and whether that is worth learning more. */
  #passed = 0;
  #isWorthIt = true;
  #lineEnds = 0;
  /** Of each piece what kind it is, what it means, the name of its element and how many line ends are in it. */
  readonly kinds: number[] = [];
  readonly meanings: number[] = [];
  readonly names: string[] = [];
  readonly lines: number[] = [];

  /** The known piece that begins at a place of the bytes, if it is among those likely there; -1 where none is. */
  at({ view, size }: Stretch, start: number): number {
    if (this.#last < 0) return -1;
    const known = this.#known;
    const behind = this.#behind;
    const first = this.#last * guesses;
    for (let i = first; i < first + guesses; i++) {
      const piece = behind[i] as number;
      if (piece < 0) return -1;
      if (!known.begins(piece, view, start, size)) continue;
      if (i > first) {
        behind[i] = behind[i - 1] as number;
        behind[i - 1] = piece;
      }
      return piece;
    }
    return -1;
  }

  /** The known piece that begins at a place, wherever it stood before; -1 where none is. */
  find(stretch: Stretch, start: number): number {
    if (!this.#isWorthIt) return -1;
    const { bytes } = stretch;
    const last = Math.min(bytes.length, start + longestPiece);
    let marks = 0;
    for (let p = start; p < last; p++) {
      const code = bytes[p];
      if (code === doubleQuote) marks += 1;
      // Nearly all values stand behind one key.
      if (marks === 3 || (code === greater && marks === 0)) return this.#found(stretch, start, p + 1);
      if (code === greater) return -1;
    }
    return -1;
  }

  #found(stretch: Stretch, start: number, end: number): number {
    const piece = this.#known.knownCodeOf(stretch, start, end);
    if (piece >= 0 && this.#last >= 0) this.#follow(this.#last, piece);
    return piece;
  }

  /** Bytes of a piece. */
  sizeOf(piece: number): number {
    return this.#known.sizeOf(piece);
  }

  /** Says that a piece was there and meant what it meant before. */
  pass(piece: number): void {
    this.#last = piece;
    this.#passed += 1;
    this.#lineEnds += this.lines[piece] as number;
  }

  /** How many line ends were in the pieces passed since this was asked. */
  takeLines(): number {
    const lineEnds = this.#lineEnds;
    this.#lineEnds = 0;
    return lineEnds;
  }

  /** Remembers what a piece means, and that it came behind the one before. */
  learn(stretch: Stretch, start: number, end: number, kind: number, meaning: number, name: string): void {
    if (!this.#isWorthIt || end - start > longestPiece) return;
    const { size, words } = this.#known;
    if (words.length >= mostPieces || size > mostBytes) {
      this.#isWorthIt = this.#passed >= fewTimes * words.length;
      if (!this.#isWorthIt) return;
      this.#forget();
    }
    const piece = this.#known.codeOf(stretch, start, end);
    if (piece < 0) return;
    while ((piece + 1) * guesses > this.#behind.length) this.#grow();
    this.kinds[piece] = kind;
    this.meanings[piece] = meaning;
    this.names[piece] = name;
    this.lines[piece] = linesIn(stretch.bytes, start, end);
    if (this.#last >= 0) this.#follow(this.#last, piece);
    this.#last = piece;
  }

  /** Puts a piece first among those that came behind another; the one that came there least lately may fall out. */
  #follow(before: number, piece: number): void {
    const first = before * guesses;
    const behind = this.#behind;
    let at = first;
    while (at < first + guesses - 1 && behind[at] !== -1 && behind[at] !== piece) at += 1;
    for (; at > first; at--) behind[at] = behind[at - 1] as number;
    behind[first] = piece;
  }

  #grow(): void {
    const grown = new Int32Array(2 * this.#behind.length).fill(-1);
    grown.set(this.#behind);
    this.#behind = grown;
  }

  #forget(): void {
    this.#known = new CellDictionary();
    this.#behind.fill(-1);
    this.#last = -1;
    this.#passed = 0;
  }
}
