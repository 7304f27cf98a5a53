/** Tests, their tails, and fits with standard errors, each checked against a published case. */

export { cumulativeIncidence, type Incidence } from './aalen-johansen.ts';
export { adjustForDiscoveries, discoveryLimit } from './adjust-p.ts';
export { type BunchingBins, type BunchingFit, bunchingFit } from './bunching-fit.ts';
export { chiSquareFit, gTestFit } from './goodness-of-fit.ts';
export { leastSquares } from './least-squares.ts';
export { type DensityJump, densityJump } from './local-density.ts';
export { nonIncreasing } from './monotone.ts';
export { prewhitenedNeweyWest } from './newey-west.ts';
export { type RatioEstimate, type RatioStratum, ratioEstimate, separateRatio } from './ratio-estimate.ts';
export { type ClusterCounts, clusterSignTest, exactSplitTest } from './sign-tests.ts';
export { twoSidedNormal, twoSidedStudent } from './tails.ts';
export { weightedTrend } from './trend.ts';
export { type Limits, pooledScore, shareDifferenceInterval, squareAndAdd } from './two-shares.ts';
