import { countOf } from '../../core/index.ts';
import {
  canonicalTables,
  identifier,
  joinSql,
  keyword,
  type Sql,
  sql,
  type Warehouse,
} from '../../stores/index.ts';
import type { Notice } from '../readers/raw-table.ts';
import { caseIdColumn, namedColumns, valueColumns } from './case-columns.ts';
import { derivedCaseColumns } from './cases-query.ts';
import type { SourceView } from './source-views.ts';
import { type Attribute, attributesOf, select, unionAll } from './staged-select.ts';

/** What one extract says of cases that an earlier one spoke of. */
interface Changes {
  /** Cases of which it says something else. */
  readonly changed: number;
  /** Cases that an earlier extract says were closed, and that have no time of closing here. */
  readonly reopened: number;
  /** Names of the columns in which it says something else. */
  readonly names: ReadonlySet<string>;
}

const stored = canonicalTables.cases.filter(({ name }) => !derivedCaseColumns.has(name));

/** What may change of a case: not its id, and a time once, not also as the clock on the wall shows it. */
function comparedNames(views: readonly SourceView[]): readonly string[] {
  const names = views.flatMap((view) => valueColumns(view).flatMap(({ name }) => name ?? []));
  return [...new Set([...names, 'closed'])];
}

/** The rows of one extract in a range of cases: its number, and the values compared by their place. */
function rowsSql(
  view: SourceView,
  { names, attributes }: { readonly names: readonly string[]; readonly attributes: readonly Attribute[] },
  range: Sql,
  warehouse: Warehouse,
): Sql {
  const columns = [...stored, { name: 'seq', kind: 'integer' as const }];
  const values = names.map((name, c) => sql`, ${identifier(name)} as ${identifier(`v${c}`)}`);
  // Names of attributes are the file's own, so that none of ours may stand beside them.
  return sql`select case_id, seq, ${keyword(String(view.number))} as extract_number${joinSql(values, '')}
from (${select(columns, attributes, view, 'row', warehouse)} where ${range}) as own_rows`;
}

/** For each extract how many cases it says otherwise than those before it did, of the cases of a range. */
function changesSql(
  views: readonly SourceView[],
  names: readonly string[],
  range: Sql,
  warehouse: Warehouse,
): Sql {
  const { valueAtMax } = warehouse.dialect;
  const attributes = attributesOf(views.map(({ source }) => [source, 'row']));
  const rows = unionAll(views.map((view) => rowsSql(view, { names, attributes }, range, warehouse)));
  const places = names.map((_, c) => ({
    value: sql`${identifier(`v${c}`)}`,
    before: sql`${identifier(`b${c}`)}`,
    count: sql`${identifier(`n${c}`)}`,
  }));
  const each = (part: (place: (typeof places)[number]) => Sql, between: string) =>
    joinSql(places.map(part), between);
  const newest = (value: Sql, by: Sql) =>
    valueAtMax(value, sql`case when ${value} is null then null else ${by} end`);
  const closed = places[names.indexOf('closed')] as (typeof places)[number];
  const saysClosed = views.filter(({ columns }) => columns.has('closed'));
  const isBlank = joinSql(
    [sql`false`, ...saysClosed.map(({ number }) => sql`extract_number = ${keyword(String(number))}`)],
    ' or ',
  );
  return sql`with rows_in as (${rows}),
varied as (select case_id from rows_in group by case_id
  having min(extract_number) <> max(extract_number) and (${each(({ value }) => sql`min(${value}) <> max(${value})`, ' or ')}
    or (count(${closed.value}) > 0 and count(${closed.value}) < count(*)))),
said as (select extract_number, case_id${each(({ value }) => sql`, ${newest(value, sql`seq`)} as ${value}`, '')}
  from rows_in where case_id in (select case_id from varied) group by extract_number, case_id),
beside as (select *${each(({ value, before }) => sql`, ${newest(value, sql`extract_number`)} over earlier as ${before}`, '')}
  from said window earlier as (partition by case_id order by extract_number rows between unbounded preceding and 1 preceding))
select extract_number, count(case when ${each(({ value, before }) => sql`${value} <> ${before}`, ' or ')} then 1 end) as changed,
  count(case when (${isBlank}) and ${closed.value} is null and ${closed.before} is not null then 1 end) as reopened${each(({ value, before, count }) => sql`, count(case when ${value} <> ${before} then 1 end) as ${count}`, '')}
from beside group by extract_number order by extract_number`;
}

async function changesOf(
  views: readonly SourceView[],
  ranges: readonly Sql[],
  warehouse: Warehouse,
): Promise<ReadonlyMap<number, Changes>> {
  const names = comparedNames(views);
  const found = new Map<number, Changes>();
  for (const range of ranges) {
    const rows = await warehouse.query<Record<string, number>>(changesSql(views, names, range, warehouse));
    for (const row of rows) {
      const number = row.extract_number as number;
      const known = found.get(number);
      found.set(number, {
        changed: (known?.changed ?? 0) + (row.changed ?? 0),
        reopened: (known?.reopened ?? 0) + (row.reopened ?? 0),
        names: new Set([...(known?.names ?? []), ...names.filter((_, c) => row[`n${c}`])]),
      });
    }
  }
  return found;
}

function describe(view: SourceView, { changed, reopened, names }: Changes): readonly Notice[] {
  const { file } = view.source;
  const columns = valueColumns(view);
  const titles = columns.flatMap(({ name, column }) => (name !== null && names.has(name) ? [column] : []));
  const closed = columns.find(({ name }) => name === 'closed')?.column ?? 'closed';
  const notices: Notice[] = [];
  if (changed > 0)
    notices.push({
      code: 'CASES_SAID_OTHERWISE',
      message: `${file} says otherwise of ${countOf(changed, 'case')} than extracts before it, in ${namedColumns(titles)}. The value that is said last stands.`,
      count: changed,
    });
  if (reopened > 0)
    notices.push({
      code: 'CASES_MAY_BE_REOPENED',
      message: `${countOf(reopened, 'case')} that an earlier extract says ${reopened === 1 ? 'was' : 'were'} closed ${reopened === 1 ? 'has' : 'have'} nothing in ${closed} of ${file}, and may have been reopened. A blank says nothing, so ${reopened === 1 ? 'it counts' : 'they count'} as closed. If ${reopened === 1 ? 'it is' : 'they are'} open, add all extracts of cases again, each with --dedupe "${caseIdColumn(view)}": then the row of the latest stands as a whole.`,
      count: reopened,
    });
  return notices;
}

/** What is to be said of each extract of cases beside those before it, by number of the source. */
export async function changedCases(
  views: readonly SourceView[],
  ranges: readonly Sql[],
  warehouse: Warehouse,
): Promise<ReadonlyMap<number, readonly Notice[]>> {
  if (views.length < 2) return new Map();
  const changes = await changesOf(views, ranges, warehouse);
  return new Map(
    views.flatMap((view) => {
      const found = changes.get(view.number);
      return found ? [[view.number, describe(view, found)] as const] : [];
    }),
  );
}
