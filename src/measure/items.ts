import { equivalenceGroups, type Output } from '../define/index.ts';

/** Outputs that share one weight: a group of equal value, or one output alone. */
export interface Item {
  readonly id: string;
  readonly title: string;
  readonly outputs: readonly number[];
  /** Outputs whose quality it has: those of the group that it was taken from; its own by default. */
  readonly qualityOf?: readonly number[];
}

/**
 * Outputs by what shares a weight, in the order of the charter. Groups in `apart` are taken as outputs alone, each with
 * the quality of the whole group: cases that move to a worse route are then a fall of quality.
 */
export function itemsOf(outputs: readonly Output[], apart: ReadonlySet<string>): readonly Item[] {
  const groups = equivalenceGroups(outputs);
  return outputs.flatMap((output, o): readonly Item[] => {
    const group = groups.find(({ places }) => places.includes(o));
    const alone = { id: output.id, title: output.title, outputs: [o] };
    if (!group) return [alone];
    if (apart.has(group.id)) return [{ ...alone, qualityOf: group.places }];
    if (group.places[0] !== o) return [];
    const title = group.places.length === outputs.length ? 'All outputs' : `Group "${group.id}"`;
    return [{ id: group.id, title, outputs: group.places }];
  });
}
