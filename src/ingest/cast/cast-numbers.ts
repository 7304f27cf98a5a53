import { type CodedNumbers, pickNumbers } from '../../stores/index.ts';
import type { ColumnPlan } from '../mapping/column-plan.ts';
import type { Field } from '../mapping/fields.ts';
import { isPlainNumber, type NumberStyle, parseNumber } from '../numbers.ts';
import { type Cells, CodedCells } from '../readers/cells.ts';
import { newReading, parseTime, type TimeRules, timeFlags } from '../time/parse-time.ts';
import { Room } from './room.ts';
import type { RowFaults } from './row-faults.ts';
import { type TextFault, trimmed } from './text-readings.ts';

/** What a cell without blanks around it says as a number: NaN for nothing, "no date", or why it cannot be used. */
export type NumberReading = (text: string) => number | 'no date' | TextFault;

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
    return (reading.flags & timeFlags.sentinel) === 0 ? reading.instant : 'no date';
  };
}

const unread = 0;
const isNumber = 1;
const isNothing = 2;
const isNoDate = 3;
const isFaulty = 4;

/** Numbers as they are, whether they came coded or not. */
export function plainNumbers(values: Float64Array | CodedNumbers): Float64Array {
  return values instanceof Float64Array ? values : pickNumbers(values.codes, values.numbers);
}

/**
 * Casts the cells of one column of numbers. Coded cells stay coded: each different text is read once. All of its coded
 * numbers are places in one list, which only grows.
 */
export class NumberCaster {
  readonly #column: string;
  readonly #read: NumberReading;
  /** Hears of each cell that shows "no date". */
  readonly #noDate: (text: string) => void;
  /** The list of texts that codes are of now, what each says, and where in the list of numbers the first of them is. */
  #from: readonly string[] = [];
  #states = new Uint8Array(0);
  #first = 0;
  #numbers = new Float64Array(0);
  #faults = new Map<number, TextFault>();
  readonly #room = new Room();

  constructor(column: string, read: NumberReading, noDate: (text: string) => void = () => undefined) {
    this.#column = column;
    this.#read = read;
    this.#noDate = noDate;
  }

  /** What it gives holds until the next cells are cast. */
  cast(cells: Cells, faults: RowFaults): Float64Array | CodedNumbers {
    if (cells instanceof CodedCells) return this.#castCoded(cells, faults);
    const out = this.#room.doubles(cells.length);
    for (let i = 0; i < cells.length; i++) {
      const text = trimmed(cells[i] as string);
      const read = this.#read(text);
      if (read === 'no date') this.#noDate(text);
      else if (typeof read !== 'number') this.#setAside(i, read, faults);
      out[i] = typeof read === 'number' ? read : Number.NaN;
    }
    return out;
  }

  #castCoded({ codes, words }: CodedCells, faults: RowFaults): CodedNumbers {
    this.#follow(words);
    const out = this.#room.codes(codes.length);
    this.#takeEach(codes, out, faults);
    return { codes: out, numbers: this.#numbers };
  }

  // The loop has nothing behind it, so that it is compiled once.
  #takeEach(codes: Int32Array, out: Int32Array, faults: RowFaults): void {
    const states = this.#states;
    const first = this.#first;
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i] as number;
      if (states[code] === unread) this.#readWord(code);
      const state = states[code];
      out[i] = state === isNumber ? first + code : -1;
      if (state === isNoDate) this.#noDate(trimmed(this.#from[code] as string));
      if (state === isFaulty) this.#setAside(i, this.#faults.get(code) as TextFault, faults);
    }
  }

  #setAside(row: number, { value, reason }: TextFault, faults: RowFaults): void {
    faults.set(row, this.#column, value, reason);
  }

  #follow(words: readonly string[]): void {
    if (words !== this.#from) {
      this.#first += this.#from.length;
      this.#from = words;
      this.#states = new Uint8Array(0);
      this.#faults = new Map();
    }
    if (words.length > this.#states.length) {
      const states = new Uint8Array(Math.max(256, 2 * words.length));
      states.set(this.#states);
      this.#states = states;
    }
    const size = this.#first + words.length;
    if (size <= this.#numbers.length) return;
    const numbers = new Float64Array(Math.max(256, 2 * size));
    numbers.set(this.#numbers);
    this.#numbers = numbers;
  }

  #readWord(code: number): void {
    const read = this.#read(trimmed(this.#from[code] as string));
    if (read === 'no date') this.#states[code] = isNoDate;
    else if (typeof read !== 'number') {
      this.#faults.set(code, read);
      this.#states[code] = isFaulty;
    } else if (Number.isNaN(read)) this.#states[code] = isNothing;
    else {
      this.#numbers[this.#first + code] = read;
      this.#states[code] = isNumber;
    }
  }
}
