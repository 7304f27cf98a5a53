/** Pure numerics: index numbers, contributions to growth, resampling and quantiles. Reads nothing, keeps nothing. */
export { type BeforeAfter, compareBeforeAfter, fewestWeeksEachSide, type WeekShare } from './before-after.ts';
export { benchmarkMethods, benchmarkSeries } from './benchmarking/benchmark-series.ts';
export { percentileInterval, poissonDraw, standardNormal } from './bootstrap.ts';
export {
  chainContributions,
  fisherContributions,
  geometricContributions,
  laspeyresContributions,
  qualityContributions,
} from './contributions.ts';
export { controlChart } from './control-chart/control-chart.ts';
export { type LatestShift, latestShifts } from './control-chart/recent-shift.ts';
export {
  type CountCell,
  type CountGrid,
  type CountRange,
  type CountSum,
  type CountSystem,
  type DisclosureProfile,
  disclosureProfiles,
  gridCell,
  gridSystem,
  isSmallCount,
  type ProtectedCounts,
  rangeOfPublished,
  roundedCount,
  type SuppressedCount,
  type SuppressionReason,
  suppressCounts,
} from './disclosure/index.ts';
export { groupJackknife } from './group-jackknife.ts';
export { averageGrowth, productivityGrowth } from './growth.ts';
export { errorFactor } from './growth-interval/declared-error.ts';
export { fewestWeeks, growthInterval } from './growth-interval/growth-interval.ts';
export { type InputShare, inputErrorDraws } from './growth-interval/input-error.ts';
export { pOfGrowthRange } from './implied-p.ts';
export { indexDiagnostics, linkSpread } from './index-diagnostics.ts';
export { type IndexFormula, indexFormulae, indexLink } from './index-formulae.ts';
export { type IndexType, indexSeries, indexTypes, type Matrix } from './index-series.ts';
export {
  adjustForDiscoveries,
  type BunchingBins,
  type BunchingFit,
  bunchingFit,
  type ClusterCounts,
  chiSquareFit,
  clusterSignTest,
  cumulativeIncidence,
  type DensityJump,
  densityJump,
  discoveryLimit,
  exactSplitTest,
  gTestFit,
  type Incidence,
  type Limits,
  leastSquares,
  nonIncreasing,
  pooledScore,
  prewhitenedNeweyWest,
  type RatioEstimate,
  type RatioStratum,
  ratioEstimate,
  separateRatio,
  shareDifferenceInterval,
  squareAndAdd,
  twoSidedNormal,
  twoSidedStudent,
  weightedTrend,
} from './inference/index.ts';
export { logmean } from './logmean.ts';
export { levelOfEach, type PairedBlocks, pairedBlockChange, pairedDraws } from './paired-blocks.ts';
export { quantile } from './quantile.ts';
export {
  drawWeights,
  type RankedScores,
  rankSensitivity,
  ranksOf,
  shareOfPlace,
  smallestTurn,
  type TurningWeight,
  turningWeights,
} from './rank-weights.ts';
export { revisionStatistics, revisionsTriangle, standardErrorOfMean } from './revisions.ts';
export { provisionalYear, type SpliceRequest, splice } from './splice.ts';
export { type StandardisedUnit, type StratumSums, standardiseUnits } from './standardise-units.ts';
export { uniformStream } from './uniform-stream.ts';
export { dirichletDraw, smallestShift, weightSensitivity } from './weight-simplex.ts';
