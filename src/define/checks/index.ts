/** What is wrong with a charter that only shows when its parts are read together. */
export { wrongDates, wrongTimezones } from './dates.ts';
export { wrongExpressions } from './expressions.ts';
export { brokenReferences, repeatedIds } from './references.ts';
export { senselessEntries } from './sense.ts';
export { unbalancedWeights } from './weights.ts';
