import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Warehouse } from '../../stores/index.ts';
import { deriveTables } from './derive.ts';
import { type Manifest, type ManifestSource, writeManifest } from './manifest.ts';
import type { Superseded } from './superseded.ts';

/** Removes folders that no manifest needs: half-done imports and tables of two generations ago. */
export function removeStale(store: string, manifest: Manifest): void {
  const tables = new Set([`tables-${manifest.generation}`, `tables-${manifest.generation - 1}`]);
  const staged = new Set(manifest.sources.map((source) => source.id));
  const stale = (folder: string, keep: (name: string) => boolean) => {
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => !keep(name))
      .map((name) => join(folder, name));
  };
  for (const path of [
    ...stale(store, (name) => !name.startsWith('tables-') || tables.has(name)),
    ...stale(join(store, 'staged'), (name) => staged.has(name)),
    ...stale(store, (name) => !name.endsWith('.partial')),
  ])
    rmSync(path, { recursive: true, force: true });
}

/** A source's counts as they stand: rows that a later extract holds again are set aside, each time anew. */
function afterSuperseding(source: ManifestSource, superseded: readonly Superseded[]): ManifestSource {
  const count = (list: readonly { readonly rows: number }[]) => list.reduce((sum, { rows }) => sum + rows, 0);
  const own = source.reasons.filter(({ reason }) => reason !== 'SUPERSEDED_ROW');
  const before = count(source.reasons) - count(own);
  const rowsUsed = source.rowsUsed + before - count(superseded);
  return {
    ...source,
    rowsUsed,
    rowsSetAside: source.rowsIn - rowsUsed,
    reasons: [...own, ...superseded.map(({ reason, rows }) => ({ reason, rows }))],
  };
}

/** Derives the tables of a new list of sources and makes them the workspace's, in one step at the end. */
export async function commitSources(
  warehouse: Warehouse,
  store: string,
  before: Manifest,
  sources: readonly ManifestSource[],
  options: { readonly signal?: AbortSignal | undefined; readonly keyCheck?: string } = {},
): Promise<Manifest> {
  const generation = before.generation + 1;
  const folder = `tables-${generation}`;
  rmSync(join(store, folder), { recursive: true, force: true });
  const { tables, superseded } = await deriveTables(sources, {
    warehouse,
    store,
    folder,
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const counted = sources.map((source, i) =>
    afterSuperseding(
      source,
      superseded.filter(({ number }) => number === i + 1),
    ),
  );
  const manifest: Manifest = {
    wellspent: 1,
    generation,
    ...(options.keyCheck ? { keyCheck: options.keyCheck } : {}),
    sources: counted,
    tables,
  };
  writeManifest(store, manifest);
  return manifest;
}
