import type { Output } from './charter/outputs.ts';

/** Outputs that the charter declares to be the same service by other routes, and what it says of them. */
export interface EquivalenceGroup {
  readonly id: string;
  /** Places of the outputs in the charter's list: two or more. */
  readonly places: readonly number[];
  readonly reason: string;
  /** The role that answers for it, and the ISO day from which it holds; null where not stated. */
  readonly owner: string | null;
  readonly since: string | null;
  /** How far a share of quality may differ between routes whose outcome is the same, as a share. */
  readonly margin: number;
}

/** Two points (product rule). */
const defaultMargin = 0.02;

/** The groups of the charter, in the order in which they are first named. */
export function equivalenceGroups(outputs: readonly Output[]): readonly EquivalenceGroup[] {
  const members = outputs.flatMap((output, place) =>
    output.group === undefined ? [] : [{ group: output.group, place, output }],
  );
  return [...Map.groupBy(members, ({ group }) => group)]
    .filter(([, own]) => own.length > 1)
    .map(([id, own]) => ({
      id,
      places: own.map(({ place }) => place),
      reason: [...new Set(own.flatMap(({ output }) => output.group_reason ?? []))].join(' '),
      owner: own.find(({ output }) => output.group_owner)?.output.group_owner ?? null,
      since: own.find(({ output }) => output.group_since)?.output.group_since ?? null,
      margin: own.find(({ output }) => output.group_margin)?.output.group_margin ?? defaultMargin,
    }));
}
