import { type Change, changeBetween } from '../change.ts';
import { type Item, itemsOf } from '../items.ts';
import { chooseWeighting } from '../snapshot.ts';
import type { Study } from '../study.ts';
import type { CheckedGroup } from './checked-groups.ts';

/**
 * What is followed one by one: a group as a whole, so that cases that change route are no fall, or its routes where
 * their outcomes were found not to be alike.
 */
export function servicesOf(study: Study): readonly Item[] {
  const apart = study.groups.filter(({ likeness }) => likeness.likeness === 'not alike');
  return itemsOf(study.plan.outputs, new Set(apart.map(({ group }) => group.id)));
}

/** Growth with a group taken the other way than every figure takes it; or why it cannot be told. */
export type Apart =
  | { readonly change: Change; readonly missing: null }
  | { readonly change: null; readonly missing: string };

const kept = new WeakMap<Change, Map<string, Apart>>();

/** The headline change as it would be with a group's routes apart, or together where every figure takes them apart. */
export function changeWithout(study: Study, headline: Change, checked: CheckedGroup): Apart {
  const { id } = checked.group;
  const own = kept.get(headline) ?? new Map<string, Apart>();
  kept.set(headline, own);
  const found = own.get(id) ?? workOut(study, headline, checked);
  own.set(id, found);
  return found;
}

function workOut(study: Study, headline: Change, { group, isApart }: CheckedGroup): Apart {
  const apart = new Set(study.groups.filter((one) => one.isApart).map((one) => one.group.id));
  if (isApart) apart.delete(group.id);
  else apart.add(group.id);
  const weighting = chooseWeighting(study.data, apart);
  if (weighting.mode === 'alike') return { change: null, missing: 'not every output has a unit cost' };
  const change = changeBetween(study.data, weighting, headline.comparison, study.resampled);
  return change ? { change, missing: null } : { change: null, missing: 'its routes cannot be compared' };
}
