import { drawsFor, nameKey, periodStart } from '../core/index.ts';
import { poissonDraw, standardNormal } from '../stats/index.ts';
import type { Cell, Stat } from './cells.ts';
import { cellsIn, type Dataset, missingOutputs, type Tally, tallyCells } from './dataset.ts';

/** What cells have in common that are alike for every figure: resampling their sum is resampling each. */
function poolKey(cell: Cell): string {
  const pattern = cell.stats.map((stat) =>
    stat === null
      ? 'none'
      : cell.kind === 'cases' && stat.sum === 0
        ? 'no'
        : cell.kind === 'cases' && stat.sum === stat.n
          ? 'yes'
          : 'some',
  );
  return `${cell.output} ${cell.kind} ${cell.count === null} ${cell.scale ?? ''} ${pattern.join(',')}`;
}

/** Cells of one set of periods with those that are alike added together, by what they have in common. */
function poolCells(cells: readonly Cell[]): ReadonlyMap<string, Cell> {
  const pooled = new Map<string, Cell>();
  for (const cell of cells) {
    const key = poolKey(cell);
    const earlier = pooled.get(key);
    pooled.set(
      key,
      earlier
        ? {
            ...earlier,
            count: earlier.count === null || cell.count === null ? null : earlier.count + cell.count,
            stats: earlier.stats.map((stat, k) => add(stat, cell.stats[k] ?? null)),
          }
        : cell,
    );
  }
  return pooled;
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

/** Alike cases drawn anew: those of persons with one case each by themselves, the others with their persons. */
function resampleCases(cell: Cell, uniform: () => number, { held, drawn }: ClusterDraw): Cell {
  const count = poissonDraw(Math.max(0, (cell.count ?? 0) - held), uniform) + drawn;
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

/** Cases of a pooled cell that belong to persons with several: how many there are, and how many were drawn. */
interface ClusterDraw {
  readonly held: number;
  readonly drawn: number;
}

const alone: ClusterDraw = { held: 0, drawn: 0 };

const uniforms = (draw: ReturnType<typeof drawsFor>, name: string) => {
  const item = nameKey(name);
  let visit = 0;
  return () => {
    visit += 1;
    return draw(item, visit);
  };
};

/**
 * One Poisson resample of the cells (weights Poisson(1) for each case; Hanley and MacGibbon, 2006): draws are
 * keyed by seed, replicate, set and cell, so their order changes nothing.
 */
function resampleCells(
  cells: ReadonlyMap<string, Cell>,
  isShare: readonly (boolean | null)[],
  key: { readonly seed: number; readonly replicate: number; readonly set: string },
  clusters: ReadonlyMap<string, ClusterDraw>,
): readonly Cell[] {
  const draw = drawsFor(key.seed, `bootstrap ${key.set}`, key.replicate);
  return [...cells].map(([pool, cell], i) => {
    const uniform = uniforms(draw, `${i} ${cell.output}`);
    return cell.kind === 'cases'
      ? resampleCases(cell, uniform, clusters.get(pool) ?? alone)
      : resampleAggregate(cell, isShare, uniform);
  });
}

/** Persons or households with the same cases in the same periods or years: their weights add up to a Poisson draw of how many they are. */
interface Profile {
  readonly name: string;
  readonly persons: number;
  readonly cases: readonly { readonly when: string; readonly pool: string; readonly n: number }[];
}

function profilesOf(own: readonly (readonly Profile['cases'][number][])[]): readonly Profile[] {
  const byName = new Map<string, { persons: number; cases: Profile['cases'] }>();
  for (const cases of own) {
    const added = new Map<string, Profile['cases'][number]>();
    for (const one of cases) {
      const key = `${one.when} ${one.pool}`;
      added.set(key, { ...one, n: (added.get(key)?.n ?? 0) + one.n });
    }
    const ordered = [...added].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const name = ordered.map(([key, { n }]) => `${key} ${n}`).join('; ');
    if (name === '') continue;
    const known = byName.get(name);
    byName.set(name, { persons: (known?.persons ?? 0) + 1, cases: ordered.map(([, one]) => one) });
  }
  return [...byName].map(([name, profile]) => ({ name, ...profile }));
}

/** Up to so many persons with several cases are told apart by period; more are told apart by year, for speed. */
const byPeriodAtMost = 2000;

/**
 * What is drawn of persons with several cases, for one set of periods. A person has one weight in all periods; where they
 * are many that holds over whole years, and over other periods they are drawn anew for each set.
 */
function clusterDraws(data: Dataset, starts: readonly string[], seed: number, set: string) {
  const wanted = new Set(starts);
  const clusters = data.clusters ?? [];
  const yearOf = (period: string) => periodStart(data.plan.year, period);
  const years = new Set(starts.map(yearOf));
  const isFew = clusters.length <= byPeriodAtMost;
  const isWhole = data.periods.every(({ start }) => wanted.has(start) || !years.has(yearOf(start)));
  const isJoint = isFew || isWhole;
  const counted = isFew ? wanted : years;
  const entries = clusters.map((cases) =>
    cases.flatMap(({ cell: place, n }) => {
      const cell = data.cells[place];
      if (!cell || (!isJoint && !wanted.has(cell.period))) return [];
      const when = isFew ? cell.period : isWhole ? yearOf(cell.period) : '';
      return [{ when, pool: poolKey(cell), n }];
    }),
  );
  const profiles = profilesOf(entries);
  const counts = (of: (profile: Profile) => number) => {
    const totals = new Map<string, number>();
    for (const profile of profiles) {
      const own = profile.cases.filter(({ when }) => !isJoint || counted.has(when));
      const persons = own.length > 0 ? of(profile) : 0;
      for (const { pool, n } of own) totals.set(pool, (totals.get(pool) ?? 0) + persons * n);
    }
    return totals;
  };
  const held = counts(({ persons }) => persons);
  return (replicate: number): ReadonlyMap<string, ClusterDraw> => {
    if (profiles.length === 0) return new Map();
    const draw = drawsFor(seed, isJoint ? 'bootstrap clusters' : `bootstrap clusters ${set}`, replicate);
    const drawn = counts(({ name, persons }) => poissonDraw(persons, uniforms(draw, name)));
    return new Map([...held].map(([pool, n]) => [pool, { held: n, drawn: drawn.get(pool) ?? 0 }]));
  };
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
    const clustersOf = clusterDraws(data, starts, options.seed, set);
    const drawn = Array.from({ length: options.replicates }, (_, replicate) =>
      tallyCells(
        data.plan,
        resampleCells(cells, data.isShare, { seed: options.seed, replicate, set }, clustersOf(replicate)),
        missing,
      ),
    );
    kept.set(set, drawn);
    return drawn;
  };
}
