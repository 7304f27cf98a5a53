import { cellsIn, costsOf, type Dataset, missingOutputs, type Tally, tallyCells } from './dataset.ts';
import { type Item, itemsOf } from './items.ts';
import type { MeasurePlan } from './plan.ts';

/** An item over some periods: how much, at what cost, of what quality. */
export interface ItemState {
  /** Mean quantity a period; null where data are missing. */
  readonly quantity: number | null;
  /** Pounds for one; null where unknown. */
  readonly cost: number | null;
  /** Quality level by measure, higher is better; null where unmeasured. */
  readonly levels: readonly (number | null)[];
  /** Weight of each measure, averaged over the item's outputs by quantity. */
  readonly weights: readonly number[];
}

/** How outputs are added up, and what a reader must know of it. */
export interface Weighting {
  /** `cost`: by unit cost; `one`: a single output or one declared group; `alike`: counted alike for want of costs. */
  readonly mode: 'cost' | 'one' | 'alike';
  readonly items: readonly Item[];
  /** Outputs without any unit cost. */
  readonly withoutCost: readonly number[];
}

/** Chooses how outputs are added up: by cost where every output has one. Groups in `apart` share no weight. */
export function chooseWeighting(data: Dataset, apart: ReadonlySet<string> = new Set()): Weighting {
  const { outputs } = data.plan;
  const costed = new Set(data.costs.map((row) => row.output));
  const withoutCost = outputs.flatMap((_, o) => (costed.has(o) ? [] : [o]));
  const items = itemsOf(outputs, apart);
  if (items.length === 1) return { mode: 'one', items, withoutCost };
  if (withoutCost.length === 0) return { mode: 'cost', items, withoutCost };
  const all: Item = { id: 'all', title: 'All outputs, counted alike', outputs: outputs.map((_, o) => o) };
  return { mode: 'alike', items: [all], withoutCost };
}

/** A measure's value over cases as a level where higher is better: a lower-is-better share as its complement. */
function levelOf(plan: MeasurePlan, k: number, isShare: boolean | null, value: number): number | null {
  const lower = plan.measures[k]?.measure.direction === 'lower';
  const level = lower ? (isShare === false ? 1 / value : 1 - value) : value;
  return Number.isFinite(level) && level > 0 ? level : null;
}

/** Cost of one output over some periods: what was observed in them, else the last known before. */
function costOf(data: Dataset, o: number, starts: readonly string[]): number | null {
  const own = costsOf(data, o);
  const wanted = new Set(starts);
  const observed = own.filter((row) => row.quantity !== null && row.quantity > 0);
  const inside = observed.filter((row) => wanted.has(row.period));
  if (inside.length > 0) {
    const quantity = inside.reduce((sum, row) => sum + (row.quantity ?? 0), 0);
    return inside.reduce((sum, row) => sum + row.cost, 0) / quantity;
  }
  const last = starts.at(-1) ?? '';
  const before = own.filter((row) => row.period <= last).at(-1);
  if (!before) return null;
  return before.quantity === null ? before.cost : before.quantity > 0 ? before.cost / before.quantity : null;
}

function stateOf(data: Dataset, item: Item, tallies: readonly Tally[], starts: readonly string[]): ItemState {
  const members = item.outputs.map((o) => ({ tally: tallies[o], cost: costOf(data, o, starts) }));
  const isMissing = members.some(({ tally }) => tally?.quantity === null || tally?.quantity === undefined);
  const quantity = members.reduce((sum, { tally }) => sum + (tally?.quantity ?? 0), 0);
  const produced = members.filter(({ tally }) => (tally?.quantity ?? 0) > 0);
  const isCosted = produced.length > 0 && produced.every(({ cost }) => cost !== null);
  const value = produced.reduce((sum, { tally, cost }) => sum + (tally?.quantity ?? 0) * (cost ?? 0), 0);
  const share = (o: number) => {
    const own = tallies[o]?.quantity ?? 0;
    return quantity > 0 ? own / quantity : o === item.outputs[0] ? 1 : 0;
  };
  const ofQuality = (item.qualityOf ?? item.outputs)
    .map((o) => ({ tally: tallies[o] }))
    .filter(({ tally }) => (tally?.quantity ?? 0) > 0);
  const levels = data.plan.measures.map((_, k) => {
    let sum = 0;
    let weight = 0;
    for (const { tally } of ofQuality) {
      const stat = tally?.stats[k];
      if (!stat || stat.n <= 0) continue;
      const level = levelOf(data.plan, k, data.isShare[k] ?? null, stat.sum / stat.n);
      if (level === null) continue;
      sum += (tally?.quantity ?? 0) * level;
      weight += tally?.quantity ?? 0;
    }
    return weight > 0 ? sum / weight : null;
  });
  return {
    quantity: isMissing ? null : quantity / starts.length,
    cost: isCosted ? value / quantity : null,
    levels,
    weights: data.plan.measures.map((_, k) =>
      item.outputs.reduce((sum, o) => sum + share(o) * (data.plan.qualityWeights[o]?.[k] ?? 0), 0),
    ),
  };
}

/** Every item over some periods, from tallies (of the data, or of a resample of them). */
export function snapshotOf(
  data: Dataset,
  weighting: Weighting,
  starts: readonly string[],
  tallies: readonly Tally[],
): readonly ItemState[] {
  const states = weighting.items.map((item) => stateOf(data, item, tallies, starts));
  return weighting.mode === 'cost' ? states : states.map((state) => ({ ...state, cost: 1 }));
}

/** Every item over some periods of the data as they are. */
export function snapshot(
  data: Dataset,
  weighting: Weighting,
  starts: readonly string[],
): readonly ItemState[] {
  const tallies = tallyCells(data.plan, cellsIn(data, starts), missingOutputs(data, starts));
  return snapshotOf(data, weighting, starts, tallies);
}
