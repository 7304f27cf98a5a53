import { joinSql, keyword, type Sql, sql, type Warehouse } from '../../../stores/index.ts';
import type { ParquetColumn } from './parquet-columns.ts';

/** What stands between the values of columns that are handed over as one text. */
export const mark = '\u001f';
/** Characters that one text of joined values may hold, and how many columns it may join. */
const mostCharacters = 2_000;
const mostColumns = 64;
/** Room for a number, a time or whatever else is no text. */
const shortValue = 50;

/** What is known of the values of a column before they are read. */
export interface ColumnSize {
  /** Bytes of its longest text; 0 where it holds no texts. */
  readonly longest: number;
  /** True where the mark stands in a value, so that it cannot tell values apart. */
  readonly hasMark: boolean;
}

/** Columns that the engine hands over as one text a row: their places among the columns that are read. */
export interface JoinedColumns {
  readonly places: readonly number[];
  readonly value: Sql;
}

/**
 * Joins columns of short values, a few at a time. The engine holds 2,048 values of each column that it hands over, in
 * several copies: a thousand columns side by side would take hundreds of megabytes, and reading each value alone takes
 * twice as long as taking a text apart.
 */
export function joinColumns(
  columns: readonly ParquetColumn[],
  sizes: readonly ColumnSize[],
  { dialect }: Warehouse,
): readonly JoinedColumns[] {
  const groups: number[][] = [];
  let room = 0;
  columns.forEach((_, c) => {
    const { longest = 0, hasMark = true } = sizes[c] ?? {};
    const needs = hasMark ? mostCharacters : Math.max(shortValue, longest) + 1;
    const last = groups.at(-1);
    if (last && needs <= room && last.length < mostColumns) {
      last.push(c);
      room -= needs;
    } else {
      groups.push([c]);
      room = mostCharacters - needs;
    }
  });
  const text = (c: number) => sql`coalesce(${dialect.toText((columns[c] as ParquetColumn).value)}, '')`;
  return groups.map((places) => ({
    places,
    value:
      places.length === 1
        ? text(places[0] as number)
        : sql`concat_ws(${mark}, ${joinSql(places.map(text), ', ')})`,
  }));
}

/** The texts as a query of the view `source`, each under a short name. */
export function selectJoined(groups: readonly JoinedColumns[]): Sql {
  const values = groups.map(({ value }, g) => sql`${value} as ${keyword(`c${g}`)}`);
  return sql`select ${joinSql(values, ', ')} from source`;
}
