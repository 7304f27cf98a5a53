import { countOf, listInWords } from '../../core/index.ts';
import { identifier, joinSql, keyword, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import type { Notice } from '../readers/raw-table.ts';
import { asStaged } from './giving-way.ts';
import { textOf, totalsKeys } from './same-rows.ts';
import type { SourceView } from './source-views.ts';

type TotalsTable = keyof typeof totalsKeys;

/** Text attributes looked at one by one; further ones are told as several. */
const mostAlone = 20;
/** Columns that a notice names. */
const mostNamed = 3;

const wordsOfKey: Record<TotalsTable, string> = {
  volumes: 'period and output',
  inputs: 'period and input',
  quality: 'period, output and measure',
};

/** Rows of one extract that stand beside those of earlier ones. */
interface Beside {
  readonly rows: number;
  /** Of those, how many differ from an earlier row in one text attribute alone, by its name. */
  readonly alone: ReadonlyMap<string, number>;
  /** How many differ from every such row in more than one. */
  readonly several: number;
}

/** The key of each row of some extracts, and its text attributes, as columns `k…` and `s…`. */
function keysSql(
  views: readonly SourceView[],
  { table, split }: { readonly table: TotalsTable; readonly split: readonly string[] },
  warehouse: Warehouse,
): Sql {
  const of = (view: SourceView) => {
    const staged = asStaged(view);
    const keys = totalsKeys[table].map(
      (name, k) => sql`, ${textOf(staged, name, warehouse)} as ${identifier(`k${k}`)}`,
    );
    const parts = split.map((name, s) => {
      const own = staged.attributes.get(name) ?? '';
      return sql`, ${textOf(staged, own, warehouse)} as ${identifier(`s${s}`)}`;
    });
    return sql`select ${keyword(String(view.number))} as source${joinSql([...keys, ...parts], '')} from ${identifier(view.view)}`;
  };
  return joinSql(views.map(of), ' union all ');
}

/**
 * For each extract its rows beside earlier ones of the same period and name that are used as well. A row that took the
 * place of an earlier one, equal in all text attributes, is none: beside others it stood before.
 */
function besideSql(
  { staged, kept }: { readonly staged: readonly SourceView[]; readonly kept: readonly SourceView[] },
  shape: { readonly table: TotalsTable; readonly split: readonly string[] },
  warehouse: Warehouse,
): Sql {
  const keys = totalsKeys[shape.table].map((_, k) => `k${k}`);
  const splits = shape.split.map((_, s) => `s${s}`);
  const alone = splits.slice(0, mostAlone);
  const firstBy = (from: string, by: readonly string[], name: string) => {
    const names = joinSql(
      by.map((column) => sql`${identifier(column)}`),
      ', ',
    );
    const same = joinSql(
      by.map((column) => sql`own.${identifier(column)} = ${identifier(name)}.${identifier(column)}`),
      ' and ',
    );
    return sql` left join (select ${names}, min(source) as first_source from ${identifier(from)} group by ${names}) as ${identifier(name)} on ${same}`;
  };
  const isEarlier = (name: string) => sql`${identifier(name)}.first_source < own.source`;
  const joins = alone.map((column) =>
    firstBy('kept', [...keys, ...splits.filter((other) => other !== column)], `but_${column}`),
  );
  const counts = alone.map(
    (column) => sql`, count(case when ${isEarlier(`but_${column}`)} then 1 end) as ${identifier(column)}`,
  );
  const inOne = joinSql([sql`false`, ...alone.map((column) => isEarlier(`but_${column}`))], ' or ');
  return sql`with kept as (${keysSql(kept, shape, warehouse)}), every as (${keysSql(staged, shape, warehouse)})
select own.source, count(*) as n${joinSql(counts, '')}, count(case when ${inOne} then null else 1 end) as several
from kept as own${firstBy('kept', keys, 'named')}${firstBy('every', [...keys, ...splits], 'equal_row')}${joinSql(joins, '')}
where ${isEarlier('named')} and not (${isEarlier('equal_row')}) group by own.source order by own.source`;
}

function describe(
  view: SourceView,
  others: readonly SourceView[],
  table: TotalsTable,
  beside: Beside,
): Notice {
  const titleOf = (name: string) =>
    [view, ...others]
      .flatMap(({ source }) => source.columns)
      .find((column) => column.becomes === 'attribute' && column.name === name)?.column ?? name;
  const { rows, alone, several } = beside;
  const most = [...alone].filter(([, n]) => n > 0).toSorted(([, a], [, b]) => b - a);
  const parts = most.slice(0, mostNamed).map(([name, n]) => ({ where: `${titleOf(name)} alone`, n }));
  if (several > 0) parts.push({ where: 'more than one column', n: several });
  const differ =
    parts.length === 1
      ? parts.map(({ where }) => where).join('')
      : listInWords(parts.map(({ where, n }) => `${where} (${countOf(n, 'row')})`));
  const drop = most[0] ? `--drop "${titleOf(most[0][0])}"` : '--drop and those columns';
  const stand = rows === 1 ? 'stands' : 'stand';
  return {
    code: 'TOTALS_STAND_BESIDE',
    message: `${countOf(rows, 'row')} of ${view.source.file} ${stand} beside rows of earlier extracts with the same ${wordsOfKey[table]}, and both are counted. ${rows === 1 ? 'Its text differs' : 'Their texts differ'} in ${differ}. If that is not a breakdown (as provisional and final are none), add all extracts of ${table} again, each with ${drop}: then the later row takes the place of the earlier.`,
    count: rows,
  };
}

/** What is to be said of extracts of one table of totals beside those before them, by number of the source. */
export async function totalsBeside(
  table: TotalsTable,
  all: { readonly staged: readonly SourceView[]; readonly kept: readonly SourceView[] },
  warehouse: Warehouse,
): Promise<ReadonlyMap<number, readonly Notice[]>> {
  const staged = all.staged.filter(({ source }) => source.as === table);
  const kept = all.kept.filter(({ source }) => source.as === table);
  const split = [...new Set(staged.flatMap((view) => asStaged(view).split))].toSorted();
  if (staged.length < 2 || split.length === 0) return new Map();
  const rows = await warehouse.query<Record<string, number>>(
    besideSql({ staged, kept }, { table, split }, warehouse),
  );
  return new Map(
    rows.flatMap((row) => {
      const view = kept.find(({ number }) => number === row.source);
      if (!view) return [];
      const alone = new Map(split.map((name, s) => [name, row[`s${s}`] ?? 0]));
      const beside = { rows: row.n ?? 0, alone, several: row.several ?? 0 };
      return [[view.number, [describe(view, kept, table, beside)]] as const];
    }),
  );
}
