import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { listInWords, WellspentError, WellspentFaults } from '../../core/index.ts';
import { fileSha256 } from '../file-sha256.ts';
import type { Manifest, ManifestSource } from './manifest.ts';

/** What a file must be: staged parts of earlier versions were written without their hashes. */
interface Expected {
  readonly file: string;
  readonly sha256?: string | undefined;
  readonly bytes?: number | undefined;
}

/** A file that is not the one that was written, and what stands there. */
interface Changed {
  readonly path: string;
  readonly found: string;
}

// Files found good in this process, by path, size and time of change: large files are hashed once, not per page.
const verified = new Map<string, string>();

async function changeOf(store: string, { file, sha256, bytes }: Expected): Promise<Changed | null> {
  const path = join(store, file);
  if (!existsSync(path)) return { path, found: 'no file' };
  if (sha256 === undefined) return null;
  const { size, mtimeMs } = statSync(path);
  if (size !== bytes) return { path, found: `${size} bytes instead of ${bytes}` };
  const state = `${size} ${mtimeMs} ${sha256}`;
  if (verified.get(path) === state) return null;
  const found = await fileSha256(path);
  if (found !== sha256) return { path, found: `SHA-256 ${found}` };
  verified.set(path, state);
  return null;
}

async function changesOf(store: string, files: readonly Expected[]): Promise<readonly Changed[]> {
  const changes: Changed[] = [];
  for (const file of files) {
    const change = await changeOf(store, file);
    if (change) changes.push(change);
  }
  return changes;
}

const tableFiles = ({ tables }: Manifest) => Object.values(tables).flatMap(({ files }) => files);

/** Files of a workspace that are not as they were written. */
interface Damage {
  readonly changes: readonly Changed[];
  /** The sources whose own rows are among them: only their extracts can give those again. */
  readonly sources: readonly ManifestSource[];
}

/** Looks for staged rows that are not as they were written; `sources` are those whose rows are to be read. */
async function stagedDamage(store: string, sources: readonly ManifestSource[]): Promise<Damage> {
  const changes: Changed[] = [];
  const damaged: ManifestSource[] = [];
  for (const source of sources) {
    const own = await changesOf(store, source.staged);
    changes.push(...own);
    if (own.length > 0) damaged.push(source);
  }
  return { changes, sources: damaged };
}

/** Looks for files of any kind, tables and staged rows, that are not as they were written. */
async function findDamage(store: string, manifest: Manifest): Promise<Damage> {
  const tables = await changesOf(store, tableFiles(manifest));
  const staged = await stagedDamage(store, manifest.sources);
  return { changes: [...tables, ...staged.changes], sources: staged.sources };
}

/** The extracts to add again: each whose own rows are damaged; any will do where only tables are. */
function remedyFor({ sources }: Damage, all: readonly ManifestSource[]): string {
  const needed = sources.length > 0 ? sources : all.slice(0, 1);
  return `wellspent add FILE with the original of ${listInWords(needed.map(({ file, as }) => `${file} (--as ${as})`))}`;
}

/** Throws `WAREHOUSE_FILE_CHANGED` with every file of the damage, and which extracts to add again. */
function refuseDamage(damage: Damage, all: readonly ManifestSource[]): void {
  const hint = remedyFor(damage, all);
  const faults = damage.changes.map(
    ({ path, found }) =>
      new WellspentError('WAREHOUSE_FILE_CHANGED', `${path} is not the file that was written.`, {
        where: { file: path },
        found,
        hint,
      }),
  );
  if (faults.length > 0)
    throw new WellspentFaults('WAREHOUSE_FILE_CHANGED', 'Files of the workspace have changed.', faults);
}

/**
 * Checks every table file against the manifest. Throws `WAREHOUSE_FILE_CHANGED` with all that differ; only then are
 * staged rows looked at too, since they tell which extracts must be added again.
 */
export async function verifyTables(store: string, manifest: Manifest): Promise<void> {
  const changes = await changesOf(store, tableFiles(manifest));
  if (changes.length === 0) return;
  refuseDamage(await findDamage(store, manifest), manifest.sources);
}

/** Checks the staged rows of sources before they are read again. Throws `WAREHOUSE_FILE_CHANGED`. */
export async function verifyStaged(store: string, sources: readonly ManifestSource[]): Promise<void> {
  refuseDamage(await stagedDamage(store, sources), sources);
}
