import type { Interval } from '../core/index.ts';
import {
  fewestWeeks,
  levelOfEach,
  type PairedBlocks,
  pairedBlockChange,
  pairedDraws,
  percentileInterval,
} from '../stats/index.ts';
import type { Cell } from './cells.ts';
import type { Comparison } from './comparison.ts';
import { cellsIn, type Dataset, tallyCells } from './dataset.ts';
import { type Link, linkBetween, qualityRatio } from './link.ts';
import type { JudgedDraws } from './linked-series/judged-draws.ts';
import type { Resampler } from './resample.ts';
import { type ItemState, snapshot, snapshotOf, type Weighting } from './snapshot.ts';

/** What is compared between two sets of periods. */
type Growth = 'volume' | 'adjusted' | 'quality';

/** Growth between two sets of periods with the interval of each part. */
export interface Change {
  readonly comparison: Comparison;
  readonly link: Link;
  readonly base: readonly ItemState[];
  readonly current: readonly ItemState[];
  readonly intervals: Readonly<Record<Growth, Interval | null>>;
  /** Value at base prices and quality by block, for output per input. */
  readonly blocks: Readonly<Record<'volume' | 'adjusted', PairedBlocks>>;
  readonly replicates: Readonly<Record<Growth, readonly number[]>>;
  readonly basis: Basis;
  /** What breaks joined by judgement may make of it; null where none lies between the two. */
  readonly judged: JudgedDraws | null;
}

/** What a range can rest on. */
export interface Basis {
  /** True where fewer than 26 weeks are compared, or one period with the one before. */
  readonly isShort: boolean;
  /** True where the figures come from cases, which can be resampled. */
  readonly hasCases: boolean;
  /** The column whose cases are resampled together; null where each case is by itself. */
  readonly cluster?: string | null;
  /** True where a range over cases was drawn too and is narrower, though its resamples are not given. */
  readonly narrowerOverCases?: boolean;
}

function basisOf(data: Dataset, comparison: Comparison): Basis {
  return {
    isShort: comparison.kind === 'previous' || comparison.weeks < fewestWeeks,
    hasCases: cellsIn(data, comparison.later).some((cell) => cell.kind === 'cases'),
    cluster: data.plan.charter.reporting.cluster ?? null,
  };
}

const level = 0.95;
const meaning = {
  cases:
    'If the same service ran again with chance arrivals, 95 of 100 such ranges would hold the true growth.',
  narrow:
    'Chance arrivals alone: too few weeks are compared to allow for weeks that vary more, so the range is too narrow.',
  blocks:
    'If the same service ran again, 95 of 100 such ranges would hold the true growth; weeks that vary more than chance are allowed for.',
};

function bootstrap(
  data: Dataset,
  weighting: Weighting,
  comparison: Comparison,
  resampled: Resampler,
): Record<Growth, number[]> {
  const [earlier, later] = [resampled(comparison.earlier), resampled(comparison.later)];
  const growth: Record<Growth, number[]> = { volume: [], adjusted: [], quality: [] };
  earlier.forEach((tallies, replicate) => {
    const base = snapshotOf(data, weighting, comparison.earlier, tallies);
    const current = snapshotOf(data, weighting, comparison.later, later[replicate] ?? []);
    const link = linkBetween(base, current);
    if (!link) return;
    growth.volume.push(link.volume);
    growth.adjusted.push(link.adjusted);
    growth.quality.push(link.quality);
  });
  return growth;
}

/** Blocks of four weeks, or of a month: the cells of each, in time order. */
function blocksOf(data: Dataset, starts: readonly string[]): readonly (readonly Cell[])[] {
  const byBlock = new Map<string, Cell[]>();
  for (const cell of cellsIn(data, starts))
    byBlock.set(cell.block, [...(byBlock.get(cell.block) ?? []), cell]);
  const ordered = [...byBlock.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cells]) => cells);
  if (data.plan.blockGrain === 'month') return ordered;
  const groups: Cell[][] = [];
  ordered.forEach((cells, i) => {
    const group = Math.floor(i / 4);
    groups[group] = [...(groups[group] ?? []), ...cells];
  });
  return groups;
}

function valuesByBlock(
  data: Dataset,
  weighting: Weighting,
  base: readonly ItemState[],
  starts: readonly string[],
  items: ReadonlySet<number>,
): { readonly volume: readonly number[]; readonly adjusted: readonly number[] } {
  const volume: number[] = [];
  const adjusted: number[] = [];
  for (const cells of blocksOf(data, starts)) {
    const states = snapshotOf(
      data,
      weighting,
      ['block'],
      tallyCells(data.plan, cells, () => false),
    );
    let sum = 0;
    let adjustedSum = 0;
    states.forEach((state, item) => {
      const before = base[item];
      if (!before || !items.has(item)) return;
      const value = (before.cost ?? 0) * (state.quantity ?? 0);
      sum += value;
      adjustedSum += value * qualityRatio(before, state).ratio;
    });
    volume.push(sum);
    adjusted.push(adjustedSum);
  }
  return { volume, adjusted };
}

function trim(earlier: readonly number[], later: readonly number[]): PairedBlocks {
  const n = Math.min(earlier.length, later.length);
  return { earlier: earlier.slice(0, n), later: later.slice(0, n) };
}

function asInterval(low: number, high: number, method: string, text: string): Interval {
  return { low, high, level, method, meaning: text };
}

/** Errors that somebody declared of what growth is divided by, drawn jointly with chance: ln of each draw over what is stated. */
export interface Declared {
  readonly draws: readonly number[];
  readonly seed: number;
  /** What the errors are of: inputs by default. */
  readonly of?: 'inputs' | 'breaks' | 'both';
}

const declaredOf = {
  inputs: 'declared errors of inputs',
  breaks: 'judged ranges of breaks',
  both: 'declared errors of inputs and judged ranges of breaks',
} as const;

/** The range of growth where each draw of chance meets a draw of the declared errors. */
function withDeclared(
  chance: readonly number[],
  { draws }: Declared,
  atLevel: number,
): { readonly low: number; readonly high: number } {
  const joint = chance.map((value, i) => (1 + value) / Math.exp(draws[i % draws.length] ?? 0) - 1);
  return percentileInterval(joint, atLevel);
}

/**
 * The wider of the interval over cases and the one over paired blocks of weeks around the same estimate, each at 94%
 * where both are there. Declared errors are drawn jointly with the one that stands.
 */
export function widerInterval(
  replicates: readonly number[],
  blocks: PairedBlocks,
  per: PairedBlocks | null,
  growth: number,
  basis: Basis,
  declared: Declared | null = null,
): Interval | null {
  const varies = replicates.length > 0 && replicates.some((value) => value !== replicates[0]);
  const canPair = !basis.isShort && pairedBlockChange(blocks, per) !== null;
  const each = (varies || basis.narrowerOverCases === true) && canPair ? levelOfEach(level) : level;
  const cases = varies ? percentileInterval(replicates, each) : null;
  const paired = canPair ? pairedBlockChange(blocks, per, each) : null;
  const shift = paired ? Math.log((1 + growth) / (1 + paired.growth)) : 0;
  const weeks = paired
    ? {
        low: (1 + paired.low) * Math.exp(shift) - 1,
        high: (1 + paired.high) * Math.exp(shift) - 1,
      }
    : null;
  // Counts in a table vary by more than chance arrivals; without blocks of weeks nothing says by how much.
  if (!weeks && !basis.hasCases) return null;
  if (!cases && !weeks) return null;
  const isCases = cases !== null && (!weeks || cases.high - cases.low >= weeks.high - weeks.low);
  const [jointly, allowed] = declared
    ? [
        `, drawn jointly with the ${declaredOf[declared.of ?? 'inputs']}`,
        ` The ${declaredOf[declared.of ?? 'inputs']} are allowed for.`,
      ]
    : ['', ''];
  if (isCases) {
    const { low, high } = declared ? withDeclared(replicates, declared, each) : cases;
    return asInterval(
      low,
      high,
      `Poisson bootstrap over cases${basis.cluster ? `, those of one "${basis.cluster}" together` : ''}, ${replicates.length} replicates, percentiles${jointly}`,
      `${paired ? meaning.cases : meaning.narrow}${allowed}`,
    );
  }
  const noise =
    declared && paired
      ? pairedDraws(paired, declared.seed, declared.draws.length).map(
          (error) => (1 + growth) * Math.exp(error) - 1,
        )
      : [];
  const joint = declared && noise.length > 0 ? withDeclared(noise, declared, each) : weeks;
  return asInterval(
    joint?.low ?? 0,
    joint?.high ?? 0,
    `paired blocks of weeks, ${blocks.earlier.length} blocks, Student t${jointly}`,
    `${meaning.blocks}${allowed}`,
  );
}

/** Growth of output and quality between two sets of periods, with intervals. Null when nothing can be compared. */
export function changeBetween(
  data: Dataset,
  weighting: Weighting,
  comparison: Comparison,
  resampled: Resampler,
  judge: (link: Link) => JudgedDraws | null = () => null,
): Change | null {
  const base = snapshot(data, weighting, comparison.earlier);
  const current = snapshot(data, weighting, comparison.later);
  const link = linkBetween(base, current);
  if (!link) return null;
  const items = new Set(link.items.map((item) => item.item));
  const earlier = valuesByBlock(data, weighting, base, comparison.earlier, items);
  const later = valuesByBlock(data, weighting, base, comparison.later, items);
  const blocks = {
    volume: trim(earlier.volume, later.volume),
    adjusted: trim(earlier.adjusted, later.adjusted),
  };
  const basis = basisOf(data, comparison);
  const replicates = bootstrap(data, weighting, comparison, resampled);
  const judged = judge(link);
  const declared = (kind: 'volume' | 'adjusted'): Declared | null =>
    judged && { draws: judged[kind].map((draw) => -draw), seed: judged.seed, of: 'breaks' };
  return {
    comparison,
    link,
    base,
    current,
    blocks,
    replicates,
    basis,
    judged,
    intervals: {
      volume: widerInterval(replicates.volume, blocks.volume, null, link.volume, basis, declared('volume')),
      adjusted: widerInterval(
        replicates.adjusted,
        blocks.adjusted,
        null,
        link.adjusted,
        basis,
        declared('adjusted'),
      ),
      quality: widerInterval(replicates.quality, blocks.adjusted, blocks.volume, link.quality, basis),
    },
  };
}
