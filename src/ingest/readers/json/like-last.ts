import type { RowCollector } from '../row-collector.ts';
import type { JsonValue } from './json-items.ts';

/** Reads objects that are written like an earlier one without building them: most files repeat the same keys. */
export interface LikeLast {
  /** Adds the object of a line as a row; false, and nothing is added, where it must be read in full. */
  add(text: string, line: number): boolean;
  /** Takes an object that became a row as the one that later ones are compared with. */
  learn(value: JsonValue): void;
}

const plainNumber = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that JSON forbids; a backslash needs more work.
const needsReading = /[\u0000-\u001f\\]/;
const isBlank = (code: number) => code === 32 || code === 9 || code === 10 || code === 13;

/**
 * Makes the quick reader of one reading. It takes objects of plain values whose keys come in the order of the last
 * object that was read in full, some of which may be missing. Whatever else there is, it leaves to the reader in full,
 * which also finds what is wrong; keys that come in that order cannot come twice.
 */
export function likeLastFor(rows: RowCollector): LikeLast {
  let keys: readonly string[] = [];
  let columns: readonly number[] = [];
  const found: number[] = [];
  const cells: string[] = [];
  let text = '';
  let at = 0;

  const skipBlanks = (): number => {
    let code = text.charCodeAt(at);
    while (isBlank(code)) {
      at += 1;
      code = text.charCodeAt(at);
    }
    return code;
  };
  /** The plain value that begins here, as text; null where it is none. */
  const readValue = (code: number): string | null => {
    const from = at;
    if (code === 34) {
      const end = text.indexOf('"', from + 1);
      if (end < 0) return null;
      const raw = text.slice(from + 1, end);
      if (needsReading.test(raw)) return null;
      at = end + 1;
      return raw;
    }
    if (code === 45 || (code >= 48 && code <= 57)) {
      plainNumber.lastIndex = from;
      const number = plainNumber.exec(text)?.[0] ?? null;
      if (number !== null) at = from + number.length;
      return number;
    }
    for (const word of ['null', 'true', 'false'])
      if (text.startsWith(word, from)) {
        at = from + word.length;
        return word === 'null' ? '' : word;
      }
    return null;
  };
  /** Reads all members into `found` and `cells`; -1 where the text is not like the last, else how many there are. */
  const readMembers = (): number => {
    let next = 0;
    let count = 0;
    while (true) {
      at += 1;
      skipBlanks();
      while (next < keys.length && !text.startsWith(keys[next] as string, at)) next += 1;
      if (next === keys.length) return -1;
      at += (keys[next] as string).length;
      if (skipBlanks() !== 58) return -1;
      at += 1;
      const value = readValue(skipBlanks());
      if (value === null) return -1;
      found[count] = columns[next] as number;
      cells[count] = value;
      next += 1;
      count += 1;
      const code = skipBlanks();
      if (code === 125) {
        at += 1;
        skipBlanks();
        return at === text.length ? count : -1;
      }
      if (code !== 44) return -1;
    }
  };

  return {
    add(line, number) {
      if (keys.length === 0 || line.charCodeAt(0) !== 123) return false;
      text = line;
      at = 0;
      const count = readMembers();
      for (let i = 0; i < count; i++) rows.set(found[i] as number, cells[i] as string);
      if (count >= 0) rows.endRow(number);
      return count >= 0;
    },
    learn(value) {
      if (value.type !== 'object' || value.members.some(([, inner]) => inner.type !== 'scalar')) return;
      keys = value.members.map(([key]) => JSON.stringify(key));
      columns = value.members.map(([key]) => rows.columnOf(key, key));
    },
  };
}
