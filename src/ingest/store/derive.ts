import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CanonicalTable,
  canonicalTables,
  identifier,
  joinSql,
  keyword,
  type Sql,
  sql,
  type Warehouse,
} from '../../stores/index.ts';
import { fileSha256 } from '../file-sha256.ts';
import {
  backwardsTable,
  beginPairing,
  lifecycleColumns,
  type PairedCounts,
  pairRange,
} from '../lifecycle/pair-range.ts';
import type { Notice } from '../readers/raw-table.ts';
import { caseFacts, factsInColumns } from './case-facts.ts';
import { caseRangesOf } from './case-ranges.ts';
import { casesQuery, derivedCaseColumns, firstValues, toldByEvents } from './cases-query.ts';
import { eventsQuery, pairingOf } from './events-query.ts';
import { keptCases, supersededRejects, withoutSuperseded } from './giving-way.ts';
import { orderHeldEvents } from './held-events.ts';
import { type HeldSource, planHeldEvents } from './held-plan.ts';
import type { Manifest, ManifestSource, WrittenFile } from './manifest.ts';
import { noticesOfRows } from './row-notices.ts';
import { viewsOf } from './source-views.ts';
import { attributesOf, select, unionAll } from './staged-select.ts';
import type { Superseded } from './superseded.ts';

/** The table of the engine that holds what events in memory told about their cases. */
const heldFacts = 'told_by_held_events';

/** Waits for all of several works, so that none goes on unseen, and throws what the first that failed threw. */
async function allOrFirstError<T extends readonly unknown[]>(
  works: {
    readonly [K in keyof T]: Promise<T[K]>;
  },
): Promise<T> {
  await Promise.allSettled(works);
  return Promise.all(works) as unknown as Promise<T>;
}

/** What deriving needs besides the manifest's sources. */
export interface DeriveOptions {
  readonly warehouse: Warehouse;
  readonly store: string;
  /** Folder of the new tables, relative to the store. */
  readonly folder: string;
  /** Rows of sources brought in just now that are still in memory, by id of the source. */
  readonly held?: ReadonlyMap<string, HeldSource>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Rows whose piece of work would end before it starts, as rejects of their source. */
function backwardsRejects(): Sql {
  return sql`select source, line, 'finished' as ${identifier('column')}, cast(null as varchar) as value, 'FINISH_BEFORE_START' as reason from ${identifier(backwardsTable)}`;
}

/** The tables written, and what only all extracts together could tell about the rows of each. */
export interface Derived {
  readonly tables: Manifest['tables'];
  /** Rows of earlier extracts that gave way to later ones. */
  readonly superseded: readonly Superseded[];
  /** Rows that pairing joined to others or set aside, by number of the source. */
  readonly paired: ReadonlyMap<number, PairedCounts>;
  /** What the columns that pairing adds are called; null where nothing was paired. */
  readonly pairedNames: ReadonlyMap<string, string> | null;
  /** What rows that were used give reason to say of their extract, by number of the source. */
  readonly notices: ReadonlyMap<number, readonly Notice[]>;
}

/** Rebuilds every canonical table from what the sources staged, chunk by chunk, and tells the files written. */
export async function deriveTables(
  sources: readonly ManifestSource[],
  options: DeriveOptions,
): Promise<Derived> {
  const { warehouse, store, folder, signal } = options;
  const run = signal ? { signal } : undefined;
  const tables: Record<string, { rows: number; files: WrittenFile[] }> = {};
  const fileOf = (table: CanonicalTable, index: number) =>
    join(folder, `${table}-${String(index).padStart(4, '0')}.parquet`);
  const note = (table: CanonicalTable, written: WrittenFile) => {
    const known = tables[table] ?? { rows: 0, files: [] };
    known.rows += written.rows;
    known.files.push(written);
    tables[table] = known;
  };
  const write = async (table: CanonicalTable, query: Sql, index: number): Promise<void> => {
    const file = fileOf(table, index);
    const path = join(store, file);
    await warehouse.writeParquet(query, path, run);
    await warehouse.viewParquet('just_written', [path]);
    const [count] = await warehouse.query<{ n: number }>(sql`select count(*) as n from just_written`);
    const rows = count?.n ?? 0;
    const { size } = await stat(path);
    note(table, { file, sha256: await fileSha256(path), bytes: size, rows });
  };

  const eventSources = sources.filter((source) => source.as === 'events');
  const eventAttributes = attributesOf(eventSources.map((source) => [source, 'row']));
  const caseAttributes = attributesOf([
    ...eventSources.map((source) => [source, 'case'] as const),
    ...sources.filter((source) => source.as === 'cases').map((source) => [source, 'row'] as const),
  ]);
  const staged = await viewsOf(warehouse, store, sources, 'main');
  const saidInEvents = await viewsOf(warehouse, store, sources, 'cases');
  const ranges = caseRangesOf(staged, saidInEvents);
  const { views, superseded } = await withoutSuperseded(staged, ranges, options);
  const said = await keptCases(
    saidInEvents.filter(({ source }) => source.shape?.shape === 'wide'),
    warehouse,
  );
  const caseParts = [...saidInEvents.filter(({ source }) => source.shape?.shape !== 'wide'), ...said];
  const eventViews = views.filter(({ source }) => source.as === 'events');
  const caseViews = views.filter(({ source }) => source.as === 'cases');
  const pairing = pairingOf(eventViews, eventAttributes);
  const ofCases = new Set([...canonicalTables.cases, ...caseAttributes].map(({ name }) => name));
  const firsts = firstValues(eventSources, ofCases);
  const paired = new Map<number, PairedCounts>();
  if (pairing) await beginPairing(warehouse);
  const storedCases = [
    ...canonicalTables.cases.filter(({ name }) => !derivedCaseColumns.has(name)),
    { name: 'seq', kind: 'integer' as const },
  ];
  const writeCases = async (inRange: Sql, told: Sql | null, index: number) => {
    const said = [
      ...caseParts.map((view) => ({ view, level: 'case' as const })),
      ...caseViews.map((view) => ({ view, level: 'row' as const })),
    ].map(
      ({ view, level }) =>
        sql`${select(storedCases, caseAttributes, view, level, warehouse)} where ${inRange}`,
    );
    await write('cases', casesQuery(said, told, caseAttributes, firsts, warehouse), index);
  };
  const writeEvents = async (inRange: Sql, index: number): Promise<Sql> => {
    if (pairing) {
      const inPairs = eventViews.filter(({ source }) => source.lifecycle === 'pair');
      const rows = inPairs.map(
        (view) => sql`${select(lifecycleColumns, [], view, 'row', warehouse)} where ${inRange}`,
      );
      await pairRange(warehouse, unionAll(rows), paired, signal);
    }
    await write('events', eventsQuery(eventViews, eventAttributes, inRange, warehouse, pairing), index);
    await warehouse.viewParquet('chunk_of_events', [join(store, fileOf('events', index))]);
    return toldByEvents('chunk_of_events', firsts, warehouse);
  };
  const held = options.held ?? new Map<string, HeldSource>();
  const inMemory = planHeldEvents(eventViews, held, superseded, eventAttributes);
  if (inMemory) {
    const ordered = orderHeldEvents(inMemory);
    const events = fileOf('events', 0);
    await warehouse.createTable(heldFacts, caseFacts);
    for (const values of factsInColumns(ordered.facts)) await warehouse.append(heldFacts, caseFacts, values);
    const allCases = async () => {
      const own = caseRangesOf(caseViews, saidInEvents);
      for (const [i, inRange] of own.entries())
        await writeCases(inRange, sql`select * from ${identifier(heldFacts)} where ${inRange}`, i);
    };
    // The engine makes the cases while this thread writes the events.
    const [written] = await allOrFirstError([ordered.write(join(store, events), { signal }), allCases()]);
    await warehouse.run(sql`drop table ${identifier(heldFacts)}`);
    note('events', { file: events, ...written });
  } else if (eventViews.length + caseViews.length + saidInEvents.length > 0) {
    for (const [i, inRange] of ranges.entries()) {
      signal?.throwIfAborted();
      const told = eventViews.length > 0 ? await writeEvents(inRange, i) : null;
      await writeCases(inRange, told, i);
      options.onProgress?.(i + 1, ranges.length);
    }
  }

  for (const table of ['contacts', 'volumes', 'inputs', 'quality'] as const) {
    const own = views.filter(({ source }) => source.as === table);
    if (own.length === 0) continue;
    const attributes = attributesOf(own.map(({ source }) => [source, 'row'])).filter(
      ({ name }) => !canonicalTables[table].some((column) => column.name === name),
    );
    const columns = [...canonicalTables[table], { name: 'seq', kind: 'integer' as const }];
    const body = unionAll(own.map((view) => select(columns, attributes, view, 'row', warehouse)));
    const names = [...canonicalTables[table], ...attributes].map(({ name }) => identifier(name));
    await write(table, sql`select ${joinSql(names, ', ')} from (${body}) as rows_in order by seq`, 0);
  }

  const rejects = await viewsOf(warehouse, store, sources, 'rejects');
  const backwards = [...paired.values()].some(({ setAside }) => setAside > 0);
  if (rejects.length + superseded.length > 0 || backwards) {
    const body = unionAll([
      ...rejects.map(
        ({ view, number }) =>
          sql`select cast(${keyword(String(number))} as bigint) as source, line, ${identifier('column')}, value, reason from ${identifier(view)}`,
      ),
      ...supersededRejects(staged, superseded),
      ...(backwards ? [backwardsRejects()] : []),
    ]);
    await write(
      'rejects',
      sql`select * from (${body}) as rows_in order by source, line, ${identifier('column')} nulls first, reason`,
      0,
    );
  }
  const notices = await noticesOfRows({ staged, kept: views }, ranges, warehouse);
  return { tables, superseded, paired, pairedNames: pairing?.names ?? null, notices };
}
