import { type ExtractKind, holdsKindsOfWords, type LoadedCharter, nearestName } from '../../define/index.ts';
import { type ImportRules, type MinutesIn, rulesIn, type StatedRules } from '../import-rules.ts';
import { lookAt } from '../mapping/column-look.ts';
import { plannerFor } from '../mapping/column-plan.ts';
import { fieldsOf, fieldsOfCaseRows } from '../mapping/fields.ts';
import { type ColumnGuess, guessMapping } from '../mapping/guess-mapping.ts';
import { leftOutFor } from '../mapping/left-out.ts';
import { mayBeShown } from '../mapping/personal-columns.ts';
import { savedDelimiter } from '../mapping/saved-delimiter.ts';
import { asKept, findSavedMapping, leftOutAsKept, type SavedMapping } from '../mapping/saved-mapping.ts';
import { ownTexts, wideColumns, xesMap } from '../mapping/source-plan.ts';
import type { NumberStyle } from '../numbers.ts';
import { plannedFile } from '../planned-file.ts';
import { textsOf } from '../readers/cells.ts';
import {
  columnsComeLate,
  isEventLog,
  type RawBatch,
  type RawTable,
  type SourceFormat,
} from '../readers/raw-table.ts';
import { type ShapeRules, spreadColumns } from '../shapes/extract-shape.ts';
import { openShaped } from '../shapes/open-shaped.ts';
import { storeFolder } from '../workspace.ts';
import { type ColumnPreview, contentOf } from './column-preview.ts';
import { ambiguousDates, type DateReadings } from './date-readings.ts';

/** A file to look into before it is brought in. */
export interface PreviewRequest extends Pick<StatedRules, 'encoding' | 'delimiter' | 'sheet' | 'objectType'> {
  readonly dir: string;
  readonly loaded: LoadedCharter;
  readonly file: string;
  readonly as: ExtractKind;
  readonly shownAs?: string;
}

/** What was answered before: by the charter for this file, or for an earlier file with the same columns. */
export interface KnownAnswers {
  readonly timezone?: string;
  readonly dayFirst?: boolean;
  readonly decimal?: NumberStyle;
  readonly minutesIn?: MinutesIn;
}

/** What a file would become, from its first rows; nothing is changed and no identifier is shown. */
export interface ExtractPreview {
  /** The name that its source gets. */
  readonly shown: string;
  readonly format: SourceFormat;
  /** What separates its values, as stated or found; null where it is no delimited text. */
  readonly delimiter: string | null;
  /** How many rows were looked at. */
  readonly rows: number;
  readonly columns: readonly ColumnPreview[];
  /** Columns that the charter or the kept mapping names and the file does not have, each with its field. */
  readonly missing: readonly {
    readonly field: string;
    readonly column: string;
    readonly near: string | null;
  }[];
  readonly ambiguousDates: readonly DateReadings[];
  readonly known: KnownAnswers;
  /** How the file lays its events out, as stated or found; empty where its rows are taken as they stand. */
  readonly shape: ShapeRules;
}

/** The columns of the file itself, without those that its shape added. */
function ownColumns(columns: readonly string[]): readonly string[] {
  const added: readonly string[] = Object.values(spreadColumns);
  return columns.filter((column) => !added.includes(column));
}

async function firstRows(table: RawTable): Promise<RawBatch> {
  for await (const batch of table.batches()) return batch;
  return { rows: 0, lines: [], columns: [], faults: [] };
}

function reasonOf(guess: ColumnGuess, saved: SavedMapping | null, leftOut: string | null): string {
  if (leftOut !== null) return leftOut;
  if (guess.reason !== 'stated') return guess.reason;
  return saved ? asKept : 'the charter says so';
}

function knownAnswers(rules: ImportRules, saved: SavedMapping | null, loaded: LoadedCharter): KnownAnswers {
  const dayFirst = rules.dayFirst ?? saved?.day_first;
  const decimal = rules.decimal ?? saved?.decimal;
  const stated = rules.timezone === loaded.charter.timezone ? undefined : rules.timezone;
  const timezone = stated ?? saved?.timezone;
  return {
    ...(timezone === undefined ? {} : { timezone }),
    ...(dayFirst === undefined ? {} : { dayFirst }),
    ...(decimal === undefined ? {} : { decimal }),
    ...(saved?.minutes_in === undefined ? {} : { minutesIn: saved.minutes_in }),
  };
}

/** Reads the first rows of a file and says what each column is taken to be and what the file cannot tell. */
export async function previewExtract(request: PreviewRequest): Promise<ExtractPreview> {
  const { dir, loaded, file, as, shownAs, encoding, delimiter, sheet, objectType } = request;
  // An answer that was left empty says nothing.
  const answers = Object.entries({ encoding, delimiter, sheet, objectType }).filter(([, said]) => said);
  const said = rulesIn({ as, ...Object.fromEntries(answers) });
  const { path, shown: shownName, rules: planned } = plannedFile(dir, loaded, file, said, shownAs);
  const rules = { ...planned, delimiter: await savedDelimiter(storeFolder(dir), path, planned) };
  const { table, shape } = await openShaped(path, shownName, rules, {});
  const first = await firstRows(table);
  const { columns, format } = table;
  const isStated = Object.keys(rules.map).length > 0 || columnsComeLate(format);
  const saved = isStated ? null : findSavedMapping(storeFolder(dir), as, ownColumns(columns));
  const ofFormat = isEventLog(format) && as === 'events' ? xesMap : {};
  const wanted: Readonly<Record<string, string>> = {
    ...ofFormat,
    ...(saved?.map ?? rules.map),
    ...table.shaped?.says,
  };
  const ofCases = table.shaped?.rowsAreCases === true;
  const stated = Object.fromEntries(Object.entries(wanted).filter(([, column]) => columns.includes(column)));
  const guesses = guessMapping({
    as,
    columns,
    sample: first,
    stated,
    ...(ofCases ? { fields: fieldsOfCaseRows } : {}),
  });
  const fields = new Set(fieldsOf[as].map(({ name }) => name));
  const drop = new Set(rules.drop ?? saved?.drop ?? []);
  const mapped = guesses.flatMap((guess) => (guess.field === null ? [] : [[guess.field, guess.column]]));
  const mapping = { ...stated, ...(Object.fromEntries(mapped) as Record<string, string>) };
  const planner = plannerFor(as, mapping, ofCases);

  const isWide = columns.length >= wideColumns;
  const previews = guesses.map((guess, index): ColumnPreview => {
    const cells = textsOf(first.columns[index]);
    const { mayIdentify, naive, range } = contentOf(cells);
    const plan = planner.plan(guess.column, index, 'point', 'text');
    const look = lookAt(guess.column);
    look.add(first.columns[index]);
    const verdict = guess.field === null && plan.field === null ? look.verdict() : null;
    const words = guess.field !== null && holdsKindsOfWords(guess.field);
    const identity = plan.field?.identity !== undefined;
    const withheld = identity
      ? 'identifier'
      : verdict === 'free text' || words
        ? 'free text'
        : verdict !== null
          ? 'people'
          : mayIdentify
            ? 'nearly all different'
            : null;
    const apart = isWide && guess.field === null && verdict === null && mayIdentify && range === null;
    const why = verdict === null ? (apart ? ownTexts : null) : leftOutFor[verdict].reason;
    const usedUp = table.shaped?.usedUp.get(guess.column) ?? null;
    const ofShape = Object.entries(table.shaped?.says ?? {}).some(([, column]) => column === guess.column);
    const isField = guess.field !== null && fields.has(guess.field);
    return {
      ...guess,
      field: isField ? guess.field : null,
      attribute: isField ? null : guess.field,
      reason:
        usedUp ??
        (ofShape
          ? 'the shape of the file says so'
          : drop.has(guess.column)
            ? rules.drop === undefined
              ? leftOutAsKept
              : 'left out, as the charter says'
            : reasonOf(guess, saved, why)),
      samples:
        withheld === null ? guess.samples.filter((text) => mayBeShown(guess.column, text, isField)) : [],
      leftOut: drop.has(guess.column) || verdict !== null || apart || usedUp !== null,
      isUsedUp: usedUp !== null,
      withheld,
      naive,
      range,
    };
  });
  const times = new Set(fieldsOf[as].filter(({ reading }) => reading === 'time').map(({ name }) => name));
  const unfilled = previews.flatMap(({ field, filled }, i) =>
    field !== null && times.has(field) && filled === 0 ? [i] : [],
  );
  const split = table.facts.delimiter;
  return {
    shown: shownName,
    format,
    delimiter: typeof split === 'string' ? split : null,
    rows: first.rows,
    columns: previews,
    // Attributes may appear on any event or row, so a name that is not there yet is not missing.
    missing: Object.entries(columnsComeLate(format) ? {} : wanted)
      .filter(([field]) => !(field in stated))
      .map(([field, column]) => ({ field, column, near: nearestName(column, columns) ?? null })),
    ambiguousDates: isEventLog(format) ? [] : await ambiguousDates(table, first, unfilled),
    shape,
    known: knownAnswers(rules, saved, loaded),
  };
}
