import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emergencyTables } from './tables.ts';

/** Run once, when the published table changes: node examples/emergency/write-tables.ts PUBLISHED.csv */
const [, , published] = process.argv;
if (published === undefined) throw new Error('give the path of the published table');
const tables = emergencyTables(readFileSync(published, 'utf8'));
for (const [name, text] of Object.entries(tables))
  writeFileSync(join(import.meta.dirname, 'data', `${name}.csv`), text);
