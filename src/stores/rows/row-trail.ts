import type { CanonicalTable } from '../warehouse/canonical.ts';
import { joinSql, type Sql, sql } from '../warehouse/sql.ts';
import type { ColumnSpec } from '../warehouse/warehouse.ts';

/** Rows that are alike for a figure: counted in one way, or left out for one reason. */
export interface RowClass {
  /** Unique in its trail: letters, digits and hyphens, for addresses and `--class`. */
  readonly id: string;
  /** How they are counted, or why they are left out, in plain words: "Met", "Closed in other periods". */
  readonly title: string;
  readonly used: boolean;
  /** A row belongs to the first class whose condition holds; null on the last, which takes the rest. */
  readonly where: Sql | null;
}

/** A class of rows that count. */
export const usedRows = (id: string, title: string, where: Sql | null): RowClass => ({
  id,
  title,
  used: true,
  where,
});

/** A class of rows that are left out, and why. */
export const leftOutRows = (id: string, title: string, where: Sql | null): RowClass => ({
  id,
  title,
  used: false,
  where,
});

/** A share of rows: those of some classes among those of some classes. */
export interface Share {
  readonly part: readonly string[];
  readonly of: readonly string[];
}

/**
 * How the rows of a trail give the figure, by class: a count; a share of rows; the sum or mean of the trail's value,
 * the mean weighed where it has a weight; the share of one sum in another; the difference
 * of two shares; or a quantile of the value (type 7).
 */
export type Gives =
  | { readonly kind: 'count' | 'sum' | 'mean'; readonly of: readonly string[] }
  | ({ readonly kind: 'share' | 'share-of-sum' } & Share)
  | { readonly kind: 'difference'; readonly later: Share; readonly earlier: Share }
  | { readonly kind: 'quantile'; readonly p: number; readonly of: readonly string[] };

/** What a row adds to a figure, such as its days, where more than the row itself is counted. */
export interface RowValue {
  /** What a reader sees above it. */
  readonly title: string;
  readonly sql: Sql;
  /** How many it stands for in a weighed mean; each row for itself where absent. */
  readonly weight?: Sql;
}

/** Every row of one canonical table, each put in exactly one class: what stands behind a figure, and what was left out. */
export interface RowTrail {
  /** Unique among the trails of a figure. */
  readonly id: string;
  /** What its rows are to this figure: "Cases", "Hours and costs". */
  readonly title: string;
  readonly table: CanonicalTable;
  /** A table, view or query in brackets that has all rows of the canonical table and what the conditions ask about. */
  readonly from: Sql;
  readonly classes: readonly RowClass[];
  /** What is shown of a row, in order. */
  readonly columns: readonly ColumnSpec[];
  /** What puts rows in an order that is the same every time. */
  readonly order: readonly Sql[];
  readonly value?: RowValue;
  /** Null where the figure is worked out from several trails together, or from more than its rows. */
  readonly gives: Gives | null;
}

/** The rows behind a figure, by the tables it rests on; or why none stand behind it. */
export type FigureRows =
  | { readonly trails: readonly [RowTrail, ...RowTrail[]] }
  | { readonly noRows: string };

/** The class of a row as one expression, total over the table. */
export function classOf({ classes }: RowTrail): Sql {
  const whens = classes.flatMap(({ id, where }) => (where === null ? [] : [sql`when ${where} then ${id}`]));
  const rest = classes.find(({ where }) => where === null)?.id ?? 'rest';
  return whens.length === 0
    ? sql`cast(${rest} as varchar)`
    : sql`case ${joinSql(whens, ' ')} else ${rest} end`;
}
