import type { FigureRowCounts } from '../../answers/index.ts';
import type { CellValue, Figure } from '../../core/index.ts';
import { type DisclosureProfile, roundedCount } from '../../stats/index.ts';
import { countId } from '../disclosure/published-counts.ts';
import { roundedRows } from '../disclosure/round-rows.ts';

/** Tables whose rows are totals already, and tell of no case. */
const ofTotals: ReadonlySet<string> = new Set(['volumes', 'inputs', 'quality']);

/** What of the rows behind a figure may be published, and how. */
export interface PublishedRows {
  /** By page, slash and figure; undefined where rows were not counted. */
  readonly counts: ReadonlyMap<string, FigureRowCounts> | undefined;
  /** Every count of the publication by its name, as protected. */
  readonly published: ReadonlyMap<string, number | null>;
  readonly profile: DisclosureProfile;
}

/** The cells of a figure that tell of its rows. */
export interface RowCells {
  readonly rows_table: string | null;
  readonly rows_used: CellValue;
  readonly rows_left_out: CellValue;
  readonly rows_note: string | null;
}

const none = { rows_table: null, rows_used: null, rows_left_out: null };
const hidden = 'not told beyond the counts that are published, so that small counts stay protected';

/** How many cases, or records of them, a figure uses, as the publication tells it: of a count itself, of a share what it is of. */
function toldCount(result: string, figure: Figure, published: PublishedRows['published']): number | null {
  const id = countId(result, 'figures', figure.id, figure.period ?? '');
  return published.get(`${id}#of`) ?? (figure.unit === 'count' ? published.get(id) : null) ?? null;
}

/**
 * The rows behind a figure as they may be published. Rows of totals are counted as they are. Rows of cases are told only
 * where the audited counts tell them anyway, and what is left out as the difference of two rounded numbers, so that
 * nothing is added to what the audit looked at.
 */
export function rowCells(
  page: string,
  result: string,
  figure: Figure,
  { counts, published, profile }: PublishedRows,
): RowCells {
  const found = counts?.get(`${page}/${figure.id}`);
  if (!found) return { ...none, rows_note: 'not counted' };
  if ('noRows' in found) return { ...none, rows_note: found.noRows };
  const [first, ...others] = found.tables;
  if (!first) return { ...none, rows_note: 'not counted' };
  const also = others.map(({ table, used, leftOut }) =>
    ofTotals.has(table) ? `also ${table}: ${used} used, ${leftOut} left out` : `also ${table}: ${hidden}`,
  );
  const isOfTotals = ofTotals.has(first.table);
  const told =
    toldCount(result, figure, published) ?? (isOfTotals && figure.unit !== 'count' ? first.used : null);
  const all = first.used + first.leftOut;
  const whole = isOfTotals ? all : roundedCount(all, profile);
  const left = told === null ? null : Math.max(0, whole - told);
  return {
    rows_table: first.table,
    rows_used: told,
    rows_left_out: left === null || isOfTotals ? left : roundedRows(left, profile),
    rows_note: [told === null ? hidden : null, ...also].filter((text) => text !== null).join('; ') || null,
  };
}
