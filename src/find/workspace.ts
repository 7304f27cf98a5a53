import type { SourceRecord } from '../core/index.ts';
import type { Facts, LoadedCharter } from '../define/index.ts';
import type { CanonicalTable, Disposition, Warehouse } from '../stores/index.ts';
import type { SearchBounds } from './queries/case-sample.ts';

/** Settings of finding. */
export interface FindOptions {
  /** Stops the work within a moment, with `WAREHOUSE_CANCELLED`. */
  readonly signal?: AbortSignal;
  /** What those who do the work have said of findings: a dismissed one stays away, and every verdict is shown. */
  readonly dispositions?: readonly Disposition[];
  /** The clock that says when a dismissal has run out. */
  readonly now?: () => Date;
  /** How large a log may be for all its cases to be searched for signs; by default five million steps. */
  readonly bounds?: SearchBounds;
}

/** What finding needs of an open workspace. */
export interface FindWorkspace {
  readonly loaded: LoadedCharter;
  readonly warehouse: Warehouse;
  readonly sources: readonly SourceRecord[];
  /** The canonical tables that hold rows; the others exist and are empty. */
  readonly tables: ReadonlySet<CanonicalTable>;
  /** `case_facts` of this charter and these data, where it is made already. */
  readonly facts?: Facts;
  /** The instant, ISO, from which nothing in the data can have happened yet: what is dated later is left out of the work. */
  readonly knownUntil?: string | null;
  /** Sources of which more rows were set aside for a fault than figures can bear without a caution. */
  readonly shortOfRows?: readonly {
    readonly file: string;
    readonly as: CanonicalTable;
    readonly share: number;
  }[];
}
