import { formatValue, leastCases, type QueryRecord } from '../../core/index.ts';
import type { Clock, Facts } from '../../define/index.ts';
import { identifier, joinSql, type Row, runStep, type Sql, sql } from '../../stores/index.ts';
import { withoutNearCopies } from '../queries/overlap.ts';
import type { FindWorkspace } from '../workspace.ts';

/** A mark that goes with restarting: an attribute's value, or a step seen before the restart. */
export interface Precursor {
  readonly label: string;
  /** The same in a sentence, after "have". */
  readonly words: string;
  /**
   * Share of restarted cases, and of the others, that carry the mark; of a step, of the others that had lasted as long
   * as the restarted case when its clock started again, since steps gather with time.
   */
  readonly restarted: number;
  readonly others: number;
  readonly cases: number;
  /** Ids of restarted cases, and of other cases, with the mark. */
  readonly affected: Sql;
}

async function attributeMarks(
  workspace: FindWorkspace,
  facts: Facts,
  log: QueryRecord[],
): Promise<readonly Precursor[]> {
  const known = new Set(facts.columns.map(({ name }) => name));
  const marks: Precursor[] = [];
  for (const group of workspace.loaded.charter.groups ?? []) {
    if (!known.has(group.column)) continue;
    const name = identifier(group.column);
    const rows = await runStep<
      Row & { value: string; restarted: number; others: number; allRestarted: number; allOthers: number }
    >(
      workspace.warehouse,
      {
        name: `restarts_by_${group.id}`,
        purpose: `Restarted and other cases by ${group.title}.`,
        sql: sql`select cast(${name} as varchar) as value, sum(restarted) as restarted, sum(1 - restarted) as others,
  sum(sum(restarted)) over () as ${identifier('allRestarted')}, sum(sum(1 - restarted)) over () as ${identifier('allOthers')}
from restart_marks where ${name} is not null group by ${name} order by value`,
      },
      log,
    );
    for (const row of rows) {
      marks.push({
        label: `${group.title}: ${row.value}`,
        words: `"${group.title}: ${row.value}"`,
        restarted: row.restarted / Math.max(1, row.allRestarted),
        others: row.others / Math.max(1, row.allOthers),
        cases: row.restarted + row.others,
        affected: sql`select case_id from restart_marks where cast(${name} as varchar) = ${row.value}`,
      });
    }
  }
  return marks;
}

/**
 * Steps before the clock starts again, against the other cases that were open at the same age in days: each restarted
 * case is held against those that lasted longer, as in a risk set (incidence density sampling; Prentice and Breslow, 1978).
 * Where fewer than half of them find ten such others, steps of the others at any time are taken.
 */
async function stepMarks(
  { warehouse }: FindWorkspace,
  clock: Clock,
  log: QueryRecord[],
): Promise<readonly Precursor[]> {
  const at = identifier('at');
  const before = sql`(m.restarted = 0 or e.${at} < m.restarted_at)`;
  const own = joinSql(
    (clock.restart ?? []).map((step) => sql`${step}`),
    ', ',
  );
  const age = (until: Sql) =>
    sql`cast(floor(${warehouse.dialect.secondsBetween(sql`m.truly_started`, until)} / 86400.0) as bigint)`;
  const rows = await runStep<
    Row & {
      step: string;
      restarted: number;
      cases: number;
      others: number | null;
      ever: number;
      compared: boolean;
    }
  >(
    warehouse,
    {
      name: 'steps_before_restart',
      purpose:
        'Cases with each step before the clock started again, against other cases that had lasted as many days, with that step by then.',
      sql: sql`with r as (select ${age(sql`m.restarted_at`)} as age, count(*) as n from restart_marks as m where m.restarted = 1 group by 1),
o as (select ${age(sql`m.stopped_at`)} as lasted, count(*) as n from restart_marks as m where m.restarted = 0 group by 1),
risk as (select r.age as age, r.n as restarted, sum(o.n) as n from r join o on o.lasted > r.age group by r.age, r.n having sum(o.n) >= ${leastCases}),
f as (select e.step as step, e.case_id as case_id, max(m.restarted) as restarted, min(${age(sql`e.${at}`)}) as came, min(${age(sql`m.stopped_at`)}) as lasted
  from events as e join restart_marks as m on m.case_id = e.case_id where ${before} and e.step not in (${own}) group by e.step, e.case_id),
g as (select step, came, lasted, count(*) as n from f where restarted = 0 group by step, came, lasted),
shares as (select risk.age as age, risk.restarted as restarted, g.step as step, sum(g.n) * 1.0 / risk.n as share
  from risk join g on g.came <= risk.age and g.lasted > risk.age group by risk.age, risk.restarted, risk.n, g.step),
others as (select step, sum(restarted * share) / (select sum(restarted) from risk) as share from shares group by step)
select f.step as step, sum(f.restarted) * 1.0 / (select sum(n) from r) as restarted, count(*) as cases, max(others.share) as others,
  sum(1 - f.restarted) * 1.0 / (select greatest(1, sum(n)) from o) as ever, coalesce((select sum(restarted) from risk), 0) * 2 >= (select sum(n) from r) as compared
from f left join others on others.step = f.step group by f.step order by f.step`,
    },
    log,
  );
  return rows.map(({ step, restarted, cases, others, ever, compared }) => ({
    label: `"${step}" before it`,
    words: `"${step}" before it`,
    restarted,
    others: compared ? (others ?? 0) : ever,
    cases,
    affected: sql`select e.case_id from events as e join restart_marks as m on m.case_id = e.case_id where e.step = ${step} and ${before}`,
  }));
}

/** Marks that at least a tenth more of the restarted cases carry, and twice the share of others; strongest first. */
function telling(marks: readonly Precursor[]): readonly Precursor[] {
  return marks
    .filter(({ restarted, others }) => restarted - others >= 0.1 && restarted >= 2 * others)
    .toSorted((a, b) => b.restarted - b.others - (a.restarted - a.others) || (a.label < b.label ? -1 : 1));
}

async function carryingAny(workspace: FindWorkspace, precursors: readonly Precursor[], log: QueryRecord[]) {
  const any = joinSql(
    precursors.map(({ affected }) => sql`case_id in (${affected})`),
    ' or ',
  );
  const [row] = await runStep<Row & { restarted: number; others: number }>(
    workspace.warehouse,
    {
      name: 'restart_preceded',
      purpose: 'Share of restarted cases, and of others, that carry any of these marks.',
      sql: sql`select avg(case when restarted = 1 then hit end) as restarted, avg(case when restarted = 0 then hit end) as others
from (select restarted, case when ${any} then 1.0 else 0.0 end as hit from restart_marks) as h`,
    },
    log,
  );
  return row ?? null;
}

/** What goes with a clock that starts again: the marks, most telling first, and how many carry any of them. */
export interface Preceded {
  readonly precursors: readonly Precursor[];
  readonly restarted: number | null;
  readonly others: number | null;
}

const mostMarks = 4;

/** Marks that go with restarting the clock, nearly the same ones told once. Needs `restart_marks`. */
export async function precededBy(
  workspace: FindWorkspace,
  facts: Facts,
  clock: Clock,
  log: QueryRecord[],
): Promise<Preceded> {
  const marks = telling([
    ...(await attributeMarks(workspace, facts, log)),
    ...(await stepMarks(workspace, clock, log)),
  ]);
  const precursors = (await withoutNearCopies(workspace.warehouse, marks)).slice(0, mostMarks);
  const any = precursors.length > 0 ? await carryingAny(workspace, precursors, log) : null;
  return { precursors, restarted: any?.restarted ?? null, others: any?.others ?? null };
}

/** The marks that come before, and how often a case with one of them comes to it; null where no mark is telling. */
export function precededInWords(
  { precursors, restarted, others }: Preceded,
  cases: number,
  finished: number,
): string | null {
  if (precursors.length === 0 || restarted === null || others === null) return null;
  const [these, rest] = [restarted * cases, others * (finished - cases)];
  const words = precursors.map(({ words: said }) => said);
  const either = precursors.length === 1 ? 'it' : precursors.length === 2 ? 'either' : 'one of these';
  const rate = (part: number, of: number) => formatValue(of === 0 ? 0 : part / of, 'share');
  return `${formatValue(restarted, 'share')} have ${words.join(' or ')}, against ${formatValue(others, 'share')} of others. Of cases with ${either} ${rate(these, these + rest)} come to it, of the rest ${rate(cases - these, finished - these - rest)}`;
}
