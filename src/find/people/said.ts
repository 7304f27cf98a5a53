import {
  type Disposition,
  dispositions,
  type RecordsPlace,
  readRecords,
  type StaffReport,
  staffReports,
} from '../../stores/index.ts';

/** What the people who do the work have said: how it is really done, and what findings are. */
export interface Said {
  readonly reports: readonly StaffReport[];
  readonly dispositions: readonly Disposition[];
}

/** Reads what has been said in a workspace; nothing where it has no records yet. */
export async function readSaid(place: RecordsPlace): Promise<Said> {
  const said = await readRecords(place, async (records) => ({
    reports: await staffReports(records),
    dispositions: await dispositions(records),
  }));
  return said ?? { reports: [], dispositions: [] };
}
