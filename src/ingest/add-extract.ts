import type { LoadedCharter } from '../define/index.ts';
import type { AddReport, AddRequest } from './add-request.ts';
import { importFiles } from './import-files.ts';
import { rulesIn } from './import-rules.ts';
import { demonstrationKey, type KeyOptions, workspaceKey } from './key-file.ts';
import { plannedFile } from './planned-file.ts';
import { pseudonymsWith } from './pseudonyms.ts';
import type { ImportFilesInput } from './read-files.ts';
import type { Notice } from './readers/raw-table.ts';
import { storeFolder } from './workspace.ts';

/** The pseudonyms of a workspace: the published key for demonstrations, which is said, its own key otherwise. */
export function workspacePseudonyms(
  dir: string,
  loaded: LoadedCharter,
  options: KeyOptions,
): Pick<ImportFilesInput, 'pseudonymise' | 'keyInUse' | 'notices' | 'saidOnce'> {
  if (!loaded.charter.demonstration) {
    const { key, file, isNew } = workspaceKey(dir, options);
    const made: Notice = {
      code: 'KEY_MADE',
      message: `A key for pseudonyms was made in ${file}. Keep a copy: without it, later extracts cannot be linked to this one.`,
    };
    return { pseudonymise: pseudonymsWith(key), keyInUse: { file }, ...(isNew ? { saidOnce: [made] } : {}) };
  }
  return {
    pseudonymise: pseudonymsWith(demonstrationKey),
    notices: [
      {
        code: 'DEMONSTRATION_KEY',
        message: 'Identifiers were turned into pseudonyms with the published demonstration key.',
      },
    ],
  };
}

/** Brings one extract into a workspace. Nothing changes unless the whole file could be read. */
export async function addExtract(request: AddRequest): Promise<AddReport> {
  const { workspace, file, shownAs, sameName, reasons } = request;
  const planned = plannedFile(workspace.dir, workspace.loaded, file, rulesIn(request), shownAs);
  const [report] = await importFiles({
    ...request,
    store: storeFolder(workspace.dir),
    files: [{ ...planned, sameName, ...(reasons ? { whyStated: (column) => reasons.get(column) } : {}) }],
    ...workspacePseudonyms(workspace.dir, workspace.loaded, request),
  });
  if (!request.dryRun) await workspace.refresh();
  return report as AddReport;
}
