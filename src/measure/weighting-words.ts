import { listInWords } from '../core/index.ts';
import type { Study } from './study.ts';

/** How outputs were added up, as a caveat a reader needs; empty where costs weigh them. */
export function weightingCaveats(study: Study): readonly string[] {
  const { weighting, plan } = study;
  const carried = weighting.mode === 'cost' ? carriedCosts(study) : [];
  if (weighting.mode === 'alike') {
    const names = weighting.withoutCost.map((o) => `"${plan.outputs[o]?.title}"`);
    return [
      `Outputs of every kind are counted alike, because no unit cost is given for ${listInWords(names)}: this is not cost-weighted output, and a change of mix between costly and cheap outputs is hidden.`,
    ];
  }
  const [item] = weighting.items;
  if (weighting.mode === 'one' && item && item.outputs.length > 1) {
    const reasons = [...new Set(item.outputs.flatMap((o) => plan.outputs[o]?.group_reason ?? []))];
    return [`All outputs share one weight, as the charter declares. ${reasons.join(' ')}`.trim()];
  }
  return carried;
}

/** Outputs whose unit cost is one assumption held for all years, so that weights never change. */
function carriedCosts(study: Study): readonly string[] {
  const fixed = study.plan.outputs.flatMap((output, o) => {
    const own = study.data.costs.filter((row) => row.output === o);
    return own.length === 1 && own[0]?.quantity === null ? [`"${output.title}"`] : [];
  });
  if (fixed.length === 0) return [];
  const which = fixed.length === study.plan.outputs.length ? 'every output' : listInWords(fixed);
  return [`The unit cost of ${which} is an assumption of the charter, the same in every year.`];
}

/** The name of the method that made the volume index. */
export function weightingMethod(study: Study): string {
  return study.weighting.mode === 'cost'
    ? 'Cost-weighted activity, chained Laspeyres with the unit costs of the weight period before (Balk, 2008, chapter 3)'
    : 'Count of one kind of output (no weights are needed)';
}
