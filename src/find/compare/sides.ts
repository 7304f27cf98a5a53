import type { ProcessMapChart, Provenance, QueryRecord, SourceRecord } from '../../core/index.ts';

/** Times of the cases of a side in days, each with the ends of its 95% interval from order statistics. */
export interface SideTime {
  readonly id: string;
  readonly name: string;
  readonly cases: number;
  readonly median: Spread;
  readonly p90: Spread;
}

/** A quantile with the ends of its interval. */
export interface Spread {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How many cases of a side, of those of which it is known, have something. */
export interface SideShare {
  readonly id: string;
  readonly name: string;
  readonly kind: 'outcome' | 'rework' | 'finding' | 'step';
  readonly having: number;
  readonly of: number;
}

/** One group, team or period: what its cases took, had and went through. */
export interface Side {
  readonly value: string;
  readonly cases: number;
  readonly times: readonly SideTime[];
  readonly shares: readonly SideShare[];
  readonly map: Pick<ProcessMapChart, 'nodes' | 'edges' | 'starts' | 'ends' | 'whole' | 'hidingRule'>;
}

/** What cases are told apart by: a group of the charter, the team, or the period in which they ended. */
export interface Dimension {
  readonly id: string;
  readonly title: string;
  /** Said of how a case comes to be on one side. */
  readonly rule: string;
  readonly sides: readonly Side[];
}

/** All that two sides can be compared by, worked out once; which two is chosen later. Plain data. */
export interface Comparisons {
  readonly dimensions: readonly Dimension[];
  /** One case in so many was taken, by a hash of its id; 1 where all were. */
  readonly oneIn: number;
  readonly from: Pick<Provenance, 'charter'> & { readonly sources: readonly SourceRecord[] };
  readonly demonstration: boolean;
  /** The days that the log covers, in words. */
  readonly period: string | null;
  /** What of the record is missing, to be said first with every two sides. */
  readonly missing?: readonly string[];
  readonly queries: readonly QueryRecord[];
}
