import type { z } from 'zod';
import { WellspentError } from '../../core/index.ts';
import { refusePersonalData } from './personal-data.ts';

/** The faults of a schema in one line: where, and what. */
export function faultsInWords(error: z.ZodError, whole: string): string {
  return error.issues.map(({ path, message }) => `${path.join('.') || whole}: ${message}`).join('; ');
}

/** A record as its schema has it, without text that looks personal; else `RECORD_INVALID`, all faults together. */
export function acceptRecord<T>(what: string, schema: z.ZodType<T>, value: unknown): T {
  const checked = schema.safeParse(value);
  if (!checked.success)
    throw new WellspentError(
      'RECORD_INVALID',
      `This is not a ${what}: ${faultsInWords(checked.error, `the ${what}`)}.`,
    );
  refusePersonalData(checked.data);
  return checked.data;
}
