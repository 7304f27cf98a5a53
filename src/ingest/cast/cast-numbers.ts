import type { ColumnPlan } from '../mapping/column-plan.ts';
import type { Field } from '../mapping/fields.ts';
import { isPlainNumber, type NumberStyle, parseNumber } from '../numbers.ts';
import { type Cells, CodedCells } from '../readers/cells.ts';
import { newReading, parseTime, type TimeRules, timeFlags } from '../time/parse-time.ts';
import { Room } from './room.ts';
import type { RowFaults } from './row-faults.ts';
import { type TextFault, trimmed } from './text-readings.ts';

/** What a cell without blanks around it says as a number: NaN for nothing, or why it cannot be used. */
export type NumberReading = (text: string) => number | TextFault;

/** How a number of a field reads. A number that cannot be sets its row aside. `told` hears every text. */
export function fieldReading(
  nulls: ReadonlySet<string>,
  style: NumberStyle,
  { required, least }: Pick<Field, 'required' | 'least'>,
  told?: (text: string) => void,
): NumberReading {
  return (text) => {
    if (text === '' || nulls.has(text))
      return required ? { value: text, reason: 'REQUIRED_EMPTY' } : Number.NaN;
    const value = parseNumber(text, style);
    told?.(text);
    if (!Number.isFinite(value)) return { value: text, reason: 'NUMBER_UNPARSABLE' };
    if ((least !== undefined && value < 0) || (least === 'above zero' && value === 0))
      return { value: text, reason: 'NUMBER_IMPOSSIBLE' };
    return value;
  };
}

/** Says that an attribute is not what its first values promised; caught where the import starts again. */
export class AttributeChanged extends Error {
  readonly column: string;

  constructor(column: string) {
    super(`column ${column} is text after all`);
    this.name = 'AttributeChanged';
    this.column = column;
  }
}

const hyphen = 45;
const reading = newReading();

/** How an attribute reads that is planned to hold numbers or times; times are microseconds since 1970. */
export function attributeReading(
  { column, kind, style }: ColumnPlan,
  nulls: ReadonlySet<string>,
  rules: TimeRules,
): NumberReading {
  return (text) => {
    if (text === '' || nulls.has(text)) return Number.NaN;
    if (kind === 'number') {
      // In a column that writes decimals with a comma, points are marks of thousands.
      const bare = style === 'comma' ? text.replaceAll('.', '').replace(',', '.') : text;
      const value = isPlainNumber(bare) ? parseNumber(text, style) : Number.NaN;
      if (Number.isNaN(value)) throw new AttributeChanged(column);
      return value;
    }
    // Only dates with the year first were promised; in others day and month may be taken for each other.
    if (text.charCodeAt(4) !== hyphen || !parseTime(text, rules, reading)) throw new AttributeChanged(column);
    return (reading.flags & timeFlags.sentinel) === 0 ? reading.instant : Number.NaN;
  };
}

const unread = 0;
const isRead = 1;
const isFaulty = 2;

/** Casts the cells of one column of numbers; each different text of coded cells is read once. */
export class NumberCaster {
  readonly #column: string;
  readonly #read: NumberReading;
  /** The list of texts that codes are of now, and what each says. */
  #from: readonly string[] = [];
  #states = new Uint8Array(0);
  #numbers = new Float64Array(0);
  #faults = new Map<number, TextFault>();
  readonly #room = new Room();

  constructor(column: string, read: NumberReading) {
    this.#column = column;
    this.#read = read;
  }

  /** What it gives holds until the next cells are cast. */
  cast(cells: Cells, faults: RowFaults): Float64Array {
    if (cells instanceof CodedCells) return this.#castCoded(cells, faults);
    const out = this.#room.doubles(cells.length);
    for (let i = 0; i < cells.length; i++) {
      const read = this.#read(trimmed(cells[i] as string));
      out[i] = typeof read === 'number' ? read : this.#setAside(i, read, faults);
    }
    return out;
  }

  #castCoded({ codes, words }: CodedCells, faults: RowFaults): Float64Array {
    this.#follow(words);
    const out = this.#room.doubles(codes.length);
    this.#takeEach(codes, out, faults);
    return out;
  }

  // The loop has nothing behind it, so that it is compiled once.
  #takeEach(codes: Int32Array, out: Float64Array, faults: RowFaults): void {
    const [states, numbers] = [this.#states, this.#numbers];
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i] as number;
      if (states[code] === unread) this.#readWord(code);
      out[i] =
        states[code] === isFaulty
          ? this.#setAside(i, this.#faults.get(code) as TextFault, faults)
          : (numbers[code] as number);
    }
  }

  #setAside(row: number, { value, reason }: TextFault, faults: RowFaults): number {
    faults.set(row, this.#column, value, reason);
    return Number.NaN;
  }

  #follow(words: readonly string[]): void {
    if (words !== this.#from) {
      this.#from = words;
      this.#states = new Uint8Array(0);
      this.#faults = new Map();
    }
    if (words.length <= this.#states.length) return;
    const size = Math.max(256, 2 * words.length);
    const [states, numbers] = [new Uint8Array(size), new Float64Array(size)];
    states.set(this.#states);
    numbers.set(this.#numbers.subarray(0, this.#states.length));
    [this.#states, this.#numbers] = [states, numbers];
  }

  #readWord(code: number): void {
    const read = this.#read(trimmed(this.#from[code] as string));
    if (typeof read === 'number') {
      this.#numbers[code] = read;
      this.#states[code] = isRead;
    } else {
      this.#faults.set(code, read);
      this.#states[code] = isFaulty;
    }
  }
}
