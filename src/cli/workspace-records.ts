import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { WellspentError } from '../core/index.ts';
import type { LoadedCharter } from '../define/index.ts';
import { workspaceContents } from '../ingest/index.ts';
import { type OpenRecordsOptions, openRecords, type Records, workspacePlace } from '../stores/index.ts';
import type { Effects } from './effects.ts';
import { fromCwd } from './files.ts';

/** The charter of a workspace as it stands. */
export function charterOf(effects: Effects, dir: string): LoadedCharter {
  return workspaceContents(fromCwd(effects, dir)).loaded;
}

/** Whether a folder holds a charter. */
export function isWorkspace(path: string): boolean {
  return existsSync(join(path, 'service.yaml'));
}

/** Opens the records of a workspace: its file records.db, or the database that WELLSPENT_RECORDS names. */
export function openWorkspaceRecords(
  effects: Effects,
  dir: string,
  service: string,
  options: OpenRecordsOptions = {},
): Promise<Records> {
  return openRecords(workspacePlace(fromCwd(effects, dir), service, effects.env.WELLSPENT_RECORDS), options);
}

/** Works with the records of a workspace, read alone; null where it has none yet. */
export async function withRecords<T>(
  effects: Effects,
  dir: string,
  service: string,
  work: (records: Records) => Promise<T>,
): Promise<T | null> {
  let records: Records;
  try {
    records = await openWorkspaceRecords(effects, dir, service, { readOnly: true });
  } catch (cause) {
    if (cause instanceof WellspentError && cause.code === 'RECORDS_MISSING') return null;
    throw cause;
  }
  try {
    return await work(records);
  } finally {
    await records.close();
  }
}
