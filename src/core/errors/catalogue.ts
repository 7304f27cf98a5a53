import { calcErrors } from './calc-errors.ts';
import { charterErrors } from './charter-errors.ts';
import type { ErrorEntry } from './error-entry.ts';
import { faceErrors } from './face-errors.ts';
import { findErrors } from './find-errors.ts';
import { ingestErrors } from './ingest-errors.ts';
import { measureErrors } from './measure-errors.ts';
import { publishErrors } from './publish-errors.ts';
import { registerErrors } from './register-errors.ts';
import { warehouseErrors } from './warehouse-errors.ts';
import { webErrors } from './web-errors.ts';

/** The one catalogue of errors and row-level reasons: `wellspent explain CODE` and the reference print it. */
export const errorCatalogue = {
  ...charterErrors,
  ...ingestErrors,
  ...warehouseErrors,
  ...registerErrors,
  ...measureErrors,
  ...findErrors,
  ...calcErrors,
  ...faceErrors,
  ...webErrors,
  ...publishErrors,
} as const satisfies Record<string, ErrorEntry>;

/** A code of the catalogue, such as `CHARTER_COLUMN_MISSING`. */
export type ErrorCode = keyof typeof errorCatalogue;

/** True when the text is a code of the catalogue. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorCatalogue, text);
}
