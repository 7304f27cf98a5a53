/** What the people who do the work say of it: reports matched to findings, and verdicts on findings. */
export { dispositionOn } from './disposition-on.ts';
export { type FindingToReview, findingsToReview } from './findings-to-review.ts';
export { type MatchableFinding, matchReport } from './match-report.ts';
export { readSaid, type Said } from './said.ts';
