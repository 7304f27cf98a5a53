import { hash } from 'node:crypto';
import type { ColumnSpec, ColumnValues } from '../../stores/index.ts';
import { isPlainNumber } from '../numbers.ts';
import type { Pseudonymise } from '../pseudonyms.ts';
import { textsOf } from '../readers/cells.ts';
import type { RawBatch } from '../readers/raw-table.ts';
import { newReading, parseTime, type TimeRules, timeFlags } from '../time/parse-time.ts';
import type { RowFaults } from './row-faults.ts';

/** What makes rows of one table the same row: all their cells, or a key of which the latest version is kept. */
export type Dedupe =
  | 'exact'
  | { readonly key: readonly string[]; readonly keep_latest_by?: string | undefined };

/** The columns by which rows are told to be the same, beside what they become. */
export interface RowKey {
  readonly spec: ColumnSpec;
  readonly values: ColumnValues;
}

/** Works out the keys of the rows of one batch. */
export type KeyRows = (batch: RawBatch, faults: RowFaults) => readonly RowKey[];

const reading = newReading();

interface Cells {
  readonly name: string;
  readonly cells: readonly string[];
}

/** Keyed hashes of some cells of each row: cells may name people, and few of them are easily tried out. */
function tokens(columns: readonly Cells[], batch: RawBatch, pseudonymise: Pseudonymise): readonly string[] {
  const inOrder = columns.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const out: string[] = new Array(batch.rows);
  for (let row = 0; row < batch.rows; row++) {
    let text = '';
    for (const { name, cells } of inOrder) {
      const cell = cells[row] ?? '';
      // An empty cell and a column that another file does not have are the same.
      if (cell !== '') text += `${name.length} ${name} ${cell.length} ${cell}\n`;
    }
    out[row] = pseudonymise('row', hash('sha256', text, 'base64'));
  }
  return out;
}

/** Versions as numbers: numbers as they are, times in microseconds; what is neither sets its row aside. */
function versions(
  { name, cells }: Cells,
  batch: RawBatch,
  rules: TimeRules,
  faults: RowFaults,
): Float64Array {
  const out = new Float64Array(batch.rows).fill(Number.NaN);
  for (let row = 0; row < batch.rows; row++) {
    const text = (cells[row] ?? '').trim();
    if (text === '') continue;
    if (isPlainNumber(text)) out[row] = Number(text);
    else if (!parseTime(text, rules, reading)) faults.set(row, name, text, 'TIME_UNPARSABLE');
    else if ((reading.flags & timeFlags.sentinel) === 0) out[row] = reading.instant;
  }
  return out;
}

/** Makes the keys of one source. `columns` are the file's own, in the order of the batches. */
export function rowKeysFor(
  dedupe: Dedupe,
  columns: () => readonly string[],
  timeRules: (column: string) => TimeRules,
  pseudonymise: Pseudonymise,
): KeyRows {
  return (batch, faults) => {
    const all = columns().flatMap((name, c) =>
      name === '' ? [] : [{ name, cells: textsOf(batch.columns[c]) }],
    );
    const same = tokens(all, batch, pseudonymise);
    if (dedupe === 'exact') {
      return [
        { spec: { name: 'row_key', kind: 'text' }, values: same },
        { spec: { name: 'row_same', kind: 'text' }, values: same },
        {
          spec: { name: 'row_version', kind: 'number' },
          values: new Float64Array(batch.rows).fill(Number.NaN),
        },
      ];
    }
    const latest = all.find(({ name }) => name === dedupe.keep_latest_by);
    const key = tokens(
      all.filter(({ name }) => dedupe.key.includes(name)),
      batch,
      pseudonymise,
    );
    return [
      { spec: { name: 'row_key', kind: 'text' }, values: key },
      { spec: { name: 'row_same', kind: 'text' }, values: same },
      {
        spec: { name: 'row_version', kind: 'number' },
        values: latest
          ? versions(latest, batch, timeRules(latest.name), faults)
          : new Float64Array(batch.rows).fill(Number.NaN),
      },
    ];
  };
}
