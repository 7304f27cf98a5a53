import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadedCharter } from '../define/index.ts';
import { workspaceContents } from '../ingest/index.ts';
import { type RecordsPlace, workspacePlace } from '../stores/index.ts';
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

/** Where the records of a workspace are: its file records.db, or the database that WELLSPENT_RECORDS names. */
export function recordsOf(effects: Effects, dir: string, service: string): RecordsPlace {
  return workspacePlace(fromCwd(effects, dir), service, effects.env.WELLSPENT_RECORDS ?? '');
}
