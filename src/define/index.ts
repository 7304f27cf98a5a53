/** What the service is for: the charter read and checked, its conditions compiled, its cases' facts prepared. */
export { type Charter, charterSchema, type LoadedCharter } from './charter/charter.ts';
export type { Assumption } from './charter/costs.ts';
export { type Extract, type ExtractKind, extractKinds } from './charter/extract.ts';
export type { AnnualFigures, Discontinuity } from './charter/linked-series.ts';
export {
  type KnownDefinition,
  type MetricDefinition,
  metricDefinition,
} from './charter/metric-definition.ts';
export type { Input, Output, QualityMeasure } from './charter/outputs.ts';
export { ownDisclosureProfile } from './charter/publishing.ts';
export { type Circumstances, type Saving, type SavingClaim, savingClaim } from './charter/saving.ts';
export type { Clock } from './charter/ways-of-working.ts';
export { type NamedStep, stepsNamed } from './charter-expressions.ts';
export { type ConditionReads, conditionReads } from './condition-reads.ts';
export { type Deadline, deadlineOf, hasMomentsOf } from './deadline.ts';
export { type DescribeOptions, describeCharter } from './describe/describe.ts';
export { type EquivalenceGroup, equivalenceGroups } from './equivalence-groups.ts';
export { isIsoDate } from './expression/index.ts';
export { extractName, extractPath, type FilePart, isOfExtract, partWords } from './extract-name.ts';
export { type StatedExtract, type StatedExtracts, statedExtracts } from './extracts.ts';
export { type Facts, type FactsOptions, prepareFacts } from './facts/case-facts.ts';
export { shownColumns } from './facts/shown-columns.ts';
export { heedUnknownSteps } from './heed-unknown-steps.ts';
export { inEnglish, shareInEnglish } from './in-english.ts';
export { lintCharter } from './lint.ts';
export { type LoadOptions, loadCharter, parseCharter } from './load.ts';
export { charterReference } from './reference.ts';
export { charterJsonSchema } from './schema-faults.ts';
export { didYouMean, editDistance, nearestName } from './suggest.ts';
export { findUnknownSteps, unknownStepWarnings } from './unknown-steps.ts';
export { charterWarnings } from './warnings.ts';
export { holdsKindsOfWords, kindsOfWords } from './word-kinds.ts';
