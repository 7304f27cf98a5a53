import type { Result } from '../core/index.ts';
import type { Charter } from '../define/index.ts';
import type { Comparisons } from '../find/index.ts';

/** One of the fifteen questions of a Monday morning, its answer, and the page that holds the evidence. */
export interface Question {
  readonly number: number;
  readonly question: string;
  readonly result: Result;
  /** Path below the workspace, such as `measure/effectiveness`; null where there is no evidence yet. */
  readonly evidence: string | null;
}

/** Every Result that a workspace gives today, kept so that faces need not compute. */
export interface Answers {
  readonly service: string;
  readonly title: string;
  readonly purpose: string;
  /** Where the data come from and what they cannot show, in the charter's words. */
  readonly about: string | null;
  /** True when the data are made up; every page must say so. */
  readonly demonstration: boolean;
  /** What the charter marks for publication, and how its small counts are protected. */
  readonly publish?: NonNullable<Charter['publish']>;
  /** Changes when the charter, the data or the code change, and only then. */
  readonly fingerprint: string;
  readonly charter: Result;
  readonly data: Result;
  /** What the data can carry: which questions they answer, their faults, their fields, and whether they add up. */
  readonly checks: readonly Result[];
  readonly measure: readonly Result[];
  readonly find: readonly Result[];
  /** What any two groups, teams or periods can be compared by; null where there are no two. */
  readonly comparisons: Comparisons | null;
  readonly questions: readonly Question[];
}
