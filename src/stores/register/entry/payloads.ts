import { z } from 'zod';
import { confirms, responses, verdicts } from '../../records/index.ts';
import { type EntryKind, hexHash } from './entry.ts';

const code = z.string().regex(/^[a-z0-9][a-z0-9._/-]{0,99}$/, 'must be a name in lower case without spaces');
const day = z.iso.date();

const charterVersion = z.strictObject({
  name: z.string().min(1).max(100),
  version: z.string().min(1).max(50),
  effective: day,
  hash: hexHash,
});

const disposition = z
  .strictObject({
    pattern: code,
    verdict: z.enum(verdicts),
    response: z.enum(responses).nullable(),
    /** The share of comparable cases when it was looked at, 0 to 1: a dismissal ends when it has doubled. */
    share: z.number().min(0).max(1).nullable(),
  })
  .refine(
    ({ verdict, response }) => response === null || confirms(verdict),
    'can have a response only when it is confirmed',
  );

const keptResult = z.strictObject({
  result: code,
  status: z.enum(['sound', 'caution', 'cannot-tell']),
  /** SHA-256 over the canonical bytes of the Result's figures and tables. */
  figures: hexHash,
  /** The hash that the charter had; figures carry it. */
  charter_hash: hexHash,
  /** The leaf of the charter's entry. */
  charter: hexHash,
  /** SHA-256 of each extract that the figures rest on, in order. */
  sources: z.array(hexHash),
  code: z.string().min(1).max(100),
});

const reason = z.looseObject({ reason: z.string().min(1) });

/** What a payload must hold, by kind. Kinds without a line here get theirs with the verb that writes them. */
export const payloadRules: Partial<Record<EntryKind, z.ZodType>> = {
  'charter.version': charterVersion,
  disposition,
  'result.kept': keptResult,
  correction: reason,
  withdrawal: reason,
};

/** The payload of a charter.version entry: the charter of a service from a day on. */
export type CharterVersion = z.infer<typeof charterVersion>;

/** The payload of a result.kept entry: that these figures were kept, and what they rest on. */
export type KeptResultPayload = z.infer<typeof keptResult>;

/** Fields of a payload that name other entries by their leaf hash, by kind. */
export const linkFields: Partial<Record<EntryKind, readonly string[]>> = {
  'result.kept': ['charter'],
  'trial.plan': ['assumptions'],
  'trial.allocation': ['plan'],
  'trial.access': ['plan'],
  'trial.deviation': ['plan'],
  'trial.stop': ['plan'],
  'trial.result': ['plan'],
  forecast: ['plan'],
  decision: ['forecasts'],
};
