/** Tests, their tails, and fits with standard errors, each checked against a published case. */
export { adjustForDiscoveries } from './adjust-p.ts';
export { chiSquareFit, gTestFit } from './goodness-of-fit.ts';
export { leastSquares } from './least-squares.ts';
export { type DensityJump, densityJump } from './local-density.ts';
export { neweyWest } from './newey-west.ts';
export { clusterSignTest, exactSignTest } from './sign-tests.ts';
export { twoSidedNormal, twoSidedStudent } from './tails.ts';
