import { holdsKindsOfWords, kindsOfWords } from '../../define/index.ts';
import { textsOf } from './cells.ts';
import type { RawTable } from './raw-table.ts';

/** The columns of which only kinds of words are kept: those mapped to an attribute whose name says so. */
export function wordColumns(map: Readonly<Record<string, string>>): ReadonlySet<string> {
  return new Set(Object.entries(map).flatMap(([name, column]) => (holdsKindsOfWords(name) ? [column] : [])));
}

/** A table that holds kinds of words in place of the texts of some columns: nothing behind it ever sees the texts. */
export function wordsTable(table: RawTable, texts: ReadonlySet<string>): RawTable {
  if (texts.size === 0) return table;
  return {
    format: table.format,
    listsCases: table.listsCases,
    get columns() {
      return table.columns;
    },
    get facts() {
      return table.facts;
    },
    notices: () => table.notices(),
    numberLengths: (column) => table.numberLengths?.(column) ?? new Set(),
    lists: () => table.lists?.() ?? new Map(),
    ...(table.classifiers ? { classifiers: () => table.classifiers?.() ?? { named: [], declared: [] } } : {}),
    ...(table.shaped ? { shaped: table.shaped } : {}),
    async *batches() {
      for await (const batch of table.batches()) {
        const columns = batch.columns.map((cells, index) =>
          texts.has(table.columns[index] ?? '') ? textsOf(cells).map(kindsOfWords) : cells,
        );
        yield { ...batch, columns };
      }
    },
  };
}
