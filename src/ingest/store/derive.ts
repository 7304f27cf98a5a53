import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CanonicalTable,
  type ColumnKind,
  type ColumnSpec,
  canonicalTables,
  identifier,
  joinSql,
  keyword,
  type Sql,
  sql,
  type Warehouse,
} from '../../stores/index.ts';
import { type EventOrder, pairedNames, withPairing } from '../lifecycle/apply-pairing.ts';
import {
  backwardsTable,
  beginPairing,
  lifecycleColumns,
  type PairedCounts,
  pairRange,
} from '../lifecycle/pair-range.ts';
import { attributeName } from '../mapping/names.ts';
import { caseRangesOf } from './case-ranges.ts';
import { keptViews, supersededRejects, withoutSuperseded } from './giving-way.ts';
import type { ColumnRecord, Manifest, ManifestSource, WrittenFile } from './manifest.ts';
import { type SourceView, viewsOf } from './source-views.ts';
import type { Superseded } from './superseded.ts';
import { typeNames } from './type-names.ts';

const derivedEventColumns = new Set([
  'position',
  'prev_step',
  'prev_at',
  'next_step',
  'next_at',
  'next_wait',
  'processing',
  'enabled',
]);
const derivedCaseColumns = new Set(['first_at', 'last_at', 'first_step', 'last_step', 'events', 'variant']);
/** Fields that events carry beside their own columns, as attributes. */
const carriedFields = new Set(['person', 'lifecycle', 'instance', 'previous_contact', 'first_contact']);

interface Attribute {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** What a case was first in: the value that its first event carries. */
interface FirstValue {
  /** The event's attribute. */
  readonly from: string;
  readonly name: string;
}

type Level = ColumnRecord['level'];

/** The attributes of a table over all its sources; one name with two kinds is text. */
function attributesOf(parts: readonly (readonly [ManifestSource, Level])[]): readonly Attribute[] {
  const found = new Map<string, ColumnKind>();
  for (const [source, level] of parts) {
    for (const column of source.columns) {
      const isCarried =
        carriedFields.has(column.name ?? '') || (column.name === 'worker' && source.as === 'contacts');
      const extra = column.becomes === 'attribute' || (column.becomes === 'field' && isCarried);
      if (!extra || column.level !== level || column.name === null) continue;
      const known = found.get(column.name);
      found.set(column.name, known === undefined || known === column.kind ? column.kind : 'text');
    }
  }
  return [...found].map(([name, kind]) => ({ name, kind }));
}

function attributeValue(column: ColumnRecord | undefined, wanted: ColumnKind, warehouse: Warehouse): Sql {
  if (!column) return sql`cast(null as ${keyword(typeNames[wanted])})`;
  const own = sql`${identifier(column.staged)}`;
  if (column.kind === wanted) return own;
  // The same name holds text in another source: whole numbers are written without a fraction.
  if (column.kind !== 'number') return warehouse.dialect.toText(own);
  const whole = warehouse.dialect.toText(sql`cast(${own} as bigint)`);
  return sql`case when ${own} = floor(${own}) and abs(${own}) < 1e15 then ${whole} else ${warehouse.dialect.toText(own)} end`;
}

/** A canonical column of a staged source, or null where the source has none. */
function canonicalValue(spec: ColumnSpec, staged: SourceView): Sql {
  const type = keyword(typeNames[spec.kind]);
  if (spec.name === 'seq') return sql`cast(seq + ${keyword(String(staged.seqOffset))} as bigint)`;
  if (spec.name === 'source') return sql`cast(${keyword(String(staged.number))} as bigint)`;
  const own = staged.columns.has(spec.name) ? sql`${identifier(spec.name)}` : null;
  if (spec.name === 'at' || spec.name === 'at_wall') {
    if (own) return own;
    const suffix = spec.name === 'at' ? '' : '_wall';
    const times = staged.source.order === 'start' ? ['started', 'finished'] : ['finished', 'started'];
    const parts = times.map((time) => `${time}${suffix}`).filter((c) => staged.columns.has(c));
    if (parts.length === 0) return sql`cast(null as timestamp)`;
    return sql`coalesce(${joinSql(
      parts.map((c) => identifier(c)),
      ', ',
    )})`;
  }
  if (spec.name === 'kind') return own ? sql`coalesce(${own}, 'step')` : sql`'step'`;
  return own ?? sql`cast(null as ${type})`;
}

function select(
  columns: readonly ColumnSpec[],
  attributes: readonly Attribute[],
  staged: SourceView,
  level: Level,
  warehouse: Warehouse,
): Sql {
  const record = (name: string) =>
    staged.source.columns.find(
      (column) => column.level === level && column.name === name && column.becomes !== 'dropped',
    );
  const parts = [
    ...columns.map((spec) => sql`${canonicalValue(spec, staged)} as ${identifier(spec.name)}`),
    ...attributes.map(
      ({ name, kind }) => sql`${attributeValue(record(name), kind, warehouse)} as ${identifier(name)}`,
    ),
  ];
  return sql`select ${joinSql(parts, ', ')} from ${identifier(staged.view)}`;
}

function unionAll(queries: readonly Sql[]): Sql {
  return joinSql(queries, ' union all ');
}

async function fileHash(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const block of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(block as Buffer);
  return hash.digest('hex');
}

/** What deriving needs besides the manifest's sources. */
export interface DeriveOptions {
  readonly warehouse: Warehouse;
  readonly store: string;
  /** Folder of the new tables, relative to the store. */
  readonly folder: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Columns of events that some source fills, and what orders them; the others are the same for every row. */
function carriedColumns(
  stored: readonly ColumnSpec[],
  views: readonly SourceView[],
  isPaired: boolean,
): ReadonlySet<string> {
  const always = [
    ...['case_id', 'seq', 'step', 'at', 'at_wall', 'source'],
    ...(isPaired ? ['started', 'started_wall', 'finished', 'finished_wall', 'kind', 'worker'] : []),
  ];
  return new Set(
    stored
      .map(({ name }) => name)
      .filter((name) => always.includes(name) || views.some(({ columns }) => columns.has(name))),
  );
}

/** How the rows of a piece of work become one: the names of what that adds, and what orders a case. */
interface Pairing {
  readonly names: ReadonlyMap<string, string>;
  readonly order: EventOrder;
}

function pairingOf(views: readonly SourceView[], attributes: readonly Attribute[]): Pairing | null {
  if (!views.some(({ source }) => source.lifecycle === 'pair')) return null;
  const taken = new Set([...canonicalTables.events, ...attributes].map(({ name }) => name));
  const byStart = views.some(({ source }) => source.order === 'start');
  return { names: pairedNames(taken), order: byStart ? 'start' : 'finish' };
}

function eventsQuery(
  views: readonly SourceView[],
  attributes: readonly Attribute[],
  inRange: Sql,
  warehouse: Warehouse,
  pairing: Pairing | null,
): Sql {
  const { dialect } = warehouse;
  const at = identifier('at');
  const stored = canonicalTables.events.filter(({ name }) => !derivedEventColumns.has(name));
  const carried = carriedColumns(stored, views, pairing !== null);
  const carriedSpecs = stored.filter(({ name }) => carried.has(name));
  const asStaged = unionAll(
    views.map((view) => sql`${select(carriedSpecs, attributes, view, 'row', warehouse)} where ${inRange}`),
  );
  const names = [...carriedSpecs, ...attributes].map(({ name }) => name);
  const body = pairing ? withPairing(asStaged, names, pairing.names, pairing.order) : asStaged;
  // Rows without a time form a part of their own and get no neighbours.
  const timed = (value: Sql) => sql`case when ${at} is null then null else ${value} end`;
  const canonical = stored.map(({ name, kind }) => {
    if (carried.has(name)) return sql`${identifier(name)}`;
    return name === 'kind'
      ? sql`'step' as kind`
      : sql`cast(null as ${keyword(typeNames[kind])}) as ${identifier(name)}`;
  });
  const paused = pairing?.names.get('paused_seconds');
  const unpaused = paused === undefined ? sql`` : sql` - coalesce(${identifier(paused)}, 0)`;
  const processing =
    carried.has('started') && carried.has('finished')
      ? sql`${dialect.secondsBetween(sql`started`, sql`finished`)}${unpaused}`
      : sql`cast(null as double)`;
  const extra = [...attributes.map(({ name }) => name), ...(pairing?.names.values() ?? [])].map(
    (name) => sql`${identifier(name)}`,
  );
  // What can be worked out from a row alone is added after the sort, which costs by the width of a row.
  return sql`
select ${joinSql(canonical, ', ')}, position, prev_step, prev_at, next_step, next_at,
  ${dialect.secondsBetween(sql`${at}`, sql`next_at`)} as next_wait,
  ${processing} as processing, prev_at as enabled${extra.length > 0 ? sql`, ${joinSql(extra, ', ')}` : sql``}
from (select *,
  ${timed(sql`row_number() over in_order`)} as position,
  ${timed(sql`lag(step) over in_order`)} as prev_step,
  ${timed(sql`lag(${at}) over in_order`)} as prev_at,
  ${timed(sql`lead(step) over in_order`)} as next_step,
  ${timed(sql`lead(${at}) over in_order`)} as next_at
from (${body}) as rows_in
window in_order as (partition by case_id, ${at} is null order by ${at}, seq)
order by case_id, ${at} nulls last, seq) as in_case`;
}

/** The states that histories of changed fields began with, as far as no column of the cases has the name. */
function firstValues(sources: readonly ManifestSource[], taken: ReadonlySet<string>): readonly FirstValue[] {
  const found = new Map<string, FirstValue>();
  for (const { shape, columns } of sources) {
    const { field } = shape ?? {};
    if (field === undefined) continue;
    const from = attributeName(`${field} before`, new Set());
    const name = attributeName(`first ${field}`, taken);
    if (columns.some((column) => column.name === from && column.kind === 'text'))
      found.set(from, { from, name });
  }
  return [...found.values()];
}

function casesQuery(
  stagedCases: readonly Sql[],
  eventsView: string | null,
  attributes: readonly Attribute[],
  firsts: readonly FirstValue[],
  warehouse: Warehouse,
): Sql {
  const { dialect } = warehouse;
  const at = sql`${identifier('at')}`;
  const stored = canonicalTables.cases.filter(
    ({ name }) => !derivedCaseColumns.has(name) && name !== 'case_id',
  );
  const all = [...stored, ...attributes];
  const latest = all.map(({ name }) => {
    const value = sql`${identifier(name)}`;
    return sql`${dialect.valueAtMax(value, sql`case when ${value} is null then null else seq end`)} as ${value}`;
  });
  const nulls = all.map(
    ({ name, kind }) => sql`cast(null as ${keyword(typeNames[kind])}) as ${identifier(name)}`,
  );
  const given =
    stagedCases.length > 0
      ? sql`select case_id, ${joinSql(latest, ', ')} from (${unionAll(stagedCases)}) as said group by case_id`
      : sql`select cast(null as varchar) as case_id, ${joinSql(nulls, ', ')} where false`;
  const steps = dialect.orderedJoin(
    sql`case when ${at} is null then null else step end`,
    '\u001f',
    sql`position`,
  );
  const began = firsts.map(
    ({ from, name }) =>
      sql`, max(case when position = 1 then ${identifier(from)} end) as ${identifier(name)}`,
  );
  const happened = eventsView
    ? sql`select case_id, min(${at}) as first_at, max(${at}) as last_at,
  max(case when position = 1 then step end) as first_step,
  max(case when ${at} is not null and next_at is null then step end) as last_step,
  count(*) as events, ${dialect.md5(steps)} as variant${joinSql(began, '')}
from ${identifier(eventsView)} group by case_id`
    : sql`select cast(null as varchar) as case_id, cast(null as timestamp) as first_at, cast(null as timestamp) as last_at, cast(null as varchar) as first_step, cast(null as varchar) as last_step, cast(null as bigint) as events, cast(null as varchar) as variant where false`;
  const columns = [...canonicalTables.cases, ...attributes].map(({ name }) => {
    if (name === 'case_id') return sql`coalesce(happened.case_id, given.case_id) as case_id`;
    if (name === 'events') return sql`coalesce(happened.events, 0) as events`;
    return derivedCaseColumns.has(name)
      ? sql`happened.${identifier(name)} as ${identifier(name)}`
      : sql`given.${identifier(name)} as ${identifier(name)}`;
  });
  // Without events there is nothing that a case began with.
  if (eventsView)
    columns.push(...firsts.map(({ name }) => sql`happened.${identifier(name)} as ${identifier(name)}`));
  return sql`with given as (${given}), happened as (${happened})
select ${joinSql(columns, ', ')} from happened full outer join given on happened.case_id = given.case_id order by 1`;
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
}

/** Rebuilds every canonical table from what the sources staged, chunk by chunk, and tells the files written. */
export async function deriveTables(
  sources: readonly ManifestSource[],
  options: DeriveOptions,
): Promise<Derived> {
  const { warehouse, store, folder, signal } = options;
  const run = signal ? { signal } : undefined;
  const tables: Record<string, { rows: number; files: WrittenFile[] }> = {};
  const write = async (table: CanonicalTable, query: Sql, index: number): Promise<number> => {
    const file = join(folder, `${table}-${String(index).padStart(4, '0')}.parquet`);
    const path = join(store, file);
    await warehouse.writeParquet(query, path, run);
    await warehouse.viewParquet('just_written', [path]);
    const [count] = await warehouse.query<{ n: number }>(sql`select count(*) as n from just_written`);
    const rows = count?.n ?? 0;
    const { size } = await stat(path);
    const known = tables[table] ?? { rows: 0, files: [] };
    known.rows += rows;
    known.files.push({ file, sha256: await fileHash(path), bytes: size, rows });
    tables[table] = known;
    return rows;
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
  const said = await keptViews(
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
  if (eventViews.length + caseViews.length + saidInEvents.length > 0) {
    const storedCases = [
      ...canonicalTables.cases.filter(({ name }) => !derivedCaseColumns.has(name)),
      { name: 'seq', kind: 'integer' as const },
    ];
    for (const [i, inRange] of ranges.entries()) {
      signal?.throwIfAborted();
      let eventsView: string | null = null;
      if (eventViews.length > 0) {
        if (pairing) {
          const inPairs = eventViews.filter(({ source }) => source.lifecycle === 'pair');
          const rows = inPairs.map(
            (view) => sql`${select(lifecycleColumns, [], view, 'row', warehouse)} where ${inRange}`,
          );
          await pairRange(warehouse, unionAll(rows), paired, signal);
        }
        await write('events', eventsQuery(eventViews, eventAttributes, inRange, warehouse, pairing), i);
        eventsView = 'chunk_of_events';
        await warehouse.viewParquet(eventsView, [
          join(store, folder, `events-${String(i).padStart(4, '0')}.parquet`),
        ]);
      }
      const said = [
        ...caseParts.map((view) => ({ view, level: 'case' as const })),
        ...caseViews.map((view) => ({ view, level: 'row' as const })),
      ].map(
        ({ view, level }) =>
          sql`${select(storedCases, caseAttributes, view, level, warehouse)} where ${inRange}`,
      );
      await write('cases', casesQuery(said, eventsView, caseAttributes, firsts, warehouse), i);
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
  return { tables, superseded, paired, pairedNames: pairing?.names ?? null };
}
