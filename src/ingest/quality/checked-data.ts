import type { QueryRecord } from '../../core/index.ts';
import type { Charter } from '../../define/index.ts';
import { type CanonicalTable, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import { type BroughtIn, knownUntil } from '../known-until.ts';
import type { FindLine } from '../staged-line.ts';
import type { Manifest } from '../store/manifest.ts';

/** The tables that quality checks read, with what is declared about them. */
export interface CheckedData {
  readonly warehouse: Warehouse;
  /** Null for a log opened on its own. */
  readonly charter: Charter | null;
  readonly tables: ReadonlySet<CanonicalTable>;
  /** The zone of the clock on the wall. */
  readonly timezone: string;
  /** Numbers of the sources (the `source` column) whose times carried no offset from UTC. */
  readonly naiveSources: readonly number[];
  /** When each file was brought in; none for a log opened on its own. */
  readonly broughtIn: readonly BroughtIn[];
  /** Finds where a row stands in its file; left out for a log opened on its own. */
  readonly findLine?: FindLine;
  /** When cases began and ended, worked out once for several checks, and the query that did. */
  readonly caseTimes?: { readonly from: Sql; readonly query: QueryRecord };
}

/** The sources whose import said that times carried no offset. */
export function naiveSourcesOf(manifest: Manifest): readonly number[] {
  return manifest.sources.flatMap(({ notices }, i) =>
    notices.some(({ code }) => code === 'TIME_NAIVE') ? [i + 1] : [],
  );
}

/** True of a time that can have happened: none later than the last day on which cases, events or contacts were brought in. */
export function hasHappened({ warehouse, broughtIn }: CheckedData, time: Sql): Sql {
  const until = knownUntil(broughtIn);
  return until === null ? sql`true` : sql`(${time} < ${warehouse.dialect.timestampValue(until)})`;
}
