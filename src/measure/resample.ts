import { drawsFor, nameKey } from '../core/index.ts';
import { poissonDraw, standardNormal } from '../stats/index.ts';
import type { Cell, Stat } from './cells.ts';
import { cellsIn, type Dataset, missingOutputs, type Tally, tallyCells } from './dataset.ts';

/** Cells of one set of periods with those that are alike added together: resampling the sum is resampling each. */
function poolCells(cells: readonly Cell[]): readonly Cell[] {
  const pooled = new Map<string, Cell>();
  for (const cell of cells) {
    const pattern = cell.stats.map((stat) =>
      stat === null
        ? 'none'
        : cell.kind === 'cases' && stat.sum === 0
          ? 'no'
          : cell.kind === 'cases' && stat.sum === stat.n
            ? 'yes'
            : 'some',
    );
    const key = `${cell.output} ${cell.kind} ${cell.count === null} ${cell.scale ?? ''} ${pattern.join(',')}`;
    const earlier = pooled.get(key);
    if (!earlier) pooled.set(key, cell);
    else {
      pooled.set(key, {
        ...earlier,
        count: earlier.count === null || cell.count === null ? null : earlier.count + cell.count,
        stats: earlier.stats.map((stat, k) => add(stat, cell.stats[k] ?? null)),
      });
    }
  }
  return [...pooled.values()];
}

function add(a: Stat | null, b: Stat | null): Stat | null {
  if (!a || !b) return a ?? b;
  return { n: a.n + b.n, sum: a.sum + b.sum, squares: a.squares + b.squares };
}

/** A resampled sum of one measure: exact for shares (all or none), by its mean and variance for other numbers. */
function resampleStat(stat: Stat, scale: number, uniform: () => number): Stat {
  const n = stat.n * scale;
  const mean = stat.sum / stat.n;
  const variance = Math.max(0, stat.squares / stat.n - mean * mean);
  const noise = variance > 0 ? Math.sqrt(n * variance) * standardNormal(uniform) : 0;
  return { n, sum: n * mean + noise, squares: n * (mean * mean + variance) };
}

function resampleCases(cell: Cell, uniform: () => number): Cell {
  const count = poissonDraw(cell.count ?? 0, uniform);
  const scale = cell.count ? count / cell.count : 0;
  return {
    ...cell,
    count,
    stats: cell.stats.map((stat) => (stat ? resampleStat(stat, scale, uniform) : null)),
  };
}

/** Counts in a table vary as arrivals would; a share's successes and failures each do. Other numbers stay. */
function resampleAggregate(cell: Cell, isShare: readonly (boolean | null)[], uniform: () => number): Cell {
  return {
    ...cell,
    count:
      cell.count === null || !Number.isInteger(cell.count) ? cell.count : poissonDraw(cell.count, uniform),
    stats: cell.stats.map((stat, k) => {
      if (!stat || !isShare[k] || stat.n < 2) return stat;
      const sum = poissonDraw(stat.sum, uniform);
      return { n: sum + poissonDraw(stat.n - stat.sum, uniform), sum, squares: sum };
    }),
  };
}

/**
 * One Poisson resample of the cells (weights Poisson(1) for each case; Hanley and MacGibbon, 2006): draws are
 * keyed by seed, replicate, set and cell, so their order changes nothing.
 */
function resampleCells(
  cells: readonly Cell[],
  isShare: readonly (boolean | null)[],
  key: { readonly seed: number; readonly replicate: number; readonly set: string },
): readonly Cell[] {
  const draw = drawsFor(key.seed, `bootstrap ${key.set}`, key.replicate);
  return cells.map((cell, i) => {
    const item = nameKey(`${i} ${cell.output}`);
    let visit = 0;
    const uniform = () => {
      visit += 1;
      return draw(item, visit);
    };
    return cell.kind === 'cases' ? resampleCases(cell, uniform) : resampleAggregate(cell, isShare, uniform);
  });
}

/** Resampled tallies of some periods, one list of outputs a replicate; the same periods give the same draws. */
export type Resampler = (starts: readonly string[]) => readonly (readonly Tally[])[];

/** Resamples each set of periods once and keeps it, so that every figure of one run shares its draws. */
export function createResampler(
  data: Dataset,
  options: { readonly seed: number; readonly replicates: number },
): Resampler {
  const kept = new Map<string, readonly (readonly Tally[])[]>();
  return (starts) => {
    const set = starts.join(' ');
    const earlier = kept.get(set);
    if (earlier) return earlier;
    const cells = poolCells(cellsIn(data, starts));
    const missing = missingOutputs(data, starts);
    const drawn = Array.from({ length: options.replicates }, (_, replicate) =>
      tallyCells(
        data.plan,
        resampleCells(cells, data.isShare, { seed: options.seed, replicate, set }),
        missing,
      ),
    );
    kept.set(set, drawn);
    return drawn;
  };
}
