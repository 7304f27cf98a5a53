import { listInWords, WellspentError, WellspentFaults } from '../../core/index.ts';

/** What an address may ask after its question mark: each word, with the values it takes, or null where a page checks them itself. */
export type Asks = Readonly<Record<string, readonly string[] | null>>;

const code = 'ADDRESS_NOT_UNDERSTOOD';

/** Trouble with what an address asks: what is wrong, what it says, and what to ask instead. */
export function notAsked(message: string, found: string, hint: string): WellspentError {
  return new WellspentError(code, message, { found, hint });
}

function faultOf(key: string, value: unknown, asks: Asks): WellspentError | null {
  const words = Object.keys(asks);
  if (!Object.hasOwn(asks, key))
    return notAsked(
      `This page cannot be asked for "${key}".`,
      `?${key}=${String(value)}`,
      words.length === 0
        ? 'leave out the question mark and what follows it'
        : `ask for ${listInWords(words.map((word) => `"${word}"`))}, or leave it out`,
    );
  if (typeof value !== 'string')
    return notAsked(`"${key}" is asked for twice.`, `${key}`, `keep one "${key}" in the address`);
  const values = asks[key];
  if (!values || values.includes(value)) return null;
  return notAsked(
    `"${key}" has no "${value}" on this page.`,
    `?${key}=${value}`,
    `one of ${values.join(', ')}, or leave "${key}" out`,
  );
}

/** Refuses an address that asks for what its page does not have, so that nothing asked is passed over in silence. */
export function checkAsked(given: unknown, asks: Asks): void {
  const faults = Object.entries((given ?? {}) as Readonly<Record<string, unknown>>).flatMap(
    ([key, value]) => faultOf(key, value, asks) ?? [],
  );
  if (faults.length > 0)
    throw new WellspentFaults(code, 'The address asks for what its page does not have.', faults);
}
