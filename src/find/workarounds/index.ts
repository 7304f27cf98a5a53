/** Possible workarounds: what differs from comparable cases, or is done differently by some, for those who do the work to confirm. */
export { type PatternId, patterns } from './alert.ts';
export {
  type PossibleWorkaround,
  possibleWorkarounds,
  type WorkaroundSearch,
} from './possible-workarounds.ts';
export { prepareSizes, sizeOf } from './size.ts';
export { stepsOfWorkaround } from './steps-counted.ts';
export { type PatternNames, workaroundKey, workaroundWords } from './words.ts';
