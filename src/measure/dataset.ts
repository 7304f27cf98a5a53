import type { Grain } from '../core/index.ts';
import type { Cell, CostRow, InputCell, Stat } from './cells.ts';
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
    quantities[cell.output] = (quantities[cell.output] ?? 0) + (cell.count ?? 0);
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

/** First periods of outputs taken from tables: before them nothing was produced, after them a gap is missing data. */
function firstPeriods(data: Dataset): ReadonlyMap<number, string> {
  const first = new Map<number, string>();
  for (const cell of data.cells) {
    if (cell.kind !== 'aggregate' || cell.count === null) continue;
    const earlier = first.get(cell.output);
    if (earlier === undefined || cell.period < earlier) first.set(cell.output, cell.period);
  }
  return first;
}

/** True for each output whose table of volumes has no row in one of the periods, once it has begun. */
export function missingOutputs(data: Dataset, starts: readonly string[]): (output: number) => boolean {
  const first = firstPeriods(data);
  const seen = new Set(
    data.cells.flatMap((cell) => (cell.count === null ? [] : [`${cell.output} ${cell.period}`])),
  );
  return (o) => {
    if (data.plan.outputs[o]?.from === 'cases') return false;
    const begins = first.get(o);
    return begins === undefined || starts.some((start) => start >= begins && !seen.has(`${o} ${start}`));
  };
}

/** The cells of some periods. */
export function cellsIn(data: Dataset, starts: readonly string[]): readonly Cell[] {
  const wanted = new Set(starts);
  return data.cells.filter((cell) => wanted.has(cell.period));
}
