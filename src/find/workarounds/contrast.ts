import type { QueryRecord } from '../../core/index.ts';
import { discoveryLimit, pooledScore } from '../../stats/index.ts';
import {
  type ColumnSpec,
  identifier,
  joinSql,
  type Row,
  type Sql,
  sql,
  type Warehouse,
} from '../../stores/index.ts';

/** What cases may have more of: a step, a step left out, a pair of steps one after the other, a step done by a team. */
export type Feature = 'has' | 'lacks' | 'pair' | 'by';

/** A feature that cases of one group have more often than comparable cases outside it (pattern 24). */
export interface Contrast {
  /** What the group is of: `team`, or a column of the cases. */
  readonly kind: string;
  readonly value: string;
  readonly feature: Feature;
  readonly step: number;
  /** The second step of a pair or the team; null where several pairs share `step`. */
  readonly other: number | null;
  /** Cases with the feature and cases, inside the group and outside; a case may count in several pairs. */
  readonly x1: number;
  readonly n1: number;
  readonly x0: number;
  readonly n0: number;
  /** By peer group and pair. */
  readonly members: readonly Compared[];
}

/** How often cases of one group have a feature, and comparable cases outside it. */
export interface Compared extends Row {
  readonly kind: string;
  readonly value: string;
  readonly peer: number;
  readonly feature: Feature;
  readonly step: number;
  readonly other: number;
  readonly x1: number;
  readonly n1: number;
  readonly x0: number;
  readonly n0: number;
}

const leastSide = 30;
const points = 0.1;
const ratio = 3;

/** Teams that do at least six in ten of the steps that a tenth of the cases have. */
const doMostSteps: Sql = sql`select f.team as team from
  (select team, step from pattern_steps where peer is not null and team is not null group by team, step having count(*) >= 10) as f
join (select step, count(*) over () as steps from (select step from pattern_steps where peer is not null group by step
  having count(distinct case_no) * 10 >= (select count(*) from pattern_cases where peer is not null)) as s) as common on common.step = f.step
group by f.team, common.steps having count(*) * 10 >= common.steps * 6`;

/**
 * Teams that do the same work beside one another: each does at least six in ten of the steps that a tenth of the cases
 * have, and in three of four of its cases three quarters of what such teams do there. A team that does one kind of step
 * says nothing of a case but that it had the step; and where teams share their cases, which of them does most of a case
 * follows from the steps that it has, so that a difference between them only says how the work is divided.
 */
export const besides: Sql = sql`select team from (select team, n, sum(n) over (partition by case_no) as beside
  from (select case_no, team, count(*) as n from pattern_steps where peer is not null and team in (${doMostSteps}) group by case_no, team) as d) as w
group by team having sum(case when n * 4 >= beside * 3 then 1 else 0 end) * 4 >= count(*) * 3`;

/** The groups that cases are put into: by the team that does most of a case, and by the columns the charter names. */
function groupsOf(warehouse: Warehouse, columns: readonly ColumnSpec[]): Sql {
  const team = sql`select m.case_no as case_no, m.peer as peer, 'team' as kind, t.name as value from (
  select case_no, peer, ${warehouse.dialect.valueAtMax(sql`team`, sql`n * 1000000 - team`)} as team
  from (select case_no, peer, team, count(*) as n from pattern_steps where peer is not null and team is not null group by case_no, peer, team) as f group by case_no, peer) as m
join pattern_team_names as t on t.number = m.team where m.team in (${besides})`;
  const named = columns.map(
    ({
      name,
    }) => sql`select p.number as case_no, p.peer as peer, ${name} as kind, ${warehouse.dialect.toText(sql`c.${identifier(name)}`)} as value
from pattern_cases as p join cases as c on c.case_id = p.case_id where p.peer is not null and c.${identifier(name)} is not null`,
  );
  return joinSql([team, ...named], ' union all ');
}

const none = sql`cast(0 as bigint)`;

const features: Sql = sql`select distinct case_no, peer, 'has' as feature, step, ${none} as other from pattern_steps where peer is not null
union all select distinct case_no, peer, 'pair' as feature, step, next_step as other from pattern_steps where peer is not null and next_step is not null and next_wait > 0
union all select distinct case_no, peer, 'by' as feature, step, team as other from pattern_steps where peer is not null and team is not null`;

/** Every feature with how often cases of each group have it, and comparable cases outside the group. */
const counted: Sql = sql`with f as (select peer, feature, step, other, kind, value, count(*) as x from
  (select a.peer as peer, feature, step, other, kind, value from pattern_features as a join pattern_groups as g on g.case_no = a.case_no) as j
  group by peer, feature, step, other, kind, value),
n as (select peer, kind, value, count(*) as n from pattern_groups group by peer, kind, value),
t as (select peer, kind, sum(n) as n, count(*) as groups from n group by peer, kind),
all_x as (select peer, feature, step, other, kind, sum(x) as x from f group by peer, feature, step, other, kind),
names as (select name, number from pattern_team_names),
grid as (select a.peer as peer, a.feature as feature, a.step as step, a.other as other, n.kind as kind, n.value as value, coalesce(f.x, 0) as x1, n.n as n1, a.x - coalesce(f.x, 0) as x0, t.n - n.n as n0
  from all_x as a join n on n.peer = a.peer and n.kind = a.kind join t on t.peer = a.peer and t.kind = a.kind
  left join f on f.peer = a.peer and f.feature = a.feature and f.step = a.step and f.other = a.other and f.kind = n.kind and f.value = n.value
  where t.groups between 2 and 20),
own as (select f.peer as peer, f.feature as feature, f.step as step, f.other as other, f.x as x, n.n as n from f join names on names.number = f.other
  join n on n.peer = f.peer and n.kind = f.kind and n.value = f.value where f.feature = 'by' and f.kind = 'team' and f.value = names.name)
select kind, value, g.peer as peer, g.feature as feature, g.step as step, g.other as other, g.x1 as x1, g.n1 as n1,
  g.x0 - case when kind = 'team' then coalesce(own.x, 0) else 0 end as x0, g.n0 - case when kind = 'team' then coalesce(own.n, 0) else 0 end as n0
from grid as g left join own on own.peer = g.peer and own.feature = g.feature and own.step = g.step and own.other = g.other
left join names as named on named.number = g.other
where not (g.feature = 'by' and kind = 'team' and value = named.name)
order by kind, value, peer, feature, step, other`;

function lacking(each: Compared): Compared {
  return { ...each, feature: 'lacks', x1: each.n1 - each.x1, x0: each.n0 - each.x0 };
}

function isLarge({ x1, n1, x0, n0 }: Compared): boolean {
  const inside = x1 / n1;
  const outside = x0 / n0;
  return inside - outside >= points || (inside >= ratio * outside && inside - outside >= 0.01);
}

/** The cases of a group with a feature beyond what comparable cases outside it would lead one to expect. */
function excess({ x1, n1, x0, n0 }: Compared): number {
  return x1 - (n1 * x0) / n0;
}

/** Hardly seen in comparable cases outside the group. */
function isOwn({ x0, n0 }: Compared): boolean {
  return x0 / n0 < 0.01;
}

/**
 * A step or pair that many cases outside the group have too says little of which cases are meant: where pairs that
 * hardly occur outside, and have a step in common with it, account for four fifths of its excess, they alone are kept.
 */
function explained(all: readonly Compared[]): readonly Compared[] {
  const own = all.filter((each) => each.feature === 'pair' && isOwn(each));
  return all.filter((each) => {
    if (isOwn(each) || each.feature === 'lacks' || each.feature === 'by') return true;
    const steps = each.feature === 'pair' ? [each.step, each.other] : [each.step];
    const shared = own.filter(
      ({ kind, value, peer, step, other }) =>
        kind === each.kind &&
        value === each.value &&
        peer === each.peer &&
        (steps.includes(step) || steps.includes(other)),
    );
    return shared.reduce((total, pair) => total + excess(pair), 0) < 0.8 * excess(each);
  });
}

/** A team that does this share of its work for one group belongs to it. */
const ownTeamShare = 0.9;

/**
 * Leaves out steps done by a team that works for one group of cases alone: that the cases of an office are done by
 * its own team says nothing of a workaround.
 */
export function withoutOwnTeams(rows: readonly Compared[]): readonly Compared[] {
  const worked = new Map<string, number>();
  const add = (key: string, n: number) => worked.set(key, (worked.get(key) ?? 0) + n);
  const whole = ({ kind, other }: Compared) => JSON.stringify([kind, other]);
  const inside = ({ kind, other, value }: Compared) => JSON.stringify([kind, other, value]);
  for (const row of rows.filter(({ feature }) => feature === 'by')) {
    add(whole(row), row.x1);
    add(inside(row), row.x1);
  }
  const belongs = (row: Compared) =>
    (worked.get(inside(row)) ?? 0) >= ownTeamShare * (worked.get(whole(row)) ?? 0);
  return rows.filter((row) => row.kind === 'team' || row.feature !== 'by' || !belongs(row));
}

const sum = (members: readonly Compared[], of: 'x1' | 'n1' | 'x0' | 'n0') =>
  members.reduce((total, each) => total + each[of], 0);

function bundleOf(members: readonly Compared[], step: number, other: number | null): Contrast {
  const { kind, value, feature } = members[0] as Compared;
  const peers = [...new Map(members.map((each) => [each.peer, each])).values()];
  return {
    kind,
    value,
    feature,
    step,
    other,
    members,
    ...{ x1: sum(members, 'x1'), n1: sum(peers, 'n1'), x0: sum(members, 'x0'), n0: sum(peers, 'n0') },
  };
}

/** Contrasts of one group that are one story: a feature over all peer groups, and pairs that share a step and are hardly seen elsewhere. */
function bundled(all: readonly Compared[]): readonly Contrast[] {
  const found: Contrast[] = [];
  const groupBy = (items: readonly Compared[], key: (each: Compared) => string) =>
    Map.groupBy(items, key).values();
  const isOwnPair = (each: Compared) => each.feature === 'pair' && isOwn(each);
  const single = all.filter((each) => !isOwnPair(each));
  for (const members of groupBy(single, (c) =>
    [c.kind, c.value, c.feature, c.step, c.other].join('\u0000'),
  )) {
    const { step, other, feature } = members[0] as Compared;
    found.push(bundleOf(members, step, feature === 'by' || feature === 'pair' ? other : null));
  }
  const pairs = all.filter(isOwnPair);
  for (const members of groupBy(pairs, (c) => [c.kind, c.value].join('\u0000'))) {
    let left: readonly Compared[] = members;
    while (left.length > 0) {
      const steps = [...new Set(left.flatMap(({ step, other }) => [step, other]))];
      const of = (step: number) => left.filter((c) => c.step === step || c.other === step);
      const most = steps.toSorted((a, b) => sum(of(b), 'x1') - sum(of(a), 'x1') || a - b)[0] as number;
      const mine = of(most);
      const one = new Set(mine.map(({ step, other }) => `${step} ${other}`)).size === 1 ? mine[0] : undefined;
      found.push(one ? bundleOf(mine, one.step, one.other) : bundleOf(mine, most, null));
      left = left.filter((c) => !mine.includes(c));
    }
  }
  return found.toSorted((a, b) => b.x1 - a.x1);
}

/**
 * Features that a group of cases has more often than comparable cases outside it: by ten points, or three times as
 * often and one point at least; 30 cases each side; false discoveries held at 5% over all features and groups
 * (Benjamini and Hochberg, 1995). A habit of one office is not rare, and only a comparison shows it.
 */
export async function contrasts(
  warehouse: Warehouse,
  columns: readonly ColumnSpec[],
  log: QueryRecord[],
): Promise<readonly Contrast[]> {
  const make = async (name: string, purpose: string, body: Sql) => {
    const statement = warehouse.dialect.createTemporary('table', identifier(name), body);
    log.push(warehouse.explain({ name, purpose, sql: statement }));
    await warehouse.run(statement);
  };
  await make(
    'pattern_groups',
    'Cases by the team that does most of them and by the groups of the charter.',
    groupsOf(warehouse, columns),
  );
  await make('pattern_features', 'What each case has: steps, pairs of steps, and steps by team.', features);
  log.push(
    warehouse.explain({
      name: 'contrast',
      purpose: 'How often cases of each group have each feature, and comparable cases outside it.',
      sql: counted,
    }),
  );
  const rows = withoutOwnTeams(await warehouse.query<Compared>(counted));
  const tested = [...rows, ...rows.filter(({ feature }) => feature === 'has').map(lacking)].filter(
    ({ n1, n0, x1 }) => n1 >= leastSide && n0 >= leastSide && x1 > 0,
  );
  const score = (each: Compared) => pooledScore(each.x1, each.n1, each.x0, each.n0);
  const scored = tested.map((each) => ({ each, z: score(each) }));
  const limit = discoveryLimit(
    scored.map(({ z }) => z).filter((z) => z > 2),
    scored.length,
    0.05,
  );
  const large = scored.filter(({ each, z }) => z > 0 && z >= limit && isLarge(each)).map(({ each }) => each);
  return bundled(explained(large));
}

/** Writes `contrast_members`: the numbers of the cases that show each contrast, under its place in the list. */
export async function markContrasts(warehouse: Warehouse, contrasts: readonly Contrast[]): Promise<void> {
  const marks = contrasts.flatMap(({ members }, contrast) => members.map((each) => ({ ...each, contrast })));
  const columns = [
    { name: 'contrast', kind: 'integer' },
    { name: 'kind', kind: 'text' },
    { name: 'value', kind: 'text' },
    { name: 'peer', kind: 'integer' },
    { name: 'feature', kind: 'text' },
    { name: 'step', kind: 'integer' },
    { name: 'other', kind: 'integer' },
  ] as const;
  await warehouse.createTable('contrast_marks', columns);
  await warehouse.append(
    'contrast_marks',
    columns,
    columns.map(({ name }) => marks.map((mark) => mark[name])),
  );
  const wanted = sql`select m.contrast as contrast, m.feature as feature, m.step as step, m.other as other, g.case_no as case_no
from contrast_marks as m join pattern_groups as g on g.kind = m.kind and g.value = m.value and g.peer = m.peer`;
  const body = sql`select distinct w.contrast as contrast, w.case_no as case_no from (${wanted}) as w
left join pattern_features as f on f.case_no = w.case_no and f.step = w.step and f.other = w.other
  and f.feature = case when w.feature = 'lacks' then 'has' else w.feature end
where (f.case_no is null) = (w.feature = 'lacks')`;
  await warehouse.run(warehouse.dialect.createTemporary('table', identifier('contrast_members'), body));
}
