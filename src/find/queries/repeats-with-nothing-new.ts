import type { QueryRecord } from '../../core/index.ts';
import type { Charter } from '../../define/index.ts';
import { identifier, joinSql, type Row, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import type { Costs } from '../costs.ts';
import { addUp, caseParts, runInParts } from './case-parts.ts';

/** Repeats of one step between which nobody outside was waited for, and the cases of the others. */
export interface NothingNew extends Row {
  readonly step: string;
  readonly cases: number;
  /** Of those repeats; null where not known. */
  readonly minutes: number | null;
  readonly pounds: number | null;
  /** Sums over cases of their squares, which give the intervals of the sums. */
  readonly minutesSquared: number | null;
  readonly poundsSquared: number | null;
  /** Days from the time before to each of them, over the cases. */
  readonly days: number;
  /** Cases in which the step is done again only after such a wait. */
  readonly casesAfterNews: number;
}

const at = identifier('at');

/** The steps after which a case waits for the applicant or a third party, as the charter names them. */
export function stepsThatBringNews({ steps }: Charter): readonly string[] {
  return [...(steps?.waiting_for_applicant ?? []), ...(steps?.waiting_for_third_party ?? [])];
}

const listOf = (steps: readonly string[]) =>
  joinSql(
    steps.map((step) => sql`${step}`),
    ', ',
  );

/** Second and later times of steps, with `is_news`: 1 where the case waited for somebody outside since the time before. */
function again(columns: Sql, news: readonly string[], condition: Sql): Sql {
  const asks = sql`case when step in (${listOf(news)}) then 1 else 0 end`;
  return sql`select *, case when asked - own > asked_before then 1 else 0 end as is_news
from (select *, lag(asked) over (partition by case_id, step order by position) as asked_before,
    lag(${at}) over (partition by case_id, step order by position) as before_at
  from (select case_id, step, position, ${at}${columns}, ${asks} as own,
      sum(${asks}) over (partition by case_id order by position) as asked
    from work_steps where ${condition}) as asking) as timed where asked_before is not null`;
}

/** When a case does a step again with nothing new from outside: a query of `case_id` and `at`. */
export function timesWithNothingNew(step: string, news: readonly string[]): Sql {
  return sql`select case_id, ${at} from (${again(sql``, news, sql`true`)}) as a where step = ${step} and is_news = 0`;
}

/** Repeats with nothing new from outside by step, most cases first, ties by name. */
export async function repeatsWithNothingNew(
  warehouse: Warehouse,
  steps: readonly string[],
  news: readonly string[],
  costs: Costs,
  log: QueryRecord[],
): Promise<readonly NothingNew[]> {
  if (steps.length === 0) return [];
  const { dialect } = warehouse;
  const own = (value: Sql) => sql`case when is_news = 0 then ${value} end`;
  const sized = sql`, ${costs.minutes} as step_minutes, ${costs.pounds} as step_pounds`;
  const rows = await runInParts<NothingNew>(
    warehouse,
    await caseParts(warehouse),
    (part) => ({
      name: 'repeats_with_nothing_new',
      purpose:
        'Second and later times of a step, apart from those after a wait for the applicant or a third party.',
      sql: sql`select step, sum(has_own) as cases, sum(1 - has_own) as ${identifier('casesAfterNews')},
  sum(minutes) as minutes, sum(pounds) as pounds, sum(minutes * minutes) as ${identifier('minutesSquared')},
  sum(pounds * pounds) as ${identifier('poundsSquared')}, sum(days) as days
from (select case_id, step, max(1 - is_news) as has_own, sum(${own(sql`step_minutes`)}) as minutes, sum(${own(sql`step_pounds`)}) as pounds,
    coalesce(sum(${own(sql`${dialect.secondsBetween(sql`before_at`, sql`${at}`)} / 86400.0`)}), 0) as days
  from (${again(sized, news, part)}) as a where step in (${listOf(steps)}) group by case_id, step) as c group by step`,
    }),
    log,
  );
  return addUp(rows, ['step']).toSorted((a, b) => b.cases - a.cases || (a.step < b.step ? -1 : 1));
}
