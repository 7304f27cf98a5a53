import { z } from 'zod';
import { sql } from '../warehouse/sql.ts';
import { acceptRecord } from './accept-record.ts';
import { confirms, responses, roles, utcSecond, type Verdict, verdicts } from './fields.ts';
import { refuseNamesAndReferences } from './names-and-references.ts';
import type { Records, RecordsSession } from './records.ts';

const words = z.string().trim().min(1).max(2000).nullable();

const disposition = z
  .strictObject({
    /** The key of the finding, the same whenever the same finding comes up. */
    finding: z.string().min(1).max(200),
    pattern: z.string().regex(/^[a-z0-9][a-z0-9._/-]{0,99}$/, 'must be a name in lower case without spaces'),
    verdict: z.enum(verdicts),
    response: z.enum(responses).nullable(),
    /** The share of comparable cases when it was looked at, 0 to 1. */
    share: z.number().min(0).max(1).nullable(),
    role: z.enum(roles),
    reviewed: utcSecond,
    reason: words,
    /** The limit of system, rule or time that a workaround works around. */
    worksAround: words,
  })
  .refine(
    ({ verdict, response }) => response === null || confirms(verdict),
    'can have a response only when it is confirmed',
  );

/** What somebody who does the work says of a finding, and why. The words may be deleted; the verdict is registered. */
export type Disposition = z.infer<typeof disposition>;

/** A disposition that may be kept; else `RECORD_INVALID` or `PERSONAL_DATA_SUSPECTED`. */
export function acceptDisposition(given: Disposition): Disposition {
  const accepted = acceptRecord('disposition', disposition, given);
  refuseNamesAndReferences({ reason: accepted.reason, worksAround: accepted.worksAround });
  return accepted;
}

/** Puts a disposition, and the leaf of its entry in the register, in place of the one before on the same finding. */
export async function putDisposition(
  { run }: RecordsSession,
  given: Disposition,
  leaf: string,
): Promise<void> {
  const { finding, pattern, verdict, response, share, role, reviewed, reason, worksAround } = given;
  await run(sql`delete from dispositions where finding = ${finding}`);
  await run(
    sql`insert into dispositions
      (finding, pattern, verdict, response, share, role, reviewed, reason, works_around, leaf)
      values (${finding}, ${pattern}, ${verdict}, ${response}, ${share}, ${role}, ${reviewed}, ${reason},
        ${worksAround}, ${leaf})`,
  );
}

/** The latest disposition of every finding, the last reviewed first. */
export async function dispositions(records: Records): Promise<readonly Disposition[]> {
  const rows = await records.read(({ query }) =>
    query(
      sql`select finding, pattern, verdict, response, share, role, reviewed, reason, works_around
        from dispositions order by reviewed desc, finding`,
    ),
  );
  return rows.map(({ works_around: worksAround, ...row }) => disposition.parse({ ...row, worksAround }));
}

/** Deletes the words of a disposition for good; its verdict stays. False where there is none on that finding. */
export async function deleteDispositionWords(records: Records, finding: string): Promise<boolean> {
  const gone = sql`update dispositions set reason = null, works_around = null where finding = ${finding}`;
  return (await records.write(({ run }) => run(gone))) > 0;
}

const dismissals = new Set<Verdict>(['legitimate exception', 'data error']);
const daysKept = 365;

/**
 * Whether a finding stays away because it was dismissed: until a year has passed, or until its share of cases has
 * doubled (`share` now, as then).
 */
export function isDismissed(found: Disposition, share: number | null, now: Date): boolean {
  const days = (now.getTime() - Date.parse(found.reviewed)) / 86_400_000;
  const hasDoubled = share !== null && found.share !== null && share >= 2 * found.share;
  return dismissals.has(found.verdict) && days < daysKept && !hasDoubled;
}

/** How often a pattern's findings were confirmed, of those on which somebody could tell. */
export interface PatternReview {
  readonly pattern: string;
  readonly confirmed: number;
  /** Without those whose verdict is "not known". */
  readonly reviewed: number;
}

/** Confirmed and reviewed findings by pattern, in order of their names. */
export function reviewsByPattern(found: readonly Disposition[]): readonly PatternReview[] {
  const known = found.filter(({ verdict }) => verdict !== 'not known');
  return [...Map.groupBy(known, ({ pattern }) => pattern)]
    .map(([pattern, of]) => ({
      pattern,
      confirmed: of.filter(({ verdict }) => confirms(verdict)).length,
      reviewed: of.length,
    }))
    .toSorted((a, b) => (a.pattern < b.pattern ? -1 : 1));
}
