import type { QueryRecord } from '../../core/index.ts';
import {
  type ColumnSpec,
  canonicalTables,
  type Row,
  type Sql,
  sql,
  type Warehouse,
} from '../../stores/index.ts';
import { withoutNearCopies } from '../queries/overlap.ts';
import { defaultSettings, type PatternId, type PatternSettings, patterns } from './alert.ts';
import { allTests } from './all-tests.ts';
import { dropChanceRepeats } from './chance-repeats.ts';
import { type Cluster, clusterAlerts } from './cluster.ts';
import { type Contrast, casesOfContrast, contrasts } from './contrast.ts';
import { preparePatterns } from './prepare.ts';
import { beginAlerts, raiseAlerts } from './raise-alerts.ts';
import { type AmountLimit, raiseSplitCases } from './split-cases.ts';

/** A sign that work is not done as it is meant to be: what was found, in which cases. */
export interface PossibleWorkaround {
  readonly pattern: PatternId;
  readonly cluster: Cluster | null;
  readonly contrast: Contrast | null;
  readonly cases: number;
  /** The ids of the cases, as a query of `case_id`. */
  readonly affected: Sql;
}

/** What was looked at, and what came of it. */
export interface WorkaroundSearch {
  readonly found: readonly PossibleWorkaround[];
  /** Alerts by pattern, before and after chance findings were taken out. */
  readonly alerts: readonly { readonly pattern: PatternId; readonly raised: number; readonly kept: number }[];
}

/** Of findings about nearly the same cases the simplest is kept: patterns in this order, the others after. */
const simplestFirst: readonly PatternId[] = [
  'missing-step',
  'direct-repetition',
  'frequent-occurrence',
  'unusual-team',
  'value-changed',
  'split-cases',
  'contrast',
  'unusual-neighbour',
  'time-between',
];

function simplicity({ pattern }: PossibleWorkaround): number {
  const place = simplestFirst.indexOf(pattern);
  return place < 0 ? simplestFirst.length + patterns[pattern].number : place;
}

const idsOf = (numbers: Sql): Sql =>
  sql`select case_id from pattern_cases where number in (select case_no from (${numbers}) as flagged)`;

async function contrasted(warehouse: Warehouse, contrast: Contrast): Promise<PossibleWorkaround> {
  const numbers = casesOfContrast(contrast);
  const [size] = await warehouse.query<Row & { n: number }>(
    sql`select count(*) as n from (${numbers}) as members`,
  );
  return { pattern: 'contrast', cluster: null, contrast, cases: size?.n ?? 0, affected: idsOf(numbers) };
}

/** Columns of events beside those of every log. */
async function attributesOf(warehouse: Warehouse): Promise<readonly ColumnSpec[]> {
  const own = new Set(canonicalTables.events.map(({ name }) => name as string));
  const others = new Set(['person', 'lifecycle', 'instance', 'previous_contact', 'first_contact', 'line']);
  return (await warehouse.columns('events')).filter(({ name }) => !own.has(name) && !others.has(name));
}

/** What to leave out, and how far from the usual is unusual. */
export interface WorkaroundOptions {
  /** Steps that repeat by design: their repeats are no alert. */
  readonly allowed?: readonly string[];
  readonly settings?: PatternSettings;
  /** Limits of amounts below which cases may be kept by splitting them. */
  readonly limits?: readonly AmountLimit[];
}

const repeats: readonly PatternId[] = ['direct-repetition', 'frequent-occurrence', 'recurrent-sequence'];

/** Takes back alerts of repeats that the charter says are by design. */
async function allowRepeats(warehouse: Warehouse, allowed: readonly string[]): Promise<void> {
  for (const step of allowed)
    for (const pattern of repeats)
      await warehouse.run(
        sql`delete from pattern_alerts where pattern = ${pattern} and direction = 'more' and step in (select number from pattern_step_names where name = ${step})`,
      );
}

/** Looks for possible workarounds in the events and cases of a warehouse; `groups` are columns of the cases. */
export async function possibleWorkarounds(
  warehouse: Warehouse,
  groups: readonly ColumnSpec[],
  log: QueryRecord[],
  { allowed = [], settings = defaultSettings, limits = [] }: WorkaroundOptions = {},
): Promise<WorkaroundSearch> {
  await preparePatterns(warehouse, log);
  await beginAlerts(warehouse);
  const alerts: { pattern: PatternId; raised: number; kept: number }[] = [];
  for (const test of allTests(warehouse, await attributesOf(warehouse), settings))
    alerts.push({ pattern: test.pattern, ...(await raiseAlerts(warehouse, test, true, log)) });
  if (limits.length > 0)
    alerts.push({ pattern: 'split-cases' as const, ...(await raiseSplitCases(warehouse, limits, log)) });
  await allowRepeats(warehouse, allowed);
  await dropChanceRepeats(warehouse, log);
  const left = await warehouse.query<Row & { pattern: PatternId; n: number }>(
    sql`select pattern, count(*) as n from pattern_alerts group by pattern`,
  );
  const leftOf = new Map(left.map(({ pattern, n }) => [pattern, n]));
  const clusters = await clusterAlerts(warehouse);
  const compared = await contrasts(warehouse, groups, log);
  const all: readonly PossibleWorkaround[] = [
    ...clusters.map((cluster) => ({
      pattern: cluster.pattern,
      cluster,
      contrast: null,
      cases: cluster.cases,
      affected: idsOf(cluster.selects),
    })),
    ...(await Promise.all(compared.map((contrast) => contrasted(warehouse, contrast)))),
  ];
  const ordered = all.toSorted((a, b) => simplicity(a) - simplicity(b) || b.cases - a.cases);
  return {
    found: await withoutNearCopies(warehouse, ordered),
    // A pattern may have several tests, and alerts of repeats are taken back after all have run.
    alerts: [...Map.groupBy(alerts, ({ pattern }) => pattern)].map(([pattern, tests]) => ({
      pattern,
      raised: tests.reduce((sum, { raised }) => sum + raised, 0),
      kept: leftOf.get(pattern) ?? 0,
    })),
  };
}
