import { canonicalJson, WellspentError } from '../../../core/index.ts';
import { faultsInWords } from '../../records/index.ts';
import { acceptData, deepest } from './accept-text.ts';
import { type Entry, entrySchema } from './entry.ts';

/** The longest line of a register in bytes. */
export const longestLine = 256 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(line: Uint8Array): string {
  if (line.length > longestLine)
    throw new WellspentError(
      'ENTRY_INVALID',
      `The entry has ${line.length} bytes; ${longestLine} is the most.`,
    );
  try {
    return utf8.decode(line);
  } catch (cause) {
    throw new WellspentError('NOT_JSON', 'The line is not UTF-8.', { cause });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new WellspentError('NOT_JSON', 'The line is not JSON, or not the whole of it.', {
      found: text.slice(0, 60),
      cause,
    });
  }
}

/** Parts of JSON that matter for keys: texts, with a colon where they are keys, and brackets. */
const parts = /("(?:[^"\\]|\\.)*")(\s*:)?|[[\]{}]/gu;

/** Refuses a key that stands twice in one object, of which a parser would keep one, and bottomless nesting. */
function checkNesting(text: string): void {
  const open: Set<string>[] = [];
  for (const [part, written, colon] of text.matchAll(parts)) {
    if (part === '{' || part === '[') open.push(new Set());
    if (open.length > deepest)
      throw new WellspentError('ENTRY_INVALID', `The entry has more than ${deepest} levels.`);
    if (part === '}' || part === ']') open.pop();
    else if (written !== undefined && colon !== undefined) {
      const key = JSON.parse(written) as string;
      if (open.at(-1)?.has(key))
        throw new WellspentError('DUPLICATE_KEY', `The key "${key}" stands twice in one object.`);
      open.at(-1)?.add(key);
    }
  }
}

/** Checks the shape that every entry has, all faults together. */
export function acceptEntry(value: unknown): Entry {
  const checked = entrySchema.safeParse(value);
  if (checked.success) return checked.data;
  throw new WellspentError(
    'ENTRY_INVALID',
    `This is not an entry: ${faultsInWords(checked.error, 'the entry')}.`,
  );
}

/**
 * Reads one line of a register, without its line end, and refuses it unless it is the one way of writing its
 * entry: `NOT_JSON`, `DUPLICATE_KEY`, `NOT_FINITE`, `LONE_SURROGATE`, `NOT_CANONICAL`, `NOT_NFC` or `ENTRY_INVALID`.
 * Comparing the canonical form byte for byte catches white space, the order of keys, `1.0`, `\u0041` and digits
 * that a parser would round.
 */
export function readLine(line: Uint8Array): Entry {
  const text = textOf(line);
  const value = parsed(text);
  checkNesting(text);
  if (canonicalJson(value) !== text)
    throw new WellspentError(
      'NOT_CANONICAL',
      text.endsWith('\r')
        ? 'The line ends with a CR: a program has changed its line ends.'
        : 'The line does not write its entry in the one canonical way.',
      { found: text.slice(0, 60) },
    );
  acceptData(value);
  return acceptEntry(value);
}
