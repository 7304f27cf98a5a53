import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWorkspace, openWorkspace, type Workspace } from '../../src/ingest/index.ts';

/** Where the public logs are read, beside the project. */
export const logFolder = fileURLToPath(new URL('../../../shared/data/eventlogs/', import.meta.url));

/** False where the logs are not at hand: tests on them are then skipped. */
export const hasLogs = existsSync(join(logFolder, 'reference', 'facts.json'));

/** Does what the guide asks of a reader, in a folder of its own: the charter, the log under data/, then reads it. */
export async function withLog<T>(
  name: string,
  log: string,
  read: (workspace: Workspace) => Promise<T>,
  copies: readonly string[] = [],
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  try {
    mkdirSync(join(folder, 'data'));
    copyFileSync(new URL(`${name}/service.yaml`, import.meta.url), join(folder, 'service.yaml'));
    // A charter may read one file in several ways; each needs a name of its own.
    for (const copy of [log, ...copies])
      copyFileSync(join(logFolder, 'logs', log), join(folder, 'data', copy));
    await buildWorkspace(folder);
    const workspace = await openWorkspace(folder);
    try {
      return await read(workspace);
    } finally {
      await workspace.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
