import { isAbsolute, relative, resolve, sep } from 'node:path';
import { WellspentError } from '../core/index.ts';
import { type Extract, extractPath, type LoadedCharter, partWords } from '../define/index.ts';
import type { ImportRules, StatedRules } from './import-rules.ts';
import type { WhyStated } from './mapping/saved-mapping.ts';

/** What becomes of a file whose name another file has in the workspace: it takes its place, or both stay. */
export type SameName = 'replace' | 'keep-both';

/** One file to bring in, with its rules. */
export interface PlannedFile {
  readonly path: string;
  readonly shown: string;
  readonly rules: ImportRules;
  /** What to do where another file has that name; refused by default. */
  readonly sameName?: SameName | undefined;
  /** True for a file inside the workspace or listed by its charter: its name says where it lies. */
  readonly isOwnPath?: boolean;
  readonly whyStated?: WhyStated;
}

/** What planning a file needs of a charter. */
interface ExtractsOfCharter {
  readonly file: string;
  readonly charter: Pick<LoadedCharter['charter'], 'extracts' | 'timezone'>;
}

/**
 * The extract of the charter that a file is, if the charter names it. Where it names several parts of the file, the
 * one that is said; where none of them is said, which one is asked.
 */
function extractOf(
  loaded: ExtractsOfCharter,
  shown: string,
  { as, sheet, objectType }: StatedRules,
): Extract | undefined {
  const ofFile = loaded.charter.extracts.filter(
    (extract) => extractPath(extract) === shown && (as ?? extract.as) === extract.as,
  );
  const first = ofFile[0];
  const said = ofFile.find(
    (extract) =>
      (sheet ?? extract.sheet) === extract.sheet &&
      (objectType ?? extract.object_type) === extract.object_type,
  );
  if (sheet !== undefined || objectType !== undefined) return said ?? first;
  const parts = (of: 'sheet' | 'object_type') => [
    ...new Set(ofFile.flatMap((extract) => (extract.as === first?.as ? (extract[of] ?? []) : []))),
  ];
  for (const [of, code, what] of [
    ['sheet', 'SHEET_AMBIGUOUS', 'sheets'],
    ['object_type', 'OBJECT_TYPE_AMBIGUOUS', 'types of objects'],
  ] as const) {
    const choices = parts(of);
    if (choices.length > 1)
      throw new WellspentError(
        code,
        `The charter brings in ${choices.length} ${what} of ${shown}; say which one.`,
        { where: { file: loaded.file }, found: choices.join(', '), hint: `${of}: ${choices[0]}`, choices },
      );
  }
  return first;
}

/** A file's name for readers, and whether it says where the file lies. */
function nameOf(
  dir: string,
  { charter }: ExtractsOfCharter,
  file: string,
): { shown: string; isOwnPath: boolean } {
  const path = resolve(file);
  const listed = charter.extracts.find((extract) => resolve(dir, extract.file) === path);
  if (listed) return { shown: extractPath(listed), isOwnPath: true };
  const inside = relative(resolve(dir), path);
  if (!inside.startsWith('..') && !isAbsolute(inside))
    return { shown: inside.split(sep).join('/'), isOwnPath: true };
  // Outside the workspace the last folder and the name are enough: a whole path would tell of the machine.
  return { shown: path.split(sep).slice(-2).join('/'), isOwnPath: false };
}

/** The rules for a file: what the charter says, under what the caller says. */
export function plannedFile(
  dir: string,
  loaded: ExtractsOfCharter,
  file: string,
  said: StatedRules = {},
  shownAs?: string,
): PlannedFile {
  const name = shownAs === undefined ? nameOf(dir, loaded, file) : { shown: shownAs, isOwnPath: false };
  const { shown, isOwnPath } = name;
  const extract = extractOf(loaded, shown, said);
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
  const sheet = said.sheet ?? extract?.sheet;
  const objectType = said.objectType ?? extract?.object_type;
  return {
    path: resolve(file),
    shown: shown + partWords({ sheet, objectType }),
    isOwnPath,
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
      sheet,
      objectType,
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
