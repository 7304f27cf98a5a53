import type { QueryRecord } from '../../core/index.ts';
import { type ColumnSpec, canonicalTables, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import { withoutNearCopies } from '../queries/overlap.ts';
import { defaultSettings, type PatternId, type PatternSettings, patterns } from './alert.ts';
import { allTests } from './all-tests.ts';
import { type Cluster, clusterAlerts } from './cluster.ts';
import { type Contrast, casesOfContrast, contrasts } from './contrast.ts';
import { preparePatterns } from './prepare.ts';
import { beginAlerts, raiseAlerts } from './raise-alerts.ts';

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

/** Columns of events beside those of every log. */
async function attributesOf(warehouse: Warehouse): Promise<readonly ColumnSpec[]> {
  const own = new Set(canonicalTables.events.map(({ name }) => name as string));
  const others = new Set(['person', 'lifecycle', 'instance', 'previous_contact', 'first_contact', 'line']);
  return (await warehouse.columns('events')).filter(({ name }) => !own.has(name) && !others.has(name));
}

/** Looks for possible workarounds in the events and cases of a warehouse; `groups` are columns of the cases. */
export async function possibleWorkarounds(
  warehouse: Warehouse,
  groups: readonly ColumnSpec[],
  log: QueryRecord[],
  settings: PatternSettings = defaultSettings,
): Promise<WorkaroundSearch> {
  await preparePatterns(warehouse, log);
  await beginAlerts(warehouse);
  const alerts = [];
  for (const test of allTests(warehouse, await attributesOf(warehouse), settings))
    alerts.push({ pattern: test.pattern, ...(await raiseAlerts(warehouse, test, true, log)) });
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
    ...compared.map((contrast) => ({
      pattern: 'contrast' as const,
      cluster: null,
      contrast,
      cases: contrast.x1,
      affected: idsOf(casesOfContrast(contrast)),
    })),
  ];
  const ordered = all.toSorted((a, b) => simplicity(a) - simplicity(b) || b.cases - a.cases);
  return { found: await withoutNearCopies(warehouse, ordered), alerts };
}
