import type { Interval, QueryRecord } from '../../core/index.ts';
import { shareDifferenceInterval } from '../../stats/index.ts';
import {
  type ColumnSpec,
  identifier,
  joinSql,
  type Row,
  runStep,
  type Sql,
  sql,
  type Warehouse,
} from '../../stores/index.ts';

const at = identifier('at');

/** What a case may carry: a value of one of its columns, a step that it went through, a channel, a day it began on. */
export interface Mark {
  readonly kind: 'value' | 'step' | 'channel' | 'weekday' | 'team';
  /** The column or the kind of mark, as a reader knows it. */
  readonly name: string;
  readonly value: string;
  readonly affected: number;
  readonly others: number;
  /** Cases of the finding, and all others, with the mark or without. */
  readonly ofAffected: number;
  readonly ofOthers: number;
  /** Shares of the cases of the finding, and of all others, that carry the mark. */
  readonly affectedShare: number;
  readonly othersShare: number;
  readonly difference: number;
  readonly interval: Interval;
}

const mostValues = 20;
const leastCarriers = 10;

/** Columns of cases worth comparing: texts of few values, with the titles that the charter gives to some. */
async function comparable(
  warehouse: Warehouse,
  titles: ReadonlyMap<string, string>,
): Promise<readonly (ColumnSpec & { readonly title: string })[]> {
  const own = new Set(['case_id', 'outcome', 'first_step', 'last_step', 'variant']);
  const texts = (await warehouse.columns('cases')).filter(
    ({ name, kind }) => kind === 'text' && !own.has(name),
  );
  if (texts.length === 0) return [];
  const counts = texts.map(({ name }) => sql`count(distinct ${identifier(name)}) as ${identifier(name)}`);
  const [row] = await warehouse.query(sql`select ${joinSql(counts, ', ')} from cases`);
  return texts
    .filter(({ name }) => Number(row?.[name] ?? 0) >= 2 && Number(row?.[name] ?? 0) <= mostValues)
    .map((column) => ({ ...column, title: titles.get(column.name) ?? column.name.replaceAll('_', ' ') }));
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Makes `case_marks`: a row for each mark of each case with steps. */
export async function prepareMarks(
  warehouse: Warehouse,
  titles: ReadonlyMap<string, string>,
  log: QueryRecord[],
): Promise<void> {
  const { dialect } = warehouse;
  const columns = await comparable(warehouse, titles);
  const weekday = sql`mod(mod(${dialect.daysBetween(sql`cast('1970-01-05' as date)`, sql`coalesce(at_wall, ${at})`)}, 7) + 7, 7)`;
  const parts: readonly Sql[] = [
    ...columns.map(
      ({ name, title }) =>
        sql`select case_id, 'value' as kind, ${title} as name, ${identifier(name)} as value from cases where events > 0 and ${identifier(name)} is not null`,
    ),
    sql`select distinct case_id, 'step' as kind, 'Step' as name, step as value from work_steps`,
    sql`select distinct case_id, 'team' as kind, 'Team' as name, team as value from work_steps where team is not null`,
    sql`select distinct case_id, 'channel' as kind, 'Channel' as name, channel as value from work_steps where channel is not null`,
    sql`select case_id, 'weekday' as kind, 'Began on a' as name, cast(${weekday} as varchar) as value from work_steps where position = 1`,
  ];
  const body = dialect.createTemporary('table', identifier('case_marks'), joinSql(parts, ' union all '));
  log.push(
    warehouse.explain({
      name: 'case_marks',
      purpose: 'What each case carries: values, steps, teams, channels, the weekday it began on.',
      sql: body,
    }),
  );
  await warehouse.run(body);
}

/** z of a two-sided 5% shared out among all marks looked at (Bonferroni), for the choice of what is told at all. */
function apart(difference: number, p1: number, n1: number, p2: number, n2: number, marks: number): boolean {
  const pooled = (p1 * n1 + p2 * n2) / (n1 + n2);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2));
  // 2 exp(-z²/2) bounds the two-sided tail of a normal value from above.
  const z = Math.sqrt(2 * Math.log((2 * marks) / 0.05));
  return error > 0 && difference / error > z;
}

/**
 * Marks that the cases of a finding carry more often than all others, by five points at least and more than chance
 * among so many marks would give (5% shared out among them); widest difference first. `among` narrows the others to
 * the cases that it selects.
 */
export async function marksApart(
  warehouse: Warehouse,
  name: string,
  affected: Sql,
  log: QueryRecord[],
  among: Sql | null = null,
): Promise<readonly Mark[]> {
  const everyone = among
    ? sql`select case_id from (${among}) as those group by case_id`
    : sql`select case_id from work_steps where position = 1`;
  const rows = await runStep<
    Row & {
      kind: Mark['kind'];
      name: string;
      value: string;
      hit: number;
      miss: number;
      n1: number;
      n0: number;
    }
  >(
    warehouse,
    {
      name,
      purpose: among
        ? 'What the longest waits of this finding carry, against the others that pass the same two steps.'
        : 'What the cases of this finding carry, against all other cases.',
      sql: sql`with a as (select case_id from (${affected}) as ids group by case_id),
c as (${everyone}),
n as (select count(a.case_id) as n1, count(*) - count(a.case_id) as n0 from c left join a on a.case_id = c.case_id)
select m.kind as kind, m.name as name, m.value as value, count(a.case_id) as hit, count(*) - count(a.case_id) as miss, n.n1 as n1, n.n0 as n0
from case_marks as m join c on c.case_id = m.case_id left join a on a.case_id = m.case_id cross join n group by m.kind, m.name, m.value, n.n1, n.n0 order by m.kind, m.name, m.value`,
    },
    log,
  );
  return rows
    .flatMap(({ hit, miss, n1, n0, ...mark }) => {
      if (n1 < leastCarriers || n0 < leastCarriers || hit < leastCarriers) return [];
      const affectedShare = hit / n1;
      const othersShare = miss / n0;
      const difference = affectedShare - othersShare;
      // A mark of all its cases and of no other is what the finding is about.
      if (miss === 0 && affectedShare > 0.99) return [];
      if (difference < 0.05 || !apart(difference, affectedShare, n1, othersShare, n0, rows.length)) return [];
      return [
        {
          kind: mark.kind,
          name: mark.name,
          value: mark.kind === 'weekday' ? (weekdays[Number(mark.value)] ?? mark.value) : mark.value,
          affected: hit,
          others: miss,
          ofAffected: n1,
          ofOthers: n0,
          affectedShare,
          othersShare,
          difference,
          interval: shareDifferenceInterval(hit, n1, miss, n0),
        },
      ];
    })
    .toSorted((a, b) => b.difference - a.difference);
}
