/** Brings extracts into canonical tables with nothing lost: read, map, cast, pseudonymise, stage, derive. */
export {
  type AddProgress,
  type AddReport,
  type AddRequest,
  addExtract,
  type ImportSettings,
} from './add-extract.ts';
export { buildWorkspace } from './build-workspace.ts';
export { describeSources } from './describe-sources.ts';
export type { ColumnGuess } from './mapping/guess-mapping.ts';
export { type LogHandle, type LogOptions, openLog } from './open-log.ts';
export type { Notice } from './readers/raw-table.ts';
export { type OpenOptions, openWorkspace, type Workspace } from './workspace.ts';
