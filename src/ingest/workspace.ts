import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type SourceRecord, WellspentError } from '../core/index.ts';
import { type LoadedCharter, loadCharter } from '../define/index.ts';
import { type CanonicalTable, openDuckdb, type Warehouse } from '../stores/index.ts';
import { cautionShare, faultyRows } from './faulty-rows.ts';
import { broughtInOf, knownUntil } from './known-until.ts';
import { type Manifest, readManifest } from './store/manifest.ts';
import { isReadOnly, makeStore } from './store/scratch-store.ts';
import { verifyTables } from './store/verify-files.ts';
import { showTables } from './store/views.ts';

/** One service opened for reading: its charter, its tables in the warehouse, and where the tables came from. */
export interface Workspace {
  readonly dir: string;
  readonly loaded: LoadedCharter;
  readonly warehouse: Warehouse;
  readonly sources: readonly SourceRecord[];
  /** The canonical tables that hold rows; views of the others exist and are empty. */
  readonly tables: ReadonlySet<CanonicalTable>;
  readonly manifest: Manifest;
  /** Sources of which so many rows were set aside for a fault that every figure that rests on them needs a caution. */
  readonly shortOfRows: readonly ShortOfRows[];
  /** The instant, ISO, from which nothing in the data can have happened yet; null before cases, events or contacts came in. */
  readonly knownUntil: string | null;
  /** Shows what was brought in since the workspace was opened. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/** A source that lost rows: the table it fills, and the share of its rows set aside for a fault of theirs. */
export interface ShortOfRows {
  readonly file: string;
  readonly as: CanonicalTable;
  readonly share: number;
}

/** Settings of opening a workspace. */
export interface OpenOptions {
  /** Bound on the engine's memory in megabytes. */
  readonly memoryMb?: number;
}

/** The folder of a workspace that holds what we made of its extracts. */
export function storeFolder(dir: string): string {
  return join(resolve(dir), '.wellspent');
}

/** Sources as Results carry them. */
export function sourceRecords(manifest: Manifest): readonly SourceRecord[] {
  return manifest.sources.map(({ file, sha256, rowsIn, rowsUsed, rowsSetAside }) => ({
    file,
    sha256,
    rowsIn,
    rowsUsed,
    rowsSetAside,
  }));
}

function shortOfRows({ sources }: Manifest): readonly ShortOfRows[] {
  return sources
    .map((source) => ({
      file: source.file,
      as: source.as,
      share: faultyRows(source) / Math.max(1, source.rowsIn),
    }))
    .filter(({ share }) => share > cautionShare);
}

/** Loads a workspace's charter; a coded error for a folder without one. */
export function loadWorkspaceCharter(dir: string): LoadedCharter {
  const file = join(dir, 'service.yaml');
  if (!existsSync(file))
    throw new WellspentError('WORKSPACE_NOT_FOUND', `${dir} holds no service.yaml.`, {
      where: { file },
      hint: `wellspent init ${dir}`,
    });
  return loadCharter(file);
}

/** What a workspace's charter says and which sources it holds, without opening its tables. */
export function workspaceContents(dir: string): {
  readonly loaded: LoadedCharter;
  readonly sources: Manifest['sources'];
} {
  return { loaded: loadWorkspaceCharter(dir), sources: readManifest(storeFolder(dir)).sources };
}

/** A workspace as bringing data in needs it: of one whose tables changed too, since that is how it is mended. */
export type WorkspaceToFill = Pick<Workspace, 'dir' | 'loaded' | 'refresh'>;

/** Names a workspace to bring data into, without opening its tables. */
export function workspaceToFill(dir: string): WorkspaceToFill {
  return { dir: resolve(dir), loaded: loadWorkspaceCharter(dir), refresh: async () => undefined };
}

/** Opens a workspace for reading and checks that its table files are the ones that were written. */
export async function openWorkspace(dir: string, options: OpenOptions = {}): Promise<Workspace> {
  const loaded = loadWorkspaceCharter(dir);
  const store = storeFolder(dir);
  let manifest = readManifest(store);
  await verifyTables(store, manifest);
  if (!isReadOnly(store)) makeStore(store);
  const warehouse = await openDuckdb({
    folders: [store],
    ...(options.memoryMb ? { memoryMb: options.memoryMb } : {}),
  });
  try {
    let tables = await showTables(warehouse, store, manifest);
    return {
      dir: resolve(dir),
      loaded,
      warehouse,
      get sources() {
        return sourceRecords(manifest);
      },
      get tables() {
        return tables;
      },
      get manifest() {
        return manifest;
      },
      get shortOfRows() {
        return shortOfRows(manifest);
      },
      get knownUntil() {
        return knownUntil(broughtInOf(manifest));
      },
      async refresh() {
        manifest = readManifest(store);
        await verifyTables(store, manifest);
        tables = await showTables(warehouse, store, manifest);
      },
      close: () => warehouse.close(),
    };
  } catch (cause) {
    await warehouse.close();
    throw cause;
  }
}
