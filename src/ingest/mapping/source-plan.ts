import { countOf, WellspentError, WellspentFaults } from '../../core/index.ts';
import { didYouMean } from '../../define/index.ts';
import { everyOther, type ImportRules } from '../import-rules.ts';
import { isPlainNumber, type NumberStyle, numberStyle, parseNumber } from '../numbers.ts';
import { type Cells, textsOf } from '../readers/cells.ts';
import {
  columnsComeLate,
  isEventLog,
  type Notice,
  type PlacedColumn,
  type RawBatch,
  type RawTable,
} from '../readers/raw-table.ts';
import { tallyOf } from '../readers/tally.ts';
import type { ColumnRecord } from '../store/manifest.ts';
import { dateOrders } from '../time/column-orders.ts';
import { type DatedColumn, datedColumns } from '../time/dated-columns.ts';
import { newReading, parseTime, type TimeRules } from '../time/parse-time.ts';
import type { Verdict } from './column-look.ts';
import { type AttributeKind, type ColumnPlan, type Planner, plannerFor } from './column-plan.ts';
import { fieldsOf, fieldsOfCaseRows } from './fields.ts';
import { type ColumnGuess, guessMapping } from './guess-mapping.ts';
import { refuseSlips } from './key-slips.ts';
import { leftOutFor } from './left-out.ts';
import type { WhyStated } from './saved-mapping.ts';
import { type PeopleWatch, watchPeople } from './watch-people.ts';
import { BlankWatch, type KindReading, wholeKinds } from './whole-kinds.ts';
import { wholeStyles } from './whole-styles.ts';
import { checkWork } from './work-unit.ts';

const styleSample = 2000;
/** From so many columns on, a text of its own in each row is taken for no attribute. */
export const wideColumns = 200;
/** Why such a column is left out. */
export const ownTexts = 'nearly every row has a text of its own';
const fewestDifferent = 100;
const shareDifferent = 0.9;
const columnsShown = 40;

/** What a source's columns become; grows while an XES file shows new attributes. */
export interface SourcePlan {
  readonly plans: readonly ColumnPlan[];
  readonly dropped: readonly ColumnRecord[];
  readonly guesses: readonly ColumnGuess[];
  /** Field: column of the file. */
  readonly mapping: Readonly<Record<string, string>>;
  readonly notices: readonly Notice[];
  timeRules(column: string): TimeRules;
  /** Takes columns into account that were not there before. */
  extend(batch: RawBatch): void;
  /** Throws `OrderOpen` where dates of a batch tell of day and month what those that were planned by did not. */
  checkDates(batch: RawBatch): void;
  /** Watches attributes of which the first rows have no value. */
  readonly blanks: BlankWatch;
  /** Holds columns that nobody named to what their first rows told of people and of sentences. */
  readonly people: PeopleWatch;
}

export interface PlanInput {
  /** The file's name as it is shown. */
  readonly file: string;
  readonly table: RawTable;
  readonly rules: ImportRules;
  readonly baseRules: TimeRules;
  readonly nulls: ReadonlySet<string>;
  readonly whyStated?: WhyStated;
  /** Columns that looked like numbers or times and turned out to hold something else. */
  readonly textColumns: ReadonlySet<string>;
  /** Columns whose first dates do not tell the order of day and month of them all. */
  readonly wholeColumns: readonly DatedColumn[];
  /** Columns whose first numbers do not tell the decimal mark of them all. */
  readonly wholeNumbers: readonly PlacedColumn[];
  /** Attributes of which the first rows have no value, and later ones numbers or times. */
  readonly blankColumns: readonly PlacedColumn[];
  /** Columns whose first rows do not tell of people or sentences what all rows do, with what all do. */
  readonly wholeVerdicts: ReadonlyMap<string, Verdict | null>;
}

/** What the fields of an XES log are called by its standard. */
export const xesMap = {
  case_id: 'case:concept:name',
  step: 'concept:name',
  finished: 'time:timestamp',
} as const;

/** What an XES log calls fields that need not be there, nor on its first events. */
const xesLater = { lifecycle: 'lifecycle:transition', instance: 'concept:instance' } as const;

function dedupeColumns({ dedupe }: Pick<ImportRules, 'dedupe'>): readonly string[] {
  if (dedupe === undefined || dedupe === 'exact') return [];
  return [...dedupe.key, ...(dedupe.keep_latest_by === undefined ? [] : [dedupe.keep_latest_by])];
}

/** One column cannot fill two fields: the second would take it from the first. */
function refuseColumnTwice({
  file,
  table: { columns },
  rules,
}: Pick<PlanInput, 'file' | 'table' | 'rules'>): void {
  for (const [field, column] of Object.entries(rules.map)) {
    const other = Object.entries(rules.map).find(([name, own]) => own === column && name !== field)?.[0];
    if (other !== undefined)
      throw new WellspentError(
        'COLUMN_TWICE',
        `Column "${column}" of ${file} is to fill both ${field} and ${other}.`,
        {
          where: { file },
          found: columns.slice(0, columnsShown).join(', '),
        },
      );
  }
}

type Stated = Pick<PlanInput, 'file' | 'table' | 'rules'>;

function checkStated(input: Stated): void {
  const { rules } = input;
  const drop = (rules.drop ?? []).filter((column) => column !== everyOther);
  checkNamed(input, [
    ...Object.entries(rules.map),
    ...drop.map((column) => ['drop', column] as const),
    ...dedupeColumns(rules).map((column) => ['dedupe', column] as const),
  ]);
}

/** Throws `COLUMN_MISSING` for columns that are named for something and are not there. */
function checkNamed(
  { file, table: { columns } }: Stated,
  named: readonly (readonly [string, string])[],
): void {
  const faults = named
    .filter(([, column]) => !columns.includes(column))
    .map(
      ([field, column]) =>
        new WellspentError('COLUMN_MISSING', `${file} has no column "${column}" (given for ${field}).`, {
          where: { file },
          found: columns.slice(0, columnsShown).join(', '),
          hint: didYouMean(column, columns),
        }),
    );
  if (faults.length > 0)
    throw new WellspentFaults(
      'COLUMN_MISSING',
      `The mapping names columns that ${file} does not have.`,
      faults,
    );
}

/** Throws `MAPPING_INCOMPLETE` for fields that the table needs and no column fills. */
export function checkRequired(
  file: string,
  { as, lifecycle }: ImportRules,
  mapping: Readonly<Record<string, string>>,
  { columns, format }: RawTable,
  isEmpty: boolean,
): void {
  const missing = fieldsOf[as]
    .filter((field) => field.required && !(field.name in mapping))
    .map((field) => field.name);
  if (as === 'events' && !('started' in mapping) && !('finished' in mapping)) missing.push('finished');
  if (as === 'events' && lifecycle === 'pair' && !columnsComeLate(format) && !('lifecycle' in mapping))
    missing.push('lifecycle');
  if (missing.length === 0) return;
  if (isEmpty)
    throw new WellspentError(
      'MAPPING_INCOMPLETE',
      `${file} has no rows, and the names of its columns do not tell ${missing.join(', ')}.`,
      {
        where: { file },
        found: columns.slice(0, columnsShown).join(', '),
        hint: `${missing[0]}: name of the column`,
      },
    );
  const faults = missing.map(
    (field) =>
      new WellspentError('MAPPING_INCOMPLETE', `No column of ${file} was recognised as ${field}.`, {
        where: { file },
        found: columns.slice(0, columnsShown).join(', '),
        hint: `${field}: name of the column`,
      }),
  );
  throw new WellspentFaults('MAPPING_INCOMPLETE', `${file} cannot be mapped to ${as}.`, faults);
}

/** Checks what only the end of a file can tell: columns that never came, lists where one value belongs. */
export function checkWholeFile(file: string, table: RawTable, rules: ImportRules, plan: SourcePlan): void {
  const input = { file, table, rules };
  if (table.format === 'json') checkStated(input);
  // All rows of a log would be one by a key that none of them has.
  else if (columnsComeLate(table.format))
    checkNamed(
      input,
      dedupeColumns(rules).map((column) => ['dedupe', column] as const),
    );
  const lists = table.lists?.();
  if (!lists || lists.size === 0) return;
  const faults = plan.plans
    .filter(({ column, field }) => field && lists.has(column))
    .map(
      ({ column, field }) =>
        new WellspentError(
          'LIST_IN_FIELD',
          `${file} holds a list in "${column}", which fills ${field?.name}.`,
          {
            where: { file, line: lists.get(column) ?? 1 },
          },
        ),
    );
  if (faults.length > 0)
    throw new WellspentFaults('LIST_IN_FIELD', `${file} holds lists where one value belongs.`, faults);
}

/** True for texts of which nearly every row has its own, so that nothing can be grouped by them. */
function isNearlyAllDifferent(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== '');
  return filled.length >= fewestDifferent && new Set(filled).size >= shareDifferent * filled.length;
}

/** What the first values of an attribute are, all of them; the caster holds it to that. */
function kindOf(
  texts: readonly string[],
  style: NumberStyle,
  rules: TimeRules,
  nulls: ReadonlySet<string>,
): AttributeKind {
  const reading = newReading();
  let filled = 0;
  let numbers = true;
  let times = true;
  for (const each of texts) {
    const text = each.trim();
    if (text === '' || nulls.has(text)) continue;
    filled += 1;
    numbers &&= style === 'point' ? isPlainNumber(text) : !Number.isNaN(parseNumber(text, style));
    times &&= text.charCodeAt(4) === 45 && parseTime(text, rules, reading);
    if (!numbers && !times) return 'text';
  }
  if (filled === 0) return 'text';
  return times ? 'timestamp' : 'number';
}

function styleOfFirst(cells: Cells | undefined): NumberStyle {
  const { texts, counts } = tallyOf(cells, styleSample);
  return numberStyle(texts, counts);
}

function droppedColumn(column: string, reason: string): ColumnRecord {
  return {
    column,
    name: null,
    level: 'row',
    staged: '',
    becomes: 'dropped',
    kind: 'text',
    reason,
    samples: [],
  };
}

/** Plans a source from its first batch: fields by statement or guess, attributes, columns left out, date orders. */
export async function planSource(input: PlanInput, first: RawBatch): Promise<SourcePlan> {
  const { file, table, rules, baseRules, nulls, textColumns } = input;
  // Attributes may appear on any event or row, so a name that is not there yet is no fault.
  refuseColumnTwice(input);
  if (!columnsComeLate(table.format)) checkStated(input);
  const ofFormat = isEventLog(table.format) && rules.as === 'events' ? xesMap : {};
  const isClassified = rules.as === 'events' && rules.classifier !== undefined;
  const stated: Readonly<Record<string, string>> = {
    ...ofFormat,
    ...rules.map,
    ...table.shaped?.says,
    ...(isClassified ? { step: table.columns[0] as string } : {}),
  };
  const ofCases = table.shaped?.rowsAreCases === true;
  const guesses = guessMapping({
    as: rules.as,
    columns: table.columns,
    sample: first,
    stated,
    ...(input.whyStated ? { whyStated: input.whyStated } : {}),
    ...(ofCases ? { fields: fieldsOfCaseRows } : {}),
  });
  const mapping: Record<string, string> = { ...stated };
  for (const guess of guesses) if (guess.field !== null) mapping[guess.field] = guess.column;
  refuseSlips(file, rules, mapping);
  checkRequired(file, rules, mapping, table, first.rows + first.faults.length === 0);
  const ofWork = checkWork(input, first, mapping);
  const later = table.format === 'xes' && rules.as === 'events' ? xesLater : {};
  const planner: Planner = plannerFor(rules.as, { ...later, ...mapping }, ofCases);
  const kept = new Set([...Object.values(mapping), ...dedupeColumns(rules)]);
  const isOut = (column: string) =>
    rules.drop?.includes(column) === true || (rules.drop?.includes(everyOther) === true && !kept.has(column));
  const isWide = table.columns.length >= wideColumns;
  const apart: string[] = [];
  const plans: ColumnPlan[] = [];
  const dropped: ColumnRecord[] = [];
  const notices: Notice[] = [];
  let planned = 0;
  const styles = await wholeStyles(table, input.wholeNumbers);
  const people = watchPeople(input.wholeVerdicts);
  const areBlank = (texts: readonly string[]) =>
    texts.every((text) => text.trim() === '' || nulls.has(text.trim()));
  const readKind: KindReading = (texts) => {
    if (areBlank(texts)) return null;
    const style = rules.decimal ?? numberStyle(texts.slice(0, styleSample));
    return { kind: kindOf(texts, style, baseRules, nulls), style };
  };
  const kinds = await wholeKinds(table, input.blankColumns, readKind);
  const looked = new Set([...textColumns, ...input.blankColumns.map(({ column }) => column)]);
  // The attributes of an event log come with their first values.
  const mayFill = (column: string) => !looked.has(column) && !isEventLog(table.format);
  const blanks = new BlankWatch(readKind);

  const extend = (batch: RawBatch) => {
    for (; planned < table.columns.length; planned++) {
      const column = table.columns[planned] as string;
      const cells = batch.columns[planned];
      const used = isOut(column) ? undefined : table.shaped?.usedUp.get(column);
      if (used !== undefined) dropped.push(droppedColumn(column, used));
      else if (isOut(column))
        dropped.push(droppedColumn(column, input.whyStated?.(column, true) ?? 'left out as asked'));
      else {
        const isNamed = kept.has(column) || planner.fillsField(column);
        const verdict = isNamed ? null : people.judge(column, planned, batch);
        if (verdict !== null) {
          const { code, reason, told } = leftOutFor[verdict];
          dropped.push(droppedColumn(column, reason));
          notices.push({ code, message: `Column "${column}" ${told}; it was not brought in.` });
          continue;
        }
        const found = kinds.get(column);
        const style = rules.decimal ?? styles.get(column) ?? found?.style ?? styleOfFirst(cells);
        const { texts } = tallyOf(cells);
        const kind = textColumns.has(column)
          ? 'text'
          : (found?.kind ?? kindOf(texts, style, baseRules, nulls));
        if (kind !== 'text') people.passOver(column);
        if (isWide && kind === 'text' && !kept.has(column) && isNearlyAllDifferent(textsOf(cells))) {
          dropped.push(droppedColumn(column, ownTexts));
          people.forget(column);
          apart.push(column);
          continue;
        }
        const plan = planner.plan(column, planned, style, kind);
        plans.push(plan);
        if (!plan.field && mayFill(column) && areBlank(texts)) blanks.add({ column, index: planned });
      }
    }
  };
  extend(first);
  const version =
    rules.dedupe === undefined || rules.dedupe === 'exact' ? undefined : rules.dedupe.keep_latest_by;
  const timed = () =>
    datedColumns(
      plans.filter(
        (plan) =>
          plan.field?.reading === 'time' || plan.field?.reading === 'period' || plan.column === version,
      ),
      table.shaped?.titles,
    );
  const { dayFirst } = rules;
  const orders = await dateOrders(
    { file, table, columns: timed(), whole: input.wholeColumns, dayFirst },
    first,
  );
  const timeRules = new Map(orders.rules.map(([column, found]) => [column, { ...baseRules, ...found }]));
  const guessed = guesses.filter((guess) => guess.field !== null && stated[guess.field] === undefined);
  if (guessed.length > 0)
    notices.unshift({
      code: 'MAPPING_GUESSED',
      message: `Recognised ${guessed.map((guess) => `${guess.field} in "${guess.column}"`).join(', ')}.`,
    });
  if (apart.length > 0)
    notices.push({
      code: 'COLUMNS_LEFT_OUT',
      message: `${countOf(apart.length, 'column')} of ${file}, ${apart.length === 1 ? `"${apart[0]}"` : `from "${apart[0]}" to "${apart.at(-1)}"`}, ${apart.length === 1 ? 'was' : 'were'} left out: nearly every row has a text of its own there, so nothing can be grouped by it. To keep one, name it: --map "${apart[0]}=${apart[0]}", or \`map\` in service.yaml.`,
      count: apart.length,
    });
  notices.push(...ofWork, ...orders.notices);
  return {
    plans,
    dropped,
    guesses,
    mapping,
    notices,
    timeRules: (column) => timeRules.get(column) ?? baseRules,
    extend,
    blanks,
    people,
    checkDates: (batch) => {
      // Event logs name their times by a standard, which has the year first.
      if (!isEventLog(table.format)) orders.watch.look(batch, timed());
    },
  };
}
