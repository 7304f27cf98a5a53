import { type Cells, CodedCells } from '../readers/cells.ts';
import type { RawBatch } from '../readers/raw-table.ts';
import { type CastTexts, textAt } from './cast-texts.ts';

// Loops over the rows of a batch stand in functions of their own, which are small and compiled once.

const none: ReadonlySet<number> = new Set();

/** Marks some of the rows of a batch; all of them where none are named. */
function marked(rows: readonly number[] | null, size: number): Uint8Array {
  const marks = new Uint8Array(size);
  if (!rows) return marks.fill(1);
  for (let i = 0, end = rows.length; i < end; i++) marks[rows[i] as number] = 1;
  return marks;
}

function noteChanges(cells: ArrayLike<string | number>, changes: Uint8Array): void {
  for (let row = 1, end = changes.length; row < end; row++)
    if (cells[row] !== cells[row - 1]) changes[row] = 1;
}

/** Rows in which a column of the case shows another cell than the row before; the first row of a batch is one. */
function changesOf(columns: readonly Cells[], size: number): Uint8Array {
  const changes = new Uint8Array(size);
  if (columns.length > 0) changes[0] = 1;
  for (const cells of columns) noteChanges(cells instanceof CodedCells ? cells.codes : cells, changes);
  return changes;
}

/**
 * Marked rows wherever the case is another than that of the marked row before them, those since which it says something
 * else, and those that stand for a case alone.
 */
function rowsOfChange(
  ids: CastTexts,
  last: string | null,
  marks: Uint8Array,
  changes: Uint8Array,
  caseOnly: ReadonlySet<number>,
): readonly number[] {
  const rows: number[] = [];
  let known = last;
  let isOther = false;
  for (let row = 0, end = marks.length; row < end; row++) {
    isOther ||= changes[row] === 1;
    const id = marks[row] === 0 ? null : textAt(ids, row);
    if (id === null || (id === known && !isOther && (caseOnly.size === 0 || !caseOnly.has(row)))) continue;
    known = id;
    isOther = false;
    rows.push(row);
  }
  return rows;
}

/** Marked rows that repeat no other. */
function rowsOfOwn(ids: CastTexts, marks: Uint8Array, repeats: ReadonlySet<number>): readonly number[] {
  const rows: number[] = [];
  for (let row = 0, end = marks.length; row < end; row++)
    if (marks[row] !== 0 && !repeats.has(row) && textAt(ids, row) !== null) rows.push(row);
  return rows;
}

/**
 * Rows of a batch that say something of a case: one wherever the case changes, or what the columns of the case show;
 * others only repeat the row before. Where a row of the source is a case, each says so, also of a case that came
 * before. Only rows that are used count, where they are given.
 */
export function caseRows(
  ids: CastTexts,
  last: string | null,
  batch: RawBatch,
  used: readonly number[] | null,
  columns: readonly Cells[],
): readonly number[] {
  const marks = marked(used, batch.rows);
  return batch.titles
    ? rowsOfOwn(ids, marks, batch.repeats ?? none)
    : rowsOfChange(ids, last, marks, changesOf(columns, batch.rows), batch.caseOnly ?? none);
}
