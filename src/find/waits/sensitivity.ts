import type { QueryRecord } from '../../core/index.ts';
import { type Row, sql, type Warehouse } from '../../stores/index.ts';
import { concurrentSteps } from './concurrency.ts';
import { decompose } from './decompose.ts';
import { enableLog, type LogEnabling, loadEnabling } from './enable-log.ts';
import { type CauseSums, type ExplainedWaits, sumCauses } from './explain-waits.ts';
import { instancesTable } from './instances.ts';
import { hasStatuses, prepareStatusPieces } from './marks.ts';

/** The split of waits under other settings than the usual. */
export interface SensitivityRow {
  readonly gapMinutes: number;
  readonly threshold: number;
  /** Microseconds by cause, over the cases that were taken. */
  readonly sums: CauseSums;
}

/** How much the split depends on two settings of the method. */
export interface Sensitivity {
  readonly rows: readonly SensitivityRow[];
  /** One case in so many was taken, by a hash of its id; 1 where all were. */
  readonly oneIn: number;
}

const gaps = [0, 5, 15];
const thresholds = [0.8, 0.9, 0.95];
/** Over so many waits a sample of cases is enough to see what a setting changes. */
const mostWaits = 100_000;

async function sampled(warehouse: Warehouse, { cases }: LogEnabling, oneIn: number) {
  if (oneIn === 1) return undefined;
  const rows = await warehouse.query<Row & { number: number }>(
    sql`select number from wait_cases where ${warehouse.dialect.bucket(sql`case_id`, oneIn)} = 0`,
  );
  const taken = new Set(rows.map(({ number }) => number));
  return (id: number) => taken.has(cases[id - 1] as number);
}

/** The split with pauses of 0, 5 and 15 minutes inside batches, and with h at 0.8, 0.9 and 0.95. */
export async function sensitivityOf(
  warehouse: Warehouse,
  explained: ExplainedWaits,
  log: QueryRecord[],
): Promise<Sensitivity> {
  const { settings, marks, hours, pairs, counts, enabling } = explained;
  const oneIn = Math.max(1, Math.ceil(explained.transitions / mostWaits));
  const isAsked = await sampled(warehouse, enabling, oneIn);
  const byStatus = hasStatuses(settings.marks);
  const noted: QueryRecord[] = [];

  const split = async (gapMinutes: number, own: LogEnabling): Promise<CauseSums> => {
    const into = 'wait_causes_otherwise';
    if (byStatus && own !== enabling) {
      await loadEnabling(warehouse, own, 'wait_enabled_otherwise');
      await prepareStatusPieces(
        warehouse,
        settings.marks,
        'wait_enabled_otherwise',
        'wait_status_otherwise',
        noted,
      );
    }
    await decompose(
      warehouse,
      {
        enabling: own,
        marks,
        gapSeconds: gapMinutes * 60,
        offDuty: hours.offDuty,
        into,
        ...(isAsked ? { isAsked } : {}),
        ...(byStatus
          ? { statusPieces: own === enabling ? 'wait_status_pieces' : 'wait_status_otherwise' }
          : {}),
      },
      noted,
    );
    return sumCauses(warehouse, into, noted);
  };

  const known = JSON.stringify(explained.concurrent.pairs());
  const rows: SensitivityRow[] = [];
  for (const gapMinutes of gaps)
    rows.push({
      gapMinutes,
      threshold: settings.threshold,
      sums:
        oneIn === 1 && gapMinutes * 60 === settings.gapSeconds
          ? explained.sums
          : await split(gapMinutes, enabling),
    });
  const usual = rows[0]?.sums;
  for (const threshold of thresholds) {
    if (threshold === settings.threshold || !usual) continue;
    const concurrent = concurrentSteps(pairs, threshold);
    const isSame = JSON.stringify(concurrent.pairs()) === known;
    const own = isSame
      ? enabling
      : await enableLog(warehouse, instancesTable, counts.instances, concurrent, noted);
    rows.push({ gapMinutes: 0, threshold, sums: isSame ? usual : await split(0, own) });
  }
  log.push(...noted.filter(({ name }) => name === 'wait_totals').slice(0, 1));
  return { rows, oneIn };
}
