/** The transactional store of a workspace: working state that people may edit, and the register's lines. */
export { faultsInWords } from './accept-record.ts';
export { type Draft, deleteDraft, draftsOf, saveDraft } from './drafts.ts';
export { type Role, roles, utcSecond, utcSecondOf } from './fields.ts';
export { type OpenRecordsOptions, openRecords, type RecordsPlace } from './open-records.ts';
export { refusePersonalData, type Suspicion, suspectedIn } from './personal-data.ts';
export type { RecordRow, Records, RecordsSession } from './records.ts';
export { deleteStaffReport, type StaffReport, saveStaffReport, staffReports } from './staff-reports.ts';
