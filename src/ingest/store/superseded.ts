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

/** The rows of one staged source, as a view of the warehouse. */
export interface StagedView {
  readonly as: ExtractKind;
  readonly view: string;
  readonly columns: ReadonlySet<string>;
  /** Position among the sources, from 1: the later one holds the newer rows. */
  readonly number: number;
}

/** Columns of text attributes that split a table of totals, by view. */
export type SplitColumns = (view: StagedView) => readonly string[];

/** Why rows of one source give way, and how many. */
export interface Superseded {
  readonly number: number;
  readonly reason: 'SUPERSEDED_ROW';
  readonly rows: number;
}

/** The temporary table that lists rows which give way: the number of their source and their position in it. */
export const supersededTable = 'superseded_rows';

const listed: readonly ColumnSpec[] = [
  { name: 'source', kind: 'integer' },
  { name: 'seq', kind: 'integer' },
];

function textOf(staged: StagedView, name: string, warehouse: Warehouse): Sql {
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
}

/** What makes two rows of different extracts the same row, by table. */
function keyOf(staged: StagedView, shape: Shape, warehouse: Warehouse): readonly Sql[] {
  const { split, hasIds } = shape;
  const text = (name: string) => textOf(staged, name, warehouse);
  switch (staged.as) {
    case 'events':
      return ['case_id', 'step', 'kind', 'started', 'worker', 'lifecycle', 'instance'].map(text);
    case 'contacts':
      return hasIds
        ? [text('contact_id')]
        : ['case_id', 'person', 'at', 'channel', 'direction', 'reason'].map(text);
    case 'volumes':
      return [text('period'), text('output'), ...split.map(text)];
    case 'inputs':
      return [text('period'), text('input'), text('category'), ...split.map(text)];
    case 'quality':
      return [text('period'), text('output'), text('measure'), ...split.map(text)];
    case 'cases':
      return [text('case_id')];
  }
}

function rowsOf(staged: StagedView, shape: Shape, where: Sql, warehouse: Warehouse): Sql {
  const key = keyOf(staged, shape, warehouse).map((part, i) => sql`${part} as ${identifier(`k${i}`)}`);
  const own = ['started', 'finished'].map(
    (name) => sql`${textOf(staged, name, warehouse)} as ${identifier(name)}`,
  );
  return sql`select cast(${keyword(String(staged.number))} as bigint) as source, seq, ${joinSql([...key, ...own], ', ')}
from ${identifier(staged.view)} where ${where}`;
}

/**
 * Rows that a later extract holds again. Totals, and contacts with an id, give way to any later row of the same
 * key. Where equal rows can both be true, the first, second, … of them in one extract is the first, second, …
 * in the other, so that none is lost and none is doubled. A step whose end was not known yet gives way to the
 * same step with its end.
 */
function supersededSql(
  views: readonly StagedView[],
  split: SplitColumns,
  where: Sql,
  warehouse: Warehouse,
): Sql {
  const shape: Shape = {
    split: [...new Set(views.flatMap(split))].toSorted(),
    hasIds: views.every(({ columns }) => columns.has('contact_id')),
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
  const copy = repeats ? sql`row_number() over (partition by source, ${key}, finished order by seq)` : sql`1`;
  const again = repeats ? sql`${same} and a.finished = b.finished and a.copy = b.copy` : same;
  const ended =
    first.as === 'events'
      ? sql` union select a.source, a.seq from numbered as a join numbered as b
  on ${same} and b.source > a.source and a.started <> '' and a.finished = '' and b.finished <> ''`
      : sql``;
  return sql`with rows_in as (${rows}), numbered as (select *, ${copy} as copy from rows_in)
select a.source, a.seq from numbered as a join numbered as b on ${again} and b.source > a.source${ended}`;
}

/**
 * Finds rows that a later extract of the same table holds again, newer: lists them in `superseded_rows` and counts
 * them by source. `ranges` are conditions on the case that bound the work done at a time.
 */
export async function findSuperseded(
  warehouse: Warehouse,
  views: readonly StagedView[],
  ranges: readonly Sql[],
  split: SplitColumns,
  signal?: AbortSignal,
): Promise<readonly Superseded[]> {
  await warehouse.createTable(supersededTable, listed);
  const run = signal ? { signal } : undefined;
  for (const as of ['events', 'contacts', 'volumes', 'inputs', 'quality'] as const) {
    const own = views.filter((view) => view.as === as);
    if (own.length < 2) continue;
    for (const where of as === 'events' ? ranges : [sql`true`])
      await warehouse.run(
        sql`insert into ${identifier(supersededTable)} select distinct source, seq from (${supersededSql(own, split, where, warehouse)}) as again`,
        run,
      );
  }
  const counts = await warehouse.query<{ source: number; n: number }>(
    sql`select source, count(*) as n from ${identifier(supersededTable)} group by source order by source`,
  );
  return counts.map(({ source, n }) => ({ number: source, reason: 'SUPERSEDED_ROW', rows: n }));
}
