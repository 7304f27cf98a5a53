import type { ExtractKind } from '../../define/index.ts';
import type { Cells } from '../readers/cells.ts';
import type { RawBatch } from '../readers/raw-table.ts';
import { type Tally, tallyOf } from '../readers/tally.ts';
import { newReading, parseTime, type TimeRules } from '../time/parse-time.ts';
import { openZone } from '../time/zone.ts';
import { type Field, fieldsOf, mayBeWhen } from './fields.ts';
import { comparable } from './names.ts';
import type { WhyStated } from './saved-mapping.ts';

/** What one column is taken to be, why, and three of its values. */
export interface ColumnGuess {
  readonly column: string;
  /** The field it fills; null when it becomes an attribute or is left out. */
  readonly field: string | null;
  readonly reason: string;
  /** True when nothing of the column is kept as it stands: it is left out, or the shape of the file uses it up. */
  readonly leftOut?: boolean;
  readonly samples: readonly string[];
  /** Share of the first rows that are filled, 0 to 1. */
  readonly filled: number;
  /** Distinct values among the first rows. */
  readonly distinct: number;
}

interface ColumnFacts {
  readonly filled: number;
  readonly distinct: number;
  readonly samples: readonly string[];
  readonly times: number;
}

const rowsLookedAt = 10_000;
const cellsReadAsTimes = 1_000;
const shortestTime = 6;

/**
 * The share of filled cells that are times, from the first of them: where a column begins does not matter. A loop with
 * nothing behind it is compiled once.
 */
function shareOfTimes({ texts, counts }: Tally, rules: TimeRules): number {
  const reading = newReading();
  let [seen, times] = [0, 0];
  for (let i = 0; i < texts.length && seen < cellsReadAsTimes; i++) {
    const text = (texts[i] as string).trim();
    if (text === '') continue;
    const own = counts[i] as number;
    seen += own;
    if (text.length >= shortestTime && parseTime(text, rules, reading)) times += own;
  }
  return seen === 0 ? 0 : times / seen;
}

/** Puts the texts that say something among those that differ; gives the number of cells that hold one. */
function sortOut({ texts, counts }: Tally, distinct: Set<string>): number {
  let filled = 0;
  for (let i = 0; i < texts.length; i++) {
    const text = (texts[i] as string).trim();
    if (text === '') continue;
    filled += counts[i] as number;
    distinct.add(text);
  }
  return filled;
}

function factsOf(cells: Cells | undefined, rows: number, rules: TimeRules): ColumnFacts {
  const distinct = new Set<string>();
  const looked = Math.min(rows, rowsLookedAt);
  const tally = tallyOf(cells, looked);
  const filled = sortOut(tally, distinct);
  return {
    filled: looked === 0 ? 0 : filled / looked,
    distinct: distinct.size,
    samples: [...distinct].slice(0, 3).map((text) => text.slice(0, 60)),
    times: shareOfTimes(tally, rules),
  };
}

/** A time of day alone is no time: with a name as usual, another column is looked for. */
const isClockAlone = ({ samples, times }: ColumnFacts) =>
  times === 0 && samples.length > 0 && samples.every((text) => /^\d{1,2}:\d{2}/.test(text));

const fraction = /^\d+[.,]\d+$/;

/** Times, times of day and hours with fractions tell when or how long something was done, and not by whom. */
function tellsWhen(facts: ColumnFacts, cells: Cells | undefined): boolean {
  if (facts.times >= 0.5 || isClockAlone(facts)) return true;
  const { texts, counts } = tallyOf(cells, cellsReadAsTimes);
  let [filled, fractions] = [0, 0];
  for (const [i, each] of texts.entries()) {
    const text = each.trim();
    if (text === '') continue;
    filled += counts[i] as number;
    if (fraction.test(text)) fractions += counts[i] as number;
  }
  return 2 * fractions > filled;
}

function byName(
  fields: readonly Field[],
  columns: readonly string[],
  free: ReadonlySet<string>,
  facts: ReadonlyMap<string, ColumnFacts>,
  sample: RawBatch,
) {
  const fits = (column: string, alias: string, { reading }: Field): boolean => {
    const own = facts.get(column) as ColumnFacts;
    if (reading === 'time') return !isClockAlone(own);
    return !mayBeWhen.has(alias) || !tellsWhen(own, sample.columns[columns.indexOf(column)]);
  };
  const found = new Map<string, { readonly column: string; readonly reason: string }>();
  const taken = new Set<string>();
  for (const field of fields) {
    for (const alias of field.aliases) {
      const column = columns.find(
        (name) =>
          free.has(name) && !taken.has(name) && comparable(name) === alias && fits(name, alias, field),
      );
      if (column === undefined) continue;
      taken.add(column);
      found.set(field.name, { column, reason: `its name is a usual one for ${field.name}` });
      break;
    }
  }
  return found;
}

/** Chooses by content among columns that no name told: a time column, a step, a case id. */
function byContent(
  as: ExtractKind,
  found: Map<string, { readonly column: string; readonly reason: string }>,
  facts: ReadonlyMap<string, ColumnFacts>,
  rows: number,
): void {
  if (as !== 'events' || rows === 0) return;
  const used = new Set([...found.values()].map(({ column }) => column));
  const rest = [...facts].filter(([name]) => !used.has(name) && !name.startsWith('case:'));
  const take = (field: string, reason: string, fits: (f: ColumnFacts) => boolean) => {
    if (found.has(field)) return;
    const hit = rest.find(([name, f]) => !used.has(name) && f.filled > 0 && fits(f));
    if (!hit) return;
    used.add(hit[0]);
    found.set(field, { column: hit[0], reason });
  };
  if (!found.has('started')) take('finished', 'at least 95% of its values are times', (f) => f.times >= 0.95);
  const looked = Math.min(rows, rowsLookedAt);
  take('case_id', 'its values repeat a few times each, as case ids do', (f) => {
    const each = (f.filled * looked) / Math.max(f.distinct, 1);
    return f.times < 0.5 && f.filled > 0.95 && each >= 2 && each <= 100 && f.distinct > looked / 100;
  });
  take(
    'step',
    'it has few distinct values, as steps do',
    (f) => f.times < 0.5 && f.filled > 0.95 && f.distinct <= 500 && f.distinct > 1,
  );
}

export interface GuessInput {
  readonly as: ExtractKind;
  readonly columns: readonly string[];
  readonly sample: RawBatch;
  /** Field: column, as far as it is stated. What is stated is not guessed. */
  readonly stated: Readonly<Record<string, string>>;
  /** Why a column is what is stated of it; `stated` by default. */
  readonly whyStated?: WhyStated;
  /** The fields that columns may fill, where they are not all fields of the table. */
  readonly fields?: readonly Field[];
}

/** Says for each column which field it fills, from what was stated, from its name, or from its contents. */
export function guessMapping(input: GuessInput): readonly ColumnGuess[] {
  const { as, columns, sample, stated } = input;
  const rules: TimeRules = { zone: openZone('UTC'), order: 'day-first' };
  const facts = new Map(columns.map((name, c) => [name, factsOf(sample.columns[c], sample.rows, rules)]));
  const statedColumns = new Set(Object.values(stated));
  const free = new Set(columns.filter((name) => !statedColumns.has(name)));
  const open = (input.fields ?? fieldsOf[as]).filter((field) => !(field.name in stated));
  const found = byName(open, columns, free, facts, sample);
  // A stated start or finish is enough: another time column stays an attribute unless its name is sure.
  for (const [field, column] of Object.entries(stated))
    found.set(field, { column, reason: input.whyStated?.(column, false) ?? 'stated' });
  byContent(as, found, facts, sample.rows);
  const fieldOf = new Map([...found].map(([field, { column, reason }]) => [column, { field, reason }]));
  return columns.map((column) => {
    const hit = fieldOf.get(column);
    const f = facts.get(column) as ColumnFacts;
    return {
      column,
      field: hit?.field ?? null,
      reason: hit?.reason ?? 'no field of the table; kept as an attribute',
      samples: f.samples,
      filled: f.filled,
      distinct: f.distinct,
    };
  });
}
