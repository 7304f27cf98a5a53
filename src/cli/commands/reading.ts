import { WellspentError } from '../../core/index.ts';

/** How to read a file, from the options that `add` and `log` share. */
export interface Reading {
  readonly map?: Readonly<Record<string, string>>;
  readonly timezone?: string;
  readonly dayFirst?: boolean;
  readonly encoding?: string;
}

/** Pairs such as `case_id=Case ID,step=Activity`; a comma inside a column's name is written `\,`. */
function mappingPairs(text: string): Readonly<Record<string, string>> {
  const pairs: [string, string][] = [];
  for (const part of text.split(/(?<!\\),/)) {
    const at = part.indexOf('=');
    const field = part.slice(0, at).trim();
    const column = part
      .slice(at + 1)
      .replaceAll('\\,', ',')
      .trim();
    if (at < 1 || field === '' || column === '')
      throw new WellspentError('USAGE', `"${part}" is not a pair of field and column.`, {
        found: text,
        hint: '--map "case_id=Case ID,step=Activity"',
      });
    if (pairs.some(([name]) => name === field))
      throw new WellspentError('USAGE', `The field "${field}" is mapped twice.`, { found: text });
    pairs.push([field, column]);
  }
  return Object.fromEntries(pairs);
}

/** Reads the shared options; day first and month first together are refused. */
export function readingOf(options: Record<string, unknown>): Reading {
  if (options.dayFirst === true && options.monthFirst === true)
    throw new WellspentError('USAGE', 'A date is read day first or month first, not both.', {
      hint: '--day-first',
    });
  return {
    ...(typeof options.map === 'string' ? { map: mappingPairs(options.map) } : {}),
    ...(typeof options.timezone === 'string' ? { timezone: options.timezone } : {}),
    ...(options.dayFirst === true ? { dayFirst: true } : {}),
    ...(options.monthFirst === true ? { dayFirst: false } : {}),
    ...(typeof options.encoding === 'string' ? { encoding: options.encoding } : {}),
  };
}
