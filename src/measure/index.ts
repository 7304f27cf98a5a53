/** Are we achieving more of what we are for, for what we use? Outcomes, output, quality, inputs and productivity as Results. */
export { faultsOfTotals } from './check-totals.ts';
export { classifyClaim } from './efficiency/classify-claim.ts';
export { measure } from './measure.ts';
export { metricClaims, metricCounts, metricStats, pairedRoles } from './metric-linter/definition.ts';
export { lintMetric } from './metric-linter/lint-metric.ts';
export type { MeasureOptions, MeasureWorkspace } from './workspace.ts';
