import { identifier, joinSql, keyword, runStep, type Sql, sql } from '../../stores/index.ts';
import type { Study } from '../study.ts';

/** Cases of one period and group: how many, what was paid on them, and minutes spent. */
export interface PaymentCell {
  readonly period: string;
  /** Values of the columns of `payments.effort.groups`, in their order. */
  readonly groups: readonly string[];
  readonly cases: number;
  /** Cases with a known payment, pounds paid on them, and the sum of their squares. */
  readonly known: number;
  readonly paid: number;
  readonly squares: number;
  /** Cases with recorded minutes, and the sum of those. */
  readonly timed: number;
  readonly minutes: number;
}

/** One audited case. */
export interface AuditedCase {
  readonly period: string;
  readonly groups: readonly string[];
  readonly paid: number;
  readonly correct: number;
  readonly minutes: number | null;
  /** True where its minutes were set by something that has nothing to do with the case. */
  readonly byChance: boolean;
}

/** What the data hold of payments. */
export interface PaymentData {
  readonly cells: readonly PaymentCell[];
  readonly audited: readonly AuditedCase[];
}

/** What a group is called where a case does not say. */
export const notRecorded = 'not recorded';

/** The cases of every output that comes from cases, each with its period, payment, audit and effort. */
function countedCases(study: Study): Sql | null {
  const { facts, plan, workspace } = study;
  const { payments } = plan.charter;
  if (!facts || !payments) return null;
  const { dialect } = workspace.warehouse;
  const { audit, effort } = payments;
  const nothing = sql`cast(null as double)`;
  const split = groupColumns(study).map(
    (column, i) =>
      sql`coalesce(${dialect.toText(sql`${identifier(column)}`)}, ${notRecorded}) as ${groupName(i)}`,
  );
  const selects = plan.outputs.flatMap((output) => {
    if (output.from !== 'cases') return [];
    const at = facts.wall(output.at ?? 'closed');
    const where = output.where === undefined ? sql`` : sql` and ${facts.condition(output.where)}`;
    return [
      sql`select ${joinSql(
        [
          sql`${dialect.periodStart(plan.grain, at)} as period`,
          sql`${facts.number(payments.paid)} as paid`,
          sql`${audit ? facts.number(audit.correct) : nothing} as correct`,
          sql`${effort ? facts.number(effort.minutes) : nothing} as minutes`,
          sql`${effort?.by_chance === undefined ? sql`0` : sql`case when ${facts.condition(effort.by_chance)} then 1 else 0 end`} as by_chance`,
          ...split,
        ],
        ', ',
      )} from ${identifier(facts.table)} where ${at} is not null${where}`,
    ];
  });
  return selects.length === 0 ? null : joinSql(selects, ' union all ');
}

const groupName = (i: number) => identifier(`group_${i}`);

/** The columns of the groups within which the best effort is sought. */
export function groupColumns({ facts, plan: { charter } }: Study): readonly string[] {
  return (charter.payments?.effort?.groups ?? []).flatMap((id) => {
    const column = charter.groups?.find((group) => group.id === id)?.column;
    return column !== undefined && facts?.columns.some(({ name }) => name === column) ? [column] : [];
  });
}

/** Payments by period and group, and every audited case. Null where the charter or the data have none. */
export async function collectPayments(study: Study): Promise<PaymentData | null> {
  const counted = countedCases(study);
  if (!counted) return null;
  const { warehouse } = study.workspace;
  const names = groupColumns(study).map((_, i) => groupName(i));
  const keys = joinSql([identifier('period'), ...names], ', ');
  const groupsOf = (row: Readonly<Record<string, unknown>>) => names.map((_, i) => String(row[`group_${i}`]));
  const sums = await runStep(
    warehouse,
    {
      name: 'payments-by-period',
      purpose: 'Cases, pounds paid and minutes spent, by period and group.',
      sql: sql`select ${keys}, count(*) as cases, count(paid) as known, coalesce(sum(paid), 0) as paid,
  coalesce(sum(paid * paid), 0) as squares, count(minutes) as timed, coalesce(sum(minutes), 0) as minutes
from (${counted}) as counted group by ${keys} order by ${keys}`,
    },
    study.queries,
  );
  const order = joinSql(
    [
      ...names.map((name) => sql`${name}`),
      ...['paid', 'correct', 'minutes', 'by_chance'].map((name) => keyword(`${name} nulls last`)),
    ],
    ', ',
  );
  const audited = await runStep(
    warehouse,
    {
      name: 'audited-payments',
      purpose: 'Every audited case with what was paid and what should have been.',
      sql: sql`select ${keys}, paid, correct, minutes, by_chance
from (${counted}) as counted where correct is not null and paid is not null order by period, ${order}`,
    },
    study.queries,
  );
  return {
    cells: sums.map((row) => ({
      period: String(row.period),
      groups: groupsOf(row),
      cases: Number(row.cases),
      known: Number(row.known),
      paid: Number(row.paid),
      squares: Number(row.squares),
      timed: Number(row.timed),
      minutes: Number(row.minutes),
    })),
    audited: audited.map((row) => ({
      period: String(row.period),
      groups: groupsOf(row),
      paid: Number(row.paid),
      correct: Number(row.correct),
      minutes: row.minutes === null ? null : Number(row.minutes),
      byChance: Number(row.by_chance) === 1,
    })),
  };
}
