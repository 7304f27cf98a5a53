import { WellspentError } from '../../core/index.ts';
import type { ImportRules, MinutesIn } from '../import-rules.ts';
import { numberStyle, parseNumber } from '../numbers.ts';
import { textsOf } from '../readers/cells.ts';
import type { Notice, RawBatch, RawTable } from '../readers/raw-table.ts';
import { comparable } from './names.ts';

/** The unit of work that a column's name says; null if it says none, or several. */
export function unitInName(column: string): MinutesIn | null {
  const name = column.toLowerCase();
  const said: readonly MinutesIn[] = [
    ...(/min/.test(name) ? (['minutes'] as const) : []),
    ...(/hour|hrs?\b/.test(name) ? (['hours'] as const) : []),
    ...(/sec/.test(name) ? (['seconds'] as const) : []),
  ];
  return said.length === 1 ? (said[0] ?? null) : null;
}

const looked = 2_000;
/** Columns that usually hold time worked, and are no field of their own because their unit must be known. */
const workNames = [
  'hours',
  'hoursworked',
  'workhours',
  'hoursspent',
  'touchhours',
  'handlinghours',
  'effort',
];

function numbersIn(cells: readonly string[]): readonly number[] {
  const texts = cells.slice(0, looked).filter((cell) => cell.trim() !== '');
  const style = numberStyle(texts);
  return texts.map((text) => parseNumber(text.trim(), style)).filter((value) => Number.isFinite(value));
}

/** True for numbers that minutes hardly are: none over a day in hours, and many of them parts of one. */
function lookLikeHours(values: readonly number[]): boolean {
  const parts = values.filter((value) => !Number.isInteger(value)).length;
  return values.length > 0 && Math.max(...values) <= 24 && parts * 4 >= values.length;
}

/** The column that may hold time worked and is used for nothing yet. */
function unusedWork(
  columns: readonly string[],
  first: RawBatch,
  mapping: Readonly<Record<string, string>>,
): string | undefined {
  const used = new Set(Object.values(mapping));
  return columns.find(
    (column, c) =>
      !used.has(column) &&
      workNames.includes(comparable(column)) &&
      numbersIn(textsOf(first.columns[c])).length > 0,
  );
}

/** Asks whether time worked is minutes or hours where name or values leave it open; says what may be time worked. */
export function checkWork(
  { file, table, rules }: { readonly file: string; readonly table: RawTable; readonly rules: ImportRules },
  first: RawBatch,
  mapping: Readonly<Record<string, string>>,
): readonly Notice[] {
  if (rules.as !== 'events' && rules.as !== 'contacts') return [];
  const column = mapping.minutes;
  if (column === undefined) {
    const found = unusedWork(table.columns, first, mapping);
    if (found === undefined) return [];
    return [
      {
        code: 'WORK_NOT_TAKEN',
        message: `Column "${found}" may hold the time worked. To use it: --map "minutes=${found}" --minutes-in ${unitInName(found) ?? 'hours'}, if that is its unit.`,
      },
    ];
  }
  const named = unitInName(column);
  if (rules.minutesIn !== undefined || named === 'minutes') return [];
  const values = numbersIn(textsOf(first.columns[table.columns.indexOf(column)]));
  if (named === null && !lookLikeHours(values)) return [];
  const range =
    values.length === 0 ? '' : `: its first values run from ${Math.min(...values)} to ${Math.max(...values)}`;
  throw new WellspentError(
    'WORK_UNIT_UNKNOWN',
    `Column "${column}" of ${file} may count ${named ?? 'hours'} or minutes${range}.`,
    { where: { file }, hint: `minutes_in: ${named ?? 'hours'}` },
  );
}
