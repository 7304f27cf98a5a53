import { type Grain, periodLabel, type QueryRecord } from '../../core/index.ts';
import type { Facts } from '../../define/index.ts';
import { identifier, joinSql, type Row, runStep, type Sql, sql } from '../../stores/index.ts';
import { type CaseSample, everyCase } from '../queries/case-sample.ts';
import type { FindWorkspace } from '../workspace.ts';
import type { Dimension } from './sides.ts';

/** A dimension before its sides are measured. `label` turns a value into what a reader sees. */
export interface PlacedDimension extends Omit<Dimension, 'sides'> {
  readonly values: readonly { readonly value: string; readonly cases: number }[];
  readonly label: (value: string) => string;
}

/** Where cases of a dimension lie, as a query of `case_id` and `side`. */
interface Placing extends Omit<PlacedDimension, 'values'> {
  readonly rows: Sql;
  /** True where sides are periods, of which the latest matter. */
  readonly isPeriod: boolean;
}

const mostSides = 12;
/** Cases that end in a period for each that begins in it; with more, the period holds only what was left over. */
const mostLeftOver = 10;
const leastOfSide = 30;
/** Rows of steps and cases that a comparison looks at; of a larger log it takes a sample of cases. */
const mostRows = 6_000_000;

const same = (value: string) => value;

function groups(workspace: FindWorkspace, facts: Facts): readonly Placing[] {
  const known = new Set(facts.columns.map(({ name }) => name));
  return (workspace.loaded.charter.groups ?? [])
    .filter(({ column }) => known.has(column))
    .map(({ id, title, column }) => ({
      id,
      title,
      rule: `Cases are told apart by "${title}".`,
      label: same,
      isPeriod: false,
      rows: sql`select case_id, cast(${identifier(column)} as varchar) as side from case_facts where ${identifier(column)} is not null`,
    }));
}

/** Teams of five people or more, or of people that nobody counted: no page may tell of one person. */
const teams: Placing = {
  id: 'team',
  title: 'Team that did most of the case',
  rule: 'A case belongs to the team that did most of its steps; teams of fewer than five people are left out.',
  label: same,
  isPeriod: false,
  rows: sql`select case_id, team as side from (
  select case_id, team, row_number() over (partition by case_id order by count(*) desc, team) as place
  from work_steps where team is not null group by case_id, team) as t
where place = 1 and team in (select team from events where team is not null group by team having count(worker) = 0 or count(distinct worker) >= 5)`,
};

function periods(workspace: FindWorkspace, { ends }: Facts): readonly Placing[] {
  const { grain } = workspace.loaded.charter.reporting;
  const coarse: Grain = grain === 'financial-year' ? 'financial-year' : 'year';
  const ended = ends.wall;
  const { dialect } = workspace.warehouse;
  const of = (id: string, title: string, by: Grain): Placing => {
    const finished = sql`select case_id, cast(${dialect.periodStart(by, ended)} as varchar) as side from case_facts where duration_days is not null and ${ended} is not null`;
    const begun = sql`select cast(${dialect.periodStart(by, sql`first_at_wall`)} as varchar) as side from case_facts where first_at_wall is not null`;
    return {
      id,
      title,
      rule: 'A case belongs to the period in which it ended; cases still open belong to none. A period in which hardly any case began holds what was left over, the longest cases, and is left out.',
      label: (value) => periodLabel(by, value),
      isPeriod: true,
      rows: sql`select case_id, side from (${finished}) as f where side in (select side from (
  select side, 1 as ended, 0 as began from (${finished}) as e union all select side, 0 as ended, 1 as began from (${begun}) as b) as both_ends
  group by side having ${mostLeftOver} * sum(began) >= sum(ended))`,
    };
  };
  const finer = grain === coarse || grain === 'day' || grain === 'week' ? 'month' : grain;
  return [
    of('year', 'Year in which the case ended', coarse),
    of(finer, `${finer === 'quarter' ? 'Quarter' : 'Month'} in which the case ended`, finer),
  ];
}

/**
 * Makes `compared`: a row for each dimension and case (by id and by number) with the side it lies on, for sides of thirty cases or more,
 * at most twelve a dimension (those of most cases; of periods the latest). Dimensions of fewer than two are left out.
 */
export async function placeCases(
  workspace: FindWorkspace,
  facts: Facts,
  log: QueryRecord[],
  sample: CaseSample = everyCase,
): Promise<{ readonly dimensions: readonly PlacedDimension[]; readonly oneIn: number }> {
  const { warehouse } = workspace;
  const { dialect } = warehouse;
  const [state] = await warehouse.query<Row & { steps: number }>(
    sql`select count(*) as steps from work_steps`,
  );
  const placings = [...groups(workspace, facts), teams, ...periods(workspace, facts)];
  const steps = sample.oneIn === 1 ? (state?.steps ?? 0) : sample.steps;
  const wanted = Math.max(1, Math.ceil((steps * placings.length) / mostRows));
  // A multiple of one in so many, so that every case compared is one of the sample.
  const oneIn = sample.oneIn * Math.ceil(wanted / sample.oneIn);
  const sampled = oneIn === 1 ? sql`true` : sql`${dialect.bucket(sql`p.case_id`, oneIn)} = 0`;
  const all = placings.map(
    ({ id, rows }) =>
      sql`select ${id} as dimension, p.case_id as case_id, p.side as side from (${rows}) as p where ${sampled}`,
  );
  const place = dialect.createTemporary('table', identifier('placed_cases'), joinSql(all, ' union all '));
  log.push(
    warehouse.explain({
      name: 'placed_cases',
      purpose: 'On which side each case lies, by group, team and period.',
      sql: place,
    }),
  );
  await warehouse.run(place);
  const sizes = await runStep<Row & { dimension: string; value: string; cases: number }>(
    warehouse,
    {
      name: 'side_sizes',
      purpose: `Sides of at least ${leastOfSide} cases.`,
      sql: sql`select dimension, side as value, count(*) as cases from placed_cases group by dimension, side
having count(*) >= ${leastOfSide} order by dimension, count(*) desc, side`,
    },
    log,
  );
  const dimensions = placings.flatMap(({ isPeriod, rows: _, ...dimension }) => {
    const own = sizes.filter((size) => size.dimension === dimension.id);
    const ordered = isPeriod ? own.toSorted((a, b) => (a.value < b.value ? 1 : -1)) : own;
    const values = ordered.slice(0, mostSides).map(({ value, cases }) => ({ value, cases }));
    return values.length < 2 ? [] : [{ ...dimension, values }];
  });
  const kept = dimensions.flatMap(({ id, values }) =>
    values.map(({ value }) => sql`(dimension = ${id} and side = ${value})`),
  );
  // A number for each case: telling cases apart by number takes half as long as by name.
  const numbers = sql`select case_id, row_number() over (order by case_id) as number from (select distinct case_id from placed_cases) as each_case`;
  const body = sql`select p.dimension as dimension, p.case_id as compared_id, p.side as side, n.number as compared_number
from placed_cases as p join (${numbers}) as n on n.case_id = p.case_id where ${kept.length === 0 ? sql`false` : joinSql(kept, ' or ')}`;
  await warehouse.run(dialect.createTemporary('table', identifier('compared'), body));
  return { dimensions, oneIn };
}
