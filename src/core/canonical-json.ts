import { WellspentError } from './errors/wellspent-error.ts';

const at = (path: string) => (path === '' ? 'The value' : path.replace(/^\./, ''));

const step = (path: string, key: string) =>
  /^[A-Za-z_]\w*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;

function writtenText(text: string, path: string): string {
  if (!text.isWellFormed())
    throw new WellspentError('LONE_SURROGATE', `${at(path)} holds half of a character.`, {
      found: JSON.stringify(text).slice(0, 60),
    });
  return JSON.stringify(text);
}

function writtenNumber(value: number, path: string): string {
  if (!Number.isFinite(value))
    throw new WellspentError('NOT_FINITE', `${at(path)} is ${value}, which JSON cannot hold.`);
  return JSON.stringify(value);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    (prototype === Object.prototype || prototype === null) && Object.getOwnPropertySymbols(value).length === 0
  );
}

function written(value: unknown, path: string): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return writtenText(value, path);
  if (typeof value === 'number') return writtenNumber(value, path);
  if (Array.isArray(value) && Object.keys(value).length === value.length)
    return `[${value.map((part, i) => written(part, `${path}[${i}]`)).join(',')}]`;
  if (typeof value === 'object' && !Array.isArray(value) && isPlain(value)) {
    // The default order of strings is by UTF-16 code units, as RFC 8785 asks.
    const parts = Object.keys(value)
      .sort()
      .map((key) => {
        const inside = step(path, key);
        return `${writtenText(key, inside)}:${written((value as Record<string, unknown>)[key], inside)}`;
      });
    return `{${parts.join(',')}}`;
  }
  const kind = Array.isArray(value)
    ? 'an array with gaps'
    : Object.prototype.toString.call(value).slice(8, -1);
  throw new WellspentError('NOT_JSON', `${at(path)} is not plain JSON data.`, { found: kind });
}

/**
 * Canonical JSON (RFC 8785): sorted keys, no white space, one way to write each number and character, so that
 * equal content has equal bytes. Anything but plain JSON data is refused rather than dropped or rewritten:
 * undefined, dates, maps, gaps in arrays (`NOT_JSON`), NaN and infinities (`NOT_FINITE`), half characters
 * (`LONE_SURROGATE`). Unicode is not normalised.
 */
export function canonicalJson(value: unknown): string {
  return written(value, '');
}

/** Plain data without the keys that are undefined, at any depth, for callers to whom unsaid and absent are the same. */
export function saidOnly(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(saidOnly);
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value;
  const said = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(said.map(([key, part]) => [key, saidOnly(part)]));
}
