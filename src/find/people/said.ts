import { WellspentError } from '../../core/index.ts';
import {
  type Disposition,
  dispositions,
  openRecords,
  type Records,
  type StaffReport,
  staffReports,
  workspacePlace,
} from '../../stores/index.ts';

/** What the people who do the work have said: how it is really done, and what findings are. */
export interface Said {
  readonly reports: readonly StaffReport[];
  readonly dispositions: readonly Disposition[];
}

async function read(records: Records): Promise<Said> {
  return { reports: await staffReports(records), dispositions: await dispositions(records) };
}

/** Reads what has been said in a workspace; nothing where it has no records yet. */
export async function readSaid(dir: string, service: string): Promise<Said> {
  let records: Records;
  try {
    records = await openRecords(workspacePlace(dir, service), { readOnly: true });
  } catch (error) {
    if (error instanceof WellspentError && error.code === 'RECORDS_MISSING')
      return { reports: [], dispositions: [] };
    throw error;
  }
  try {
    return await read(records);
  } finally {
    await records.close();
  }
}
