import { confirms, type Disposition, type Response, utcSecondOf, type Verdict } from '../../stores/index.ts';
import type { FindingToReview } from './findings-to-review.ts';

/** What somebody who does the work says of a finding. */
export interface SaidOfFinding {
  readonly verdict: Verdict;
  /** What is to be done about it; heeded where the verdict confirms it. */
  readonly response: Response | null;
  readonly reason: string | null;
}

/** The disposition that a word on a finding makes. A possible workaround is confirmed as one, any other as it stands. */
export function dispositionOn(
  finding: FindingToReview,
  { verdict, response, reason }: SaidOfFinding,
  now: Date,
): Disposition {
  const confirmed = confirms(verdict);
  const asKind = finding.isWorkaround ? 'confirmed workaround' : 'confirmed';
  return {
    finding: finding.id,
    pattern: finding.pattern,
    verdict: confirmed ? asKind : verdict,
    response: confirmed ? response : null,
    share: finding.share,
    role: 'caseworker',
    reviewed: utcSecondOf(now),
    reason,
    worksAround: null,
  };
}
