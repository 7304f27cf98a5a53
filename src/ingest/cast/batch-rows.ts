import { type Numbers, numberAt } from './coded-numbers.ts';
import type { Column, StagedValues } from './column-caster.ts';
import type { Room } from './room.ts';

// Loops over the rows of a batch stand in functions of their own, which are small and compiled once.

function everyRow(rows: number): readonly number[] {
  const all: number[] = new Array(rows);
  for (let row = 0; row < rows; row++) all[row] = row;
  return all;
}

/** Rows that nothing is wrong with and that are more than a case. */
export function goodRows(bad: Uint8Array, caseOnly: ReadonlySet<number>): readonly number[] {
  if (caseOnly.size === 0 && !bad.includes(1)) return everyRow(bad.length);
  const good: number[] = [];
  for (let row = 0, end = bad.length; row < end; row++) if (bad[row] === 0) good.push(row);
  return caseOnly.size === 0 ? good : good.filter((row) => !caseOnly.has(row));
}

/** Numbers rows on from the last that has one. */
export function countOn(last: number, out: Float64Array): Float64Array {
  for (let i = 0, end = out.length; i < end; i++) out[i] = last + i + 1;
  return out;
}

/** Counts those of some rows that have none of two times. */
function countGaps(rows: readonly number[], times: Numbers, others: Numbers): number {
  let count = 0;
  for (let i = 0, end = rows.length; i < end; i++) {
    const row = rows[i] as number;
    if (Number.isNaN(numberAt(times, row)) && Number.isNaN(numberAt(others, row))) count += 1;
  }
  return count;
}

/** Counts the rows that have neither a start nor a finish. */
export function countWithoutTime(main: readonly Column[], rows: readonly number[]): number {
  const timesOf = (name: string) =>
    main.find(({ spec }) => spec.name === name)?.values as Numbers | undefined;
  const [started, finished] = [timesOf('started'), timesOf('finished')];
  const times = started ?? finished;
  return times ? countGaps(rows, times, finished ?? times) : rows.length;
}

/** How many lines of the source the rows come from; rows of one line follow one another. */
export function rowsWithEvents(rows: readonly number[], lines: readonly number[]): number {
  let count = 0;
  rows.forEach((row, i) => {
    if (i === 0 || lines[row] !== lines[rows[i - 1] as number]) count += 1;
  });
  return count;
}

/** Keeps the rows listed. */
export function pick(values: StagedValues, rows: readonly number[]): StagedValues {
  if (values instanceof Float64Array) {
    const out = new Float64Array(rows.length);
    for (let i = 0, end = rows.length; i < end; i++) out[i] = values[rows[i] as number] as number;
    return out;
  }
  if (!('codes' in values)) return rows.map((row) => values[row] ?? null);
  const codes = new Int32Array(rows.length);
  for (let i = 0, end = rows.length; i < end; i++) codes[i] = values.codes[rows[i] as number] as number;
  return { ...values, codes };
}

/** Numbers as doubles, in a room. */
export function doubles(numbers: readonly number[], room: Room): Float64Array {
  const out = room.doubles(numbers.length);
  for (let i = 0, end = numbers.length; i < end; i++) out[i] = numbers[i] as number;
  return out;
}
