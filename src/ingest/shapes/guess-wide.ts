import { fieldsOf } from '../mapping/fields.ts';
import { comparable } from '../mapping/names.ts';
import { textsOf } from '../readers/cells.ts';
import type { RawBatch } from '../readers/raw-table.ts';
import { newReading, parseTime, type TimeRules } from '../time/parse-time.ts';
import { openZone } from '../time/zone.ts';

/** Dates that are no step of a case, whatever they are called besides. */
const noStep = /birth|dob|modif|updat|extract|export|report|due|target|deadline|expir|snapshot|asat|refresh/;
const looked = 1000;
const rules: TimeRules = { zone: openZone('UTC'), order: 'day-first' };
const reading = newReading();

const eventFields = new Map(fieldsOf.events.map((field) => [field.name, field]));
/** Names of a step that are as usual for the state in which a case stands. */
const stateNames = ['status', 'stage', 'milestone'];

function isNamed(column: string, field: string): boolean {
  return eventFields.get(field)?.aliases.includes(comparable(column)) ?? false;
}

function isDates(cells: readonly string[]): boolean {
  let filled = 0;
  let times = 0;
  for (const cell of cells) {
    const text = cell.trim();
    if (text === '') continue;
    filled += 1;
    if (text.length >= 6 && parseTime(text, rules, reading)) times += 1;
    if (filled >= looked) break;
  }
  // What is no date in a column of dates is a fault of its row, so half of them are enough.
  return times > 0 && times * 2 >= filled;
}

function allDiffer(cells: readonly string[]): boolean {
  const texts = cells.map((cell) => cell.trim()).filter((text) => text !== '');
  return texts.length >= 2 && texts.length * 2 > cells.length && new Set(texts).size === texts.length;
}

/** Columns that hold dates of steps, in the order of the file. */
export function dateColumns(columns: readonly string[], first: RawBatch): readonly string[] {
  return columns.filter(
    (column, c) => !noStep.test(comparable(column)) && isDates(textsOf(first.columns[c])),
  );
}

const looksLikeId = /(id|ref|reference|number|no|nr|key|code)$/;

/** The column of the case in a table of one row a case, where no usual name tells it: first or named as an id, and all different. */
export function uniqueColumn(
  columns: readonly string[],
  first: RawBatch,
  dates: readonly string[],
): string | null {
  const found = columns.find(
    (name, c) =>
      (c === 0 || looksLikeId.test(comparable(name))) &&
      !dates.includes(name) &&
      allDiffer(textsOf(first.columns[c])),
  );
  return found ?? null;
}

/** False when a column is named as the step of an event: a status may also be where a case stands now. */
export function mayBeWide(columns: readonly string[]): boolean {
  const step = columns.find((column) => isNamed(column, 'step'));
  return step === undefined || stateNames.includes(comparable(step));
}

/**
 * The columns of dates, if a table looks like one row a case: several of them, case ids that never repeat, and no
 * column that names a step. A status is no step there: it is where the case stands now.
 */
export function guessWide(
  columns: readonly string[],
  first: RawBatch,
  caseColumn: string | undefined,
): { readonly dates: readonly string[]; readonly caseColumn: string } | null {
  const dates = dateColumns(columns, first);
  if (dates.length < 2) return null;
  const hasState = columns.some((column) => isNamed(column, 'step'));
  const inTimes = dates.filter((column) =>
    ['started', 'finished', 'logged'].some((field) => isNamed(column, field)),
  );
  if (!mayBeWide(columns) || (hasState && dates.length - inTimes.length < 2)) return null;
  const named = caseColumn ?? columns.find((column) => isNamed(column, 'case_id'));
  const found = named ?? uniqueColumn(columns, first, dates);
  if (found === null || found === undefined) return null;
  return allDiffer(textsOf(first.columns[columns.indexOf(found)])) ? { dates, caseColumn: found } : null;
}
