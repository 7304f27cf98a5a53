import type { QueryRecord } from '../../core/index.ts';
import type { Sql } from '../../stores/index.ts';
import type { CheckedData } from './checked-data.ts';
import type { DataShape } from './data-shape.ts';

/** The kinds of figure that a defect can distort; the home page's questions rest on them. */
export type Touch =
  | 'volume'
  | 'waits'
  | 'age'
  | 'order'
  | 'repeats'
  | 'effort'
  | 'decisions'
  | 'people'
  | 'teams'
  | 'trend'
  | 'time-of-day'
  | 'amounts';

/** What a detector says of itself, in plain English. */
export interface DefectText {
  readonly id: string;
  /** The defect as a reader would name it. */
  readonly title: string;
  /** What exactly is looked for, with its thresholds. */
  readonly rule: string;
  /** The figures it would distort, and which way. */
  readonly distorts: string;
  /** What to do about it. */
  readonly remedy: string;
  readonly touches: readonly Touch[];
  /** `know` is no fault of the data, but whoever reads a figure should know it. */
  readonly level: 'alarm' | 'know';
  /** True of a fault of which one row is enough to be said before all others, with what was seen. */
  readonly saidFirst?: boolean;
}

/**
 * A defect that rows or cases show. `hits` is a query with a row a hit:
 * `case_id, seq, pattern, step, team, extent, subject`; what does not apply is null.
 */
export interface RowDetector extends DefectText {
  readonly kind: 'rows';
  readonly counts: 'rows' | 'cases' | 'people' | 'contacts';
  /** What is missing to look for it; null when it can be looked for. */
  readonly needs: (shape: DataShape, data: CheckedData) => string | null;
  readonly hits: (data: CheckedData, shape: DataShape) => Sql;
}

/** Something that the data as a whole show, such as a step that takes another's place. */
export interface FoundPattern {
  /** One plain sentence. */
  readonly says: string;
  readonly step: string | null;
  readonly team: string | null;
  /** The day from which it holds, ISO. */
  readonly on: string | null;
  /** Rows or cases that show it. */
  readonly hits: number;
  /** What a test or a program compares: names, factors, dates. */
  readonly facts: Readonly<Record<string, string | number>>;
}

/** A defect of the data as a whole. */
export interface PatternDetector extends DefectText {
  readonly kind: 'patterns';
  readonly needs: (shape: DataShape, data: CheckedData) => string | null;
  readonly find: (
    data: CheckedData,
    shape: DataShape,
    log: QueryRecord[],
  ) => Promise<readonly FoundPattern[]>;
}

/** A defect that the tables cannot show at all, with what would. */
export interface UncheckedDefect extends DefectText {
  readonly kind: 'unchecked';
  readonly needs: () => string;
}

export type Detector = RowDetector | PatternDetector | UncheckedDefect;
