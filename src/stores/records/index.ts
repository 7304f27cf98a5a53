/** The transactional store of a workspace: working state that people may edit, and the register's lines. */
export { faultsInWords } from './accept-record.ts';
export {
  acceptDisposition,
  type Disposition,
  deleteDispositionWords,
  dispositions,
  isDismissed,
  type PatternReview,
  putDisposition,
  reviewsByPattern,
} from './dispositions.ts';
export { type Draft, deleteDraft, draftsOf, saveDraft } from './drafts.ts';
export {
  confirms,
  type Response,
  type Role,
  responses,
  roles,
  utcSecond,
  utcSecondOf,
  type Verdict,
  verdicts,
  verdictsOn,
} from './fields.ts';
export { type OpenRecordsOptions, openRecords, type RecordsPlace, workspacePlace } from './open-records.ts';
export { refusePersonalData, type Suspicion, suspectedIn } from './personal-data.ts';
export type { RecordRow, Records, RecordsSession } from './records.ts';
export { deleteStaffReport, type StaffReport, saveStaffReport, staffReports } from './staff-reports.ts';
export { readRecords, useRecords } from './workspace-records.ts';
