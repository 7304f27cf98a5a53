import type { QueryRecord } from '../../core/index.ts';
import type { Warehouse } from '../../stores/index.ts';
import { concurrentSteps } from './concurrency.ts';
import { decompose } from './decompose.ts';
import { enableLog, type LogEnabling } from './enable-log.ts';
import type { ExplainedWaits } from './explain-waits.ts';
import type { OffDutyOf } from './hours-rule.ts';
import { instancesTable } from './instances.ts';
import type { CauseSums } from './settlement.ts';
import { statusPiecesOf } from './status-pieces.ts';

/** The split of waits under other settings than the usual. */
export interface SensitivityRow {
  readonly gapMinutes: number;
  readonly threshold: number;
  /** The share of weeks from which an inferred hour counts as worked, where it is not the usual. */
  readonly confidence?: number;
  /** Microseconds by cause, over the cases that were taken. */
  readonly sums: CauseSums;
}

/** How much the split depends on two settings of the method. */
export interface Sensitivity {
  readonly rows: readonly SensitivityRow[];
  /** One case in so many was taken, by a hash of its id; 1 where all were. */
  readonly oneIn: number;
}

const thresholds = [0.8, 0.9, 0.95];
/** The split with other pauses inside batches, as already worked out, with h at 0.8, 0.9 and 0.95, and with other hours. */
export async function sensitivityOf(warehouse: Warehouse, explained: ExplainedWaits): Promise<Sensitivity> {
  const { settings, marks, hours, pairs, counts, sample, byGap, enabling } = explained;
  const { threshold: usual, gapSeconds } = settings;
  const gapMinutes = gapSeconds / 60;
  const noted: QueryRecord[] = [];
  const split = async (own: LogEnabling, offDuty: OffDutyOf): Promise<CauseSums | undefined> => {
    const statusPieces = await statusPiecesOf(warehouse, settings.marks, own, '_otherwise', noted);
    const { sampled } = await decompose(
      warehouse,
      {
        enabling: own,
        marks,
        gaps: [gapSeconds],
        offDuty,
        statusPieces,
        isSampled: sample.isSampled,
        into: null,
        ...(settings.signal ? { signal: settings.signal } : {}),
      },
      noted,
    );
    return sampled[0];
  };
  const rows: SensitivityRow[] = byGap.map((row) => ({
    gapMinutes: row.gapSeconds / 60,
    threshold: usual,
    sums: row.sums,
  }));
  const known = JSON.stringify(explained.concurrent.pairs());
  for (const threshold of thresholds.filter((other) => other !== usual)) {
    const concurrent = concurrentSteps(pairs, threshold);
    const isSame = JSON.stringify(concurrent.pairs()) === known;
    const sums = isSame
      ? byGap[0]?.sums
      : await split(
          await enableLog(warehouse, instancesTable, counts.instances, concurrent, noted),
          hours.offDuty,
        );
    if (sums) rows.push({ gapMinutes, threshold, sums });
  }
  for (const { confidence, offDuty } of hours.otherwise ?? []) {
    const sums = await split(enabling, offDuty);
    if (sums) rows.push({ gapMinutes, threshold: usual, confidence, sums });
  }
  return { rows, oneIn: sample.oneIn };
}
