import type { SourceRecord } from '../core/index.ts';
import type { Facts, LoadedCharter } from '../define/index.ts';
import type { CanonicalTable, Warehouse } from '../stores/index.ts';

/** What measuring needs of an open workspace. */
export interface MeasureWorkspace {
  readonly loaded: LoadedCharter;
  readonly warehouse: Warehouse;
  readonly sources: readonly SourceRecord[];
  /** The canonical tables that hold rows; the others exist and are empty. */
  readonly tables: ReadonlySet<CanonicalTable>;
  /** `case_facts` of this charter and these data, where it is made already. */
  readonly facts?: Facts;
}

/** Settings of measuring. */
export interface MeasureOptions {
  /** Seed of the resampling; the same seed gives the same intervals. */
  readonly seed?: number;
  /** How often cases are resampled. */
  readonly replicates?: number;
  /** Stops the work within a moment, with `WAREHOUSE_CANCELLED`. */
  readonly signal?: AbortSignal;
}
