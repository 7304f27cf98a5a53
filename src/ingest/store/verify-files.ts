import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { WellspentError, WellspentFaults } from '../../core/index.ts';
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

const tableFiles = (tables: Manifest['tables']) => Object.values(tables).flatMap(({ files }) => files);

/** Files of a workspace that are not as they were written. */
export interface Damage {
  readonly changes: readonly Changed[];
  /** The sources whose own rows are among them: only their extracts can give those again. */
  readonly sources: readonly ManifestSource[];
}

/** Looks for files of any kind, tables and staged rows, that are not as they were written. */
export async function findDamage(store: string, { tables, sources }: Manifest): Promise<Damage> {
  const changes = [...(await changesOf(store, tableFiles(tables)))];
  const damaged: ManifestSource[] = [];
  for (const source of sources) {
    const own = await changesOf(store, source.staged);
    changes.push(...own);
    if (own.length > 0) damaged.push(source);
  }
  return { changes, sources: damaged };
}

/** The extracts to add again: each whose own rows are damaged; any will do where only tables are. */
function remedyFor(store: string, needed: readonly ManifestSource[]): string {
  const command = ({ file, as }: ManifestSource) =>
    `wellspent add FILE --into ${dirname(store)} --as ${as}, where FILE is the original of ${file}`;
  return needed.map(command).join('; then ');
}

/** The refusal of damage: every file that is not as it was written, and which extracts to add again. */
export function damageError(store: string, { changes, sources }: Damage, all: readonly ManifestSource[]) {
  const hint = remedyFor(store, sources.length > 0 ? sources : all.slice(0, 1));
  const faults = changes.map(
    ({ path, found }) =>
      new WellspentError('WAREHOUSE_FILE_CHANGED', `${path} is not the file that was written.`, {
        where: { file: path },
        found,
        hint,
      }),
  );
  return new WellspentFaults('WAREHOUSE_FILE_CHANGED', 'Files of the workspace have changed.', faults);
}

/**
 * Checks every table file against the manifest. Throws `WAREHOUSE_FILE_CHANGED` with all that differ; only then are
 * staged rows looked at too, since they tell which extracts must be added again.
 */
export async function verifyTables(store: string, manifest: Manifest): Promise<void> {
  const changes = await changesOf(store, tableFiles(manifest.tables));
  if (changes.length === 0) return;
  throw damageError(store, await findDamage(store, manifest), manifest.sources);
}
