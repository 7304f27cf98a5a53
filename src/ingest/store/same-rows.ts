import type { ExtractKind } from '../../define/index.ts';
import { identifier, joinSql, keyword, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import { notListed, placeOf, type StagedView, supersededTable } from './staged-rows.ts';

/** Columns that tell rows apart where both extracts have them. */
export const tellApart: Partial<Record<ExtractKind, readonly string[]>> = {
  events: ['started', 'finished', 'worker', 'lifecycle', 'instance'],
  contacts: ['person', 'channel', 'direction', 'reason'],
};

/** What tables of totals are of: two rows that differ in one of these are never the same row. */
export const totalsKeys = {
  volumes: ['period', 'output'],
  inputs: ['period', 'input', 'category'],
  quality: ['period', 'output', 'measure'],
} as const;

/** Extracts of one table that are compared with each other. */
export interface Comparison {
  readonly views: readonly StagedView[];
  /** The side on which a view stands: its rows are compared with those of every other side. */
  sideOf(view: StagedView): string;
  /** Columns that do not tell rows apart, since not all of the extracts have them. */
  readonly without: ReadonlySet<string>;
  /** True where a row must have a time, or somebody it is of, in what all have: nothing else tells rows apart. */
  readonly isBare: boolean;
}

/** True for contacts that all carry an id. */
function haveIds(views: readonly StagedView[]): boolean {
  return views.every(({ columns }) => columns.has('contact_id'));
}

/** Lists of views that share a value; views without one are in none. */
export function groupedBy(
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

/** All extracts by all columns. Those that tell their rows apart by a rule of their own stand on one side. */
export function alike(views: readonly StagedView[]): Comparison {
  const sideOf = ({ group, number }: StagedView) => group ?? `source ${number}`;
  return { views, sideOf, without: new Set(), isBare: false };
}

function hasAll(views: readonly StagedView[], name: string): boolean {
  return views.every(({ columns }) => columns.has(name));
}

/**
 * Extracts that do not have the same of the columns that tell rows apart, two kinds of them at a time, by what both have:
 * a time of events; a case or a person of contacts.
 */
export function unlike(views: readonly StagedView[]): readonly Comparison[] {
  const [first] = views;
  const names = first && !(first.as === 'contacts' && haveIds(views)) ? (tellApart[first.as] ?? []) : [];
  const kindOf = ({ columns, group }: StagedView) =>
    [group ?? '', ...names.filter((name) => columns.has(name))].join('\n');
  const kinds = groupedBy(views, kindOf);
  const found: Comparison[] = [];
  for (const [i, one] of kinds.entries())
    for (const other of kinds.slice(i + 1)) {
      const all = [...one, ...other];
      const group = one[0]?.group ?? null;
      const needed = first?.as === 'events' ? ['started', 'finished'] : ['case_id', 'person'];
      if ((group !== null && group === other[0]?.group) || !needed.some((name) => hasAll(all, name)))
        continue;
      const without = new Set(names.filter((name) => !hasAll(all, name)));
      found.push({
        views: all,
        sideOf: (view) => (one.includes(view) ? 'one' : 'other'),
        without,
        isBare: true,
      });
    }
  return found;
}

/** A value as text; the empty text where there is none, or no such column. */
export function textOf(staged: Pick<StagedView, 'columns'>, name: string, warehouse: Warehouse): Sql {
  return staged.columns.has(name)
    ? sql`coalesce(${warehouse.dialect.toText(sql`${identifier(name)}`)}, '')`
    : sql`''`;
}

/** What makes two rows of different extracts the same row, by table. */
function keyOf(staged: StagedView, { views, without }: Comparison, warehouse: Warehouse): readonly Sql[] {
  const text = (name: string) => textOf(staged, name, warehouse);
  const shared = (...names: readonly string[]) => names.filter((name) => !without.has(name)).map(text);
  switch (staged.as) {
    case 'events':
      return [
        sql`coalesce(nullif(${text('kind')}, ''), 'step')`,
        ...shared('case_id', 'step', 'started', 'worker', 'lifecycle', 'instance'),
      ];
    case 'contacts':
      return haveIds(views)
        ? [text('contact_id')]
        : shared('case_id', 'person', 'at', 'channel', 'direction', 'reason');
    case 'volumes':
    case 'inputs':
    case 'quality': {
      const split = [...new Set(views.flatMap((view) => view.split))].toSorted();
      const parted = split.map((name) => text(staged.attributes.get(name) ?? ''));
      return [...totalsKeys[staged.as].map(text), ...parted];
    }
    case 'cases':
      return [text('case_id')];
  }
}

/** True of a row that has any of what rows are told apart by, in what all extracts have. */
function isTold(staged: StagedView, { views, isBare }: Comparison, warehouse: Warehouse): Sql {
  if (!isBare) return sql`true`;
  const names = staged.as === 'events' ? ['started', 'finished'] : ['case_id', 'person'];
  const filled = names
    .filter((name) => hasAll(views, name))
    .map((name) => sql`${textOf(staged, name, warehouse)} <> ''`);
  return sql`(${joinSql(filled, ' or ')})`;
}

/** The rows of the extracts with their side and what tells them apart, in columns k0, k1, … */
function rowsIn(comparison: Comparison, where: Sql, warehouse: Warehouse): Sql {
  const rows = comparison.views.map((staged) => {
    const key = keyOf(staged, comparison, warehouse).map((part, i) => sql`${part} as ${identifier(`k${i}`)}`);
    const times = ['started', 'finished'].map((name) => {
      const value = comparison.without.has(name) ? sql`''` : textOf(staged, name, warehouse);
      return sql`${value} as ${identifier(name)}`;
    });
    return sql`select ${placeOf(staged)}, ${comparison.sideOf(staged)} as side, ${joinSql([...key, ...times], ', ')}
from ${identifier(staged.view)} where ${where} and ${isTold(staged, comparison, warehouse)} and ${notListed(staged)}`;
  });
  return joinSql(rows, ' union all ');
}

function keyNames(comparison: Comparison, warehouse: Warehouse): readonly Sql[] {
  const [first] = comparison.views;
  return first ? keyOf(first, comparison, warehouse).map((_, i) => sql`${identifier(`k${i}`)}`) : [];
}

/** True for a table in which two equal rows of one extract may both be true. */
function mayRepeat({ views }: Comparison): boolean {
  return views[0]?.as === 'events' || (views[0]?.as === 'contacts' && !haveIds(views));
}

/**
 * Rows that a later extract holds again. Totals, and contacts with an id, give way to any later row of the same key.
 * Where equal rows can both be true, the first, second, … of them on one side is the first, second, … on the other, so
 * that none is lost and none is doubled.
 */
export function heldAgainSql(comparison: Comparison, where: Sql, warehouse: Warehouse): Sql {
  const keys = keyNames(comparison, warehouse);
  const same = joinSql(
    keys.map((name) => sql`a.${name} = b.${name}`),
    ' and ',
  );
  const repeats = mayRepeat(comparison);
  const copy = repeats
    ? sql`row_number() over (partition by side, ${joinSql(keys, ', ')}, finished order by source, seq)`
    : sql`1`;
  const again = repeats ? sql`${same} and a.finished = b.finished and a.copy = b.copy` : same;
  return sql`with rows_in as (${rowsIn(comparison, where, warehouse)}), numbered as (select *, ${copy} as copy from rows_in)
select a.source, a.seq, a.line, b.source as by_source, b.seq as by_seq
from numbered as a join numbered as b on ${again} and a.side <> b.side and b.source > a.source`;
}

/**
 * Steps whose end was not known yet, and that a later extract holds with their end: the first, second, … left open on
 * one side is the first, second, … that ended on the other and was there not before. To be asked for after the rows that
 * are held again are listed. Null where no step can be told to be open.
 */
export function endedSql(comparison: Comparison, where: Sql, warehouse: Warehouse): Sql | null {
  const { sideOf, views, without } = comparison;
  if (views[0]?.as !== 'events' || without.has('started') || without.has('finished')) return null;
  const keys = keyNames(comparison, warehouse);
  const key = joinSql(keys, ', ');
  const sameAs = (one: Sql, other: Sql) =>
    joinSql(
      keys.map((name) => sql`${one}.${name} = ${other}.${name}`),
      ' and ',
    );
  const sides = views.map((view) => sql`when ${keyword(String(view.number))} then ${sideOf(view)}`);
  const ofEnds = joinSql(
    keys.map((name) => sql`e.${name}`),
    ', ',
  );
  return sql`with rows_in as (${rowsIn(comparison, where, warehouse)}),
opened as (select *, row_number() over (partition by side, ${key} order by source, seq) as nth from rows_in where started <> '' and finished = ''),
waiting as (select distinct side, ${key} from opened),
ended as (select e.*, w.side as for_side, row_number() over (partition by w.side, e.side, ${ofEnds} order by e.source, e.seq) as nth
  from rows_in as e join waiting as w on ${sameAs(sql`e`, sql`w`)} and w.side <> e.side
  where e.finished <> '' and not exists (select 1 from ${identifier(supersededTable)} as listed
    where listed.by_source = e.source and listed.by_seq = e.seq and case listed.source ${joinSql(sides, ' ')} end = w.side))
select a.source, a.seq, a.line, b.source as by_source, b.seq as by_seq
from opened as a join ended as b on ${sameAs(sql`a`, sql`b`)} and b.for_side = a.side and b.nth = a.nth and b.source > a.source`;
}
