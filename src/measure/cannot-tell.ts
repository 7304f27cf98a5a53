import type { Result } from '../core/index.ts';
import { provenanceOf, type Study } from './study.ts';
import { standingCaveats } from './wording.ts';

/** What a Result that cannot answer is about. */
export interface Unanswered {
  readonly id: string;
  readonly question: string;
  /** How it would have been worked out; that nothing was, by default. */
  readonly method?: string;
}

/** The answer where what it needs is missing: why, and what to do about it. */
export function cannotTell(
  study: Study,
  { id, question, method = 'none: what is needed is missing' }: Unanswered,
  why: string,
  next: string,
): Result {
  return {
    id,
    question,
    answer: `Cannot tell: ${why}.`,
    status: 'cannot-tell',
    figures: [],
    tables: [],
    charts: [],
    caveats: standingCaveats(study),
    next: [next],
    provenance: provenanceOf(study, method),
  };
}
