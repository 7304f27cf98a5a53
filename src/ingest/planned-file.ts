import { isAbsolute, relative, resolve, sep } from 'node:path';
import { WellspentError } from '../core/index.ts';
import type { Extract, LoadedCharter } from '../define/index.ts';
import type { ImportRules, StatedRules } from './import-rules.ts';
import type { WhyStated } from './mapping/saved-mapping.ts';

/** One file to bring in, with its rules. */
export interface PlannedFile {
  readonly path: string;
  readonly shown: string;
  readonly rules: ImportRules;
  readonly whyStated?: WhyStated;
}

/** What planning a file needs of a charter. */
interface ExtractsOfCharter {
  readonly file: string;
  readonly charter: Pick<LoadedCharter['charter'], 'extracts' | 'timezone'>;
}

/** The extract of the charter that a file is, if the charter names it. */
function extractOf(loaded: ExtractsOfCharter, shown: string): Extract | undefined {
  return loaded.charter.extracts.find((extract) => extract.file.replace(/^\.\//, '') === shown);
}

function shownPath(dir: string, file: string): string {
  const inside = relative(resolve(dir), resolve(file));
  if (!inside.startsWith('..') && !isAbsolute(inside)) return inside.split(sep).join('/');
  // Outside the workspace the last folder and the name are enough: a whole path would tell of the machine.
  return resolve(file).split(sep).slice(-2).join('/');
}

/** The rules for a file: what the charter says, under what the caller says. */
export function plannedFile(
  dir: string,
  loaded: ExtractsOfCharter,
  file: string,
  said: StatedRules = {},
  shownAs?: string,
): PlannedFile {
  const shown = shownAs ?? shownPath(dir, file);
  const extract = extractOf(loaded, shown);
  const as = said.as ?? extract?.as;
  if (!as)
    throw new WellspentError(
      'MAPPING_INCOMPLETE',
      `Say which table ${shown} fills; the charter does not name it.`,
      {
        where: { file: loaded.file },
        hint: '--as events',
      },
    );
  const dayFirst = said.dayFirst ?? extract?.day_first;
  return {
    path: resolve(file),
    shown,
    rules: {
      as,
      map: { ...extract?.map, ...said.map },
      timezone: said.timezone ?? extract?.timezone ?? loaded.charter.timezone,
      dayFirst,
      decimal: said.decimal ?? extract?.decimal,
      drop: said.drop ?? extract?.drop,
      nulls: said.nulls ?? extract?.nulls,
      encoding: said.encoding ?? extract?.encoding,
      delimiter: said.delimiter ?? extract?.delimiter,
      sheet: said.sheet ?? extract?.sheet,
      objectType: said.objectType ?? extract?.object_type,
      epoch: said.epoch,
      minutesIn: said.minutesIn ?? extract?.minutes_in,
      onBadStart: said.onBadStart ?? extract?.on_bad_start,
      lifecycle: said.lifecycle ?? extract?.lifecycle,
      classifier: said.classifier ?? extract?.classifier,
      dedupe: said.dedupe ?? extract?.dedupe,
      shape: said.shape ?? extract?.shape,
      steps: said.steps ?? extract?.steps,
      field: said.field ?? extract?.field,
    },
  };
}
