import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QueryRecord } from '../../core/index.ts';
import { type LogHandle, openLog } from '../../ingest/index.ts';
import { gatherWaits, type WaitEvidence } from './evidence.ts';
import { usualGapSeconds, usualThreshold, type WaitSettings } from './explain-waits.ts';
import { noMarks } from './marks.ts';
import { type Transition, transitionsStep } from './transitions.ts';

/** One piece of work of a made log; times as ISO text without an offset, read in UTC. */
export interface MadeWork {
  readonly case: string;
  readonly step: string;
  readonly start?: string;
  readonly end: string;
  readonly worker?: string;
  readonly team?: string;
  readonly minutes?: number;
  readonly kind?: string;
}

/** Rows as a CSV with a start and an end column. */
export function csvOf(rows: readonly MadeWork[]): string {
  const lines = rows.map(
    ({ case: id, step, start = '', end, worker = '', team = '', minutes = '', kind = '' }) =>
      [id, step, start, end, worker, team, minutes, kind].join(','),
  );
  return `case_id,activity,start_time,end_time,resource,team,minutes,kind\n${lines.join('\n')}\n`;
}

/** Opens a log from text, uses it, and cleans up. */
export async function withLog<T>(csv: string, use: (handle: LogHandle) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'waits-'));
  try {
    const file = join(folder, 'log.csv');
    writeFileSync(file, csv);
    const handle = await openLog(file, { namesWorkers: true });
    try {
      return await use(handle);
    } finally {
      await handle.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is found in a log, and its transitions by worker. */
export interface FoundWaits {
  readonly evidence: WaitEvidence;
  readonly transitions: readonly Transition[];
}

/** Works out the waits of an opened log. */
export async function waitsIn(handle: LogHandle, settings: Partial<WaitSettings> = {}): Promise<FoundWaits> {
  const log: QueryRecord[] = [];
  const evidence = await gatherWaits(
    handle.warehouse,
    { hours: null, marks: noMarks, gapSeconds: usualGapSeconds, threshold: usualThreshold, ...settings },
    log,
  );
  if (!evidence) throw new Error('the log has no finished step');
  const { sql: query } = transitionsStep(handle.warehouse, 'worker', 'names');
  return { evidence, transitions: await handle.warehouse.query<Transition>(query) };
}
