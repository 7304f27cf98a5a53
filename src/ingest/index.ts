/** Brings extracts into canonical tables with nothing lost: read, map, cast, pseudonymise, stage, derive. */
export { addExtract } from './add-extract.ts';
export type { AddProgress, AddReport, AddRequest, ImportSettings } from './add-request.ts';
export { buildWorkspace } from './build-workspace.ts';
export { describeSources } from './describe-sources.ts';
export { type MinutesIn, minutesUnits } from './import-rules.ts';
export { type Field, fieldsOf } from './mapping/fields.ts';
export type { ColumnGuess } from './mapping/guess-mapping.ts';
export { nameToDecide } from './name-taken.ts';
export { type LogHandle, type LogOptions, openLog } from './open-log.ts';
export { changedReadings } from './preview/changed-reading.ts';
export { checkHeaders, type HeaderReport } from './preview/check-headers.ts';
export type { ColumnPreview, Withheld } from './preview/column-preview.ts';
export type { DateReadings, DateSpan } from './preview/date-readings.ts';
export { type EncodingReading, encodingReadings } from './preview/encoding-readings.ts';
export {
  type ExtractPreview,
  type KnownAnswers,
  type PreviewRequest,
  previewExtract,
} from './preview/preview-extract.ts';
export { type OpenQuestions, openQuestions } from './preview/questions.ts';
export { describeQuality } from './quality/describe-quality.ts';
export type { Touch } from './quality/detector.ts';
export { type QualityTracer, traceQuality } from './quality/rows/quality-rows.ts';
export { hasRejects, type RejectBatch, streamRejects } from './read-rejects.ts';
export type { Notice } from './readers/raw-table.ts';
export { openZone, type Zone } from './time/zone.ts';
export {
  type OpenOptions,
  openWorkspace,
  storeFolder,
  type Workspace,
  type WorkspaceToFill,
  workspaceContents,
  workspaceToFill,
} from './workspace.ts';
