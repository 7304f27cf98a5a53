import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { WellspentError, writing } from '../../core/index.ts';
import { extractKinds } from '../../define/index.ts';
import { eventOrders } from '../lifecycle/apply-pairing.ts';
import { lifecycleRules } from '../lifecycle/transitions.ts';
import { extractShapes } from '../shapes/extract-shape.ts';

const notice = z.object({ code: z.string(), message: z.string(), count: z.number().optional() });
const writtenFile = z.object({ file: z.string(), sha256: z.string(), bytes: z.number(), rows: z.number() });

const staged = z.object({
  /** `main` rows fill the source's own table, `cases` rows what an event extract says about cases. */
  part: z.enum(['main', 'cases', 'rejects']),
  file: z.string(),
  rows: z.number(),
  /** Characters of its texts. */
  characters: z.number().optional(),
  /** Of the file, once it is written; earlier versions did not keep them. */
  sha256: z.string().optional(),
  bytes: z.number().optional(),
});

const columnRecord = z.object({
  column: z.string(),
  /** Name in the canonical table; null when the column was left out. */
  name: z.string().nullable(),
  level: z.enum(['row', 'case']),
  staged: z.string(),
  becomes: z.enum(['field', 'attribute', 'dropped']),
  kind: z.enum(['text', 'integer', 'number', 'boolean', 'timestamp', 'date']),
  reason: z.string(),
  samples: z.array(z.string()),
});

const pairedWork = z.object({
  pairs: z.number(),
  open: z.number(),
  instants: z.number(),
  /** Pairs that one person began and another finished. */
  changedHands: z.number(),
  /** Pieces of work that were withdrawn, aborted or skipped. */
  ended: z.number(),
});

/** How a source's rows became pieces of work: `rows used - merged = rows in events`. */
const pairing = z.object({
  /** Rows that became part of another row. */
  merged: z.number(),
  /** Rows set aside because their work would end before it starts. */
  setAside: z.number(),
  rowsInEvents: z.number(),
  /** Steps with the most pieces of work; the totals hold all. */
  steps: z.array(z.object({ step: z.string(), ...pairedWork.shape })),
  total: pairedWork,
});

const source = z.object({
  id: z.string(),
  file: z.string(),
  as: z.enum(extractKinds),
  format: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  /** SHA-256 of everything that decides what the file becomes: bytes, mapping, zone, date order, nulls, drops. */
  fingerprint: z.string(),
  rowsIn: z.number(),
  rowsUsed: z.number(),
  rowsSetAside: z.number(),
  reasons: z.array(z.object({ reason: z.string(), rows: z.number() })),
  mapping: z.record(z.string(), z.string()),
  timezone: z.string(),
  /** Whether starts and completions in rows of their own are joined. */
  lifecycle: z.enum(lifecycleRules).optional(),
  /** What orders the rows of a case; their finish when left out. */
  order: z.enum(eventOrders).optional(),
  /** What told steps apart, where it was not one column. */
  classifier: z.string().optional(),
  /** Which of its rows are the same row, as canonical JSON. */
  dedupe: z.string().optional(),
  /** The attribute by which rows that gave way are those of a later extract, where it tells each event from every other. */
  toldBy: z.string().optional(),
  pairing: pairing.optional(),
  /** How the file laid its events out, where not a row each, and its rows that gave a case and no event. */
  shape: z
    .object({
      shape: z.enum(extractShapes),
      steps: z.record(z.string(), z.string()).optional(),
      field: z.string().optional(),
      casesOnly: z.number(),
    })
    .optional(),
  /** What all extracts together give reason to say; worked out anew with each change. */
  findings: z.array(notice).optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  columns: z.array(columnRecord),
  notices: z.array(notice),
  /** The highest position given to a row, so that positions of later sources follow. */
  lastSeq: z.number(),
  importedAt: z.string(),
  staged: z.array(staged),
});

const manifestSchema = z.object({
  wellspent: z.literal(1),
  /** Counts up with each change; names the folder of tables. */
  generation: z.number(),
  /** A pseudonym of nothing: two keys give two of these, so that one workspace never mixes them. */
  keyCheck: z.string().optional(),
  sources: z.array(source),
  tables: z.record(z.string(), z.object({ rows: z.number(), files: z.array(writtenFile) })),
});

/** What a workspace holds: its sources, what became of each, and the table files with their fingerprints. */
export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestSource = z.infer<typeof source>;
export type ColumnRecord = z.infer<typeof columnRecord>;
export type PairingRecord = z.infer<typeof pairing>;
export type WrittenFile = z.infer<typeof writtenFile>;
export type StagedFile = z.infer<typeof staged>;

const emptyManifest: Manifest = { wellspent: 1, generation: 0, sources: [], tables: {} };

const name = 'manifest.json';

/** Reads the manifest of a store folder; an empty one where there is none. */
export function readManifest(folder: string): Manifest {
  const file = join(folder, name);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return emptyManifest;
    // What cannot be read is not the same as nothing: figures from no data would be silently wrong.
    throw new WellspentError('FILE_NOT_FOUND', `${file} cannot be read.`, { where: { file }, cause });
  }
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new WellspentError('MANIFEST_DAMAGED', `${file} cannot be read.`, { where: { file }, cause });
  }
}

/** Puts the new manifest in place of the old one in one step: the only moment at which an import takes effect. */
export function writeManifest(folder: string, manifest: Manifest): void {
  const file = join(folder, name);
  const partial = `${file}.${randomUUID()}.partial`;
  mkdirSync(dirname(file), { recursive: true });
  const handle = openSync(partial, 'w', 0o600);
  try {
    const content = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
    writing(file, () => {
      for (let at = 0; at < content.length; ) at += writeSync(handle, content, at);
      fsyncSync(handle);
    });
  } finally {
    closeSync(handle);
  }
  renameSync(partial, file);
}
