import { type QueryRecord, WellspentError } from '../core/index.ts';
import type { ColumnSpec, Sql, Warehouse } from '../stores/index.ts';
import type { LoadedCharter } from './charter.ts';

/** One row a case in the temporary table `case_facts`, and conditions over it. */
export interface Facts {
  /** The name of the table: `case_facts`. */
  readonly table: string;
  readonly columns: readonly ColumnSpec[];
  /** The queries that made the table, for provenance. */
  readonly queries: readonly QueryRecord[];
  /** A condition as SQL that is true or false; what cannot be known counts as false (see `unknown`). */
  condition(text: string, alias?: string): Sql;
  /** True where the condition cannot be known because a value is missing. */
  unknown(text: string, alias?: string): Sql;
  /** A number as SQL (double, null where unknown). */
  number(text: string, alias?: string): Sql;
  /** The clock on the wall of a time column, for placing a case in a period: `closed` gives `closed_wall`. */
  wall(column: string, alias?: string): Sql;
  /** A condition or number in plain English: "cases of type first adult and channel online". */
  english(text: string): string;
}

export interface FactsOptions {
  /** Conditions beyond the charter's own that will be asked for. */
  readonly expressions?: readonly string[];
  readonly signal?: AbortSignal;
}

/** Makes `case_facts` from the canonical tables `cases` and `events`. */
export async function prepareFacts(
  _warehouse: Warehouse,
  _loaded: LoadedCharter,
  _options: FactsOptions = {},
): Promise<Facts> {
  throw new WellspentError('INTERNAL', 'Case facts are not ready yet.');
}
