import { type Interval, leastCases, normalQuantileFor, type QueryRecord } from '../../core/index.ts';
import { identifier, runStep, sql } from '../../stores/index.ts';
import type { MeasureWorkspace } from '../workspace.ts';
import { between, count, isLinked, isResolved } from './count-contacts.ts';
import { issueContacts } from './link-issues.ts';

const issues = identifier(issueContacts);
const level = 0.95;

/** Every contact that people made in some periods, and what became of the issues. */
export interface Need {
  readonly contacts: number;
  readonly recordedAnswered: number;
  readonly handled: number;
  readonly linked: number;
  /** Issues that ended in the periods: the last contact on each, with no other in the days after it. */
  readonly issues: number;
  /** Of those, the ones whose last contact somebody handled, with nothing still to be done. */
  readonly resolved: number;
  /** Share of contacts that somebody handled, with its range; null where fewer than ten stand behind it. */
  readonly bySomebody: RangedShare | null;
  /** Share of contacts that settled their issue: handled, nothing still to be done, no other in the days after. */
  readonly settling: RangedShare | null;
}

/** A share with its range. */
export interface RangedShare {
  readonly value: number;
  readonly interval: Interval;
}

/** Sums of a ratio's two parts over persons, with their squares and products. */
interface RatioSums {
  readonly part: number;
  readonly whole: number;
  readonly partPart: number;
  readonly partWhole: number;
  readonly wholeWhole: number;
}

/**
 * A ratio of sums over persons, each with all of their contacts, with its range by linearisation (Cochran, 1977,
 * Sampling techniques, eq. 6.13): variance Σ (y − r·x)² / (Σ x)².
 */
function ratioOver({ part, whole, partPart, partWhole, wholeWhole }: RatioSums): RangedShare | null {
  if (whole < leastCases) return null;
  const value = part / whole;
  const variance = (partPart - 2 * value * partWhole + value ** 2 * wholeWhole) / whole ** 2;
  const half = normalQuantileFor(level) * Math.sqrt(Math.max(0, variance));
  return {
    value,
    interval: {
      low: Math.max(0, value - half),
      high: Math.min(1, value + half),
      level,
      method: 'ratio over persons, linearised',
      meaning:
        'If the same people came again as by chance, 95 of 100 such ranges would hold the true value. Contacts of one person are kept together.',
    },
  };
}

/** Counts need whole: calls given up and automated messages are in it, so that no issue is lost by not being handled. */
export async function countNeed(
  workspace: MeasureWorkspace,
  days: number,
  starts: readonly string[],
  log: QueryRecord[],
): Promise<Need> {
  const { warehouse } = workspace;
  const isLast = sql`(${isLinked} and (until_next is null or until_next > ${days * 86_400}))`;
  const [row] = await runStep(
    warehouse,
    {
      name: 'need',
      purpose: 'Every contact that people made, answered or not, and the issues that ended with one.',
      sql: sql`select count(*) as contacts, ${count(sql`recorded_answered = 1`)} as recorded, ${count(sql`handled = 1`)} as handled,
  ${count(isLinked)} as linked, ${count(isLast)} as issues, ${count(sql`handled = 1 and ${isResolved(days)}`)} as resolved
from ${issues} where ${between(starts, warehouse.dialect.dateValue)}`,
    },
    log,
  );
  const [ratios] = await runStep(
    warehouse,
    {
      name: 'need-by-person',
      purpose: 'The same by person, whose contacts hang together, for the ranges of the shares.',
      sql: sql`with each_person as (
  select cast(count(*) as double) as n, cast(${count(sql`handled = 1`)} as double) as h, cast(${count(isLinked)} as double) as l,
    cast(${count(sql`handled = 1 and ${isResolved(days)}`)} as double) as s
  from ${issues} where ${between(starts, warehouse.dialect.dateValue)} group by coalesce(who, root))
select sum(n) as n, sum(h) as h, sum(h * h) as hh, sum(h * n) as hn, sum(n * n) as nn,
  sum(l) as l, sum(s) as s, sum(s * s) as ss, sum(s * l) as sl, sum(l * l) as ll from each_person`,
    },
    log,
  );
  const of = (key: string) => Number(ratios?.[key] ?? 0);
  const sums = (y: string, x: string): RatioSums => ({
    ...{ part: of(y), whole: of(x) },
    ...{ partPart: of(y + y), partWhole: of(y + x), wholeWhole: of(x + x) },
  });
  return {
    bySomebody: ratioOver(sums('h', 'n')),
    settling: ratioOver(sums('s', 'l')),
    contacts: Number(row?.contacts ?? 0),
    recordedAnswered: Number(row?.recorded ?? 0),
    handled: Number(row?.handled ?? 0),
    linked: Number(row?.linked ?? 0),
    issues: Number(row?.issues ?? 0),
    resolved: Number(row?.resolved ?? 0),
  };
}
