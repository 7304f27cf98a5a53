import { z } from 'zod';
import { roles, utcSecond } from '../../records/index.ts';

/** The form that this version writes and reads. */
export const entrySchemaName = 'wellspent.register/1';

/** What an entry may be about. Which of them carry which fields: docs/methods/register.md. */
export const entryKinds = [
  'charter.version',
  'definition.version',
  'assumption',
  'assumption.review',
  'evidence',
  'forecast',
  'decision',
  'disposition',
  'trial.plan',
  'trial.allocation',
  'trial.access',
  'trial.deviation',
  'trial.stop',
  'trial.result',
  'result',
  'result.kept',
  'score',
  'benefit',
  'correction',
  'withdrawal',
  'checkpoint.held',
  'key.rotated',
] as const;

/** What an entry is about. */
export type EntryKind = (typeof entryKinds)[number];

/** 32 bytes in lower-case hexadecimal: a leaf hash, a commitment, the SHA-256 of data. */
export const hexHash = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits in lower case');

const longestId = 200;

/** One entry as it stands in the register: a payload, or a commitment to one. */
export const entrySchema = z
  .strictObject({
    schema: z.literal(entrySchemaName),
    kind: z.enum(entryKinds),
    id: z
      .string()
      .min(1)
      .max(longestId)
      .regex(/^\P{Cc}*$/u, 'must hold no control characters'),
    version: z.int().min(1),
    replaces: hexHash.nullable(),
    recorded: utcSecond,
    role: z.enum(roles),
    payload: z.record(z.string(), z.json()).optional(),
    commitment: hexHash.optional(),
  })
  .refine(
    ({ payload, commitment }) => (payload === undefined) !== (commitment === undefined),
    'must hold a payload or a commitment, and not both',
  )
  .refine(
    ({ version, replaces }) => (version === 1) === (replaces === null),
    'must replace nothing at version 1, and an entry at every later version',
  );

/** One entry of the register. */
export type Entry = z.infer<typeof entrySchema>;
