import { WellspentError } from '../../core/index.ts';
import { didYouMean } from '../../define/index.ts';
import { textsOf } from './cells.ts';
import type { RawBatch, RawTable } from './raw-table.ts';
import { classifierKeys } from './xes/classifiers.ts';

const columnsShown = 40;

/** The columns that tell steps apart: those of a classifier that the log names, or names joined with `+`. */
function keysOf(table: RawTable, classifier: string, file: string): readonly string[] {
  const { named = [], declared = [] } = table.classifiers?.() ?? {};
  const known = [...new Set([...declared, ...table.columns])];
  const seen = known.slice(0, columnsShown).join(', ');
  const own = named.find(({ name }) => name === classifier);
  if (own) {
    const keys = classifierKeys(own.keys, known);
    if (keys && keys.length > 0) return keys;
    throw new WellspentError(
      'CLASSIFIER_UNKNOWN_KEY',
      `The classifier "${classifier}" of ${file} names attributes that no event has: ${own.keys}.`,
      { where: { file }, found: seen },
    );
  }
  const keys = known.includes(classifier) ? [classifier] : classifier.split('+').map((key) => key.trim());
  if (keys.every((key) => known.includes(key))) return keys;
  const names = named.map(({ name }) => name);
  const hint = didYouMean(classifier, names);
  throw new WellspentError(
    'CLASSIFIER_NOT_FOUND',
    `${file} has no classifier "${classifier}", nor are these its columns.`,
    {
      where: { file },
      found: names.length > 0 ? `classifiers: ${names.join(', ')}` : `columns: ${seen}`,
      ...(hint === undefined ? {} : { hint }),
    },
  );
}

/** The values of the keys, row by row, joined with `+`; empty where none has one. */
function joined(batch: RawBatch, columns: readonly string[], keys: readonly string[]): readonly string[] {
  const parts = keys.map((key) => textsOf(batch.columns[columns.indexOf(key)]));
  return Array.from({ length: batch.rows }, (_, row) =>
    parts
      .map((cells) => cells[row]?.trim() ?? '')
      .filter((cell) => cell !== '')
      .join('+'),
  );
}

/** A table with a first column more: what a classifier says of each row. Its name is known after the first batch. */
export function classifiedTable(table: RawTable, classifier: string, file: string): RawTable {
  let keys: readonly string[] | null = null;
  const called = () => {
    const name = keys?.join('+') ?? classifier;
    return table.columns.includes(name) ? `${name} (classifier)` : name;
  };
  return {
    format: table.format,
    listsCases: table.listsCases,
    get columns() {
      return [called(), ...table.columns];
    },
    get facts() {
      return table.facts;
    },
    notices: () => table.notices(),
    numberLengths: (column) => table.numberLengths?.(column) ?? new Set(),
    lists: () => table.lists?.() ?? new Map(),
    async *batches() {
      for await (const batch of table.batches()) {
        keys ??= keysOf(table, classifier, file);
        yield { ...batch, columns: [joined(batch, table.columns, keys), ...batch.columns] };
      }
    },
  };
}
