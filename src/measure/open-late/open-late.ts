import { addDays, nextPeriod } from '../../core/index.ts';
import { deadlineOf, type Facts, hasMomentsOf } from '../../define/index.ts';
import { identifier, joinSql, runStep, type Sql, sql } from '../../stores/index.ts';
import { caseTime } from '../collect-checks.ts';
import type { MeasurePlan } from '../plan.ts';
import type { Study } from '../study.ts';

/** A share of cases that the charter words as a condition, of some outputs (places in its list). */
export interface TimedShare {
  readonly id: string;
  readonly title: string;
  readonly share: string;
  readonly of?: string | undefined;
  readonly outputs: readonly number[];
}

/** A clock that may stand still cannot be read of a case that is open: how long it has stood is not settled. */
function standsStill(plan: MeasurePlan, started: string): boolean {
  return (plan.charter.clocks ?? []).some(
    ({ id, pause }) => pause !== undefined && started === `${id.replaceAll('-', '_')}_started`,
  );
}

/** Days from the last moment in the data to the end of a day, where the data end before it: they say nothing of that time. */
function daysUnseen(facts: Facts, before: string): Sql {
  const each = facts.number(`days_between(coalesce(closed, last_at), date '${before}')`);
  return sql`greatest(0, coalesce((select min(${each}) from ${identifier(facts.table)}), 0))`;
}

/** True where a deadline has passed by the end of a day without a stop; null for a share without such a deadline. */
function passedBy(plan: MeasurePlan, facts: Facts, share: string, before: string): Sql | null {
  const deadline = deadlineOf(share);
  if (!deadline || !hasMomentsOf(deadline, facts.columns) || standsStill(plan, deadline.started)) return null;
  const { started, stopped, by, days } = deadline;
  const isOpen = facts.condition(`${stopped} is missing or ${stopped} >= date '${before}'`);
  // Whole days are counted up to the last day itself, elapsed ones up to its end or that of the data.
  const waited =
    by === 'days_between'
      ? sql`${facts.number(`days_between(${started}, date '${before}')`)} - ${daysUnseen(facts, before)}`
      : facts.number(`${by}(${started}, date '${addDays(before, -1)}')`);
  return sql`${isOpen} and coalesce(${waited} > ${days}, false)`;
}

/**
 * True for a case that was open at the end of a day though its deadline had passed: whenever it ends, it is late. A case
 * of which it is not yet known whether the share will speak for it is taken as one that it does. Null where the share
 * has no deadline that an open case can have passed.
 */
export function isOpenLate(
  { facts, plan, workspace }: Pick<Study, 'facts' | 'plan' | 'workspace'>,
  timed: TimedShare,
  before: string,
): Sql | null {
  if (!facts) return null;
  const passed = passedBy(plan, facts, timed.share, before);
  const own = timed.outputs.flatMap((o) => {
    const output = plan.outputs[o];
    return output?.from === 'cases' ? [output] : [];
  });
  if (passed === null || own.length === 0) return null;
  const mayBe = (text: string | undefined) =>
    text === undefined ? sql`1 = 1` : sql`(${facts.condition(text)} or ${facts.unknown(text)})`;
  const at = facts.wall(caseTime(plan));
  const dayStart = workspace.warehouse.dialect.timestampValue(`${before}T00:00:00Z`);
  const outputs = joinSql(
    own.map(({ where }) => mayBe(where)),
    ' or ',
  );
  return sql`(${at} is null or ${at} >= ${dayStart}) and (${outputs}) and ${mayBe(timed.of)} and ${passed}`;
}

/** The day after the last of some periods, where all of them are whole; else null. */
export function dayAfter({ plan, complete }: Study, starts: readonly string[]): string | null {
  const whole = new Set(complete);
  const last = starts.at(-1);
  return last !== undefined && starts.every((start) => whole.has(start))
    ? nextPeriod(plan.grain, last)
    : null;
}

/** Cases that were open and already late at the end of some whole periods; null where that cannot be told. */
export async function countOpenLate(
  study: Study,
  timed: TimedShare,
  starts: readonly string[],
): Promise<number | null> {
  const { facts, workspace } = study;
  const before = dayAfter(study, starts);
  const late = before === null ? null : isOpenLate(study, timed, before);
  if (!facts || before === null || late === null) return null;
  const rows = await runStep(
    workspace.warehouse,
    {
      name: `open-late-${timed.id}`,
      purpose: `Counts the cases that were still open at the end of ${addDays(before, -1)} though the deadline of "${timed.title}" had passed.`,
      sql: sql`select count(*) as ${identifier('cases')} from ${identifier(facts.table)} where ${late}`,
    },
    study.queries,
  );
  return Number(rows[0]?.cases ?? 0);
}
