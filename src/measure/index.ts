/** Are we achieving more of what we are for, for what we use? Outcomes, output, quality, inputs and productivity as Results. */
export { faultsOfTotals } from './check-totals.ts';
export { applicationKinds, type CasePath } from './cohorts/case-path.ts';
export { followCohort, standardAges } from './cohorts/follow-cohort.ts';
export { costGenerated } from './cost-generated/cost-generated.ts';
export { effortReturn } from './cost-generated/effort-return.ts';
export { payoutError } from './cost-generated/payout-error.ts';
export { classifyClaim } from './efficiency/classify-claim.ts';
export { avoidableCost } from './formulae/avoidable-cost.ts';
export { caseMixChange } from './formulae/case-mix.ts';
export { equivalenceGroup } from './formulae/equivalence-group.ts';
export { fewestSampled, valueOutput } from './formulae/failure-demand.ts';
export { healthFormulaUnverified, healthQuality } from './formulae/health-quality.ts';
export { inputVolume, productivityWithCitizens } from './formulae/input-volume.ts';
export { impliedWait } from './formulae/littles-law.ts';
export { measuredPart } from './formulae/measured-part.ts';
export { qualityGrowth } from './formulae/quality-indicators.ts';
export { stayCredit, stayRule } from './formulae/stay-credit.ts';
export { conservation, stockWindow } from './formulae/stock.ts';
export { sumCheck } from './formulae/sum-check.ts';
export { volumeMix } from './formulae/volume-mix.ts';
export {
  benfordFit,
  bunching,
  codingDrift,
  creamSkimming,
  firstDigitCounts,
  heaping,
  measuredAgainstUnmeasured,
  type NotTestable,
  officialAgainstIndependent,
  periodEnd,
  ratchet,
  type Tested,
  targetAndDenominator,
  thresholdDensity,
  thresholdWindow,
  whyNotBenford,
} from './gaming/index.ts';
export { measure } from './measure.ts';
export { lintMetric } from './metric-linter/lint-metric.ts';
export { type ProductivityRangeInput, productivityRange } from './productivity-range.ts';
export { resolvedRate } from './resolved/handled-resolved.ts';
export { contactRecords, contactRules, joinContacts } from './resolved/join-contacts.ts';
export { measureCells } from './rows/measure-cells.ts';
export { type MeasureTracer, type NamedFigure, traceMeasure } from './rows/measure-rows.ts';
export type { MeasureOptions, MeasureWorkspace } from './workspace.ts';
