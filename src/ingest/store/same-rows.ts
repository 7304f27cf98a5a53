import type { ExtractKind } from '../../define/index.ts';
import { identifier, joinSql, keyword, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import { notListed, placeOf, type StagedView, supersededTable } from './staged-rows.ts';

/** What says whom a contact is of. */
const who = ['case_id', 'person'];
/** What else is known of a contact. */
const what = ['channel', 'direction', 'reason'];

/** Columns that tell rows apart where both extracts have them. */
export const tellApart: Partial<Record<ExtractKind, readonly string[]>> = {
  events: ['started', 'finished', 'worker', 'lifecycle', 'instance'],
  contacts: [...who, ...what],
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

function hasAll(views: readonly StagedView[], name: string): boolean {
  return views.every(({ columns }) => columns.has(name));
}

/** Those that tell their rows apart by a rule of their own stand on one side. */
const sideOf = ({ group, number }: StagedView) => group ?? `source ${number}`;

/**
 * Extracts that do not have the same of the columns that tell rows apart, by what both have; null where that is no time
 * of events, and nothing of contacts but their time, or where they tell rows apart by one rule of their own.
 */
function unlike(one: readonly StagedView[], other: readonly StagedView[]): Comparison | null {
  const views = [...one, ...other];
  const [first] = one;
  const group = first?.group ?? null;
  const needed = first?.as === 'events' ? ['started', 'finished'] : [...who, ...what];
  if ((group !== null && group === other[0]?.group) || !needed.some((name) => hasAll(views, name)))
    return null;
  const names = first ? (tellApart[first.as] ?? []) : [];
  const without = new Set(names.filter((name) => !hasAll(views, name)));
  return { views, sideOf: (view) => (one.includes(view) ? 'one' : 'other'), without, isBare: true };
}

/**
 * What is compared with what among the extracts of a table, one after the other: those with the same columns first, since
 * a blank is not the same as no such column; then two kinds at a time, by what both have. Contacts with an id are told by
 * it among themselves.
 */
export function comparisons(all: readonly StagedView[]): readonly Comparison[] {
  const isWithId = ({ as, columns, group }: StagedView) =>
    as === 'contacts' && group === null && columns.has('contact_id');
  const ids = all.filter(isWithId);
  const views = all.map((view) => (isWithId(view) ? { ...view, group: 'contact ids' } : view));
  const ownOf = ({ as, columns }: StagedView) =>
    (tellApart[as] ?? []).filter((name) => columns.has(name)).join();
  const same = (list: readonly StagedView[]) => ({
    views: list,
    sideOf,
    without: new Set<string>(),
    isBare: false,
  });
  const kinds = groupedBy(views, (view) => [view.group ?? '', ownOf(view)].join('\n'));
  const pairs = kinds.flatMap((one, i) => kinds.slice(i + 1).map((other) => [one, other] as const));
  return [
    same(ids),
    ...groupedBy(views, ownOf).map(same),
    ...pairs
      .filter(([[one], [other]]) => one && other && ownOf(one) !== ownOf(other))
      .flatMap(([one, other]) => unlike(one, other) ?? []),
  ].filter((comparison) => new Set(comparison.views.map(comparison.sideOf)).size > 1);
}

/**
 * Extracts of events that tell when a step began and when it ended, whoever worked on it: what one person leaves open
 * another may end. Null where there are none.
 */
export function whoeverEnds(views: readonly StagedView[]): Comparison | null {
  const timed = views.filter(
    ({ as, columns }) => as === 'events' && columns.has('started') && columns.has('finished'),
  );
  return timed.length < 2 ? null : { views: timed, sideOf, without: new Set(['worker']), isBare: false };
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
  const text = (name: string) => textOf(staged, name, warehouse);
  const anyOf = (names: readonly string[]) => {
    const filled = names.filter((name) => hasAll(views, name)).map((name) => sql`${text(name)} <> ''`);
    return filled.length === 0 ? sql`false` : sql`(${joinSql(filled, ' or ')})`;
  };
  if (staged.as === 'events') return anyOf(['started', 'finished']);
  // Many contacts of one day are alike in all but whom they are of; few of one minute are.
  return sql`(${anyOf(who)} or (${anyOf(what)} and ${text('at')} not like '% 00:00:00%'))`;
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
 * Steps whose end was not known yet, and that another extract holds with their end, in whatever order they were added:
 * the first, second, … left open on one side is the first, second, … that ended on the other and was not there before. To
 * be asked for after the rows that are held again are listed. Null where no step can be told to be open.
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
from opened as a join ended as b on ${sameAs(sql`a`, sql`b`)} and b.for_side = a.side and b.nth = a.nth`;
}
