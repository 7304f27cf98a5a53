import type { ExtractKind } from '../../define/index.ts';
import { identifier, keyword, type Sql, sql } from '../../stores/index.ts';

/** The rows of one staged source, as a view of the warehouse. */
export interface StagedView {
  readonly as: ExtractKind;
  readonly view: string;
  readonly columns: ReadonlySet<string>;
  /** Where the attributes of each name were staged: by their place in the file, which differs from file to file. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Names of the text attributes, which split a table of totals. */
  readonly split: readonly string[];
  /** Position among the sources, from 1: the later one holds the newer rows. */
  readonly number: number;
  /**
   * Rows of one group are the same row by its own rule (`key …`, a stated key; `wide …`, a row a case) and not by
   * that of the table; null without such a rule.
   */
  readonly group: string | null;
  /** Which equal rows are one, as it was stated; null where none are. */
  readonly dedupe: string | null;
  /** True when a row of the source may stand for several rows here. */
  readonly isSpread: boolean;
}

/**
 * The temporary table that lists rows which give way: the number of their source and their position in it, and of the
 * newest row that they give way to, where it is one row.
 */
export const supersededTable = 'superseded_rows';

/** Where a row stands: its source, its position there, and its line. */
export function placeOf({ number, columns }: StagedView): Sql {
  const line = columns.has('line') ? sql`line` : sql`seq`;
  return sql`cast(${keyword(String(number))} as bigint) as source, seq, ${line} as line`;
}

/** Rows that are listed already cannot make others give way: the one that they gave way to may be the other. */
export function notListed({ number, view }: StagedView): Sql {
  return sql`not exists (select 1 from ${identifier(supersededTable)} as listed
  where listed.source = ${keyword(String(number))} and listed.seq = ${identifier(view)}.seq)`;
}
