import { WellspentError, WellspentFaults } from '../../core/index.ts';

/** How to read a file, from the options that `add` and `log` share. */
export interface Reading {
  readonly map?: Readonly<Record<string, string>>;
  readonly timezone?: string;
  readonly dayFirst?: boolean;
  readonly encoding?: string;
  readonly sheet?: string;
  readonly objectType?: string;
  readonly lifecycle?: 'pair' | 'keep';
  readonly classifier?: string;
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
    ...(typeof options.sheet === 'string' ? { sheet: options.sheet } : {}),
    ...(typeof options.objectType === 'string' ? { objectType: options.objectType } : {}),
    ...(options.lifecycle === 'pair' || options.lifecycle === 'keep' ? { lifecycle: options.lifecycle } : {}),
    ...(typeof options.classifier === 'string' ? { classifier: options.classifier } : {}),
  };
}

function hintForOption(error: WellspentError): string | undefined {
  const { code, hint } = error;
  if (hint === undefined) return undefined;
  if (code === 'MAPPING_INCOMPLETE') return hint.replace(/^(\w+): (.*)$/, '--map "$1=$2"');
  if (code === 'ENCODING_UNKNOWN') return hint.replace(/^encoding: /, '--encoding ');
  if (code === 'SHEET_AMBIGUOUS') return hint.replace(/^sheet: (.*)$/, '--sheet "$1"');
  if (code === 'OBJECT_TYPE_AMBIGUOUS') return hint.replace(/^object_type: (.*)$/, '--object-type "$1"');
  return hint;
}

function withHint(error: WellspentError): WellspentError {
  const hint = hintForOption(error);
  if (hint === error.hint || hint === undefined) return error;
  return new WellspentError(error.code, error.message, {
    ...(error.where === undefined ? {} : { where: error.where }),
    ...(error.found === undefined ? {} : { found: error.found }),
    hint,
    cause: error.cause,
  });
}

/** For a file named on the command line: remedies as options, not as lines of a charter. Throws what it is given. */
export function throwForOptions(error: unknown): never {
  if (error instanceof WellspentFaults)
    throw new WellspentFaults(error.code, error.message, error.faults.map(withHint));
  throw error instanceof WellspentError ? withHint(error) : error;
}
