import { linesIn } from './xml-characters.ts';

/** Counts the lines of bytes that come in stretches, looking only at what nobody counted before. */
export class LineCount {
  #bytes: Buffer = Buffer.alloc(0);
  #counted = 0;
  #ends = 0;

  /** Goes on with more bytes, behind those passed; places are places in them. */
  begin(bytes: Buffer): void {
    this.#bytes = bytes;
    this.#counted = 0;
  }

  /** The line, from 1, of a place that is not passed. */
  at(position: number): number {
    return this.#ends + 1 + linesIn(this.#bytes, this.#counted, position);
  }

  /** Passes all up to a place. */
  pass(position: number): void {
    this.#ends += linesIn(this.#bytes, this.#counted, position);
    this.#counted = position;
  }

  /** Passes also what stands between two places, whose line ends are known. */
  passKnown(start: number, end: number, lineEnds: number): void {
    if (this.#counted < start) this.pass(start);
    this.#ends += lineEnds;
    this.#counted = end;
  }
}
