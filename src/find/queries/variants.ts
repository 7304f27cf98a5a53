import type { QueryRecord } from '../../core/index.ts';
import { identifier, joinSql, type Row, runStep, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import { workWays } from './ways.ts';

/** Where the ways of cases (`case_id`, `way`, `first_at`, `last_at`) and their steps are read from. */
export interface WaySource {
  readonly ways: Sql;
  readonly steps: Sql;
}

/** The ways of cases through the steps of the work alone, as `prepareWorkSteps` makes them. */
export const waysOfWork: WaySource = { ways: sql`${identifier(workWays)}`, steps: sql`work_steps` };

/** The ways of cases through every event with a time, as the import stores them. */
export const waysOfEvents: WaySource = {
  ways: sql`(select case_id, variant as way, first_at, last_at from cases where variant is not null) as stored_ways`,
  steps: sql`(select case_id, position, step from events where ${identifier('at')} is not null) as timed`,
};

/** How many different sequences of steps there are, and how concentrated they are. */
export interface VariantCounts extends Row {
  readonly variants: number;
  readonly single: number;
  readonly cases: number;
}

/** One variant: its sequence of steps, how many cases follow it, and the median of their days from first to last step. */
export interface Variant {
  readonly cases: number;
  readonly steps: readonly string[];
  readonly medianDays: number | null;
}

/** Counts the variants by the fingerprint of each case. */
export async function variantCounts(
  warehouse: Warehouse,
  { ways }: WaySource,
  log: QueryRecord[],
): Promise<VariantCounts> {
  const [row] = await runStep<VariantCounts>(
    warehouse,
    {
      name: 'variant_counts',
      purpose: 'How many different sequences of steps there are, and how many are followed by one case.',
      sql: sql`select count(*) as variants, coalesce(sum(case when n = 1 then 1 else 0 end), 0) as single, coalesce(sum(n), 0) as cases
from (select way, count(*) as n from ${ways} group by way) as v`,
    },
    log,
  );
  return row ?? { variants: 0, single: 0, cases: 0 };
}

interface CommonVariant extends Row {
  readonly way: string;
  readonly cases: number;
  /** The id of one case that follows it. */
  readonly example: string;
}

/** The fingerprints of the most frequent variants, most first; ties by fingerprint. */
export function commonVariants(
  warehouse: Warehouse,
  { ways }: WaySource,
  most: number,
  log: QueryRecord[],
): Promise<readonly CommonVariant[]> {
  return runStep<CommonVariant>(
    warehouse,
    {
      name: 'top_variants',
      purpose: `The ${most} most frequent sequences, each with one case that shows it.`,
      sql: sql`select way, count(*) as cases, min(case_id) as example from ${ways}
group by way order by count(*) desc, way limit ${most}`,
    },
    log,
  );
}

/** The most frequent variants, each read from one of its cases; ties by fingerprint. */
export async function topVariants(
  warehouse: Warehouse,
  source: WaySource,
  most: number,
  log: QueryRecord[],
): Promise<readonly Variant[]> {
  const top = await commonVariants(warehouse, source, most, log);
  if (top.length === 0) return [];
  const examples = joinSql(
    top.map(({ example }) => sql`${example}`),
    ', ',
  );
  const rows = await runStep<Row & { case_id: string; step: string }>(
    warehouse,
    {
      name: 'variant_steps',
      purpose: 'The steps of those sequences, in order.',
      sql: sql`select case_id, step from ${source.steps} where case_id in (${examples}) order by case_id, position`,
    },
    log,
  );
  const chosen = joinSql(
    top.map(({ way }) => sql`${way}`),
    ', ',
  );
  const { dialect } = warehouse;
  const days = sql`${dialect.secondsBetween(sql`first_at`, sql`last_at`)} / 86400.0`;
  const medians = await runStep<Row & { way: string; median: number | null }>(
    warehouse,
    {
      name: 'variant_days',
      purpose: 'Median days from first to last step of the cases of those sequences.',
      sql: sql`select way, ${dialect.quantile(sql`days`, 0.5)} as median
from (select way, ${days} as days from ${source.ways} where way in (${chosen})) as c group by way order by way`,
    },
    log,
  );
  const medianOf = new Map(medians.map(({ way, median }) => [way, median]));
  const steps = Map.groupBy(rows, ({ case_id }) => case_id);
  return top.map(({ cases, example, way }) => ({
    cases,
    medianDays: medianOf.get(way) ?? null,
    steps: (steps.get(example) ?? []).map(({ step }) => step),
  }));
}
