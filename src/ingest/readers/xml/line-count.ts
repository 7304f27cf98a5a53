import { linesIn } from './xml-characters.ts';

const carriageReturn = 13;

/**
 * Counts the lines of bytes that come in stretches, looking only at what nobody counted before. Lines end with line
 * feeds; of bytes that have none, with carriage returns, as XML 1.0 (section 2.11) has it.
 */
export class LineCount {
  #bytes: Buffer = Buffer.alloc(0);
  #counted = 0;
  #ends = 0;
  /** Carriage returns before the first line feed. */
  #returns = 0;

  /** Goes on with more bytes, behind those passed; places are places in them. */
  begin(bytes: Buffer): void {
    this.#bytes = bytes;
    this.#counted = 0;
  }

  /** The line, from 1, of a place that is not passed. */
  at(position: number): number {
    const ends = this.#ends + linesIn(this.#bytes, this.#counted, position);
    return 1 + (ends > 0 ? ends : this.#returns + this.#returnsUpTo(position));
  }

  /** Passes all up to a place. */
  pass(position: number): void {
    this.#ends += linesIn(this.#bytes, this.#counted, position);
    if (this.#ends === 0) this.#returns += this.#returnsUpTo(position);
    this.#counted = position;
  }

  /** Passes also what stands between two places, whose line ends are known. */
  passKnown(start: number, end: number, lineEnds: number): void {
    if (this.#counted < start) this.pass(start);
    this.#ends += lineEnds;
    if (this.#ends === 0) this.#returns += this.#returnsUpTo(end);
    this.#counted = end;
  }

  #returnsUpTo(position: number): number {
    return linesIn(this.#bytes, this.#counted, position, carriageReturn);
  }
}
