import { type Row, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import type { Direction, PatternId } from './alert.ts';

/** Alerts of one pattern about one thing: a step, a pair of steps, an attribute or the case as a whole. */
export interface Cluster {
  readonly pattern: PatternId;
  /** Numbers of steps, null where the pattern is of the whole case. */
  readonly step: number | null;
  readonly other: number | null;
  readonly attribute: string | null;
  readonly direction: Direction;
  readonly cases: number;
  /** The team that at least four in five of these cases have in common, if one does; null otherwise. */
  readonly team: number | null;
  /** The numbers of the cases, as a query of `case_no`. */
  readonly selects: Sql;
}

interface Group extends Row {
  readonly pattern: PatternId;
  readonly step: number | null;
  readonly other: number | null;
  readonly attribute: string | null;
  readonly direction: Direction;
  readonly cases: number;
}

const leastCasesOfFinding = 5;
const leastWorkers = 3;

const same = (column: 'step' | 'other' | 'attribute', value: string | number | null): Sql => {
  const name = { step: sql`a.step`, other: sql`a.other`, attribute: sql`a.attribute` }[column];
  return value === null ? sql`${name} is null` : sql`${name} = ${value}`;
};

function alertsOf(group: Group): Sql {
  return sql`a.pattern = ${group.pattern} and a.direction = ${group.direction} and not a.tied
and ${same('step', group.step)} and ${same('other', group.other)} and ${same('attribute', group.attribute)}`;
}

/** Pairs too rare to say anything of one by one, gathered by the step they have in common, most cases first. */
function gathered(
  thin: readonly Group[],
): readonly { readonly step: number; readonly groups: readonly Group[] }[] {
  const left = new Set(thin.filter(({ pattern }) => pattern === 'unusual-neighbour'));
  const found: { step: number; groups: readonly Group[] }[] = [];
  while (left.size > 0) {
    const byStep = new Map<number, Group[]>();
    for (const group of left)
      for (const step of new Set([group.step, group.other]))
        if (step !== null) byStep.set(step, [...(byStep.get(step) ?? []), group]);
    const size = (groups: readonly Group[]) => groups.reduce((sum, { cases }) => sum + cases, 0);
    const [most] = [...byStep].toSorted(([a, x], [b, y]) => size(y) - size(x) || a - b);
    if (!most || size(most[1]) < leastCasesOfFinding) break;
    found.push({ step: most[0], groups: most[1] });
    for (const group of most[1]) left.delete(group);
  }
  return found;
}

/** The team that does the work flagged in at least four of five cases, where it does not do that much of everything. */
async function commonTeam(warehouse: Warehouse, alerts: Sql): Promise<number | null> {
  const rows = await warehouse.query<Row & { team: number; cases: number; whole: number; usual: number }>(
    sql`select a.team as team, count(distinct a.case_no) as cases, (select count(distinct a.case_no) from pattern_alerts as a where ${alerts}) as whole,
  (select sum(case when s.team = a.team then 1.0 else 0.0 end) / count(*) from pattern_steps as s where s.team is not null) as usual
from pattern_alerts as a where ${alerts} and a.team is not null group by a.team order by count(distinct a.case_no) desc, a.team limit 1`,
  );
  const [most] = rows;
  return most && most.cases >= 0.8 * most.whole && most.usual <= 0.5 ? most.team : null;
}

async function clusterOf(warehouse: Warehouse, group: Group, alerts: Sql): Promise<Cluster | null> {
  const [size] = await warehouse.query<Row & { cases: number; workers: number; known: number }>(
    sql`select count(distinct a.case_no) as cases, count(distinct s.worker) as workers, count(s.worker) as known
from pattern_alerts as a left join pattern_steps as s on s.case_no = a.case_no and (s.step = a.step or a.step is null)
where ${alerts}`,
  );
  if (!size || size.cases < leastCasesOfFinding) return null;
  // A habit of one or two people is theirs to tell; a log that names nobody cannot be held to this.
  if (size.known > 0 && size.workers < leastWorkers) return null;
  const { pattern, step, other, attribute, direction } = group;
  return {
    pattern,
    step,
    other,
    attribute,
    direction,
    cases: size.cases,
    team: await commonTeam(warehouse, alerts),
    selects: sql`select distinct a.case_no from pattern_alerts as a where ${alerts}`,
  };
}

/**
 * Alerts gathered into clusters of five cases and three people or more: by pattern, step or pair, attribute and
 * direction; rare pairs of fewer cases by the step they share. Alerts in ties of time are left out.
 */
export async function clusterAlerts(warehouse: Warehouse): Promise<readonly Cluster[]> {
  const groups = await warehouse.query<Group>(
    sql`select pattern, step, other, attribute, direction, count(distinct case_no) as cases
from pattern_alerts where not tied group by pattern, step, other, attribute, direction
order by count(distinct case_no) desc, pattern, step, other, attribute, direction`,
  );
  const clusters: Cluster[] = [];
  for (const group of groups.filter(({ cases }) => cases >= leastCasesOfFinding)) {
    const found = await clusterOf(warehouse, group, alertsOf(group));
    if (found) clusters.push(found);
  }
  const thin = groups.filter(({ cases }) => cases < leastCasesOfFinding);
  for (const { step, groups: members } of gathered(thin)) {
    const pairs = members.map((group) => sql`(${alertsOf(group)})`);
    const alerts = pairs.slice(1).reduce((all, one) => sql`${all} or ${one}`, pairs[0] ?? sql`false`);
    const whole: Group = { ...(members[0] as Group), step, other: null };
    const found = await clusterOf(warehouse, whole, sql`(${alerts})`);
    if (found) clusters.push(found);
  }
  return clusters;
}
