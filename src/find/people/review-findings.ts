import { createHash } from 'node:crypto';
import { type Disposition, isDismissed, type Verdict } from '../../stores/index.ts';

/** What of a finding a verdict is kept by and weighed against. */
interface Reviewable {
  /** What a verdict calls its pattern: of a possible workaround the sign that raised it. */
  readonly pattern: string;
  readonly of?: string;
  readonly key: string;
  readonly share: number;
}

/** A finding with what somebody who does the work said of it, and whether that keeps it away. */
export type Reviewed<T> = T & {
  /** The id by which verdicts on it are kept: the same whenever the same finding comes up. */
  readonly review: string;
  readonly verdict: Verdict | null;
  readonly dismissed: boolean;
};

/** The id by which verdicts on a finding are kept, whatever its place in the list. */
export function reviewId(pattern: string, key: string): string {
  return `${pattern}-${createHash('sha256').update(key).digest('hex').slice(0, 10)}`;
}

/** Findings with the verdicts on them at a moment. */
export function withVerdicts<T extends Reviewable>(
  findings: readonly T[],
  dispositions: readonly Disposition[],
  now: Date,
): readonly Reviewed<T>[] {
  const said = new Map(dispositions.map((disposition) => [disposition.finding, disposition]));
  return findings.map((finding) => {
    const review = reviewId(finding.pattern, finding.key);
    const own = said.get(review);
    const dismissed = own !== undefined && isDismissed(own, finding.share, now);
    return { ...finding, review, verdict: own?.verdict ?? null, dismissed };
  });
}
