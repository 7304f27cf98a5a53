import { WellspentError } from '../../../core/index.ts';

/** Levels of nesting that an entry may have. */
export const deepest = 64;

function acceptText(text: string, path: string): void {
  if (text !== text.normalize('NFC'))
    throw new WellspentError(
      'NOT_NFC',
      `${path || 'The entry'} holds letters in parts, such as e and ´ for é.`,
      {
        found: JSON.stringify(text).slice(0, 60),
      },
    );
}

/**
 * What an entry's data must keep to beyond canonical JSON, so that all programs read the same from the same bytes:
 * text and keys in Unicode's composed form (`NOT_NFC`), whole numbers within ±(2⁵³−1), and no more than 64 levels.
 */
export function acceptData(value: unknown, path = '', depth = 0): void {
  const refuse = (why: string) => {
    throw new WellspentError('ENTRY_INVALID', `${path || 'The entry'} ${why}.`);
  };
  if (depth >= deepest && typeof value === 'object' && value !== null)
    refuse(`has more than ${deepest} levels`);
  if (typeof value === 'string') acceptText(value, path);
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
    refuse('is a whole number that not every program can hold');
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    const inside = path === '' ? key : `${path}.${key}`;
    if (!Array.isArray(value)) acceptText(key, inside);
    acceptData(part, inside, depth + 1);
  }
}
