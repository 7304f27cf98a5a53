import type { QueryRecord } from '../../core/index.ts';
import type { Warehouse } from '../../stores/index.ts';
import { concurrentSteps } from './concurrency.ts';
import { type CauseSums, decompose } from './decompose.ts';
import { enableLog } from './enable-log.ts';
import type { ExplainedWaits } from './explain-waits.ts';
import { instancesTable } from './instances.ts';
import { statusPiecesOf } from './status-pieces.ts';

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

const thresholds = [0.8, 0.9, 0.95];
/** The split with other pauses inside batches, as already worked out, and with h at 0.8, 0.9 and 0.95. */
export async function sensitivityOf(warehouse: Warehouse, explained: ExplainedWaits): Promise<Sensitivity> {
  const { settings, marks, hours, pairs, counts, sample, byGap } = explained;
  const rows: SensitivityRow[] = byGap.map(({ gapSeconds, sums }) => ({
    gapMinutes: gapSeconds / 60,
    threshold: settings.threshold,
    sums,
  }));
  const known = JSON.stringify(explained.concurrent.pairs());
  const [usual] = byGap;
  const noted: QueryRecord[] = [];
  for (const threshold of thresholds) {
    if (threshold === settings.threshold || !usual) continue;
    const concurrent = concurrentSteps(pairs, threshold);
    let { sums } = usual;
    if (JSON.stringify(concurrent.pairs()) !== known) {
      const enabling = await enableLog(warehouse, instancesTable, counts.instances, concurrent, noted);
      const statusPieces = await statusPiecesOf(warehouse, settings.marks, enabling, '_otherwise', noted);
      const { sampled } = await decompose(
        warehouse,
        {
          enabling,
          marks,
          gaps: [settings.gapSeconds],
          offDuty: hours.offDuty,
          statusPieces,
          isSampled: sample.isSampled,
          into: null,
        },
        noted,
      );
      sums = sampled[0] ?? sums;
    }
    rows.push({ gapMinutes: settings.gapSeconds / 60, threshold, sums });
  }
  return { rows, oneIn: sample.oneIn };
}
