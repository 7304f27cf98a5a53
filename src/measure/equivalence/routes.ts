import { type EquivalenceGroup, equivalenceGroups } from '../../define/index.ts';
import { type Change, changeBetween } from '../change.ts';
import { type Item, itemsOf } from '../items.ts';
import { chooseWeighting } from '../snapshot.ts';
import type { Study } from '../study.ts';
import { type GroupLikeness, likenessOf } from './likeness.ts';

/** A group of the charter with what its routes were found to be. */
export interface CheckedGroup {
  readonly group: EquivalenceGroup;
  readonly likeness: GroupLikeness;
}

const checked = new WeakMap<Study, readonly CheckedGroup[]>();

/** The groups of the charter, each checked once in a study. */
export function checkedGroups(study: Study): readonly CheckedGroup[] {
  const kept = checked.get(study);
  if (kept) return kept;
  const groups = equivalenceGroups(study.plan.outputs).map((group) => ({
    group,
    likeness: likenessOf(study, group),
  }));
  checked.set(study, groups);
  return groups;
}

/**
 * What is followed one by one: a group as a whole, so that cases that change route are no fall, or its routes where
 * their outcomes were found not to be alike.
 */
export function servicesOf(study: Study): readonly Item[] {
  const apart = checkedGroups(study).filter(({ likeness }) => likeness.likeness === 'not alike');
  return itemsOf(study.plan.outputs, new Set(apart.map(({ group }) => group.id)));
}

/** Growth with the routes of a group each at its own unit cost; or why it cannot be told. */
export type Apart =
  | { readonly change: Change; readonly missing: null }
  | { readonly change: null; readonly missing: string };

const kept = new WeakMap<Change, Map<string, Apart>>();

/** The headline change without a group. */
export function changeWithout(study: Study, headline: Change, group: EquivalenceGroup): Apart {
  const own = kept.get(headline) ?? new Map<string, Apart>();
  kept.set(headline, own);
  const found = own.get(group.id) ?? workOut(study, headline, group);
  own.set(group.id, found);
  return found;
}

function workOut(study: Study, headline: Change, group: EquivalenceGroup): Apart {
  const weighting = chooseWeighting(study.data, new Set([group.id]));
  if (weighting.mode !== 'cost') return { change: null, missing: 'not every output has a unit cost' };
  const change = changeBetween(study.data, weighting, headline.comparison, study.resampled);
  return change ? { change, missing: null } : { change: null, missing: 'its routes cannot be compared' };
}
