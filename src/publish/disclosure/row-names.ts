import type { CellValue, Column, ColumnType, Table } from '../../core/index.ts';

const wordTypes: ReadonlySet<ColumnType> = new Set(['text', 'date', 'time', 'period']);

/** True for columns that hold words or dates. */
export function isWords({ type }: Column): boolean {
  return wordTypes.has(type);
}

/**
 * True for words that say something of numbers, such as the title of a finding: a full sentence, or a number of
 * cases. A name such as "Within 21 days" is not.
 */
export function isSaying(words: string): boolean {
  return /[.!?]$/.test(words.trim()) || /\d%|\d (cases?|people|contacts?|calls?|times)\b/.test(words);
}

/** Words as part of a name that is kept: what they say of numbers may change, and may not be told. */
function nameOf(value: CellValue | undefined): string {
  const words = String(value ?? '');
  return isSaying(words) ? words.replaceAll(/\d[\d,.]*/g, '#') : words;
}

/** What tells the rows of a table apart: its first columns of words, as many as it takes, and a name for each row. */
export interface RowNames {
  readonly columns: readonly Column[];
  readonly names: readonly string[];
}

/** Names the rows of a table so that the same row has the same name in a later release. */
export function rowNames({ columns, rows }: Table): RowNames {
  const words = columns.filter(isWords);
  const chosen: Column[] = [];
  const namesBy = (by: readonly Column[]) =>
    rows.map((row) => by.map(({ key }) => nameOf(row[key])).join(' | '));
  for (const column of words) {
    if (chosen.length > 0 && new Set(namesBy(chosen)).size === rows.length) break;
    chosen.push(column);
  }
  const seen = new Map<string, number>();
  const names = namesBy(chosen).map((name) => {
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return before === 0 ? name : `${name} #${before + 1}`;
  });
  return { columns: chosen, names };
}
