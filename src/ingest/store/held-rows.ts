import type { CodedTexts, ColumnSpec, GroupValues } from '../../stores/index.ts';
import type { StagedRows } from '../cast/cast-batch.ts';
import type { Numbers } from '../cast/coded-numbers.ts';
import type { StagedValues } from '../cast/column-caster.ts';
import { Room } from '../cast/room.ts';
import type { GroupRoom } from './group-room.ts';
import { HeldNumbers } from './held-numbers.ts';
import { HeldTexts } from './held-texts.ts';

/** What the column of a time on the clock on the wall is called beside that of the time. */
const onTheWall = '_wall';

function haveSame(one: Float64Array | Int32Array, other: Float64Array | Int32Array): boolean {
  for (let i = 0, end = one.length; i < end; i++) if (!Object.is(one[i], other[i])) return false;
  return true;
}

/** True where two columns of a batch hold the same numbers, and gaps in the same places. */
function areSame(one: StagedValues, other: StagedValues): boolean {
  if (one === other) return true;
  if (one instanceof Float64Array) return other instanceof Float64Array && haveSame(one, other);
  // Codes of two lists are not looked through: both lists are known to hold more from batch to batch.
  const areOfOneList = 'numbers' in one && 'numbers' in other && one.numbers === other.numbers;
  return areOfOneList && haveSame(one.codes, other.codes);
}

/** Cast rows of one source held in memory: texts by the place of each in a list, all else as doubles. */
export class HeldRows {
  readonly columns: readonly ColumnSpec[];
  readonly #held: readonly (HeldTexts | HeldNumbers)[];
  /**
   * For each column the place of the one that has had the same numbers up to now, else its own: clocks in UTC, and
   * lines of a source that counts events.
   */
  readonly #kept: Int32Array;
  readonly #room = new Room();
  rows = 0;

  constructor(columns: readonly ColumnSpec[]) {
    this.columns = columns;
    this.#held = columns.map(({ kind }) => (kind === 'text' ? new HeldTexts() : new HeldNumbers()));
    const names = columns.map(({ name }) => name);
    this.#kept = Int32Array.from(names, (name, c) => {
      const ofTime = name.slice(0, -onTheWall.length);
      // A column whose name only looks like it must not lean on one that leans on another.
      const mayBe = name.endsWith(onTheWall) && !ofTime.endsWith(onTheWall);
      const other = mayBe ? names.indexOf(ofTime) : name === 'line' ? names.indexOf('seq') : -1;
      return this.#held[other] instanceof HeldNumbers && this.#held[c] instanceof HeldNumbers ? other : c;
    });
  }

  /** True where rows with these columns can be added. */
  takes(columns: readonly ColumnSpec[]): boolean {
    return (
      columns.length === this.columns.length &&
      columns.every(({ name, kind }, c) => name === this.columns[c]?.name && kind === this.columns[c]?.kind)
    );
  }

  add({ rows, values }: StagedRows): void {
    this.#held.forEach((column, c) => {
      const own = values[c] ?? [];
      const isOfTexts = 'words' in own;
      const isOfNumbers = 'numbers' in own;
      if (column instanceof HeldTexts) {
        if (isOfNumbers) throw new TypeError('texts are no numbers');
        column.add(own, this.#room);
      } else if (isOfTexts) throw new TypeError('numbers are no texts');
      else if (!this.#isKeptBy(c, own, values)) column.add(own);
    });
    this.rows += rows;
  }

  /** True where another column has the same numbers still, so that they are held once. */
  #isKeptBy(c: number, own: StagedValues, values: StagedRows['values']): boolean {
    const kept = this.#kept[c] as number;
    if (kept === c) return false;
    if (areSame(own, values[kept] ?? [])) return true;
    this.#kept[c] = c;
    (this.#held[c] as HeldNumbers).beginAs(this.#held[kept] as HeldNumbers, this.rows);
    return false;
  }

  /** The place of the column that holds the values of the one of a name; -1 where there is none. */
  #placeOf(name: string): number {
    const at = this.columns.findIndex((column) => column.name === name);
    return at < 0 ? at : (this.#kept[at] as number);
  }

  /** The name of the column that holds the values of the one named: two of one name here have the very same values. */
  heldAs(name: string): string {
    return this.columns[this.#placeOf(name)]?.name ?? name;
  }

  /** Bytes that the rows take up, about. */
  get bytes(): number {
    return this.#held.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Characters of all texts, each as often as it occurs. */
  get characters(): number {
    return this.#held.reduce((sum, column) => sum + (column instanceof HeldTexts ? column.characters : 0), 0);
  }

  /** How many different texts the columns hold, each column by itself. */
  get differentTexts(): number {
    return this.#held.reduce(
      (sum, column) => sum + (column instanceof HeldTexts ? column.words.length : 0),
      0,
    );
  }

  /** Characters of the long texts that are in memory: those that differ. */
  get longCharacters(): number {
    return this.#held.reduce((sum, column) => sum + (column instanceof HeldTexts ? column.long : 0), 0);
  }

  /** The values of a column; undefined where the source has none of the name. */
  values(name: string): GroupValues | undefined {
    return this.#held[this.#placeOf(name)]?.values(this.rows);
  }

  /** The values of a column for some rows, in the order given; undefined where the source has none of the name. */
  gathered(name: string, rows: Int32Array, room: GroupRoom): GroupValues | undefined {
    const column = this.#held[this.#placeOf(name)];
    return column?.gather(rows, room);
  }

  numbers(name: string): Numbers | undefined {
    const column = this.#held[this.#placeOf(name)];
    return column instanceof HeldNumbers ? column.values(this.rows) : undefined;
  }

  /** The different texts of a column; none where the source has none of the name. */
  words(name: string): readonly string[] {
    const column = this.#held[this.#placeOf(name)];
    return column instanceof HeldTexts ? column.words : [];
  }

  texts(name: string): CodedTexts | undefined {
    const column = this.#held[this.#placeOf(name)];
    return column instanceof HeldTexts ? column.values() : undefined;
  }
}
