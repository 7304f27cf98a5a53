import { join } from 'node:path';
import { workspacePseudonyms } from './add-extract.ts';
import type { AddReport, ImportSettings } from './add-request.ts';
import { importFiles } from './import-files.ts';
import { plannedFile } from './planned-file.ts';
import { loadWorkspaceCharter, storeFolder } from './workspace.ts';

/** Brings in every extract that the charter names and the workspace does not hold yet, all together or none. */
export async function buildWorkspace(
  dir: string,
  options: ImportSettings = {},
): Promise<readonly AddReport[]> {
  const loaded = loadWorkspaceCharter(dir);
  const files = loaded.charter.extracts.map((extract) =>
    plannedFile(dir, loaded, join(dir, extract.file), {
      as: extract.as,
      ...(extract.sheet === undefined ? {} : { sheet: extract.sheet }),
      ...(extract.object_type === undefined ? {} : { objectType: extract.object_type }),
    }),
  );
  if (files.length === 0) return [];
  return importFiles({
    ...options,
    store: storeFolder(dir),
    files,
    ...workspacePseudonyms(dir, loaded, options),
  });
}
