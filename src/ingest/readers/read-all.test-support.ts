import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WellspentError } from '../../core/index.ts';
import { textsOf } from './cells.ts';
import { openTable } from './open-table.ts';
import type { Notice, ReadOptions, RowFault } from './raw-table.ts';

/** All that a reader makes of some bytes. */
export interface ReadAll {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly lines: readonly number[];
  readonly faults: readonly RowFault[];
  readonly notices: readonly Notice[];
  readonly facts: Readonly<Record<string, string | number>>;
}

/** Reads a file's bytes with the reader that its content calls for. */
export async function readAll(bytes: Buffer | string, options: ReadOptions = {}): Promise<ReadAll> {
  const dir = mkdtempSync(join(tmpdir(), 'wellspent-reader-'));
  try {
    const file = join(dir, 'file.bin');
    writeFileSync(file, bytes);
    const { table } = await openTable(file, options);
    const rows: string[][] = [];
    const lines: number[] = [];
    const faults: RowFault[] = [];
    for await (const batch of table.batches()) {
      lines.push(...batch.lines);
      faults.push(...batch.faults);
      const columns = batch.columns.map(textsOf);
      for (let r = 0; r < batch.rows; r++) rows.push(columns.map((column) => column[r] ?? ''));
    }
    const width = table.columns.length;
    const full = rows.map((row) => [...row, ...Array<string>(width - row.length).fill('')]);
    return {
      columns: [...table.columns],
      rows: full,
      lines,
      faults,
      notices: table.notices(),
      facts: table.facts,
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The error that reading some bytes ends in. */
export async function errorOf(bytes: Buffer | string, options: ReadOptions = {}): Promise<WellspentError> {
  try {
    await readAll(bytes, options);
  } catch (error) {
    if (error instanceof WellspentError) return error;
    throw error;
  }
  throw new Error('it was read without an error');
}
