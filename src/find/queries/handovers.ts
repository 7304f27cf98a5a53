import type { QueryRecord } from '../../core/index.ts';
import { identifier, type Row, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import { type CaseParts, caseParts, runInParts } from './case-parts.ts';
import { casesByPair, type PairBits } from './handover-cases.ts';
import { spreadsByGroup } from './spreads.ts';
import { inCases } from './work-steps.ts';

/** Work that passes from one team to another between neighbouring steps of a case; `median` in seconds. */
export interface Handover extends Row {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly cases: number;
  readonly median: number;
}

const at = identifier('at');
const from = identifier('from');
const to = identifier('to');

/** Events of a part: only a row a case is held, so that parts may be larger than where cases are told apart row by row. */
const eventsAPart = 8_000_000;

/** Hand-overs: steps of a known team that follow directly on a step of the same case by another known team. */
function handedOver(warehouse: Warehouse, part: Sql): Sql {
  return sql`select case_id, prev_team as ${from}, team as ${to}, ${warehouse.dialect.secondsBetween(sql`prev_at`, sql`${at}`)} as value
from work_steps where team <> prev_team and ${part}`;
}

/** Hand-overs by pair of teams that at least a number of cases go through, most frequent first, ties by name. */
export async function handovers(
  warehouse: Warehouse,
  leastCases: number,
  log: QueryRecord[],
  given?: CaseParts,
  pairBits?: PairBits,
): Promise<readonly Handover[]> {
  const parts = given ?? (await caseParts(warehouse, eventsAPart));
  const spreads = await spreadsByGroup<{ from: string; to: string; median: number }>(
    warehouse,
    {
      name: 'handovers',
      purpose: 'Neighbouring steps of a case done by two different known teams, and the time between.',
      rows: handedOver(warehouse, sql`true`),
      keys: ['from', 'to'],
      quantiles: { median: 0.5 },
      size: parts.events,
    },
    log,
  );
  const casesOf = await casesByPair(
    warehouse,
    parts,
    (part) => handedOver(warehouse, part),
    spreads,
    log,
    pairBits,
  );
  return spreads
    .map(({ from, to, count, median }) => ({ from, to, count, cases: casesOf({ from, to }), median }))
    .filter((pair) => pair.cases >= leastCases);
}

/** How often work comes back to the team it left. */
export async function teamReturns(
  warehouse: Warehouse,
  log: QueryRecord[],
  parts?: CaseParts,
): Promise<number> {
  const { over, isStored } = await inCases(warehouse);
  // Neighbours that are stored side by side are met in passing, so that nothing of a log is held and it need not be parted.
  const whole: CaseParts = { events: 0, conditions: [sql`true`] };
  const rows = await runInParts<Row & { n: number }>(
    warehouse,
    parts ?? (isStored ? whole : await caseParts(warehouse)),
    (part) => ({
      name: 'ping_pong',
      purpose: 'Times that work comes back to the team it left, runs of one team taken together.',
      sql: sql`select count(*) as n from (
  select case_id, team, lag(case_id) over ${over} as run_case, lag(before) over ${over} as two_before
  from (select case_id, position, team, case when case_before = case_id then team_before end as before
    from (select case_id, position, team, lag(case_id) over ${over} as case_before, lag(team) over ${over} as team_before
      from work_steps where team is not null and ${part}) as t) as u
  where before is null or before <> team) as runs where run_case = case_id and two_before = team`,
    }),
    log,
  );
  return rows.reduce((sum, { n }) => sum + n, 0);
}
