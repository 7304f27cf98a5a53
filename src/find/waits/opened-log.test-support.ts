import type { QueryRecord } from '../../core/index.ts';
import type { Warehouse } from '../../stores/index.ts';
import { gatherWaits, type WaitEvidence } from './evidence.ts';
import { usualGapSeconds, usualThreshold, type WaitSettings } from './explain-waits.ts';
import { noMarks } from './marks.ts';
import { type Transition, transitionsStep } from './transitions.ts';
import { type WorkRow, withWorkRows } from './work-rows.ts';

/** One piece of work of a made log; minutes since nine o'clock on Monday 2 March 2026, UTC. */
export interface MadeWork {
  readonly case: string | number;
  readonly step: string;
  readonly from?: number;
  readonly to: number;
  readonly worker?: string;
  readonly team?: string;
  readonly minutes?: number;
  readonly kind?: 'step' | 'status';
}

/** Nine o'clock on Monday 2 March 2026, UTC, in milliseconds. */
export const monday = Date.UTC(2026, 2, 2, 9);

function rowOf(work: MadeWork): WorkRow {
  const { case: id, step, from, to, worker = null, team = null, minutes = null, kind = 'step' } = work;
  const instant = (after: number) => monday + after * 60_000;
  return {
    case: String(id),
    step,
    started: from === undefined ? null : instant(from),
    finished: instant(to),
    worker,
    team,
    minutes,
    kind,
  };
}

/** What is found in a log, and its transitions by worker. */
export interface FoundWaits {
  readonly evidence: WaitEvidence;
  readonly transitions: readonly Transition[];
}

/** Works out the waits of an opened log. */
export async function waitsIn(
  warehouse: Warehouse,
  settings: Partial<WaitSettings> = {},
): Promise<FoundWaits> {
  const log: QueryRecord[] = [];
  const evidence = await gatherWaits(
    warehouse,
    { hours: null, marks: noMarks, gapSeconds: usualGapSeconds, threshold: usualThreshold, ...settings },
    log,
  );
  if (!evidence) throw new Error('the log has no finished step');
  const { sql: query } = transitionsStep(warehouse, 'worker', 'names');
  return { evidence, transitions: await warehouse.query<Transition>(query) };
}

/** Works out the waits of made work. */
export function waitsOf(
  work: readonly MadeWork[],
  settings: Partial<WaitSettings> = {},
): Promise<FoundWaits> {
  return withWorkRows(work.map(rowOf), (warehouse) => waitsIn(warehouse, settings));
}
