import { pickNumbers } from '../../stores/index.ts';
import type { ColumnPlan } from '../mapping/column-plan.ts';
import type { Field } from '../mapping/fields.ts';
import { isPlainNumber, type NumberStyle, parseNumber } from '../numbers.ts';
import { type Cells, CodedCells } from '../readers/cells.ts';
import { newReading, parseTime, type TimeRules, timeFlags } from '../time/parse-time.ts';
import { mostCoded, type Numbers, withRoom } from './coded-numbers.ts';
import { FirstMet } from './first-met.ts';
import { putPlaces, withPlaces } from './places.ts';
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

/** What codes of texts that are no number stand for. */
const nothing = -1;
const noDate = -2;
const faulty = -3;

/**
 * Casts the cells of one column of numbers. Each different text of coded cells is read once, and they stay coded until
 * there are many: all coded numbers are places in one list, which only grows.
 */
export class NumberCaster {
  readonly #column: string;
  readonly #read: NumberReading;
  /** Hears of each cell that shows "no date". */
  readonly #noDate: (text: string) => void;
  /** The texts that codes are of now, what each stands for, and where in the list of numbers the first of them is. */
  readonly #texts = new FirstMet();
  #places = new Int32Array(0);
  #first = 0;
  /** True for good once there are too many numbers to be kept coded. */
  #areMany = false;
  #numbers = new Float64Array(0);
  #faults = new Map<number, TextFault>();
  readonly #room = new Room();

  constructor(column: string, read: NumberReading, noDate: (text: string) => void = () => undefined) {
    this.#column = column;
    this.#read = read;
    this.#noDate = noDate;
  }

  /** What it gives holds until the next cells are cast. */
  cast(cells: Cells, faults: RowFaults): Numbers {
    if (cells instanceof CodedCells) return this.#castCoded(cells, faults);
    const out = this.#room.doubles(cells.length);
    for (let i = 0, end = cells.length; i < end; i++) {
      const text = trimmed(cells[i] as string);
      const read = this.#read(text);
      if (read === 'no date') this.#noDate(text);
      else if (typeof read !== 'number') this.#setAside(i, read, faults);
      out[i] = typeof read === 'number' ? read : Number.NaN;
    }
    return out;
  }

  #castCoded({ codes, words }: CodedCells, faults: RowFaults): Numbers {
    this.#follow(words);
    const fresh = this.#texts.among(codes);
    if (fresh.length > 0) this.#readEach(fresh);
    const out = this.#room.codes(codes.length);
    if (putPlaces(codes, this.#places, out) < nothing) this.#tellOdd(codes, out, faults);
    const numbers = this.#numbers;
    return this.#areMany
      ? pickNumbers(out, numbers, this.#room.doubles(out.length))
      : { codes: out, numbers };
  }

  /** Tells of rows with "no date" or a fault, and leaves them without a number. */
  #tellOdd(codes: Int32Array, out: Int32Array, faults: RowFaults): void {
    out.forEach((place, row) => {
      if (place >= nothing) return;
      const code = codes[row] as number;
      if (place === noDate) this.#noDate(trimmed(this.#texts.words[code] as string));
      else this.#setAside(row, this.#faults.get(code) as TextFault, faults);
      out[row] = nothing;
    });
  }

  #setAside(row: number, { value, reason }: TextFault, faults: RowFaults): void {
    faults.set(row, this.#column, value, reason);
  }

  #follow(words: readonly string[]): void {
    const before = this.#texts.words.length;
    if (this.#texts.follow(words)) {
      this.#first = this.#areMany ? 0 : this.#first + before;
      this.#faults = new Map();
    }
    this.#areMany ||= this.#first + words.length > mostCoded;
    this.#places = withPlaces(this.#places, words.length);
    this.#numbers = withRoom(this.#numbers, this.#first + words.length);
  }

  #readEach(codes: Int32Array): void {
    for (let i = 0, end = codes.length; i < end; i++) this.#readWord(codes[i] as number);
  }

  #readWord(code: number): void {
    const read = this.#read(trimmed(this.#texts.words[code] as string));
    let place = nothing;
    if (read === 'no date') place = noDate;
    else if (typeof read !== 'number') {
      this.#faults.set(code, read);
      place = faulty;
    } else if (!Number.isNaN(read)) {
      place = this.#first + code;
      this.#numbers[place] = read;
    }
    this.#places[code] = place;
  }
}
