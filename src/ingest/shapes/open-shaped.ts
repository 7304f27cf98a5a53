import { WellspentError, WellspentFaults } from '../../core/index.ts';
import { didYouMean } from '../../define/index.ts';
import { everyOther, type ImportRules, nullWords } from '../import-rules.ts';
import { fieldsOf } from '../mapping/fields.ts';
import { attributeName, comparable } from '../mapping/names.ts';
import { textsOf } from '../readers/cells.ts';
import { openTable } from '../readers/open-table.ts';
import {
  isEventLog,
  type Notice,
  type RawBatch,
  type RawTable,
  type ReadOptions,
} from '../readers/raw-table.ts';
import { foundDateAndTime, namedDateAndTime, withTimesOfDay } from './date-and-time.ts';
import { type ShapeRules, spreadColumns } from './extract-shape.ts';
import { changedFields, guessField, historyColumns, historyFields } from './guess-history.ts';
import { dateColumns, guessWide, mayBeWide, uniqueColumn } from './guess-wide.ts';
import { historyTable } from './history-table.ts';
import { wideTable } from './wide-table.ts';

/** A file opened as a table of its kind: events come a row each, however the file lays them out. */
export interface OpenedTable {
  readonly table: RawTable;
  readonly bytes: number;
  /** The shape as it was stated or found; empty where rows are taken as they stand. */
  readonly shape: ShapeRules;
  readonly notices: readonly Notice[];
}

const mostNamed = 40;
const caseNames = new Set(fieldsOf.events.find(({ name }) => name === 'case_id')?.aliases);

async function firstRows(table: RawTable): Promise<RawBatch> {
  for await (const batch of table.batches()) return batch;
  return { rows: 0, lines: [], columns: [], faults: [] };
}

function missing(file: string, columns: readonly string[], what: string, hint: string): WellspentError {
  return new WellspentError('SHAPE_INCOMPLETE', `${file} has no column that ${what}.`, {
    where: { file },
    found: columns.slice(0, mostNamed).join(', '),
    hint,
  });
}

/** False when the names of the columns alone tell that rows are events. */
function mayBeShaped(columns: readonly string[]): boolean {
  const { field, before, after } = historyColumns(columns);
  return columns.length === 0 || mayBeWide(columns) || Boolean(field && before && after);
}

/** What the shape is to be, by what is stated; `guess` where nothing is. */
function wantedShape({ shape, steps, field, map, classifier }: ImportRules, columns: readonly string[]) {
  if (shape !== undefined) return shape;
  if (steps !== undefined) return 'wide';
  if (field !== undefined) return 'history';
  // The columns that spreading adds may be named in a mapping that was kept or shown.
  if (classifier !== undefined) return 'rows';
  const isReal = (name: string) => map[name] !== undefined && columns.includes(map[name]);
  return isReal('step') || isReal('started') || isReal('finished') ? 'rows' : 'guess';
}

function checkSteps(file: string, columns: readonly string[], steps: Readonly<Record<string, string>>): void {
  const faults = Object.entries(steps)
    .filter(([, column]) => !columns.includes(column))
    .map(
      ([step, column]) =>
        new WellspentError(
          'COLUMN_MISSING',
          `${file} has no column "${column}" (given for the step "${step}").`,
          {
            where: { file },
            found: columns.slice(0, mostNamed).join(', '),
            hint: didYouMean(column, columns),
          },
        ),
    );
  if (faults.length > 0)
    throw new WellspentFaults('COLUMN_MISSING', `The steps name columns that ${file} does not have.`, faults);
}

function inWords(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

function asWide(file: string, table: RawTable, rules: ImportRules, first: RawBatch, guessed: boolean) {
  const { columns } = table;
  const named = rules.map.case_id ?? undefined;
  const found = guessed ? guessWide(columns, first, named) : null;
  if (guessed && !found) return null;
  const dates = (found?.dates ?? dateColumns(columns, first)).filter((name) => !rules.drop?.includes(name));
  const steps = rules.steps ?? Object.fromEntries(dates.map((column) => [column, column]));
  checkSteps(file, columns, steps);
  if (Object.keys(steps).length === 0)
    throw missing(file, columns, 'holds dates', 'steps: { Name of the step: column with its date }');
  const unnamed = found?.caseColumn ?? uniqueColumn(columns, first, Object.values(steps));
  const isKnown = named !== undefined || columns.some((column) => caseNames.has(comparable(column)));
  const says = isKnown || unnamed === null ? {} : { case_id: unnamed };
  const kept = new Set(
    Object.entries(rules.map)
      .filter(([field]) => !(field in spreadColumns))
      .map(([, column]) => column),
  );
  const keepsCells = rules.dedupe !== undefined;
  const nulls = new Set([...nullWords, ...(rules.nulls ?? [])]);
  const notices: readonly Notice[] = guessed
    ? [
        {
          code: 'SHAPE_GUESSED',
          message: `${file} looks like one row a case, so each of its dates is taken as a step: ${inWords(dates)}. To name or leave out steps: --shape wide --steps "Step=${dates[0]},...", or \`steps\` in service.yaml; to read rows as they stand: --shape rows.`,
        },
      ]
    : [];
  return {
    table: wideTable(table, { steps, nulls, kept, keepsCells, says }),
    shape: { shape: 'wide' as const, steps },
    notices,
  };
}

function asHistory(file: string, table: RawTable, rules: ImportRules, first: RawBatch, guessed: boolean) {
  const { columns } = table;
  const known = historyColumns(columns);
  const { map } = rules;
  if (guessed && !(known.field && known.before && known.after)) return null;
  const fieldColumn = map.changed_field ?? known.field;
  const after = map.step ?? known.after;
  if (fieldColumn === undefined || !columns.includes(fieldColumn))
    throw missing(
      file,
      columns,
      'names the field that changed',
      'map: { changed_field: name of the column }',
    );
  if (after === undefined)
    throw missing(file, columns, 'holds the new value of a field', 'map: { step: name of the column }');
  const names = changedFields(textsOf(first.columns[columns.indexOf(fieldColumn)]));
  const field = rules.field ?? guessField(names);
  if (field === null) {
    throw new WellspentError(
      'HISTORY_FIELD_UNKNOWN',
      `${file} holds changes of several fields, and which of them are the steps was not said.`,
      {
        where: { file },
        found: names.slice(0, mostNamed).join(', '),
        hint: `field: ${names[0] ?? 'Status'}`,
      },
    );
  }
  const beforeName = attributeName(`${field} before`, new Set());
  const says = {
    ...historyFields(columns, map),
    step: after,
    ...(known.before === undefined ? {} : { [beforeName]: known.before }),
  };
  const notices: readonly Notice[] =
    rules.field === undefined
      ? [
          {
            code: 'SHAPE_GUESSED',
            message: `${file} looks like a history of changed fields, so each change of "${field}" is taken as a step. To choose another field: --shape history --field NAME, or \`field\` in service.yaml; to read rows as they stand: --shape rows.`,
          },
        ]
      : [];
  return {
    table: historyTable(table, { fieldColumn, field, says }),
    shape: { shape: 'history' as const, field },
    notices,
  };
}

/** The columns that need be read where some are left out and nothing else looks at them. */
function onlyNeeded({ drop = [], dedupe, shape, map }: ImportRules): Pick<ReadOptions, 'onlyColumns'> {
  if (drop.length === 0 || dedupe !== undefined || (shape !== undefined && shape !== 'rows')) return {};
  const named = new Set(Object.values(map));
  // With no name stated, what the columns are is found by looking at all of them.
  const isAll = drop.includes(everyOther) && named.size > 0;
  const out = new Set(drop);
  return { onlyColumns: (column) => (isAll ? named.has(column) : !out.has(column)) };
}

/** The table with dates and the times of day beside them made one, unless the times are named. */
async function withDatesWhole(table: RawTable, { as, map }: ImportRules): Promise<RawTable> {
  if (isEventLog(table.format) || !['events', 'cases', 'contacts'].includes(as)) return table;
  const named = new Set(Object.values(map));
  const pairs = namedDateAndTime(table.columns).filter(({ time }) => !named.has(time));
  if (pairs.length === 0) return table;
  const found = foundDateAndTime(pairs, table.columns, await firstRows(table));
  return found.length > 0 ? withTimesOfDay(table, found) : table;
}

/** Opens a file and, where it holds events in columns or changes of fields, makes them rows. */
export async function openShaped(
  file: string,
  shown: string,
  rules: ImportRules,
  options: ReadOptions,
): Promise<OpenedTable> {
  const { table: asItStands, bytes } = await openTable(file, {
    ...options,
    ...(rules.encoding ? { encoding: rules.encoding } : {}),
    delimiter: rules.delimiter,
    ...onlyNeeded(rules),
    sheet: rules.sheet,
    objectType: rules.objectType,
  });
  const table = await withDatesWhole(asItStands, rules);
  const plain = { table, bytes, shape: {}, notices: [] };
  if (rules.as !== 'events' || isEventLog(table.format)) return plain;
  const wanted = wantedShape(rules, table.columns);
  if (wanted === 'rows' || (wanted === 'guess' && !mayBeShaped(table.columns))) return plain;
  if (rules.classifier !== undefined)
    throw new WellspentError(
      'SHAPE_INCOMPLETE',
      `A classifier tells steps apart in rows that are events, and the rows of ${shown} are said to be none.`,
      { where: { file: shown }, hint: 'shape: rows' },
    );
  const first = await firstRows(table);
  const guess = wanted === 'guess';
  const shaped =
    (wanted === 'history' || guess ? asHistory(shown, table, rules, first, guess) : null) ??
    (wanted === 'wide' || guess ? asWide(shown, table, rules, first, guess) : null);
  return shaped ? { ...shaped, bytes } : plain;
}
