import type { QueryRecord } from '../../core/index.ts';
import type { Charter } from '../../define/index.ts';
import { identifier, joinSql, type Row, runStep, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import type { Costs } from '../costs.ts';
import type { Edge } from '../queries/edges.ts';
import { stepList } from '../rework/turned-rows.ts';

/** Work that a wait brings about, all cases together. Sums of squares are by case; null where nobody recorded minutes. */
export interface InducedWork extends Row {
  /** Contacts that a failure brings, made while a case waited here, and those with minutes. */
  readonly contacts: number;
  readonly timed: number;
  /** Times that a clock of the charter started again at the end of the wait. */
  readonly restarts: number;
  readonly minutes: number | null;
  readonly minutesSquared: number | null;
  readonly pounds: number | null;
  readonly poundsSquared: number | null;
}

/** The steps at which a clock of the charter starts again. */
function restartSteps({ clocks = [] }: Charter): readonly string[] {
  return [...new Set(clocks.flatMap(({ restart = [] }) => restart))];
}

const from = identifier('from');
const to = identifier('to');

/** Queries of the pieces of that work, with the steps that the wait lies between. */
function sourcesOf(charter: Charter, hasContacts: boolean, costs: Costs): readonly Sql[] {
  const restarts = restartSteps(charter);
  return [
    ...(hasContacts
      ? [
          sql`select waits_in as ${from}, waits_for as ${to}, case_id, minutes, pounds, 1 as contact, 0 as restart from contact_facts
where kind not in ('value', 'unknown')`,
        ]
      : []),
    ...(restarts.length > 0
      ? [
          sql`select prev_step as ${from}, step as ${to}, case_id, ${costs.minutes} as minutes, ${costs.pounds} as pounds, 0 as contact, 1 as restart from work_steps
where step in (${stepList(restarts)})`,
        ]
      : []),
  ];
}

/** The ids of the cases in which a wait brings about work; null where no such work is looked for. */
export function casesWithInducedWork(
  charter: Charter,
  edge: Edge,
  hasContacts: boolean,
  costs: Costs,
): Sql | null {
  const sources = sourcesOf(charter, hasContacts, costs);
  return sources.length === 0
    ? null
    : sql`select case_id from (${joinSql(sources, ' union all ')}) as w where ${from} = ${edge.from} and ${to} = ${edge.to}`;
}

/**
 * The work that waits bring about: handling the contacts that a failure brings while a case waits between two steps,
 * and doing the step at its end where a clock of the charter starts again there. What the wait itself holds is not work.
 * Needs `contact_facts` where `hasContacts`.
 */
export async function inducedWork(
  warehouse: Warehouse,
  charter: Charter,
  edges: readonly Edge[],
  hasContacts: boolean,
  costs: Costs,
  log: QueryRecord[],
): Promise<(edge: Edge) => InducedWork | null> {
  const sources = sourcesOf(charter, hasContacts, costs);
  if (edges.length === 0 || sources.length === 0) return () => null;
  const those = joinSql(
    edges.map((edge) => sql`(${from} = ${edge.from} and ${to} = ${edge.to})`),
    ' or ',
  );
  const rows = await runStep<InducedWork & { from: string; to: string }>(
    warehouse,
    {
      name: 'work_of_waits',
      purpose:
        'Contacts that a failure brings while cases wait on the longest connections, and steps at their end at which a clock starts again.',
      sql: sql`select ${from}, ${to}, sum(contacts) as contacts, sum(timed) as timed, sum(restarts) as restarts,
  sum(minutes) as minutes, sum(minutes * minutes) as ${identifier('minutesSquared')}, sum(pounds) as pounds, sum(pounds * pounds) as ${identifier('poundsSquared')}
from (select ${from}, ${to}, case_id, sum(contact) as contacts, sum(restart) as restarts, sum(case when contact = 1 and minutes is not null then 1 else 0 end) as timed,
  sum(minutes) as minutes, sum(pounds) as pounds from (${joinSql(sources, ' union all ')}) as w where ${those} group by ${from}, ${to}, case_id) as c
group by ${from}, ${to} order by ${from}, ${to}`,
    },
    log,
  );
  return (edge) => rows.find((row) => row.from === edge.from && row.to === edge.to) ?? null;
}
