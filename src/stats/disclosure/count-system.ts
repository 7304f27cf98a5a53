/** A count that is to be published. `value` is null where it was withheld before it came here. */
export interface CountCell {
  readonly id: string;
  readonly value: number | null;
  /** A count that is not published itself, and binds others that are: two cuts of one population share it. */
  readonly isUnpublished?: true;
}

/** A count that is the sum of others, as any reader knows or may guess. */
export interface CountSum {
  readonly whole: string;
  readonly parts: readonly string[];
}

/** Counts, and what adds up to what among them. */
export interface CountSystem {
  readonly cells: readonly CountCell[];
  readonly sums: readonly CountSum[];
}

/** The cells of a sum, its whole among them. */
export function membersOf({ whole, parts }: CountSum): readonly string[] {
  return [whole, ...parts];
}

/** Splits a system into parts that share no sum: what is told of one tells nothing of the others. */
export function independentParts({ cells, sums }: CountSystem): readonly CountSystem[] {
  const parent = new Map(cells.map(({ id }) => [id, id]));
  const rootOf = (id: string): string => {
    let root = id;
    while (parent.get(root) !== root) root = parent.get(root) ?? root;
    parent.set(id, root);
    return root;
  };
  for (const sum of sums)
    for (const part of sum.parts) if (parent.has(part)) parent.set(rootOf(part), rootOf(sum.whole));
  const groups = new Map<string, { cells: CountCell[]; sums: CountSum[] }>();
  for (const cell of cells) {
    const root = rootOf(cell.id);
    const group = groups.get(root) ?? { cells: [], sums: [] };
    group.cells.push(cell);
    groups.set(root, group);
  }
  for (const sum of sums) groups.get(rootOf(sum.whole))?.sums.push(sum);
  return [...groups.values()];
}
