import { z } from 'zod';
import { canonicalJson, sha256Hex, WellspentError } from '../../core/index.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const profileSchema = z.strictObject({
  name: z.string(),
  threshold: z.number(),
  base: z.number(),
  symbol: z.string(),
  zeros: z.enum(['small', 'shown']),
  width: z.number(),
});

const releaseSchema = z.strictObject({
  /** Counted from 1 within a workspace. */
  release: z.int().positive(),
  at: z.iso.datetime(),
  service: z.string(),
  charter: z.strictObject({ version: z.string(), hash }),
  code: z.string(),
  profile: profileSchema,
  /** What was published: `measure/output` and the like. */
  pages: z.array(z.string()),
  extracts: z.array(z.strictObject({ file: z.string(), sha256: hash })),
  files: z.array(z.strictObject({ path: z.string(), sha256: hash, bytes: z.int() })),
  /** Every count by its name, as published; null where it was suppressed. */
  counts: z.record(z.string(), z.number().nullable()),
  /** What adds up to what among them: the place of the whole in `counts`, then those of its parts. */
  sums: z.array(z.array(z.int().nonnegative()).min(2)),
  /** SHA-256 of the line before; null for the first. */
  previous: hash.nullable(),
});

/** One release: what came out, when, by which rules, and what its counts were published as. */
export type Release = z.infer<typeof releaseSchema>;

/** The name of the file in a workspace that says what was released. It holds published values only. */
export const ledgerFile = 'releases.ndjson';

/** One line of the ledger, without its end of line. */
export function ledgerLine(release: Release): string {
  return canonicalJson(release);
}

/**
 * Reads a ledger. Throws `RELEASES_UNREADABLE` for a line that is not a release, or that does not follow the
 * line before it: a ledger that was changed cannot tell what is known.
 */
export function readLedger(text: string, file: string): readonly Release[] {
  const lines = text.split('\n').filter((line) => line !== '');
  let previous: string | null = null;
  return lines.map((line, i) => {
    const where = { file, line: i + 1 };
    let content: unknown;
    try {
      content = JSON.parse(line);
    } catch (cause) {
      throw new WellspentError('RELEASES_UNREADABLE', `Line ${i + 1} of ${file} is not JSON.`, {
        where,
        cause,
      });
    }
    const parsed = releaseSchema.safeParse(content);
    if (!parsed.success)
      throw new WellspentError('RELEASES_UNREADABLE', `Line ${i + 1} of ${file} is not a release.`, {
        where,
        found: parsed.error.issues[0]?.message ?? '',
      });
    if (parsed.data.previous !== previous)
      throw new WellspentError(
        'RELEASES_UNREADABLE',
        `Line ${i + 1} of ${file} does not follow the line before it: one of them was changed or taken out.`,
        { where },
      );
    previous = sha256Hex(line);
    return parsed.data;
  });
}

/** The SHA-256 that the next line names as the one before; null for an empty ledger. */
export function lastLineHash(text: string): string | null {
  const last = text.split('\n').findLast((line) => line !== '');
  return last === undefined ? null : sha256Hex(last);
}
