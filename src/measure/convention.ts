import { formatValue, listInWords } from '../core/index.ts';
import type { Change } from './change.ts';
import { measuredPart } from './formulae/measured-part.ts';
import type { Study } from './study.ts';
import { growthInWords } from './wording.ts';

/** The part of output that is taken to be its inputs, in one change. */
interface Convention {
  /** Share of base cost. */
  readonly share: number;
  /** Growth of that part. */
  readonly growth: number;
  readonly titles: readonly string[];
}

/** Outputs whose volume is that of their inputs by the charter, with their share; null where there are none. */
export function conventionOf(study: Study, change: Change): Convention | null {
  const flagged = change.link.items.filter((item) =>
    study.weighting.items[item.item]?.outputs.every((o) => study.plan.outputs[o]?.measured_by === 'inputs'),
  );
  if (flagged.length === 0) return null;
  const share = flagged.reduce((sum, item) => sum + item.weight, 0);
  const growth = flagged.reduce((sum, item) => sum + item.volume, 0) / share;
  return {
    share,
    growth,
    titles: flagged.map((item) => `"${study.weighting.items[item.item]?.title ?? ''}"`),
  };
}

/** What a reader must know of output that is taken to be its inputs; nothing where there is none. */
export function conventionCaveats(study: Study, change: Change | null): readonly string[] {
  const convention = change && conventionOf(study, change);
  if (!convention) return [];
  return [
    `The output of ${listInWords(convention.titles)}, ${formatValue(convention.share, 'share')} of the weight, is taken to be its inputs: its productivity cannot change, and draws that of the whole towards nothing.`,
  ];
}

/** Growth of productivity of the part that is measured, allowing for quality where that is; null without a convention. */
export function measuredProductivity(study: Study, change: Change, inputGrowth: number) {
  const convention = conventionOf(study, change);
  if (!convention) return null;
  const part = measuredPart({
    share: convention.share,
    output: change.link.adjusted,
    input: inputGrowth,
    conventional: convention.growth,
  });
  return {
    share: convention.share,
    productivity: part?.productivity ?? null,
    words: part
      ? `Of the part that is measured alone, productivity ${growthInWords(part.productivity)}, with no range to tell it from chance.`
      : 'All output is taken to be its inputs.',
  };
}
