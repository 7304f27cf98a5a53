import { normaliseId } from '../pseudonyms.ts';
import { CodedCells, textsOf } from '../readers/cells.ts';
import { ownText } from '../readers/own-text.ts';
import type { Notice, RawBatch, RawTable } from '../readers/raw-table.ts';
import type { ColumnPlan } from './column-plan.ts';

/** Watches identifiers for what spreadsheets do to them, and for spellings that are taken for one. */
export interface IdentifierWatch {
  look(batch: RawBatch, plans: readonly ColumnPlan[]): void;
  /** Complete only after the last batch. */
  notices(table: RawTable): readonly Notice[];
}

const mostShown = 10;
/** Different ids of a column that are counted for how they are spelt. */
const mostSpelt = 10_000;
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

/** Adds those of some texts that are compared otherwise than they are spelt, blanks around them aside. */
function noteSpelt(texts: readonly string[], from: number, spelt: Set<string>): void {
  for (let at = from, end = texts.length; at < end; at++) {
    const text = texts[at] as string;
    const id = normaliseId(text);
    if (id !== text && id !== text.trim() && spelt.size < mostSpelt) spelt.add(ownText(text.trim()));
  }
}

/** How many of some ids are spelt otherwise elsewhere: among themselves, or in a list of texts. */
function spelledTwice(spelt: ReadonlySet<string>, texts: readonly string[]): number {
  const spellings = new Map<string, number>();
  for (const text of spelt) {
    const id = normaliseId(text);
    spellings.set(id, (spellings.get(id) ?? 0) + 1);
  }
  for (const text of texts) {
    const known = spellings.get(text);
    if (known !== undefined) spellings.set(text, known + 1);
  }
  return [...spellings.values()].filter((many) => many > 1).length;
}

/** Makes the watch of one reading. */
export function watchIdentifiers(): IdentifierWatch {
  const damaged = new Map<string, { count: number; readonly lines: number[] }>();
  /** Of each column of identifiers, those that are compared otherwise than they are spelt. */
  const spelt = new Map<string, Set<string>>();
  /** Where the columns of identifiers stand. */
  const places = new Map<string, number>();

  /** How far the list of texts of a coded column was looked through, and whether one of them is damaged. */
  const looked = new Map<number, { words: readonly string[]; size: number; any: boolean }>();

  /** Looks at the texts of a column that are new; true where one of its list is damaged. */
  const lookAtNew = (index: number, words: readonly string[], own: Set<string>): boolean => {
    let known = looked.get(index);
    if (known?.words !== words) known = { words, size: 0, any: false };
    looked.set(index, known);
    known.any ||= anyDamaged(words, known.size);
    noteSpelt(words, known.size, own);
    known.size = words.length;
    return known.any;
  };
  const speltIn = (column: string): Set<string> => {
    const known = spelt.get(column) ?? new Set();
    spelt.set(column, known);
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
        const cells = batch.columns[index] ?? [];
        const own = speltIn(column);
        places.set(column, index);
        if (!(cells instanceof CodedCells)) noteSpelt(cells, 0, own);
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
      ...[...spelt]
        .filter(([, { size }]) => size > 0)
        .map(([column, own]): Notice => {
          const { size } = own;
          const many = size === mostSpelt ? ' or more' : '';
          const twice = spelledTwice(own, looked.get(places.get(column) ?? -1)?.words ?? []);
          const known =
            twice > 0
              ? `; at least ${twice.toLocaleString('en-GB')} ${twice === 1 ? 'id is' : 'ids are'} spelt in more than one way`
              : '';
          const ids = `${size.toLocaleString('en-GB')}${many} ${size === 1 ? 'id' : 'ids'}`;
          return {
            code: 'ID_SPELLINGS',
            message: `Column "${column}" holds ${ids} with more than one blank inside or with accents composed of parts${known}. Ids that differ in nothing else are one.`,
            count: size,
          };
        }),
      ...[...spelt.keys()]
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
