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
import { comparisons, endedSql, groupedBy, heldAgainSql, whoeverEnds } from './same-rows.ts';
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
  { name: 'age', kind: 'integer' },
];

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
  first_value(row_same) over best as kept_same, first_value(one_seq) over best as kept_seq, row_number() over best as age
from rows_in window best as (partition by row_key order by ${order}))
select source, seq, line, case when row_same = kept_same then 'DUPLICATE_ROW' else 'SUPERSEDED_ROW' end as reason, kept_source as by_source, kept_seq as by_seq, age
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
  const list = (found: Sql, reason: Sql, age = sql`cast(null as bigint)`) =>
    warehouse.run(
      sql`insert into ${identifier(supersededTable)} select source, seq, min(line), min(${reason}), max(by_source), ${dialect.valueAtMax(sql`by_seq`, sql`by_source`)}, min(${age})
from (${found}) as again group by source, seq`,
      run,
    );
  const older = sql`'SUPERSEDED_ROW'`;
  const toldBy = new Map<number, string>();
  for (const as of kinds) {
    const own = views.filter((view) => view.as === as);
    for (const same of groupedBy(own, ({ dedupe }) => dedupe))
      for (const range of ranges.rowKeys) await list(duplicatesSql(same, range), sql`reason`, sql`age`);
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
    for (const comparison of comparisons(others))
      for (const range of among) {
        await list(heldAgainSql(comparison, range, warehouse), older);
        const ended = endedSql(comparison, range, warehouse);
        if (ended) await list(ended, older);
      }
    const anyone = whoeverEnds(others);
    const ended = anyone ? among.flatMap((range) => endedSql(anyone, range, warehouse) ?? []) : [];
    for (const found of ended) await list(found, older);
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
