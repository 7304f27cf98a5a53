import type { ExtractKind } from '../../define/index.ts';
import {
  type ColumnSpec,
  identifier,
  joinSql,
  keyword,
  type Sql,
  sql,
  type Warehouse,
} from '../../stores/index.ts';
import { eventIds, sameIdsSql } from './event-ids.ts';
import { notListed, placeOf, type StagedView, supersededTable } from './staged-rows.ts';

/** Why rows of one source give way, and how many. */
export interface Superseded {
  readonly number: number;
  readonly reason: 'DUPLICATE_ROW' | 'SUPERSEDED_ROW';
  /** The attribute that told its rows from those of other extracts, where one does. */
  readonly toldBy?: string;
  /** Rows of the source: one that was spread gives way when all of it does. */
  readonly rows: number;
}

const listed: readonly ColumnSpec[] = [
  { name: 'source', kind: 'integer' },
  { name: 'seq', kind: 'integer' },
  { name: 'line', kind: 'integer' },
  { name: 'reason', kind: 'text' },
  { name: 'by_source', kind: 'integer' },
  { name: 'by_seq', kind: 'integer' },
];

/** A value as text; the empty text where there is none, or no such column. */
export function textOf(staged: Pick<StagedView, 'columns'>, name: string, warehouse: Warehouse): Sql {
  return staged.columns.has(name)
    ? sql`coalesce(${warehouse.dialect.toText(sql`${identifier(name)}`)}, '')`
    : sql`''`;
}

/** What the extracts of one table have in common. */
interface Shape {
  /** Attributes that split totals. */
  readonly split: readonly string[];
  /** True for contacts that all carry an id. */
  readonly hasIds: boolean;
  /** Columns that do not tell rows apart, since some of the extracts do not have them. */
  readonly without: ReadonlySet<string>;
}

/** Columns that tell rows apart where both extracts have them. */
export const tellApart: Partial<Record<ExtractKind, readonly string[]>> = {
  events: ['started', 'finished', 'worker'],
  contacts: ['person', 'channel', 'direction', 'reason'],
};

/** What tables of totals are of: two rows that differ in one of these are never the same row. */
export const totalsKeys = {
  volumes: ['period', 'output'],
  inputs: ['period', 'input', 'category'],
  quality: ['period', 'output', 'measure'],
} as const;

/** What makes two rows of different extracts the same row, by table. */
function keyOf(staged: StagedView, shape: Shape, warehouse: Warehouse): readonly Sql[] {
  const { split, hasIds, without } = shape;
  const isShared = (name: string) => !without.has(name);
  const text = (name: string) => textOf(staged, name, warehouse);
  const parted = () => split.map((name) => text(staged.attributes.get(name) ?? ''));
  switch (staged.as) {
    case 'events':
      return ['case_id', 'step', 'kind', 'started', 'worker', 'lifecycle', 'instance']
        .filter(isShared)
        .map(text);
    case 'contacts':
      return hasIds
        ? [text('contact_id')]
        : ['case_id', 'person', 'at', 'channel', 'direction', 'reason'].filter(isShared).map(text);
    case 'volumes':
    case 'inputs':
    case 'quality':
      return [...totalsKeys[staged.as].map(text), ...parted()];
    case 'cases':
      return [text('case_id')];
  }
}

function groupOf({ group }: StagedView): Sql {
  return group === null ? sql`''` : sql`${group}`;
}

function rowsOf(staged: StagedView, shape: Shape, where: Sql, warehouse: Warehouse): Sql {
  const key = keyOf(staged, shape, warehouse).map((part, i) => sql`${part} as ${identifier(`k${i}`)}`);
  const own = ['started', 'finished'].map(
    (name) =>
      sql`${shape.without.has(name) ? sql`''` : textOf(staged, name, warehouse)} as ${identifier(name)}`,
  );
  return sql`select ${placeOf(staged)}, ${groupOf(staged)} as own_group, ${joinSql([...key, ...own], ', ')}
from ${identifier(staged.view)} where ${where} and ${notListed(staged)}`;
}

/** Extracts of one table of which some have columns that others do not. */
interface Unlike {
  readonly views: readonly StagedView[];
  /** Numbers of those that have the same of the columns as the first. */
  readonly one: readonly number[];
  /** Columns that not all of them have. */
  readonly without: readonly string[];
}

const haveIds = (views: readonly StagedView[]) => views.every(({ columns }) => columns.has('contact_id'));

/**
 * Extracts that are compared by the columns both have: two groups at a time, each alike in itself. None where that
 * leaves no time to compare by.
 */
function unlikeExtracts(views: readonly StagedView[]): readonly Unlike[] {
  const [first] = views;
  const names = first && !(first.as === 'contacts' && haveIds(views)) ? (tellApart[first.as] ?? []) : [];
  const ownOf = ({ columns }: StagedView) => names.filter((name) => columns.has(name));
  const groups = groupedBy(views, (view) => ownOf(view).join());
  const found: Unlike[] = [];
  for (const [i, one] of groups.entries())
    for (const other of groups.slice(i + 1)) {
      const all = [...one, ...other];
      const without = names.filter((name) => !all.every(({ columns }) => columns.has(name)));
      const hasTime = first?.as !== 'events' || !without.includes('started') || !without.includes('finished');
      if (hasTime) found.push({ views: all, one: one.map(({ number }) => number), without });
    }
  return found;
}

/**
 * Rows that a later extract holds again. Totals, and contacts with an id, give way to any later row of the same
 * key. Where equal rows can both be true, the first, second, … of them in one extract is the first, second, …
 * in the other, so that none is lost and none is doubled. A step whose end was not known yet gives way to the
 * same step with its end.
 */
function supersededSql(
  views: readonly StagedView[],
  where: Sql,
  warehouse: Warehouse,
  unlike: Unlike | null,
): Sql {
  const shape: Shape = {
    split: [...new Set(views.flatMap(({ split }) => split))].toSorted(),
    hasIds: haveIds(views),
    without: new Set(unlike?.without),
  };
  const [first] = views as readonly [StagedView, ...StagedView[]];
  const keys = keyOf(first, shape, warehouse).map((_, i) => identifier(`k${i}`));
  const key = joinSql(keys, ', ');
  const rows = joinSql(
    views.map((view) => rowsOf(view, shape, where, warehouse)),
    ' union all ',
  );
  const same = joinSql(
    keys.map((name) => sql`a.${name} = b.${name}`),
    ' and ',
  );
  const repeats = first.as === 'events' || (first.as === 'contacts' && !shape.hasIds);
  // Rows that only some extracts tell apart, by a column or a rule of their own, are counted through all that do.
  const ones = sql`source in (${keyword((unlike?.one ?? []).join(', '))})`;
  const side = unlike
    ? sql`case when ${ones} then 1 else 0 end`
    : sql`case when own_group = '' then ${warehouse.dialect.toText(sql`source`)} else own_group end`;
  const copy = repeats
    ? sql`row_number() over (partition by ${side}, ${key}, finished order by source, seq)`
    : sql`1`;
  const apart = sql`a.side <> b.side and (a.own_group = '' or a.own_group <> b.own_group)`;
  const pair = sql`a.source, a.seq, a.line, b.source as by_source, b.seq as by_seq`;
  const again = repeats ? sql`${same} and a.finished = b.finished and a.copy = b.copy` : same;
  const ended =
    first.as === 'events'
      ? sql` union select ${pair} from numbered as a join numbered as b
  on ${same} and ${apart} and b.source > a.source and a.started <> '' and a.finished = '' and b.finished <> ''`
      : sql``;
  return sql`with rows_in as (${rows}), numbered as (select *, ${side} as side, ${copy} as copy from rows_in)
select ${pair} from numbered as a join numbered as b on ${again} and ${apart} and b.source > a.source${ended}`;
}

/**
 * Rows that are the same row by the rule that their sources state: one is kept, the latest version, or the first of
 * rows that are equal. Rows that were spread from one row of the source stay together.
 */
function duplicatesSql(views: readonly StagedView[], range: Sql): Sql {
  const isExact = views[0]?.group === null;
  const rows = joinSql(
    views.map(
      (view) =>
        sql`select ${placeOf(view)}, ${view.isSpread ? sql`cast(null as bigint)` : sql`seq`} as one_seq, row_key, row_same, row_version from ${identifier(view.view)} where ${range}`,
    ),
    ' union all ',
  );
  const order = isExact
    ? sql`source, line`
    : sql`case when row_version is null then 1 else 0 end, row_version desc, source desc, line desc`;
  return sql`with rows_in as (${rows}), ranked as (select *,
  first_value(source) over best as kept_source, first_value(line) over best as kept_line,
  first_value(row_same) over best as kept_same, first_value(one_seq) over best as kept_seq
from rows_in window best as (partition by row_key order by ${order}))
select source, seq, line, case when row_same = kept_same then 'DUPLICATE_ROW' else 'SUPERSEDED_ROW' end as reason, kept_source as by_source, kept_seq as by_seq
from ranked where source <> kept_source or line <> kept_line`;
}

/** Rows of cases that a later extract of the same shape holds again: a row says all there is to say of its case. */
function replacedCasesSql(views: readonly StagedView[], where: Sql): Sql {
  const rows = joinSql(
    views.map(
      (view) =>
        sql`select ${placeOf(view)}, case_id from ${identifier(view.view)} where ${where} and ${notListed(view)}`,
    ),
    ' union all ',
  );
  return sql`with rows_in as (${rows}), newest as (select case_id, max(source) as source from rows_in group by case_id)
select a.source, a.seq, a.line, b.source as by_source, cast(null as bigint) as by_seq from rows_in as a join newest as b on a.case_id = b.case_id and b.source > a.source`;
}

/** Lists of views that share a value; views without one are in none. */
function groupedBy(
  views: readonly StagedView[],
  groupOfView: (view: StagedView) => string | null,
): readonly (readonly StagedView[])[] {
  const groups = new Map<string, StagedView[]>();
  for (const view of views) {
    const value = groupOfView(view);
    if (value !== null) groups.set(value, [...(groups.get(value) ?? []), view]);
  }
  return [...groups.values()];
}

/** Ranges that bound the work done at a time. */
export interface Ranges {
  /** Conditions on the case. */
  readonly cases: readonly Sql[];
  /** Conditions on the key of a row. */
  readonly rowKeys: readonly Sql[];
}

/** The lines of a source of which nothing is left, each with its reason. */
export function linesGone({ number, view, isSpread }: StagedView): Sql {
  const source = keyword(String(number));
  const whole = isSpread
    ? sql` and not exists (select 1 from ${identifier(view)} as own where own.line = gone.line and not exists (
  select 1 from ${identifier(supersededTable)} as listed where listed.source = ${source} and listed.seq = own.seq))`
    : sql``;
  return sql`select gone.source, gone.line, min(gone.reason) as reason from ${identifier(supersededTable)} as gone
where gone.source = ${source}${whole} group by gone.source, gone.line`;
}

/** How many rows of each source are listed, by its number: those of the tables, also where one row was spread. */
export async function rowsListed(warehouse: Warehouse): Promise<ReadonlyMap<number, number>> {
  const rows = await warehouse.query<{ source: number; n: number }>(
    sql`select source, count(*) as n from ${identifier(supersededTable)} group by source order by source`,
  );
  return new Map(rows.map(({ source, n }) => [source, n]));
}

const kinds = ['events', 'cases', 'contacts', 'volumes', 'inputs', 'quality'] as const;

/**
 * Finds rows that are the same row as another, newer or equal one: by the rule that their source states, else by
 * that of the table where a later extract holds them again. Lists them in `superseded_rows` and counts them by source.
 */
export async function findSuperseded(
  warehouse: Warehouse,
  views: readonly StagedView[],
  ranges: Ranges,
  signal?: AbortSignal,
): Promise<readonly Superseded[]> {
  await warehouse.createTable(supersededTable, listed);
  const run = signal ? { signal } : undefined;
  const { dialect } = warehouse;
  const list = (found: Sql, reason: Sql) =>
    warehouse.run(
      sql`insert into ${identifier(supersededTable)} select source, seq, min(line), min(${reason}), max(by_source), ${dialect.valueAtMax(sql`by_seq`, sql`by_source`)}
from (${found}) as again group by source, seq`,
      run,
    );
  const older = sql`'SUPERSEDED_ROW'`;
  const toldBy = new Map<number, string>();
  for (const as of kinds) {
    const own = views.filter((view) => view.as === as);
    for (const same of groupedBy(own, ({ dedupe }) => dedupe))
      for (const range of ranges.rowKeys) await list(duplicatesSql(same, range), sql`reason`);
    for (const wide of groupedBy(own, ({ group }) => (group?.startsWith('wide') ? group : null)))
      if (wide.length > 1) for (const range of ranges.cases) await list(replacedCasesSql(wide, range), older);
    // A case is one row whatever says it; its newest values are put together when tables are made.
    if (own.length < 2 || as === 'cases') continue;
    const ids = await eventIds(own, warehouse);
    if (ids) await list(sameIdsSql(ids, warehouse), older);
    for (const { number } of ids?.views ?? []) toldBy.set(number, ids?.name ?? '');
    // Rows that an id tells apart are not the same whatever else they have in common.
    const others = own.map((view) =>
      toldBy.has(view.number) ? { ...view, group: `id ${ids?.name}` } : view,
    );
    const among = as === 'events' ? ranges.cases : [sql`true`];
    for (const range of among) await list(supersededSql(others, range, warehouse, null), older);
    for (const unlike of unlikeExtracts(others))
      for (const range of among) await list(supersededSql(unlike.views, range, warehouse, unlike), older);
  }
  const counts: Superseded[] = [];
  for (const view of views) {
    const rows = await warehouse.query<{ reason: Superseded['reason']; n: number }>(
      sql`select reason, count(*) as n from (${linesGone(view)}) as gone group by reason order by reason`,
    );
    const told = toldBy.get(view.number);
    counts.push(
      ...rows.map(({ reason, n }) => ({
        ...{ number: view.number, reason, rows: n },
        ...(told === undefined ? {} : { toldBy: told }),
      })),
    );
  }
  return counts;
}
