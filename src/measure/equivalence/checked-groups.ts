import { type EquivalenceGroup, equivalenceGroups } from '../../define/index.ts';
import type { Dataset } from '../dataset.ts';
import { chooseWeighting, type Weighting } from '../snapshot.ts';
import { type GroupLikeness, likenessOf } from './likeness.ts';

/** A group of the charter with what its routes were found to be. */
export interface CheckedGroup {
  readonly group: EquivalenceGroup;
  readonly likeness: GroupLikeness;
  /** True where its check failed and every figure takes it apart: each route at its own unit cost. */
  readonly isApart: boolean;
}

/** The groups of the charter, each checked in the periods judged, and the weights that follow. */
export interface GroupedWeights {
  readonly groups: readonly CheckedGroup[];
  readonly weighting: Weighting;
}

/**
 * Groups whose routes were found not to have the same outcome do not share one weight: their check has failed, so each
 * route counts at its own unit cost, with the quality of the whole group. Only where not every output has a unit cost is
 * there nothing to take them apart by, and they stay together.
 */
export function weighGroups(data: Dataset, judged: readonly string[]): GroupedWeights {
  const { plan } = data;
  const found = equivalenceGroups(plan.outputs).map((group) => ({
    group,
    likeness: likenessOf({ data, plan }, judged, group),
  }));
  const failed = new Set(
    found.filter(({ likeness }) => likeness.likeness === 'not alike').map(({ group }) => group.id),
  );
  const apart = chooseWeighting(data, failed);
  const isTaken = failed.size > 0 && apart.mode === 'cost';
  return {
    groups: found.map((one) => ({ ...one, isApart: isTaken && failed.has(one.group.id) })),
    weighting: isTaken ? apart : chooseWeighting(data),
  };
}
