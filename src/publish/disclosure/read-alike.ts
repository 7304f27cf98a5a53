import type { CellValue, Result } from '../../core/index.ts';
import { isSaying } from './row-names.ts';

/** A Result as it was and as it may be published: its tables hold the same rows. */
export interface ResultPair {
  readonly raw: Result;
  readonly shown: Result;
}

const symbolsIn = (text: string, symbol: string) => text.split(symbol).length - 1;

/** Of several readings of one text, word by word: the symbol, else the word that was changed, else the word as it was. */
function mostProtected(raw: string, readings: readonly string[], symbol: string): string {
  const words = raw.split(' ');
  const split = readings.map((text) => text.split(' '));
  if (split.some(({ length }) => length !== words.length))
    return [...readings].sort((a, b) => symbolsIn(b, symbol) - symbolsIn(a, symbol))[0] ?? raw;
  return words
    .map((word, i) => {
      const told = split.flatMap((reading) => reading[i] ?? []);
      return told.find((one) => one.includes(symbol)) ?? told.find((one) => one !== word) ?? word;
    })
    .join(' ');
}

const isTitle = (value: CellValue | undefined): value is string =>
  typeof value === 'string' && /\d/.test(value) && isSaying(value);

interface Readings {
  readonly texts: Set<string>;
  readonly places: Set<string>;
}

/** Every reading of each sentence that stands in cells of tables, and the tables. */
function readingsOf(pairs: readonly ResultPair[]): ReadonlyMap<string, Readings> {
  const found = new Map<string, Readings>();
  for (const { raw, shown } of pairs)
    for (const table of shown.tables) {
      const before = raw.tables.find(({ id }) => id === table.id)?.rows ?? [];
      table.rows.forEach((row, r) => {
        for (const [key, value] of Object.entries(row)) {
          const text = before[r]?.[key];
          if (!isTitle(text) || typeof value !== 'string') continue;
          const known = found.get(text) ?? { texts: new Set(), places: new Set() };
          found.set(text, known);
          known.texts.add(value);
          known.places.add(`${raw.id}/${table.id}`);
        }
      });
    }
  return found;
}

/**
 * Results in which a sentence that stands in several tables, such as the title of a finding, reads alike in all of them:
 * what one place hides or rounds no other tells. Protection by the numbers of one row cannot see the other rows.
 */
export function readAlike(pairs: readonly ResultPair[], symbol: string): readonly Result[] {
  const differing = new Map(
    [...readingsOf(pairs)].flatMap(([raw, { texts, places }]) =>
      texts.size > 1 && places.size > 1 ? [[raw, mostProtected(raw, [...texts], symbol)] as const] : [],
    ),
  );
  return pairs.map(({ raw, shown }) => ({
    ...shown,
    tables: shown.tables.map((table) => {
      const before = raw.tables.find(({ id }) => id === table.id)?.rows ?? [];
      const rows = table.rows.map((row, r) =>
        Object.fromEntries(
          Object.entries(row).map(([key, value]) => [
            key,
            differing.get(String(before[r]?.[key] ?? '')) ?? value,
          ]),
        ),
      );
      return { ...table, rows };
    }),
  }));
}
