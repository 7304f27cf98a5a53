import { equivalenceGroups, type Output } from '../define/index.ts';

/** Outputs that share one weight: a group of equal value, or one output alone. */
export interface Item {
  readonly id: string;
  readonly title: string;
  readonly outputs: readonly number[];
}

/** Outputs by what shares a weight, in the order of the charter; groups in `apart` are taken as outputs alone. */
export function itemsOf(outputs: readonly Output[], apart: ReadonlySet<string>): readonly Item[] {
  const groups = equivalenceGroups(outputs).filter(({ id }) => !apart.has(id));
  return outputs.flatMap((output, o): readonly Item[] => {
    const group = groups.find(({ places }) => places.includes(o));
    if (!group) return [{ id: output.id, title: output.title, outputs: [o] }];
    if (group.places[0] !== o) return [];
    const title = group.places.length === outputs.length ? 'All outputs' : `Group "${group.id}"`;
    return [{ id: group.id, title, outputs: group.places }];
  });
}
