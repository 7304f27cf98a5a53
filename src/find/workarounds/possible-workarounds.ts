import type { QueryRecord } from '../../core/index.ts';
import {
  type ColumnSpec,
  canonicalTables,
  identifier,
  joinSql,
  type Row,
  type Sql,
  sql,
  type Warehouse,
} from '../../stores/index.ts';
import { type CaseSample, everyCase, scaleOf } from '../queries/case-sample.ts';
import { firstOfCopies, nearCopies } from '../queries/overlap.ts';
import { defaultSettings, type PatternId, type PatternSettings, patterns } from './alert.ts';
import { allTests } from './all-tests.ts';
import { dropChanceRepeats } from './chance-repeats.ts';
import { type Cluster, clusterAlerts } from './cluster.ts';
import { type Contrast, contrasts, markContrasts } from './contrast.ts';
import { preparePatterns } from './prepare.ts';
import { beginAlerts, raiseAlerts } from './raise-alerts.ts';
import { type AmountLimit, raiseSplitCases } from './split-cases.ts';

/** A sign that work is not done as it is meant to be: what was found, in which cases. */
export interface PossibleWorkaround {
  readonly pattern: PatternId;
  readonly cluster: Cluster | null;
  readonly contrast: Contrast | null;
  /** Of a sampled log an estimate for all cases, as are the counts of the cluster or contrast. */
  readonly cases: number;
  /** The cases that were seen; all of them where all cases were searched. */
  readonly seen: number;
  /** The ids of the cases that were seen, as a query of `case_id`. */
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

function simplicity({ pattern }: Pick<PossibleWorkaround, 'pattern'>): number {
  const place = simplestFirst.indexOf(pattern);
  return place < 0 ? simplestFirst.length + patterns[pattern].number : place;
}

/** The ids of the cases under a place in `workaround_members`. */
const idsOf = (place: number): Sql =>
  sql`select case_id from pattern_cases where number in (select member from workaround_members where item = ${place})`;

/** Everything that was found, with its cases under its place in `workaround_members`. */
async function foundIn(
  warehouse: Warehouse,
  clusters: readonly Cluster[],
  compared: readonly Contrast[],
): Promise<readonly PossibleWorkaround[]> {
  await markContrasts(warehouse, compared);
  const members = joinSql(
    [
      ...clusters.map(
        ({ selects }, place) =>
          sql`select cast(${place} as bigint) as item, case_no as member from (${selects}) as one`,
      ),
      sql`select cast(${clusters.length} as bigint) + contrast as item, case_no as member from contrast_members`,
    ],
    ' union all ',
  );
  await warehouse.run(warehouse.dialect.createTemporary('table', identifier('workaround_members'), members));
  const sizes = await warehouse.query<Row & { item: number; n: number }>(
    sql`select item, count(*) as n from workaround_members group by item`,
  );
  const sizeOf = new Map(sizes.map(({ item, n }) => [item, n]));
  const all = [
    ...clusters.map((cluster) => ({ pattern: cluster.pattern, cluster, contrast: null })),
    ...compared.map((contrast) => ({ pattern: 'contrast' as const, cluster: null, contrast })),
  ].map((found, place) => {
    const cases = sizeOf.get(place) ?? 0;
    return { ...found, place, cases, seen: cases, affected: idsOf(place) };
  });
  const isCopy = await nearCopies(warehouse, sql`select item, member from workaround_members`);
  return firstOfCopies(
    all.toSorted((a, b) => simplicity(a) - simplicity(b) || b.cases - a.cases),
    (a, b) => isCopy(a.place, b.place),
  );
}

/** Columns of events beside those of every log. */
async function attributesOf(warehouse: Warehouse): Promise<readonly ColumnSpec[]> {
  const own = new Set(canonicalTables.events.map(({ name }) => name as string));
  const others = new Set(['person', 'lifecycle', 'instance', 'previous_contact', 'first_contact', 'line']);
  return (await warehouse.columns('events')).filter(({ name }) => !own.has(name) && !others.has(name));
}

/** What was seen in a sample, with its counts as they would be of all cases. */
function scaled(found: PossibleWorkaround, scale: number): PossibleWorkaround {
  if (scale === 1) return found;
  const { cluster, contrast } = found;
  const up = (count: number) => Math.round(count * scale);
  return {
    ...found,
    cases: up(found.seen),
    cluster: cluster && { ...cluster, cases: up(cluster.cases) },
    contrast: contrast && {
      ...contrast,
      ...{ x1: up(contrast.x1), n1: up(contrast.n1), x0: up(contrast.x0), n0: up(contrast.n0) },
    },
  };
}

/** What to leave out, and how far from the usual is unusual. */
export interface WorkaroundOptions {
  /** Steps that repeat by design: their repeats are no alert. */
  readonly allowed?: readonly string[];
  readonly settings?: PatternSettings;
  /** Limits of amounts below which cases may be kept by splitting them. */
  readonly limits?: readonly AmountLimit[];
  /** The cases that are searched; chains of cases that may be one are looked for only where all are. */
  readonly sample?: CaseSample;
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
  { allowed = [], settings = defaultSettings, limits = [], sample = everyCase }: WorkaroundOptions = {},
): Promise<WorkaroundSearch> {
  await preparePatterns(warehouse, log, sample);
  await beginAlerts(warehouse);
  const alerts: { pattern: PatternId; raised: number; kept: number }[] = [];
  for (const test of allTests(warehouse, await attributesOf(warehouse), settings))
    alerts.push({ pattern: test.pattern, ...(await raiseAlerts(warehouse, test, true, log)) });
  if (limits.length > 0 && sample.oneIn === 1)
    alerts.push({ pattern: 'split-cases' as const, ...(await raiseSplitCases(warehouse, limits, log)) });
  await allowRepeats(warehouse, allowed);
  await dropChanceRepeats(warehouse, log);
  const left = await warehouse.query<Row & { pattern: PatternId; n: number }>(
    sql`select pattern, count(*) as n from pattern_alerts group by pattern`,
  );
  const leftOf = new Map(left.map(({ pattern, n }) => [pattern, n]));
  const clusters = await clusterAlerts(warehouse);
  const compared = await contrasts(warehouse, groups, log);
  return {
    found: (await foundIn(warehouse, clusters, compared)).map((found) => scaled(found, scaleOf(sample))),
    // A pattern may have several tests, and alerts of repeats are taken back after all have run.
    alerts: [...Map.groupBy(alerts, ({ pattern }) => pattern)].map(([pattern, tests]) => ({
      pattern,
      raised: tests.reduce((sum, { raised }) => sum + raised, 0),
      kept: leftOf.get(pattern) ?? 0,
    })),
  };
}
