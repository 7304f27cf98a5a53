import type { QueryRecord } from '../../core/index.ts';
import { identifier, joinSql, type Row, runStep, sql, type Warehouse } from '../../stores/index.ts';

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

/** Counts the variants by the fingerprint that each case carries. */
export async function variantCounts(warehouse: Warehouse, log: QueryRecord[]): Promise<VariantCounts> {
  const [row] = await runStep<VariantCounts>(
    warehouse,
    {
      name: 'variant_counts',
      purpose: 'How many different sequences of steps there are, and how many are followed by one case.',
      sql: sql`select count(*) as variants, coalesce(sum(case when n = 1 then 1 else 0 end), 0) as single, coalesce(sum(n), 0) as cases
from (select variant, count(*) as n from cases where variant is not null group by variant) as v`,
    },
    log,
  );
  return row ?? { variants: 0, single: 0, cases: 0 };
}

interface CommonVariant extends Row {
  readonly variant: string;
  readonly cases: number;
  /** The id of one case that follows it. */
  readonly example: string;
}

/** The fingerprints of the most frequent variants, most first; ties by fingerprint. */
export function commonVariants(
  warehouse: Warehouse,
  most: number,
  log: QueryRecord[],
): Promise<readonly CommonVariant[]> {
  return runStep<CommonVariant>(
    warehouse,
    {
      name: 'top_variants',
      purpose: `The ${most} most frequent sequences, each with one case that shows it.`,
      sql: sql`select variant, count(*) as cases, min(case_id) as example from cases where variant is not null
group by variant order by count(*) desc, variant limit ${most}`,
    },
    log,
  );
}

/** The most frequent variants, each read from one of its cases; ties by fingerprint. */
export async function topVariants(
  warehouse: Warehouse,
  most: number,
  log: QueryRecord[],
): Promise<readonly Variant[]> {
  const top = await commonVariants(warehouse, most, log);
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
      sql: sql`select case_id, step from events where ${identifier('at')} is not null and case_id in (${examples})
order by case_id, position`,
    },
    log,
  );
  const chosen = joinSql(
    top.map(({ variant }) => sql`${variant}`),
    ', ',
  );
  const { dialect } = warehouse;
  const days = sql`${dialect.secondsBetween(sql`first_at`, sql`last_at`)} / 86400.0`;
  const medians = await runStep<Row & { variant: string; median: number | null }>(
    warehouse,
    {
      name: 'variant_days',
      purpose: 'Median days from first to last step of the cases of those sequences.',
      sql: sql`select variant, ${dialect.quantile(sql`days`, 0.5)} as median
from (select variant, ${days} as days from cases where variant in (${chosen})) as c group by variant order by variant`,
    },
    log,
  );
  const medianOf = new Map(medians.map(({ variant, median }) => [variant, median]));
  const steps = Map.groupBy(rows, ({ case_id }) => case_id);
  return top.map(({ cases, example, variant }) => ({
    cases,
    medianDays: medianOf.get(variant) ?? null,
    steps: (steps.get(example) ?? []).map(({ step }) => step),
  }));
}
