import { CodedCells, textsOf } from '../readers/cells.ts';
import type { Notice, RawBatch, RawTable } from '../readers/raw-table.ts';
import type { ColumnPlan } from './column-plan.ts';
import { IdSpellings } from './id-spellings.ts';

/** Watches identifiers for what spreadsheets do to them, and for one that is written in more than one way. */
export interface IdentifierWatch {
  look(batch: RawBatch, plans: readonly ColumnPlan[]): void;
  /** Complete only after the last batch. */
  notices(table: RawTable): readonly Notice[];
}

const mostShown = 10;
const plus = 43;
const displayForm = /^\d(?:[.,]\d+)?E\+\d{2}$/i;

/** One look at a character tells nearly all ids apart from 1.23E+11. */
function isDamaged(cell: string): boolean {
  return cell.charCodeAt(cell.length - 3) === plus && displayForm.test(cell);
}

/** True where one of some texts is damaged. */
function anyDamaged(words: readonly string[], from: number): boolean {
  for (let at = from; at < words.length; at++) if (isDamaged(words[at] as string)) return true;
  return false;
}

/** Makes the watch of one reading. */
export function watchIdentifiers(): IdentifierWatch {
  const damaged = new Map<string, { count: number; readonly lines: number[] }>();
  const columns = new Set<string>();
  const spellings = new Map<string, IdSpellings>();

  /** How far the list of texts of a coded column was looked through, and whether one of them is damaged. */
  const looked = new Map<number, { words: readonly string[]; size: number; any: boolean }>();

  /** Looks at the texts of a column that are new; true where one of its list is damaged. */
  const lookAtNew = (index: number, words: readonly string[], own: IdSpellings): boolean => {
    let known = looked.get(index);
    if (known?.words !== words) known = { words, size: 0, any: false };
    looked.set(index, known);
    known.any ||= anyDamaged(words, known.size);
    own.look(words, known.size);
    known.size = words.length;
    return known.any;
  };
  const spellingsOf = (column: string): IdSpellings => {
    const known = spellings.get(column) ?? new IdSpellings();
    spellings.set(column, known);
    return known;
  };
  const note = (column: string, line: number) => {
    const known = damaged.get(column) ?? { count: 0, lines: [] };
    known.count += 1;
    if (known.lines.length < mostShown) known.lines.push(line);
    damaged.set(column, known);
  };
  return {
    look(batch, plans) {
      for (const { column, index, field } of plans) {
        if (!field?.identity) continue;
        columns.add(column);
        const cells = batch.columns[index] ?? [];
        const own = spellingsOf(column);
        if (!(cells instanceof CodedCells)) own.look(cells, 0);
        else if (!lookAtNew(index, cells.words, own)) continue;
        textsOf(cells).forEach((cell, i) => {
          if (isDamaged(cell)) note(column, batch.lines[i] ?? 0);
        });
      }
    },
    notices: (table) => [
      ...[...damaged].map(
        ([column, { count, lines }]): Notice => ({
          code: 'ID_DAMAGED',
          message: `Column "${column}" holds ${count.toLocaleString('en-GB')} ${count === 1 ? 'id' : 'ids'} in a spreadsheet's display form, such as 1.23E+11 (${count > lines.length ? 'first of them in' : 'in'} rows ${lines.join(', ')}); several true ids may share one.`,
          count,
        }),
      ),
      ...[...spellings]
        .filter(([, { count }]) => count > 0)
        .map(
          ([column, { count }]): Notice => ({
            code: 'ID_SPELLINGS',
            message: `Column "${column}" writes some ids in more than one way, with other blanks or with accents composed otherwise; ${count.toLocaleString('en-GB')} such ${count === 1 ? 'spelling was' : 'spellings were'} taken for the id that ${count === 1 ? 'it is' : 'they are'} without them.`,
            count,
          }),
        ),
      ...[...columns]
        .filter((column) => (table.numberLengths?.(column).size ?? 0) > 1)
        .map(
          (column): Notice => ({
            code: 'ID_AS_NUMBER',
            message: `Column "${column}" holds ids as numbers of different lengths; leading zeros may have been lost.`,
          }),
        ),
    ],
  };
}
