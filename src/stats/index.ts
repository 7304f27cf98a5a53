/** Pure numerics: index numbers, contributions to growth, resampling and quantiles. Reads nothing, keeps nothing. */
export { percentileInterval, poissonDraw, standardNormal } from './bootstrap.ts';
export {
  type ChainContribution,
  chainContributions,
  fisherContributions,
  geometricContributions,
  laspeyresContributions,
} from './contributions.ts';
export { averageGrowth, type GrowthParts, productivityGrowth } from './growth.ts';
export { type IndexFormula, indexFormulae, indexLink, type LinkValues } from './index-formulae.ts';
export { type IndexSide, type IndexType, indexSeries, indexTypes, type Matrix } from './index-series.ts';
export { logmean } from './logmean.ts';
export { type PairedBlocks, type PairedChange, pairedBlockChange } from './paired-blocks.ts';
export { quantile } from './quantile.ts';
