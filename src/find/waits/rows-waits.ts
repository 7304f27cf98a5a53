import type { QueryRecord } from '../../core/index.ts';
import { identifier, joinSql, type Row, sql, type Warehouse } from '../../stores/index.ts';
import { type WaitCause, waitCauses } from './causes.ts';
import { cycleTimeEfficiency, efficiencyWithout, waitingOf } from './efficiency.ts';
import { explainWaits } from './explain-waits.ts';
import type { HoursRule } from './hours-rule.ts';
import { namesOf } from './instances.ts';
import { noMarks } from './marks.ts';
import { inSeconds, type ReportedWaits, reportedWaits } from './reported-waits.ts';
import { type CauseDetail, shownCauses } from './shown-causes.ts';
import { type WorkRow, withWorkRows } from './work-rows.ts';

/** The wait before one piece of work, in seconds by cause; rows are places in what was given, from 1. */
export interface RowWait extends ReportedWaits {
  readonly row: number;
  /** The piece of work that let it begin. */
  readonly source: number;
  readonly enabled: string;
  readonly started: string;
  readonly estimated: boolean;
}

/** The waits of a log given as rows, all by themselves. */
export interface RowsWaits {
  readonly concurrent: readonly (readonly [string, string])[];
  readonly waits: readonly RowWait[];
  readonly totals: ReportedWaits;
  readonly processing: number;
  readonly cycleTimeEfficiency: number | null;
  readonly without: Readonly<Record<string, number | null>>;
  /** Names whose pieces of work overlap too much for one person. */
  readonly severalAtOnce: readonly string[];
}

/** What may be said of how to work them out. */
export interface RowsWaitsSettings {
  readonly hours: HoursRule | null;
  readonly gapSeconds: number;
  readonly threshold: number;
}

type FoundRow = Row &
  Readonly<Record<WaitCause, number>> & {
    readonly row: number;
    readonly source: number;
    readonly enabled: number;
    readonly started: number;
    readonly estimated: number;
  };

const micros = 1_000_000;
const iso = (us: number) => new Date(us / 1000).toISOString();

function singleWaits(warehouse: Warehouse): Promise<readonly FoundRow[]> {
  const causes = waitCauses.map((cause) => sql`coalesce(c.${identifier(cause)}, 0) as ${identifier(cause)}`);
  return warehouse.query<FoundRow>(
    sql`select t.seq as row, p.seq as source, e.enabled, t.started, t.estimated, ${joinSql(causes, ', ')}
from wait_instances as t join wait_enabled as e on e.id = t.id join wait_instances as p on p.id = e.source
left join wait_causes as c on c.id = t.id order by t.seq`,
  );
}

/** Works out the wait before each of the rows, by cause; null where none is finished. */
export function waitsOfRows(
  rows: readonly WorkRow[],
  settings: RowsWaitsSettings,
): Promise<RowsWaits | null> {
  return withWorkRows(rows, async (warehouse) => {
    const log: QueryRecord[] = [];
    const explained = await explainWaits(warehouse, { ...settings, marks: noMarks }, log);
    if (!explained) return null;
    const { sums, counts, concurrent, workers } = explained;
    const detail: CauseDetail =
      counts.withoutStart > 0 ? 'two' : explained.hours.kind === 'none' ? 'four' : 'five';
    const steps = await namesOf(warehouse, 'step');
    const people = await namesOf(warehouse, 'worker');
    const waits = await singleWaits(warehouse);
    return {
      concurrent: concurrent.pairs().map(([a, b]) => [steps.get(a) ?? '', steps.get(b) ?? ''] as const),
      waits: waits.map((wait) => ({
        row: wait.row,
        source: wait.source,
        enabled: iso(wait.enabled),
        started: iso(wait.started),
        estimated: wait.estimated === 1,
        ...reportedWaits(detail, inSeconds(wait), (wait.started - wait.enabled) / micros),
      })),
      totals: reportedWaits(detail, inSeconds(sums), waitingOf(sums) / micros),
      processing: sums.processing / micros,
      cycleTimeEfficiency: cycleTimeEfficiency(sums),
      without: Object.fromEntries(
        shownCauses(detail, sums).map((cause) => [cause.key, efficiencyWithout(sums, cause)]),
      ),
      severalAtOnce: workers
        .filter(({ worker, isOnePerson }) => worker !== 0 && !isOnePerson)
        .map(({ worker }) => people.get(worker) ?? ''),
    };
  });
}
