import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { WellspentError } from '../../core/index.ts';
import type { Warehouse } from '../../stores/index.ts';
import { describePairs, pairingNotice } from '../lifecycle/describe-pairs.ts';
import { doubtfulSteps, evidenceInTable } from '../lifecycle/doubtful-steps.ts';
import type { Notice } from '../readers/raw-table.ts';
import { spreadNotice } from '../shapes/spread-notice.ts';
import { deriveTables } from './derive.ts';
import { deriveHeld, type Place } from './derive-held.ts';
import type { HeldSource } from './held-plan.ts';
import { type Manifest, type ManifestSource, type PairingRecord, writeManifest } from './manifest.ts';
import type { PendingPart } from './stager.ts';
import { rowsListed, type Superseded } from './superseded.ts';

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
  const own = source.reasons.filter(
    ({ reason }) => reason !== 'SUPERSEDED_ROW' && reason !== 'DUPLICATE_ROW',
  );
  const before = count(source.reasons) - count(own);
  const rowsUsed = source.rowsUsed + before - count(superseded);
  return {
    ...source,
    rowsUsed,
    rowsSetAside: source.rowsIn - rowsUsed,
    reasons: [...own, ...superseded.map(({ reason, rows }) => ({ reason, rows }))],
    toldBy: superseded.find(({ toldBy }) => toldBy !== undefined)?.toldBy,
  };
}

/** A source's counts as they stand: rows whose work would end before it starts are set aside, each time anew. */
function afterPairing(source: ManifestSource, pairing: PairingRecord | undefined): ManifestSource {
  const change = (pairing?.setAside ?? 0) - (source.pairing?.setAside ?? 0);
  const reason = 'FINISH_BEFORE_START';
  const before = source.reasons.find((known) => known.reason === reason)?.rows ?? 0;
  const others = source.reasons.filter((known) => known.reason !== reason);
  const rowsUsed = source.rowsUsed - change;
  return {
    ...source,
    rowsUsed,
    rowsSetAside: source.rowsIn - rowsUsed,
    reasons: before + change > 0 ? [...others, { reason, rows: before + change }] : others,
    pairing,
  };
}

/** What became of sources as a whole: the tables made of them, and each as it now stands. */
interface Made {
  readonly tables: Manifest['tables'];
  readonly sources: readonly ManifestSource[];
}

const withFindings = (source: ManifestSource, findings: readonly Notice[]): ManifestSource => ({
  ...source,
  findings: findings.length > 0 ? findings.map((each) => ({ ...each })) : undefined,
});

/** Makes the tables in the engine, from what all sources staged. */
async function makeInEngine(
  warehouse: Warehouse,
  sources: readonly ManifestSource[],
  held: ReadonlyMap<string, HeldSource>,
  pending: readonly PendingPart[],
  { store, folder, signal }: Place,
): Promise<Made> {
  for (const part of pending) await part.write();
  const { tables, superseded, paired, pairedNames, notices } = await deriveTables(sources, {
    ...{ warehouse, store, folder, held },
    ...(signal ? { signal } : {}),
  });
  const events = tables.events?.files ?? [];
  if (events.length > 0)
    await warehouse.viewParquet(
      'new_events',
      events.map(({ file }) => join(store, file)),
    );
  const pairings = pairedNames
    ? await describePairs(warehouse, 'new_events', pairedNames, paired)
    : new Map();
  const listed = await rowsListed(warehouse);
  const counted: ManifestSource[] = [];
  for (const [i, source] of sources.entries()) {
    const number = i + 1;
    const found = afterPairing(
      afterSuperseding(
        source,
        superseded.filter((row) => row.number === number),
      ),
      pairings.get(number),
    );
    const doubts =
      source.as === 'events' && events.length > 0
        ? await doubtfulSteps(evidenceInTable(warehouse, 'new_events', number), found)
        : [];
    const findings = [
      ...spreadNotice(found, listed.get(number) ?? 0),
      ...(found.pairing ? [pairingNotice(found.pairing)] : []),
      ...doubts,
      ...(notices.get(number) ?? []),
    ];
    counted.push(withFindings(found, findings));
  }
  return { tables, sources: counted };
}

/** Makes the tables of a single source that is in memory; null where the engine must. */
async function makeFromMemory(
  sources: readonly ManifestSource[],
  held: ReadonlyMap<string, HeldSource>,
  pending: readonly PendingPart[],
  place: Place,
): Promise<Made | null> {
  const derived = await deriveHeld(sources, held, pending, place);
  const [source] = sources;
  if (!derived || !source) return null;
  const found = afterSuperseding(source, []);
  const findings = [...spreadNotice(found, 0), ...(await doubtfulSteps(derived.evidence, found))];
  return { tables: derived.tables, sources: [withFindings(found, findings)] };
}

/** Says of rows that do not fit into the engine's memory that it is they that are too large, and what to do. */
function refuseTooLarge(cause: unknown): never {
  const isFull =
    cause instanceof WellspentError &&
    cause.code === 'WAREHOUSE_QUERY_FAILED' &&
    /out of memory|failed to allocate/i.test(cause.message);
  if (!isFull) throw cause;
  throw new WellspentError(
    'INPUT_TOO_LARGE',
    'The rows are too wide to be put in order in the memory that an import may take.',
    {
      hint: 'Leave out columns that no question needs: drop: [column, other column] beside the file in service.yaml',
      cause,
    },
  );
}

/**
 * Derives the tables of a new list of sources and makes them the workspace's, in one step at the end. The engine is
 * asked for where memory alone will not do.
 */
export async function commitSources(
  engine: () => Promise<Warehouse>,
  store: string,
  before: Manifest,
  sources: readonly ManifestSource[],
  options: {
    readonly signal?: AbortSignal | undefined;
    readonly keyCheck?: string;
    readonly held?: ReadonlyMap<string, HeldSource>;
    /** Parts of sources that are not written yet. */
    readonly pending?: readonly PendingPart[];
    /** Throws where the store may not be written to any more. */
    readonly mayWrite?: () => void;
    /** Tells what would become of the sources: the tables stay nobody's, and are stale. */
    readonly isTrial?: boolean | undefined;
  } = {},
): Promise<Manifest> {
  const generation = before.generation + 1;
  const folder = `tables-${generation}`;
  options.mayWrite?.();
  rmSync(join(store, folder), { recursive: true, force: true });
  const held = options.held ?? new Map<string, HeldSource>();
  const place = { store, folder, signal: options.signal };
  const pending = options.pending ?? [];
  const made =
    (await makeFromMemory(sources, held, pending, place)) ??
    (await makeInEngine(await engine(), sources, held, pending, place).catch(refuseTooLarge));
  const manifest: Manifest = {
    wellspent: 1,
    generation,
    ...(options.keyCheck ? { keyCheck: options.keyCheck } : {}),
    sources: [...made.sources],
    tables: made.tables,
  };
  options.mayWrite?.();
  if (!options.isTrial) writeManifest(store, manifest);
  return manifest;
}
