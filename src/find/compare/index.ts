/** Two groups, teams or periods side by side: measured once for all, chosen later. */
export { chooseSides, compareSides, type SidesChosen } from './compare-sides.ts';
export { gatherComparisons } from './gather.ts';
export type { Comparisons, Dimension, Side } from './sides.ts';
