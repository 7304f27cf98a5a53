import {
  countOf,
  formatValue,
  formatWithUnit,
  leastCases,
  listInWords,
  type QueryRecord,
} from '../../core/index.ts';
import { identifier, joinSql, type Row, runStep, sql } from '../../stores/index.ts';
import type { Costs } from '../costs.ts';
import type { FindWorkspace } from '../workspace.ts';

const at = identifier('at');
const mostNamed = 3;

/** What comes after a clock has started again: a step that had been done before, done again, or a contact. */
export interface AfterRestart extends Row {
  readonly step: string;
  readonly kind: 'step' | 'contact';
  readonly cases: number;
  readonly minutes: number | null;
  readonly pounds: number | null;
}

/**
 * Steps of the work that are done again after the clock has started again, but those that repeat by design, and
 * contacts that come after it, in ten finished cases or more; most cases first. Needs `restart_marks`.
 */
export async function afterRestart(
  { warehouse, loaded }: FindWorkspace,
  costs: Costs,
  log: QueryRecord[],
): Promise<readonly AfterRestart[]> {
  const byDesign = (loaded.charter.steps?.legitimate_repeats ?? []).map((step) => sql`${step}`);
  const rows = await runStep<AfterRestart & { again: number }>(
    warehouse,
    {
      name: 'after_restart',
      purpose: 'What comes after the clock has started again: steps done before it too, and contacts.',
      sql: sql`select step, kind, count(*) as cases, sum(minutes) as minutes, sum(pounds) as pounds
from (select case_id, step, kind, max(before) as before, max(1 - before) as after,
    sum(case when before = 0 then m end) as minutes, sum(case when before = 0 then p end) as pounds
  from (select events.case_id as case_id, step, kind, case when ${at} < r.restarted_at then 1 else 0 end as before, ${costs.minutes} as m, ${costs.pounds} as p
    from events join (select case_id as marked_id, restarted_at from restart_marks where restarted = 1) as r on r.marked_id = events.case_id
    where kind in ('step', 'contact') and ${at} is not null and ${at} <> r.restarted_at${byDesign.length > 0 ? sql` and step not in (${joinSql(byDesign, ', ')})` : sql``}) as e
  group by case_id, step, kind) as c
where after = 1 and (kind = 'contact' or before = 1)
group by step, kind order by count(*) desc, step`,
    },
    log,
  );
  return rows.filter(({ cases }) => cases >= leastCases);
}

/** What comes of it, in sentences: minutes against the others, what is done again and what that takes, contacts. */
export function afterInWords(
  after: readonly AfterRestart[],
  cases: number,
  minutes: { readonly these: number; readonly others: number } | null,
): string | null {
  const again = after.filter(({ kind }) => kind === 'step');
  const contacts = after.filter(({ kind }) => kind === 'contact');
  const named = again
    .slice(0, mostNamed)
    .map(({ step, cases: n }) => `"${step}" in ${n === cases ? 'all' : formatValue(n / cases, 'share')}`);
  const sum = (of: 'minutes' | 'pounds') => again.reduce((all, row) => all + (row[of] ?? 0), 0);
  const taken = [
    ...(sum('minutes') > 0 ? [formatWithUnit(sum('minutes') / 60, 'hours')] : []),
    ...(sum('pounds') > 0 ? [formatValue(sum('pounds'), 'pounds')] : []),
  ];
  const sentences = [
    ...(minutes
      ? [
          `Each takes ${minutes.these.toFixed(1)} minutes of work, against ${minutes.others.toFixed(1)} of others.`,
        ]
      : []),
    ...(again.length > 0
      ? [
          `What was done before is done again: ${listInWords(named)}${taken.length > 0 ? `, which takes ${listInWords(taken)} of the above` : ''}.`,
        ]
      : []),
    ...contacts
      .slice(0, 1)
      .map(({ step, cases: n }) => `In ${countOf(n, 'case')} a contact ("${step}") comes after it.`),
  ];
  return sentences.length > 0 ? sentences.join(' ') : null;
}
