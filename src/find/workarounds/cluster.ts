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

/** The groups of one cluster; the first says what the cluster is of. */
type Members = readonly [Group, ...Group[]];

const leastCasesOfFinding = 5;
const leastWorkers = 3;

/** Pairs too rare to say anything of one by one, gathered by the step they have in common, most cases first. */
function gathered(thin: readonly Group[]): readonly { readonly step: number; readonly groups: Members }[] {
  const left = new Set(thin.filter(({ pattern }) => pattern === 'unusual-neighbour'));
  const found: { step: number; groups: Members }[] = [];
  while (left.size > 0) {
    const byStep = new Map<number, Group[]>();
    for (const group of left)
      for (const step of new Set([group.step, group.other]))
        if (step !== null) byStep.set(step, [...(byStep.get(step) ?? []), group]);
    const size = (groups: readonly Group[]) => groups.reduce((sum, { cases }) => sum + cases, 0);
    const [most] = [...byStep].toSorted(([a, x], [b, y]) => size(y) - size(x) || a - b);
    if (!most || size(most[1]) < leastCasesOfFinding) break;
    found.push({ step: most[0], groups: most[1] as [Group, ...Group[]] });
    for (const group of most[1]) left.delete(group);
  }
  return found;
}

/** Writes `clustered_alerts`: the alerts of each cluster, under its place in the list. */
async function markAlerts(warehouse: Warehouse, clusters: readonly Members[]): Promise<void> {
  const rows = clusters.flatMap((members, cluster) => members.map((group) => ({ ...group, cluster })));
  const columns = [
    { name: 'cluster', kind: 'integer' },
    { name: 'pattern', kind: 'text' },
    { name: 'direction', kind: 'text' },
    { name: 'step', kind: 'integer' },
    { name: 'other', kind: 'integer' },
    { name: 'attribute', kind: 'text' },
  ] as const;
  await warehouse.createTable('alert_clusters', columns);
  await warehouse.append(
    'alert_clusters',
    columns,
    columns.map(({ name }) => rows.map((row) => row[name])),
  );
  await warehouse.run(sql`create or replace temp table clustered_alerts as
select g.cluster as cluster, a.case_no as case_no, a.step as step, a.team as team
from pattern_alerts as a join alert_clusters as g on g.pattern = a.pattern and g.direction = a.direction
and g.step is not distinct from a.step and g.other is not distinct from a.other and g.attribute is not distinct from a.attribute
where not a.tied`);
}

/** How many cases and people each cluster has; people are null where nobody is named. */
async function sizesOf(warehouse: Warehouse) {
  // A join by case and step, and one by case alone: together they would be a join with a choice, which is slow.
  const rows = await warehouse.query<
    Row & { cluster: number; cases: number; workers: number | null }
  >(sql`with met as (
  select a.cluster as cluster, s.worker as worker from clustered_alerts as a
  join pattern_steps as s on s.case_no = a.case_no and s.step = a.step where s.worker is not null
  union all select a.cluster as cluster, s.worker as worker from clustered_alerts as a
  join pattern_steps as s on s.case_no = a.case_no where a.step is null and s.worker is not null),
people as (select cluster, count(distinct worker) as workers from met group by cluster)
select c.cluster as cluster, c.cases as cases, p.workers as workers
from (select cluster, count(distinct case_no) as cases from clustered_alerts group by cluster) as c
left join people as p on p.cluster = c.cluster`);
  return new Map(rows.map((row) => [row.cluster, row]));
}

/** The team that has most cases of each cluster, how many, and its share of all work. */
async function teamsOf(warehouse: Warehouse) {
  const rows = await warehouse.query<Row & { cluster: number; team: number; cases: number; usual: number }>(
    sql`select f.cluster as cluster, f.team as team, f.cases as cases, u.usual as usual
from (select cluster, team, count(distinct case_no) as cases from clustered_alerts where team is not null group by cluster, team) as f
join (select team, count(*) * 1.0 / sum(count(*)) over () as usual from pattern_steps where team is not null group by team) as u on u.team = f.team
qualify row_number() over (partition by f.cluster order by f.cases desc, f.team) = 1`,
  );
  return new Map(rows.map((row) => [row.cluster, row]));
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
  const large = groups.filter(({ cases }) => cases >= leastCasesOfFinding);
  const thin = gathered(groups.filter(({ cases }) => cases < leastCasesOfFinding));
  const members = [...large.map((group): Members => [group]), ...thin.map(({ groups }) => groups)];
  await markAlerts(warehouse, members);
  const sizes = await sizesOf(warehouse);
  const teams = await teamsOf(warehouse);
  return members.flatMap(([first], cluster): readonly Cluster[] => {
    const size = sizes.get(cluster);
    if (!size || size.cases < leastCasesOfFinding) return [];
    // A habit of one or two people is theirs to tell; a log that names nobody cannot be held to this.
    if (size.workers !== null && size.workers < leastWorkers) return [];
    const most = teams.get(cluster);
    // The team that does the work flagged in at least four of five cases, where it does not do that much of everything.
    const isCommon = most !== undefined && most.cases >= 0.8 * size.cases && most.usual <= 0.5;
    const shared =
      cluster < large.length
        ? first
        : { ...first, step: thin[cluster - large.length]?.step ?? null, other: null };
    const { pattern, step, other, attribute, direction } = shared;
    return [
      {
        ...{ pattern, step, other, attribute, direction },
        cases: size.cases,
        team: isCommon ? most.team : null,
        selects: sql`select distinct case_no from clustered_alerts where cluster = ${cluster}`,
      },
    ];
  });
}
