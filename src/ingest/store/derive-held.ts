import { join } from 'node:path';
import type { StepEvidence } from '../lifecycle/doubtful-steps.ts';
import { writeHeldCases } from './held-cases.ts';
import { orderHeldEvents } from './held-events.ts';
import { type HeldSource, planHeldCases, planHeldEvents } from './held-plan.ts';
import type { Manifest, ManifestSource } from './manifest.ts';
import type { SourceView } from './source-views.ts';
import { attributesOf } from './staged-select.ts';
import type { PendingPart } from './stager.ts';

/** The tables made from memory, and what else the events tell. */
export interface DerivedHeld {
  readonly tables: Manifest['tables'];
  readonly evidence: StepEvidence;
}

/** Where tables are written to. */
export interface Place {
  readonly store: string;
  /** Folder of the new tables, relative to the store. */
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes the tables of a workspace whose only source is one of events that is still in memory as a whole, without the
 * engine, as `deriveTables` would make them, and with them the parts of the source that are not written yet; null
 * where there is more to it.
 */
export async function deriveHeld(
  sources: readonly ManifestSource[],
  held: ReadonlyMap<string, HeldSource>,
  pending: readonly PendingPart[],
  { store, folder, signal }: Place,
): Promise<DerivedHeld | null> {
  const [source, ...others] = sources;
  const rows = source ? held.get(source.id) : undefined;
  if (!source || !rows || others.length > 0 || source.staged.some(({ part }) => part === 'rejects'))
    return null;
  const viewOf = (columns: readonly { readonly name: string }[]): SourceView => ({
    ...{ source, view: '', seqOffset: 0, number: 1 },
    columns: new Set(columns.map(({ name }) => name)),
  });
  const saysOfCases = source.staged.some(({ part }) => part === 'cases');
  if (saysOfCases && !rows.cases) return null;
  const events = planHeldEvents([viewOf(rows.main.columns)], held, [], attributesOf([[source, 'row']]));
  const cases = planHeldCases(
    rows.cases ? [viewOf(rows.cases.columns)] : [],
    held,
    attributesOf([[source, 'case']]),
  );
  if (!events || !cases) return null;
  const ordered = orderHeldEvents(events);
  const file = (table: string) => join(folder, `${table}-0000.parquet`);
  const ofCases = await writeHeldCases(join(store, file('cases')), ordered.facts, cases, {
    names: ordered.names,
    signal,
  });
  const main = source.staged.find(({ part }) => part === 'main')?.file;
  const together = pending.find((part) => part.file === main);
  for (const part of pending) if (part !== together) await part.write();
  const ofEvents = await ordered.write(join(store, file('events')), {
    signal,
    staged: together && { path: join(store, together.file), note: together.note },
  });
  const tables: Manifest['tables'] = {
    events: { rows: ofEvents.rows, files: [{ file: file('events'), ...ofEvents }] },
    cases: { rows: ofCases.rows, files: [{ file: file('cases'), ...ofCases }] },
  };
  return { tables, evidence: ordered.evidence };
}
