import type { Grain } from '../core/index.ts';
import { type Cell, type CostRow, type InputCell, quantityIn, type Stat } from './cells.ts';
import type { ClusterCases } from './clusters.ts';
import type { InputItem } from './collect-tables.ts';
import type { MeasurePlan } from './plan.ts';

/** A reporting period, and whether the data cover all of it. */
export interface Period {
  readonly start: string;
  readonly label: string;
  readonly complete: boolean;
}

/** Everything counted, before any index: what all figures are worked out from. */
export interface Dataset {
  readonly plan: MeasurePlan;
  readonly grain: Grain;
  readonly periods: readonly Period[];
  readonly cells: readonly Cell[];
  readonly costs: readonly CostRow[];
  readonly inputs: readonly InputCell[];
  readonly inputList: readonly InputItem[];
  /** Cases of persons or households with more than one, where the charter names the column that tells them. */
  readonly clusters?: readonly ClusterCases[];
  /** By quality measure: true where it averages a share, false for another number, null without data. */
  readonly isShare: readonly (boolean | null)[];
}

/** Sums for one output over some periods. */
export interface Tally {
  /** Null where the output was not counted in every one of the periods. */
  readonly quantity: number | null;
  readonly stats: readonly Stat[];
}

const nothing: Stat = { n: 0, sum: 0, squares: 0 };

function plus(a: Stat, b: Stat): Stat {
  return { n: a.n + b.n, sum: a.sum + b.sum, squares: a.squares + b.squares };
}

/** Adds up cells by output. `requiredPeriods` are those in which a table of volumes must have a row. */
export function tallyCells(
  plan: MeasurePlan,
  cells: readonly Cell[],
  missing: (output: number) => boolean,
): readonly Tally[] {
  const stats = plan.outputs.map(() => plan.measures.map(() => nothing));
  const quantities = plan.outputs.map(() => 0);
  for (const cell of cells) {
    quantities[cell.output] = (quantities[cell.output] ?? 0) + quantityIn(cell);
    const own = stats[cell.output] ?? [];
    cell.stats.forEach((stat, k) => {
      if (stat) own[k] = plus(own[k] ?? nothing, stat);
    });
  }
  return plan.outputs.map((_, o) => ({
    quantity: missing(o) ? null : (quantities[o] ?? 0),
    stats: stats[o] ?? [],
  }));
}

/** What is looked up again and again in a dataset, worked out once for each. */
interface Lookup {
  readonly cells: ReadonlyMap<string, readonly Cell[]>;
  readonly costs: ReadonlyMap<number, readonly CostRow[]>;
  /** First periods of outputs taken from tables: before them nothing was produced, after them a gap is missing data. */
  readonly first: ReadonlyMap<number, string>;
  /** Outputs counted in each period. */
  readonly counted: ReadonlyMap<string, ReadonlySet<number>>;
}

const lookups = new WeakMap<Dataset, Lookup>();

function lookupOf(data: Dataset): Lookup {
  const kept = lookups.get(data);
  if (kept) return kept;
  const cells = Map.groupBy(data.cells, (cell) => cell.period);
  const first = new Map<number, string>();
  const counted = new Map<string, Set<number>>();
  for (const cell of data.cells) {
    if (cell.count === null) continue;
    const own = counted.get(cell.period) ?? new Set();
    counted.set(cell.period, own.add(cell.output));
    if (cell.kind !== 'aggregate') continue;
    const earlier = first.get(cell.output);
    if (earlier === undefined || cell.period < earlier) first.set(cell.output, cell.period);
  }
  const lookup = { cells, costs: Map.groupBy(data.costs, (row) => row.output), first, counted };
  lookups.set(data, lookup);
  return lookup;
}

/** True for each output whose table of volumes has no row in one of the periods, once it has begun. */
export function missingOutputs(data: Dataset, starts: readonly string[]): (output: number) => boolean {
  const { first, counted } = lookupOf(data);
  return (o) => {
    if (data.plan.outputs[o]?.from === 'cases') return false;
    const begins = first.get(o);
    return begins === undefined || starts.some((start) => start >= begins && !counted.get(start)?.has(o));
  };
}

/** The cells of some periods, period by period. */
export function cellsIn(data: Dataset, starts: readonly string[]): readonly Cell[] {
  const { cells } = lookupOf(data);
  return [...new Set(starts)].flatMap((start) => cells.get(start) ?? []);
}

/** The costs of one output, in the order of the data. */
export function costsOf(data: Dataset, output: number): readonly CostRow[] {
  return lookupOf(data).costs.get(output) ?? [];
}
