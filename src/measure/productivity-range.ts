import type { Interval } from '../core/index.ts';
import { type InputShare, inputErrorDraws, type PairedBlocks } from '../stats/index.ts';
import { type Basis, type Declared, widerInterval } from './change.ts';

/** All that the interval of growth of productivity is worked out from. */
export interface ProductivityRangeInput {
  /** Growth of output, and of productivity, as shares. */
  readonly output: number;
  readonly productivity: number;
  /** Growth of output as resampled, case by case; empty where it is not counted from cases. */
  readonly resampled: readonly number[];
  /** Output by block of weeks in both years at the earlier costs, and inputs likewise where they are known by block. */
  readonly blocks: PairedBlocks;
  readonly inputBlocks: PairedBlocks | null;
  readonly basis: Basis;
  /** Inputs with their shares of cost, growth and declared errors. */
  readonly inputs: readonly InputShare[];
  /** ln of each draw of a judged break of output over what is stated; null where none lies between the periods. */
  readonly judged: readonly number[] | null;
  readonly seed: number;
  /** Draws of the declared errors. */
  readonly draws: number;
}

/** Declared errors of inputs and judged breaks of outputs together, draw by draw; null where there is neither. */
function jointly({ inputs, judged, seed, draws }: ProductivityRangeInput): Declared | null {
  const errors = inputErrorDraws(inputs, seed, draws);
  if (!errors && !judged) return null;
  const all = errors ?? judged ?? [];
  return {
    draws: all.map((_, i) => (errors?.[i] ?? 0) - (judged?.[i] ?? 0)),
    seed,
    of: errors && judged ? 'both' : errors ? 'inputs' : 'breaks',
  };
}

/**
 * The interval of growth of productivity: chance in output, by cases or by paired blocks of weeks with inputs set against
 * them, the wider; and the declared errors of inputs and the judged breaks of output drawn jointly with it. Null where
 * nothing says how much growth varies.
 */
export function productivityRange(given: ProductivityRangeInput): Interval | null {
  const per = (1 + given.output) / (1 + given.productivity);
  return widerInterval(
    given.resampled.map((value) => (1 + value) / per - 1),
    given.blocks,
    given.inputBlocks,
    given.productivity,
    given.basis,
    jointly(given),
  );
}
