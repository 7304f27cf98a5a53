import { z } from 'zod';
import { sql } from '../warehouse/sql.ts';
import { acceptRecord } from './accept-record.ts';
import { roles, utcSecond } from './fields.ts';
import { refuseNamesAndReferences } from './names-and-references.ts';
import type { RecordRow, Records } from './records.ts';

const longestText = 2000;
const text = z.string().trim().min(1).max(longestText);
const name = z.string().trim().min(1).max(200);

/** How often something is done: three times a week, once a case. */
const frequency = z.strictObject({
  times: z.number().positive().max(10_000),
  per: z.enum(['case', 'day', 'week', 'month']),
});

const staffReport = z.strictObject({
  /** Of the caller's choosing; the same id again changes the report. */
  id: name,
  reported: utcSecond,
  /** When it was last changed; the same as `reported` at first. */
  changed: utcSecond,
  role: z.enum(roles),
  what: text,
  why: text.nullable(),
  howOften: frequency.nullable(),
  /** Minutes that it takes each time. */
  minutes: z.number().nonnegative().max(100_000).nullable(),
  step: name.nullable(),
  team: name.nullable(),
  /** The finding that it was matched to. */
  finding: name.nullable(),
});

/** What somebody who does the work says of how it is really done. It may be changed and deleted, and names nobody. */
export type StaffReport = z.infer<typeof staffReport>;

/**
 * Saves a report, in place of the one with its id. `RECORD_INVALID` where a field is not usable,
 * `PERSONAL_DATA_SUSPECTED` where its words seem to speak of a person.
 */
export async function saveStaffReport(records: Records, report: StaffReport): Promise<void> {
  const { id, reported, changed, role, what, why, howOften, minutes, step, team, finding } = acceptRecord(
    'staff report',
    staffReport,
    report,
  );
  refuseNamesAndReferences({ what, why });
  const { times, per } = howOften ?? { times: null, per: null };
  await records.write(async ({ run }) => {
    await run(sql`delete from staff_reports where id = ${id}`);
    await run(
      sql`insert into staff_reports
        (id, reported, changed, role, what, why, times, per, minutes, step, team, finding)
        values (${id}, ${reported}, ${changed}, ${role}, ${what}, ${why}, ${times}, ${per}, ${minutes}, ${step},
          ${team}, ${finding})`,
    );
  });
}

/** Deletes a report for good; false where there is none with that id. */
export async function deleteStaffReport(records: Records, id: string): Promise<boolean> {
  return (await records.write(({ run }) => run(sql`delete from staff_reports where id = ${id}`))) > 0;
}

/** Every report, the newest first. */
export async function staffReports(records: Records): Promise<readonly StaffReport[]> {
  const rows = await records.read(({ query }) =>
    query(sql`select * from staff_reports order by reported desc, id`),
  );
  return rows.map(({ times, per, ...row }: RecordRow) => {
    const howOften = times === null ? null : { times, per };
    return staffReport.parse({ ...row, howOften });
  });
}
