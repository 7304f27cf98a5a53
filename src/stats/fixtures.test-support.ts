import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of published and computed cases that lies beside the repository, where it is there. */
const folder = fileURLToPath(new URL('../../../shared/data/measure/', import.meta.url));

/** True where the shared cases can be read; tests that need them are skipped otherwise. */
export const hasFixtures = existsSync(folder);

/** Rows of a shared CSV without quoted fields, by column name. */
export function fixtureRows(name: string): readonly Readonly<Record<string, string>>[] {
  const [head = '', ...lines] = readFileSync(`${folder}${name}`, 'utf8').trim().split(/\r?\n/);
  const columns = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']));
  });
}

/** A shared JSON document. */
export function fixtureJson<T>(name: string): T {
  return JSON.parse(readFileSync(`${folder}${name}`, 'utf8')) as T;
}

/** `price6` or `quantity6` by period, then product. */
export function balkMatrix(name: 'price6' | 'quantity6'): readonly (readonly number[])[] {
  const rows = fixtureRows(`${name}.csv`);
  return ['t1', 't2', 't3', 't4', 't5'].map((t) => rows.map((row) => Number(row[t])));
}
