import type { QueryRecord } from '../../core/index.ts';
import { type ColumnSpec, identifier, type Row, runStep, sql, type Warehouse } from '../../stores/index.ts';
import type { Costs } from '../costs.ts';
import type { FailureFigures } from '../failure-demand/index.ts';
import { waitingOf } from './efficiency.ts';
import type { ExplainedWaits } from './explain-waits.ts';
import { nameTables } from './instances.ts';

/** What waiting goes with, in three figures that are never added; null where it cannot be told. */
export interface WaitingCosts {
  /** Work on the cases, and what it costs. */
  readonly staff: { readonly hours: number | null; readonly pounds: number | null; readonly basis: string };
  /** Contacts that are there because something failed, made while a case waited; null without contacts. */
  readonly contacts: {
    readonly contacts: number;
    readonly hours: number | null;
    readonly pounds: number | null;
  } | null;
  /** Days that cases waited, and what a day costs the person or the exchequer. */
  readonly delay: { readonly days: number; readonly pounds: number | null };
}

const microsADay = 86_400_000_000;
const touchColumns: readonly ColumnSpec[] = [
  { name: 'team_no', kind: 'integer' },
  { name: 'step', kind: 'text' },
  { name: 'minutes', kind: 'number' },
];

type Sums = Row & { readonly minutes: number | null; readonly pounds: number | null };

/** Minutes that the data or the charter give, row by row. */
async function givenWork(warehouse: Warehouse, costs: Costs, log: QueryRecord[]): Promise<Sums | null> {
  const [sums] = await runStep<Sums>(
    warehouse,
    {
      name: 'wait_work_given',
      purpose: 'Minutes of work, recorded or given by the charter for the step, and their cost.',
      sql: sql`select sum(${costs.minutes}) as minutes, sum(${costs.pounds}) as pounds from work_steps`,
    },
    log,
  );
  return sums?.minutes ? sums : null;
}

/** Time from start to finish by team, shared where a worker had several pieces open, at the rates of the charter. */
async function sharedWork(
  warehouse: Warehouse,
  { workByTeam }: ExplainedWaits,
  costs: Costs,
  log: QueryRecord[],
): Promise<Sums> {
  const teams = [...workByTeam];
  await warehouse.createTable('wait_touch', touchColumns);
  await warehouse.append('wait_touch', touchColumns, [
    Float64Array.from(teams, ([team]) => team),
    teams.map(() => null),
    Float64Array.from(teams, ([, micros]) => micros / 60_000_000),
  ]);
  const [sums] = await runStep<Sums>(
    warehouse,
    {
      name: 'wait_work_shared',
      purpose:
        'Time from start to finish by team, shared where a worker had several pieces open at once, at the rates of the charter.',
      sql: sql`select sum(minutes) as minutes, sum(${costs.pounds}) as pounds
from (select w.step, w.minutes, t.team from wait_touch as w left join ${identifier(nameTables.team)} as t on t.number = w.team_no) as by_team`,
    },
    log,
  );
  return sums ?? { minutes: null, pounds: null };
}

/**
 * What the waiting goes with: work on the cases at the rate of its team, contacts that failure brings while cases wait,
 * and the delay to the person or the exchequer at the charter's price of a day.
 */
export async function waitingCosts(
  warehouse: Warehouse,
  explained: ExplainedWaits,
  costs: Costs,
  contacts: FailureFigures | null,
  log: QueryRecord[],
): Promise<WaitingCosts> {
  const given = await givenWork(warehouse, costs, log);
  const isRecorded = explained.counts.withoutStart === 0;
  const work = given ?? (isRecorded ? await sharedWork(warehouse, explained, costs, log) : null);
  const days = waitingOf(explained.sums) / microsADay;
  const sum = (key: 'failure' | 'minutes' | 'pounds') =>
    contacts?.waiting.reduce<number | null>(
      (total, row) => (row[key] === null ? total : (total ?? 0) + row[key]),
      null,
    ) ?? null;
  const minutes = sum('minutes');
  return {
    staff: {
      hours: work?.minutes == null ? null : work.minutes / 60,
      pounds: costs.hasRates ? (work?.pounds ?? null) : null,
      basis: given
        ? 'minutes recorded, else those of the charter for the step'
        : isRecorded
          ? 'time from start to finish, shared where several things were open at once'
          : 'not known: neither starts nor minutes are recorded',
    },
    contacts:
      contacts === null
        ? null
        : {
            contacts: sum('failure') ?? 0,
            hours: minutes === null ? null : minutes / 60,
            pounds: sum('pounds'),
          },
    delay: { days, pounds: costs.delayDay === null ? null : days * costs.delayDay },
  };
}
