import type { Interval } from '../core/index.ts';
import { productivityGrowth } from '../stats/index.ts';
import type { Change } from './change.ts';
import { weeksCompared, whenCompared } from './comparison.ts';
import { inputShares } from './input-errors.ts';
import { bodyInputs, inputBlocks, inputGrowth } from './input-states.ts';
import { type ProductivityRangeInput, productivityRange } from './productivity-range.ts';
import type { Study } from './study.ts';
import { type Moved, toldOf, verdictOf } from './verdict.ts';

/** Productivity between two sets of periods, without and with quality. */
export interface ProductivityChange {
  readonly change: Change;
  readonly input: number;
  readonly unadjusted: number;
  readonly adjusted: number | null;
  readonly intervals: { readonly unadjusted: Interval | null; readonly adjusted: Interval | null };
  /** What each interval is worked out from. */
  readonly ranges: {
    readonly unadjusted: ProductivityRangeInput;
    readonly adjusted: ProductivityRangeInput;
  };
}

/** Growth of output over growth of inputs, exact; null where inputs cannot be told. */
export function productivityChange(
  study: Pick<Study, 'data' | 'seed' | 'replicates'>,
  change: Change,
  inputs: readonly number[] = bodyInputs(study.data),
): ProductivityChange | null {
  const grown = inputGrowth(study.data, inputs, change.comparison);
  const { link } = grown;
  if (!link) return null;
  const parts = productivityGrowth({
    volume: change.link.volume,
    quality: change.link.quality,
    input: link.volume,
  });
  const from = {
    inputBlocks: inputBlocks(study.data, inputs, change.comparison, change.blocks.volume.earlier.length),
    inputs: inputShares(study.data, inputs, link),
    ...{ basis: change.basis, seed: study.seed, draws: study.replicates },
  };
  const rangeOf = (kind: 'volume' | 'adjusted', productivity: number): ProductivityRangeInput => ({
    ...from,
    output: change.link[kind],
    productivity,
    resampled: change.replicates[kind],
    blocks: change.blocks[kind],
    judged: change.judged?.[kind] ?? null,
  });
  const ranges = {
    unadjusted: rangeOf('volume', parts.productivityUnadjusted),
    adjusted: rangeOf('adjusted', parts.productivity),
  };
  const isMeasured = change.link.coverage > 0;
  return {
    change,
    input: link.volume,
    unadjusted: parts.productivityUnadjusted,
    adjusted: isMeasured ? parts.productivity : null,
    intervals: {
      unadjusted: productivityRange(ranges.unadjusted),
      adjusted: isMeasured ? productivityRange(ranges.adjusted) : null,
    },
    ranges,
  };
}

/** The call of `calc productivity` that gives a growth and its interval again. */
export function productivityCall(main: ProductivityChange, kind: 'unadjusted' | 'adjusted') {
  const { earlierLabel, laterLabel } = main.change.comparison;
  const level = (growth: number) => [100, 100 * (1 + growth)];
  return {
    method: 'productivity',
    input: {
      periods: [earlierLabel, laterLabel],
      output: level(main.ranges[kind].output),
      input: level(main.input),
      interval: intervalInput(main.ranges[kind], main.intervals[kind]),
    },
  };
}

/** Digits of resampled growth that a call gives: its interval is then the page's to six. */
const resampledDigits = 7;

/** The input of `calc productivity` for an interval. Resamples are left out where the weeks alone settle it. */
function intervalInput(range: ProductivityRangeInput, interval: Interval | null) {
  const { resampled, blocks, inputBlocks, basis, inputs, judged, seed, draws } = range;
  const isWeeks = interval?.method.startsWith('paired blocks') ?? false;
  const varies = resampled.some((value) => value !== resampled[0]);
  return {
    ...(isWeeks
      ? { narrowerOverCases: varies }
      : { resampled: resampled.map((value) => Number(value.toPrecision(resampledDigits))) }),
    ...{ blocks, inputBlocks, isShort: basis.isShort, countedFromCases: basis.hasCases },
    inputs: inputs.map(({ weight, ratio, error }) => ({
      ...{ share: weight, growth: ratio - 1 },
      ...(error ? { error: { id: error.id, percent: 100 * error.relative } } : {}),
    })),
    ...(judged ? { judged } : {}),
    ...{ seed, draws },
  };
}

/** What is said of any growth of productivity whose quality is not measured. */
export const qualityUnmeasured = 'quality is not measured, so a gain may be a loss of quality';

/** A change of productivity, with quality where that is measured and asked for, and whether it can be told from chance. */
export function movedBy(main: ProductivityChange, kind: 'adjusted' | 'unadjusted' = 'adjusted'): Moved {
  const isAdjusted = kind === 'adjusted' && main.adjusted !== null;
  const interval = main.intervals[isAdjusted ? 'adjusted' : 'unadjusted'];
  return {
    growth: isAdjusted ? (main.adjusted ?? 0) : main.unadjusted,
    interval,
    told: toldOf(interval, weeksCompared(main.change.comparison)),
  };
}

/** The words and status of a change of productivity, given the share of other weights that agree with it. */
export function productivityVerdict(main: ProductivityChange, agreement: number, noun = 'productivity') {
  const { comparison } = main.change;
  const isAdjustedFor = main.adjusted !== null;
  const verdict = verdictOf(
    `${noun} ${isAdjustedFor ? 'allowing for quality' : 'without quality'}`,
    whenCompared(comparison),
    main.adjusted ?? main.unadjusted,
    main.intervals.adjusted ?? main.intervals.unadjusted,
    weeksCompared(comparison),
    isAdjustedFor ? agreement : 1,
  );
  return !isAdjustedFor && verdict.status === 'sound' ? { ...verdict, status: 'caution' as const } : verdict;
}
