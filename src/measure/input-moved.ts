import { type PairedBlocks, pairedBlockChange } from '../stats/index.ts';
import { type Basis, widerInterval } from './change.ts';
import { type Comparison, weeksCompared } from './comparison.ts';
import { inputErrors } from './input-errors.ts';
import { bodyInputs, inputBlocks, inputGrowth } from './input-states.ts';
import type { Study } from './study.ts';
import { type Moved, toldOf } from './verdict.ts';

/** True where inputs move alike in every month or week, so that their growth is no matter of chance. */
function isSteady(blocks: PairedBlocks): boolean {
  const found = pairedBlockChange(blocks);
  return found !== null && found.standardError < 1e-9;
}

/**
 * Growth of the body's inputs with its range, by the rule of output and productivity: months or weeks that vary by
 * more than chance (paired blocks), jointly with the errors that inputs declare. Null where inputs cannot be told.
 */
export function inputMoved(
  study: Pick<Study, 'data' | 'seed' | 'replicates'>,
  comparison: Comparison,
  blocks: number,
  basis: Basis,
): Moved | null {
  const inputs = bodyInputs(study.data);
  const grown = inputGrowth(study.data, inputs, comparison);
  if (!grown.link) return null;
  const growth = grown.link.volume;
  const errors = inputErrors(study, grown);
  const paired = inputBlocks(study.data, inputs, comparison, blocks);
  const weeks = weeksCompared(comparison);
  if (paired && isSteady(paired)) {
    const interval = errors?.interval ?? null;
    return { growth, interval, told: interval ? toldOf(interval, weeks) : 'told' };
  }
  // Declared errors multiply the growth of inputs, and divide what is worked out per input.
  const declared = errors ? { draws: errors.draws.map((draw) => -draw), seed: study.seed } : null;
  const byWeeks = paired
    ? widerInterval([], paired, null, growth, { ...basis, hasCases: false }, declared)
    : null;
  const interval = byWeeks ?? errors?.interval ?? null;
  return { growth, interval, told: toldOf(interval, weeks) };
}
