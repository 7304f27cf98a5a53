import type { ErrorCode } from '../../core/index.ts';
import type { IdentityKind } from '../mapping/fields.ts';
import type { Pseudonymise } from '../pseudonyms.ts';

const longestName = 10_000;
const longestValue = 1_000_000;

/** Why a text cannot be used, and what to show of it. */
export interface TextFault {
  readonly value: string | null;
  readonly reason: ErrorCode;
}

/** What a cell without blanks around it says: a text, null for nothing, or why it cannot be used. */
export type TextReading = (text: string) => string | null | TextFault;

/** A text without blanks around it; most have none, and then nothing is copied. */
export function trimmed(text: string): string {
  const size = text.length;
  if (size === 0) return text;
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(size - 1);
  return first > 32 && last > 32 && first < 128 && last < 128 ? text : text.trim();
}

function tooLong(text: string): TextFault {
  return { value: `${text.length} characters`, reason: 'VALUE_TOO_LONG' };
}

/** Why a text cannot be an id; null where it can. */
function notAnId(text: string): TextFault | null {
  if (text.length > longestName) return tooLong(text);
  return text.isWellFormed() && !text.includes('\ufffd') ? null : { value: null, reason: 'ID_BROKEN' };
}

/** How an identifier that must be there reads: as its pseudonym. */
export function idReading(kind: IdentityKind, pseudonymise: Pseudonymise): TextReading {
  return (text) => {
    if (text === '') return { value: null, reason: 'CASE_ID_EMPTY' };
    return notAnId(text) ?? pseudonymise(kind, text);
  };
}

/** How an identifier that may be missing reads: as its pseudonym. */
export function pseudonymReading(
  kind: IdentityKind,
  nulls: ReadonlySet<string>,
  pseudonymise: Pseudonymise,
): TextReading {
  return (text) => {
    if (text === '' || nulls.has(text)) return null;
    return notAnId(text) ?? pseudonymise(kind, text);
  };
}

/** Characters that may be written in more than one way stand behind those of Latin scripts. */
const mayCompose = /[\u0300-\uffff]/;

/** A text in composed form, in which "é" is one character however it was written. */
const composed = (text: string) => (mayCompose.test(text) ? text.normalize('NFC') : text);

/** How a name that must be there reads, such as a step: text whatever it looks like, in composed form. */
export function nameReading(reason: 'STEP_EMPTY' | 'REQUIRED_EMPTY'): TextReading {
  return (text) => {
    if (text === '') return { value: null, reason };
    return text.length > longestName ? tooLong(text) : composed(text);
  };
}

/** How a text that may be missing reads: in composed form. */
export function textReading(nulls: ReadonlySet<string>): TextReading {
  return (text) => {
    if (text === '' || nulls.has(text)) return null;
    return text.length > longestValue ? tooLong(text) : composed(text);
  };
}
