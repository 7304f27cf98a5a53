import { type Cells, CodedCells } from '../readers/cells.ts';
import { ownText } from '../readers/own-text.ts';
import { isPhrase, saysNotesFollow } from './note-headers.ts';
import { emailsIn, tellsOfPerson } from './person-forms.ts';
import { type PersonalHeader, personalHeader } from './personal-columns.ts';

/** Why a column that nobody named is not brought in. */
export type Verdict = 'named for people' | 'singles people out' | 'free text';

/** Characters beyond which a text is a sentence rather than words. */
const freeTextLength = 60;
/** So many different sentences are free text, whatever else the column holds. */
const manySentences = 100;
/** So many different phrases are free text under a header that says so. */
const manyPhrases = 20;
/** So many are where most of the values have one of their own. */
const fewPhrases = 3;
/** So many different values of people settle it likewise. */
const manyPeople = 20;
/** Different values that tell of people are counted up to here. */
export const mostTelling = 1000;
/** Rows of such values that are named. */
export const rowsNamed = 3;

/** Values of a column that tell of people: how many different ones, and the first rows that hold them. */
export interface Telling {
  readonly values: number;
  /** As `RawBatch` counts its lines. */
  readonly lines: readonly number[];
}

/** What the values of a column tell of people, and whether they are sentences; it takes batch after batch. */
export interface ColumnLook {
  /** `lines` are those of the rows, to name some of them by. */
  add(cells: Cells | undefined, lines?: readonly number[]): void;
  /** By the rows so far; null for a column that may be kept. Whatever their order, the same rows give the same. */
  verdict(): Verdict | null;
  /** True once no further row can let the column be kept. */
  isSettled(): boolean;
  /** The values that hold emails, National Insurance numbers or full postcodes. */
  telling(): Telling;
}

interface Known {
  readonly words: readonly string[];
  /** Of each word: its length, and whether it is long enough for people, or tells who they are. */
  sizes: Int32Array;
  marks: Uint8Array;
  size: number;
}

const ofPeople = 1;
const single = 2;

const lastBlank = 32;
const noBreakSpace = 160;

/** Characters by which texts are told apart. */
const toldApartBy = 256;

/** Characters of a text that are looked at; a column of longer ones is free text. */
const mostLookedAt = 2_000;

/** A text to remember: so much of it and its length, for one may have a megabyte; nothing of the block it was read in. */
function remembered(text: string): string {
  return text.length > toldApartBy ? `${text.length} ${ownText(text.slice(0, toldApartBy))}` : ownText(text);
}

/** Characters of a text; none of one of blanks. */
function sizeOf(text: string): number {
  const first = text.charCodeAt(0);
  return (first <= lastBlank || first === noBreakSpace) && text.trim() === '' ? 0 : text.length;
}

/** Makes the look at one column. */
export function lookAt(header: string): ColumnLook {
  const personal: PersonalHeader | null = personalHeader(header);
  const areNotes = saysNotesFollow(header);
  const phrases = new Set<string>();
  const sentences = new Set<string>();
  const persons = new Set<string>();
  const emails = new Set<string>();
  const telling = new Set<string>();
  const named = new Set<number>();
  let [filled, characters, long, singles] = [0, 0, 0, 0];
  let known: Known | null = null;

  /** Looks at a text that is new, or may be. */
  const markOf = (text: string): number => {
    if (text.length > freeTextLength && sentences.size < manySentences) sentences.add(remembered(text));
    let mark = 0;
    if (personal !== null && personal.sizeOf(text) >= personal.shortest) {
      mark |= ofPeople;
      if (persons.size < manyPeople) persons.add(remembered(text));
    }
    const bare = (text.length > mostLookedAt ? text.slice(0, mostLookedAt) : text).trim();
    if (areNotes && phrases.size < manyPhrases && isPhrase(bare)) phrases.add(remembered(bare));
    if (tellsOfPerson(bare)) {
      mark |= single;
      if (telling.size < mostTelling) telling.add(remembered(bare));
      for (const email of emailsIn(bare)) if (emails.size < manyPeople) emails.add(email);
    }
    return mark;
  };
  const count = (size: number, mark: number) => {
    if (size === 0) return;
    filled += 1;
    characters += size;
    if ((mark & ofPeople) !== 0) long += 1;
    if ((mark & single) !== 0) singles += 1;
  };
  const learn = (words: readonly string[]): Known => {
    if (known?.words !== words)
      known = { words, sizes: new Int32Array(words.length), marks: new Uint8Array(words.length), size: 0 };
    if (known.sizes.length < words.length) {
      const room = 2 * words.length;
      const [sizes, marks] = [new Int32Array(room), new Uint8Array(room)];
      sizes.set(known.sizes);
      marks.set(known.marks);
      known = { words, sizes, marks, size: known.size };
    }
    for (; known.size < words.length; known.size++) {
      const word = words[known.size] as string;
      known.sizes[known.size] = sizeOf(word);
      known.marks[known.size] = markOf(word);
    }
    return known;
  };
  const isTelling = (cells: Cells, row: number): boolean =>
    cells instanceof CodedCells
      ? ((known?.marks[cells.codes[row] as number] ?? 0) & single) !== 0
      : tellsOfPerson((cells[row] as string).trim());
  const nameRows = (cells: Cells, lines: readonly number[]) => {
    for (let row = 0; row < lines.length && named.size < rowsNamed; row++)
      if (isTelling(cells, row)) named.add(lines[row] as number);
  };
  return {
    add(cells, lines = []) {
      if (cells === undefined) return;
      const before = singles;
      if (cells instanceof CodedCells) {
        const { sizes, marks } = learn(cells.words);
        const { codes } = cells;
        for (let row = 0, end = codes.length; row < end; row++) {
          const code = codes[row] as number;
          count(sizes[code] as number, marks[code] as number);
        }
      } else
        for (const cell of cells) {
          const size = sizeOf(cell);
          if (size > 0) count(size, markOf(cell));
        }
      if (singles > before) nameRows(cells, lines);
    },
    verdict() {
      if (personal && (persons.size >= manyPeople || 2 * (filled - long) <= filled))
        return 'named for people';
      if (emails.size >= manyPeople || 2 * singles > filled) return 'singles people out';
      const areMany = sentences.size >= manySentences || phrases.size >= manyPhrases;
      const areOwn = phrases.size >= fewPhrases && filled > 0 && 2 * phrases.size > filled;
      return areMany || areOwn || characters > freeTextLength * filled ? 'free text' : null;
    },
    isSettled: () =>
      sentences.size >= manySentences ||
      phrases.size >= manyPhrases ||
      persons.size >= manyPeople ||
      emails.size >= manyPeople,
    telling: () => ({ values: singles > 0 ? telling.size : 0, lines: [...named] }),
  };
}
