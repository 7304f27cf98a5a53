import { countOf, listInWords } from '../../core/index.ts';
import { identifier, joinSql, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import type { Notice } from '../readers/raw-table.ts';
import { caseIdColumn, namedColumns, valueColumns } from './case-columns.ts';
import type { SourceView } from './source-views.ts';

/** Examples given of cases whose rows differ. */
const mostExamples = 3;
/** What one extract of cases says of some cases in several rows. */
interface Repeats {
  readonly ids: number;
  readonly rows: number;
  /** Of those, the ids whose rows are not all equal, and their rows. */
  readonly differing: number;
  readonly differingRows: number;
  /** Titles of the columns in which they differ. */
  readonly columns: readonly string[];
  /** The first and the last line of some of them. */
  readonly examples: readonly (readonly [number, number])[];
}

/** Cases that have several rows. */
function severalSql(view: SourceView, range: Sql): Sql {
  return sql`select case_id from ${identifier(view.view)} where ${range} group by case_id having count(*) > 1`;
}

/** A row for each case that has several: how many, between which lines, and in which columns they differ. */
function repeatsSql(view: SourceView, range: Sql, { dialect }: Warehouse): Sql {
  const own = identifier(view.view);
  const differs = valueColumns(view).map(({ staged }, c) => {
    const value = sql`coalesce(${dialect.toText(sql`${identifier(staged)}`)}, '')`;
    return sql`, case when min(${value}) <> max(${value}) then 1 else 0 end as ${identifier(`d${c}`)}`;
  });
  const line = view.columns.has('line') ? sql`line` : sql`seq`;
  return sql`with several as (${severalSql(view, range)})
select count(*) as n, min(${line}) as first_line, max(${line}) as last_line${joinSql(differs, '')}
from ${own} where ${range} and case_id in (select case_id from several) group by case_id`;
}

async function repeatsOf(
  view: SourceView,
  ranges: readonly Sql[],
  warehouse: Warehouse,
): Promise<Repeats | null> {
  const columns = valueColumns(view);
  const flags = columns.map((_, c) => identifier(`d${c}`));
  const differs =
    flags.length === 0
      ? sql`false`
      : joinSql(
          flags.map((flag) => sql`${flag} = 1`),
          ' or ',
        );
  const sums = flags.map((flag) => sql`, cast(sum(${flag}) as bigint) as ${flag}`);
  const found = { ids: 0, rows: 0, differing: 0, differingRows: 0 };
  const inColumn = columns.map(() => 0);
  const examples: (readonly [number, number])[] = [];
  for (const range of ranges) {
    // Most extracts have none, and need not be read again.
    if ((await warehouse.query(sql`${severalSql(view, range)} limit 1`)).length === 0) continue;
    const repeats = repeatsSql(view, range, warehouse);
    const [total] = await warehouse.query<Record<string, number | null>>(
      sql`select count(*) as ids, cast(sum(n) as bigint) as all_rows, count(case when ${differs} then 1 end) as differing,
  cast(sum(case when ${differs} then n end) as bigint) as differing_rows${joinSql(sums, '')} from (${repeats}) as repeats`,
    );
    if (!total) continue;
    found.ids += total.ids ?? 0;
    found.rows += total.all_rows ?? 0;
    found.differing += total.differing ?? 0;
    found.differingRows += total.differing_rows ?? 0;
    for (const c of columns.keys()) inColumn[c] = (inColumn[c] ?? 0) + (total[`d${c}`] ?? 0);
    if (!total.differing) continue;
    const some = await warehouse.query<{ first_line: number; last_line: number }>(
      sql`select first_line, last_line from (${repeats}) as repeats where ${differs} order by first_line limit ${mostExamples}`,
    );
    examples.push(...some.map((each) => [each.first_line, each.last_line] as const));
  }
  if (found.ids === 0) return null;
  return {
    ...found,
    columns: columns.filter((_, c) => inColumn[c]).map(({ column }) => column),
    examples: examples.toSorted(([a], [b]) => a - b).slice(0, mostExamples),
  };
}

function describe(view: SourceView, repeats: Repeats): Notice {
  const { ids, rows, differing, differingRows, columns, examples } = repeats;
  const again = `add it again with --dedupe "${caseIdColumn(view)}"`;
  const comes = `${countOf(ids, 'case id')} of ${view.source.file} ${ids === 1 ? 'comes' : 'come'} more than once, in ${countOf(rows, 'row')}; each is one case.`;
  if (differing === 0) {
    const message = `${comes} ${ids === 1 ? 'Its' : 'Their'} rows are equal in every column that was kept. To have the repeats set aside and counted, ${again}.`;
    return { code: 'CASE_ROWS_REPEAT', message, count: ids };
  }
  const some =
    differing === ids ? 'The rows of each' : `The rows of ${countOf(differing, 'of them', 'of them')}`;
  const whose = ids === 1 ? 'Its rows' : some;
  const lines = listInWords(examples.map(([first, last]) => `lines ${first} to ${last}`));
  const message = `${comes} ${whose} differ (${countOf(differingRows, 'row')}, in ${namedColumns(columns)}; such as ${lines}): in each column the last row that holds a value stands. If the rows are versions of a case, ${again}, and the last row stands as a whole. If they are steps of it, bring the file in with --as events.`;
  return { code: 'CASE_ROWS_REPEAT', message, count: ids };
}

/** What is to be said of an extract of cases that has several rows for one case; nothing where none has. */
export async function repeatedCases(
  view: SourceView,
  ranges: readonly Sql[],
  warehouse: Warehouse,
): Promise<readonly Notice[]> {
  const repeats = await repeatsOf(view, ranges, warehouse);
  return repeats ? [describe(view, repeats)] : [];
}
