import { type Cells, CodedCells } from '../readers/cells.ts';
import type { RawBatch } from '../readers/raw-table.ts';
import { evidenceOf, newEvidence, type OrderEvidence } from './date-order.ts';
import { type DatedColumn, datesIn } from './dated-columns.ts';

/** Says that dates further down tell what the first did not; caught where the import starts again. */
export class OrderOpen extends Error {
  readonly columns: readonly DatedColumn[];

  constructor(columns: readonly DatedColumn[]) {
    super(`the order of day and month is open in ${columns.map(({ column }) => column).join(', ')}`);
    this.name = 'OrderOpen';
    this.columns = columns;
  }
}

/** Watches dates for what those that settled their order did not tell. */
export interface OrderWatch {
  /** Throws `OrderOpen` for the columns in which a date tells something new. */
  look(batch: RawBatch, columns: readonly DatedColumn[]): void;
}

const blank = 32;
const noBreakSpace = 160;

function isMark(code: number): boolean {
  return code === 47 || code === 46 || code === 45 || code === blank;
}

/** True for two digits above 12. */
function isAbove12(text: string, at: number): boolean {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 1 && tens <= 9 && ones >= 0 && ones <= 9 && 10 * tens + ones > 12;
}

/** A look at a few characters, which passes over nearly all dates that tell nothing new. */
function mayTell(cell: string, known: OrderEvidence): boolean {
  const code = cell.charCodeAt(0);
  if (code <= blank || code === noBreakSpace) return true;
  const mark = isMark(cell.charCodeAt(2)) ? 2 : isMark(cell.charCodeAt(1)) ? 1 : 0;
  if (mark > 0) {
    if (known.dayFirst > 0) return isAbove12(cell, mark + 1);
    return known.monthFirst === 0 || isAbove12(cell, 0);
  }
  if (known.yearMonthDay > 0 || !isMark(cell.charCodeAt(4))) return false;
  return known.yearDayMonth > 0 || isAbove12(cell, 5) || isAbove12(cell, 8);
}

/** True if a value makes what is known of a column another matter. */
function isNews(cell: string, known: OrderEvidence, isStated: boolean): boolean {
  if (!mayTell(cell, known)) return false;
  switch (evidenceOf(cell.trim())) {
    case 'either':
      return !isStated && known.dayFirst === 0 && known.monthFirst === 0;
    case 'dayFirst':
      return !isStated && known.dayFirst === 0;
    case 'monthFirst':
      return !isStated && known.monthFirst === 0;
    case 'yearDayMonth':
      return known.yearMonthDay === 0 && known.yearDayMonth === 0;
    case 'yearMonthDay':
      if (known.yearDayMonth > 0 && known.yearMonthDay === 0) return true;
      known.yearMonthDay += 1;
      return false;
    default:
      return false;
  }
}

/**
 * Makes the watch of one reading. `decided` holds what the first rows told of each column; `whole` are columns that
 * were looked at to the end, in which nothing can be new. `isStated`: day or month first was said.
 */
export function watchOrders(
  decided: ReadonlyMap<string, OrderEvidence>,
  whole: ReadonlySet<string>,
  isStated: boolean,
): OrderWatch {
  const evidence = new Map([...decided].map(([column, known]) => [column, { ...known }]));
  /** How far the list of texts of a coded column was looked through. */
  const looked = new Map<string, { readonly words: readonly string[]; size: number }>();

  const tellsNews = (column: string, cells: Cells): boolean => {
    const known = evidence.get(column) ?? newEvidence();
    evidence.set(column, known);
    if (!(cells instanceof CodedCells)) return cells.some((cell) => isNews(cell, known, isStated));
    const before = looked.get(column);
    const seen = before?.words === cells.words ? before : { words: cells.words, size: 0 };
    looked.set(column, seen);
    for (; seen.size < cells.words.length; seen.size++)
      if (isNews(cells.words[seen.size] as string, known, isStated)) return true;
    return false;
  };
  return {
    look(batch, columns) {
      const cellsOf = datesIn(batch);
      const open = columns.filter(
        (dated) => !whole.has(dated.column) && tellsNews(dated.column, cellsOf(dated) ?? []),
      );
      if (open.length > 0) throw new OrderOpen(open);
    },
  };
}
