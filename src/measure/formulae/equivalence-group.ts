/** A route to the same service in two periods. */
interface GroupMember {
  readonly id: string;
  /** Base unit cost, pounds. */
  readonly unitCost: number;
  readonly base: number;
  readonly current: number;
  /** Share of the member's base cost that does not fall with its volume. */
  readonly fixedShare: number;
}

/** Output and inputs when work moves between routes of equal value. */
interface EquivalenceGroup {
  /** Volume index if each route keeps its own weight: it reads a cheaper route as lost output. */
  readonly separate: number;
  /** Volume index of the group, whose members share one weight. */
  readonly group: number;
  /** The shared weight: mean unit cost in the base period. */
  readonly weight: number;
  /** Input index at base unit costs, with the fixed share of each member's base cost kept. */
  readonly input: number;
  readonly productivity: number;
}

/**
 * Members of a group share one weight, Σ c·a/Σ a of the base period, and the group's volume is the sum of theirs
 * (National Statistician's Review, 2025, recommendation 5). Null where the base period has no volume or cost.
 */
export function equivalenceGroup(members: readonly GroupMember[]): EquivalenceGroup | null {
  const sum = (of: (member: GroupMember) => number) => members.reduce((all, one) => all + of(one), 0);
  const [value, volume] = [sum((one) => one.unitCost * one.base), sum((one) => one.base)];
  if (!(value > 0) || !(volume > 0)) return null;
  const group = sum((one) => one.current) / volume;
  const spent = sum((one) => one.unitCost * (one.fixedShare * one.base + (1 - one.fixedShare) * one.current));
  const input = spent / value;
  return {
    separate: sum((one) => one.unitCost * one.current) / value,
    group,
    weight: value / volume,
    input,
    productivity: group / input,
  };
}
