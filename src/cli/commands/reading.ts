import { WellspentError, WellspentFaults } from '../../core/index.ts';
import type { MinutesIn } from '../../ingest/index.ts';

/** How to read a file, from the options that `add` and `log` share. */
export interface Reading {
  readonly map?: Readonly<Record<string, string>>;
  readonly drop?: readonly string[];
  readonly timezone?: string;
  readonly dayFirst?: boolean;
  readonly decimal?: 'point' | 'comma';
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly sheet?: string;
  readonly objectType?: string;
  readonly lifecycle?: 'pair' | 'keep';
  readonly classifier?: string;
  readonly shape?: 'rows' | 'wide' | 'history';
  readonly steps?: Readonly<Record<string, string>>;
  readonly field?: string;
  readonly minutesIn?: MinutesIn;
  readonly dedupe?: 'exact' | { readonly key: readonly string[]; readonly keep_latest_by?: string };
}

/** Pairs such as `case_id=Case ID,step=Activity`; a comma inside a column's name is written `\,`. */
function mappingPairs(text: string, option: '--map' | '--steps'): Readonly<Record<string, string>> {
  const [what, hint] =
    option === '--map'
      ? ['field', '--map "case_id=Case ID,step=Activity"']
      : ['step', '--steps "Received=Date received,Decided=Date decided"'];
  const pairs: [string, string][] = [];
  for (const part of text.split(/(?<!\\),/)) {
    const at = part.indexOf('=');
    const field = part.slice(0, at).trim();
    const column = part
      .slice(at + 1)
      .replaceAll('\\,', ',')
      .trim();
    if (at < 1 || field === '' || column === '')
      throw new WellspentError('USAGE', `"${part}" is not a pair of ${what} and column.`, {
        found: text,
        hint,
      });
    if (pairs.some(([name]) => name === field))
      throw new WellspentError('USAGE', `The ${what} "${field}" is mapped twice.`, { found: text });
    pairs.push([field, column]);
  }
  return Object.fromEntries(pairs);
}

/** Names of columns; a comma inside one is written `\,`. */
function columnNames(text: string): readonly string[] {
  const names = text.split(/(?<!\\),/).map((name) => name.replaceAll('\\,', ',').trim());
  if (names.includes(''))
    throw new WellspentError('USAGE', `"${text}" names an empty column.`, {
      hint: '--drop "Notes,Phone number"',
    });
  return names;
}

/** `exact`, or the columns of a key; a comma inside a column's name is written `\,`. */
function dedupeOf(columns: unknown, latest: unknown): Pick<Reading, 'dedupe'> {
  const hint = '--dedupe ContactId --keep-latest-by LastUpdateTimestamp';
  if (typeof columns !== 'string') {
    if (latest === undefined) return {};
    throw new WellspentError('USAGE', '--keep-latest-by needs --dedupe with the columns of a key.', { hint });
  }
  if (columns === 'exact') {
    if (latest === undefined) return { dedupe: 'exact' };
    throw new WellspentError('USAGE', 'Rows that are equal in all columns have no latest one.', { hint });
  }
  const key = columns.split(/(?<!\\),/).map((name) => name.replaceAll('\\,', ',').trim());
  if (key.includes('')) throw new WellspentError('USAGE', `"${columns}" names an empty column.`, { hint });
  return { dedupe: { key, ...(typeof latest === 'string' ? { keep_latest_by: latest } : {}) } };
}

/** Reads the shared options; day first and month first together are refused. */
export function readingOf(options: Record<string, unknown>): Reading {
  if (options.dayFirst === true && options.monthFirst === true)
    throw new WellspentError('USAGE', 'A date is read day first or month first, not both.', {
      hint: '--day-first',
    });
  return {
    ...(typeof options.map === 'string' ? { map: mappingPairs(options.map, '--map') } : {}),
    ...(typeof options.drop === 'string' ? { drop: columnNames(options.drop) } : {}),
    ...(typeof options.timezone === 'string' ? { timezone: options.timezone } : {}),
    ...(options.dayFirst === true ? { dayFirst: true } : {}),
    ...(options.monthFirst === true ? { dayFirst: false } : {}),
    ...(options.decimal === 'point' || options.decimal === 'comma' ? { decimal: options.decimal } : {}),
    ...(typeof options.encoding === 'string' ? { encoding: options.encoding } : {}),
    ...(typeof options.delimiter === 'string' ? { delimiter: options.delimiter } : {}),
    ...(typeof options.sheet === 'string' ? { sheet: options.sheet } : {}),
    ...(typeof options.objectType === 'string' ? { objectType: options.objectType } : {}),
    ...(options.lifecycle === 'pair' || options.lifecycle === 'keep' ? { lifecycle: options.lifecycle } : {}),
    ...(options.shape === 'rows' || options.shape === 'wide' || options.shape === 'history'
      ? { shape: options.shape }
      : {}),
    ...(typeof options.steps === 'string' ? { steps: mappingPairs(options.steps, '--steps') } : {}),
    ...(typeof options.field === 'string' ? { field: options.field } : {}),
    ...(typeof options.minutesIn === 'string' ? { minutesIn: options.minutesIn as MinutesIn } : {}),
    ...dedupeOf(options.dedupe, options.keepLatestBy),
    ...(typeof options.classifier === 'string' ? { classifier: options.classifier } : {}),
  };
}

function hintForOption(error: WellspentError): string | undefined {
  const { code, hint } = error;
  if (hint === undefined) return undefined;
  if (code === 'MAPPING_INCOMPLETE' || code === 'MAPPING_KEY_MISSPELT')
    return hint.replace(/^(\w+): (.*)$/, '--map "$1=$2"');
  if (code === 'SHAPE_INCOMPLETE')
    return hint
      .replace(/^map: \{ (\w+): (.*) \}$/, '--map "$1=$2"')
      .replace(/^steps: \{ (.*): (.*) \}$/, '--steps "$1=$2"');
  if (code === 'HISTORY_FIELD_UNKNOWN') return hint.replace(/^field: (.*)$/, '--field "$1"');
  if (code === 'WORK_UNIT_UNKNOWN') return hint.replace(/^minutes_in: /, '--minutes-in ');
  if (code === 'ENCODING_UNKNOWN') return hint.replace(/^encoding: /, '--encoding ');
  if (code === 'DELIMITER_WRONG') return hint.replace(/^delimiter: /, '--delimiter ');
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
