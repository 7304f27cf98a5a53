import { nextPeriod, periodsInYear } from '../../core/index.ts';
import type { AnnualFigures, Discontinuity } from '../../define/index.ts';
import { benchmarkSeries, splice } from '../../stats/index.ts';
import type { Cell, InputCell, Stat } from '../cells.ts';
import type { InputItem } from '../collect-tables.ts';
import type { Dataset, Period } from '../dataset.ts';
import type { MeasurePlan } from '../plan.ts';

/** What a series is about: an output or quality measure by its place, or the volume or cost of an input by its place. */
export type SeriesOf =
  | { readonly kind: 'output'; readonly place: number }
  | { readonly kind: 'quality'; readonly place: number }
  | { readonly kind: 'input'; readonly place: number; readonly of: 'volume' | 'cost' };

/** A series held to annual figures, or joined at a break: what each period is multiplied by, and how it was told. */
export interface LinkedSeries {
  readonly title: string;
  readonly of: SeriesOf;
  /** By first day of a period; periods without one stand as they are. */
  readonly factors: ReadonlyMap<string, number>;
  readonly how:
    | {
        readonly kind: 'annual';
        readonly declared: AnnualFigures;
        readonly method: string;
        /** First day of the first period after the last annual figure that is used; null where every period is covered. */
        readonly after: string | null;
        /** Years of the charter that the data do not cover whole. */
        readonly left: readonly string[];
        readonly notices: readonly string[];
        readonly call: { readonly method: 'benchmark'; readonly input: unknown };
      }
    | {
        readonly kind: 'break';
        readonly declared: Discontinuity;
        readonly overlap: number;
        readonly variation: number | null;
        readonly isWeak: boolean;
        /** The range of the factor over the factor, where it rests on judgement. */
        readonly range: { readonly low: number; readonly high: number } | null;
        readonly call: { readonly method: 'splice'; readonly input: unknown };
      };
}

const isSame = (a: SeriesOf, b: SeriesOf) =>
  a.kind === b.kind && a.place === b.place && (a.kind !== 'input' || (b.kind === 'input' && a.of === b.of));

const factorAt = (series: readonly LinkedSeries[], start: string) =>
  series.reduce((product, { factors }) => product * (factors.get(start) ?? 1), 1);

/** What counts and volumes are before any correction. */
interface Reported {
  readonly plan: MeasurePlan;
  readonly periods: readonly Period[];
  readonly cells: readonly Cell[];
  readonly inputs: readonly InputCell[];
  readonly inputList: readonly InputItem[];
}

interface Point {
  readonly start: string;
  readonly value: number;
}

/** The value of a quality measure in one period, over all its outputs. */
function meanOf(cells: readonly Cell[], k: number, start: string): number | null {
  const stats = cells.flatMap((cell) => (cell.period === start ? (cell.stats[k] ?? []) : []));
  const n = stats.reduce((all, stat) => all + stat.n, 0);
  return n > 0 ? stats.reduce((all, stat) => all + stat.sum, 0) / n : null;
}

/** A series as reported, over its whole periods that follow each other up to the last. */
function reported(data: Reported, of: SeriesOf): readonly Point[] {
  const points = data.periods.flatMap(({ start, complete }): readonly Point[] => {
    if (!complete) return [];
    if (of.kind === 'quality') {
      const value = meanOf(data.cells, of.place, start);
      return value === null ? [] : [{ start, value }];
    }
    const own =
      of.kind === 'output'
        ? data.cells
            .filter((cell) => cell.output === of.place && cell.period === start && cell.count !== null)
            .map(({ count }) => count)
        : data.inputs
            .filter((cell) => cell.input === of.place && cell.period === start)
            .map((cell) => cell[of.of]);
    if (own.length === 0 || own.some((value) => value === null)) return [];
    return [{ start, value: own.reduce<number>((sum, value) => sum + (value ?? 0), 0) }];
  });
  const first = points.findLastIndex(({ start }, i) => {
    const before = points[i - 1];
    return before === undefined || nextPeriod(data.plan.grain, before.start) !== start;
  });
  return points.slice(Math.max(0, first));
}

function placeOf(
  data: Reported,
  declared: {
    readonly output?: string | undefined;
    readonly input?: string | undefined;
    readonly quality?: string | undefined;
  },
  of: 'volume' | 'cost',
): { readonly of: SeriesOf; readonly title: string } | null {
  const o = data.plan.outputs.findIndex(({ id }) => id === declared.output);
  if (o !== -1) return { of: { kind: 'output', place: o }, title: data.plan.outputs[o]?.title ?? '' };
  const measured = data.plan.measures.find(({ measure }) => measure.id === declared.quality);
  if (measured) return { of: { kind: 'quality', place: measured.index }, title: measured.measure.title };
  const i = data.inputList.findIndex(({ id }) => id === declared.input);
  return i === -1 ? null : { of: { kind: 'input', place: i, of }, title: data.inputList[i]?.title ?? '' };
}

function heldToAnnual(
  data: Reported,
  declared: AnnualFigures,
  joined: readonly LinkedSeries[],
): LinkedSeries | null {
  const place = placeOf(data, declared, declared.of ?? 'volume');
  if (!place) return null;
  const per = periodsInYear(data.plan.grain);
  // A series that is joined at a break is held to annual figures as joined.
  const breaks = joined.filter(({ of }) => isSame(of, place.of));
  const points = reported(data, place.of).map(({ start, value }) => ({
    start,
    value: value * factorAt(breaks, start),
  }));
  const years = Object.entries(declared.figures).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const covers = ([year]: readonly [string, number]) => {
    const at = points.findIndex(({ start }) => start === year);
    return at !== -1 && at + per <= points.length;
  };
  const used = years.filter(covers);
  const first = points.findIndex(({ start }) => start === used[0]?.[0]);
  if (first === -1) return null;
  const own = points.slice(first);
  const extra = own.length - used.length * per;
  const request = {
    method: declared.method ?? (extra > 0 ? ('cholette-dagum' as const) : ('denton-proportional' as const)),
    indicator: own.map(({ value }) => value),
    benchmarks: used.map(([, total]) => total),
    perBenchmark: per,
  };
  const found = benchmarkSeries(request);
  const corrected = own.map(({ start }, t) => [start, found.bi[t] ?? 1] as const);
  // What came before the first annual figure is corrected as its first period is, so that no step is made.
  const before = points.slice(0, first).map(({ start }) => [start, found.bi[0] ?? 1] as const);
  return {
    ...place,
    factors: new Map([...before, ...corrected]),
    how: {
      kind: 'annual',
      declared,
      method: found.method,
      after: extra > 0 ? (own[used.length * per]?.start ?? null) : null,
      left: years.filter((year) => !covers(year)).map(([year]) => year),
      notices: found.notices,
      call: { method: 'benchmark', input: request },
    },
  };
}

function joinedAtBreak(data: Reported, declared: Discontinuity): LinkedSeries | null {
  const place = placeOf(data, declared, 'volume');
  if (!place || declared.link === 'none') return null;
  const { link, on } = declared;
  const points = reported(data, place.of);
  const dated = (by: Readonly<Record<string, number>>) =>
    Object.entries(by)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([period, value]) => ({ period, value }));
  const side = (isLater: boolean) =>
    points
      .filter(({ start }) => start >= on === isLater)
      .map(({ start, value }) => ({ period: start, value }));
  const request =
    'overlap' in link
      ? { method: 'overlap' as const, old: dated(link.overlap.old), new: dated(link.overlap.new) }
      : {
          method: 'judgement' as const,
          old: side(false),
          new: side(true),
          growth: link.growth,
          low: link.low,
          high: link.high,
        };
  if (request.old.length === 0 || request.new.length === 0) return null;
  const found = splice(request);
  const { factor, low, high } = found;
  if (factor === null) return null;
  // A share or mean of today stands as it is counted today: what came before is put in those terms.
  const isQuality = place.of.kind === 'quality';
  const factors = isQuality
    ? points.filter(({ start }) => start < on).map(({ start }) => [start, 1 / factor] as const)
    : points.filter(({ start }) => start >= on).map(({ start }) => [start, factor] as const);
  return {
    ...place,
    factors: new Map(factors),
    how: {
      kind: 'break',
      declared,
      overlap: found.overlap,
      variation: found.variation,
      isWeak: found.isWeak,
      range: low === null || high === null ? null : { low: low / factor, high: high / factor },
      call: { method: 'splice', input: request },
    },
  };
}

/**
 * Series that the charter joins at a break or holds to annual figures, breaks first, with what each period is multiplied
 * by (method note, sections 7.2 and 7.3; Denton, 1971; Cholette and Dagum, 2006).
 */
export function linkedSeries(data: Reported): readonly LinkedSeries[] {
  const { discontinuities = [], annual_figures = [] } = data.plan.charter;
  const joined = discontinuities.flatMap((declared) => joinedAtBreak(data, declared) ?? []);
  return [...joined, ...annual_figures.flatMap((declared) => heldToAnnual(data, declared, joined) ?? [])];
}

/** The first day from which growth is told: the latest break that nothing joins; null where there is none. */
export function segmentStart({ charter }: MeasurePlan): string | null {
  const unlinked = (charter.discontinuities ?? []).filter(({ link }) => link === 'none');
  return (
    unlinked
      .map(({ on }) => on)
      .toSorted()
      .at(-1) ?? null
  );
}

/** Counts with what they are multiplied by, and volumes and costs multiplied, with what was reported beside them. */
export function applyFactors<T extends Pick<Dataset, 'cells' | 'costs' | 'inputs' | 'inputList'>>(
  data: T,
  series: readonly LinkedSeries[],
): T {
  if (series.length === 0) return data;
  const ofOutput = (o: number, start: string) =>
    factorAt(
      series.filter(({ of }) => of.kind === 'output' && of.place === o),
      start,
    );
  const ofInput = (i: number, what: 'volume' | 'cost', start: string) =>
    factorAt(
      series.filter(
        ({ of }) =>
          of.kind === 'input' &&
          of.place === i &&
          // A volume that is cost over a deflator moves with its cost.
          (of.of === what || (what === 'volume' && data.inputList[i]?.volumeFrom === 'deflated cost')),
      ),
      start,
    );
  const ofQuality = (k: number, start: string) =>
    factorAt(
      series.filter(({ of }) => of.kind === 'quality' && of.place === k),
      start,
    );
  const scaled = (stat: Stat | null, factor: number): Stat | null =>
    stat === null || factor === 1
      ? stat
      : { n: stat.n, sum: stat.sum * factor, squares: stat.squares * factor ** 2 };
  const times = (value: number | null, factor: number) => (value === null ? null : value * factor);
  return {
    ...data,
    cells: data.cells.map((cell) => {
      const scale = ofOutput(cell.output, cell.period);
      const stats = cell.stats.map((stat, k) => scaled(stat, ofQuality(k, cell.period)));
      const isAsIs = scale === 1 && stats.every((stat, k) => stat === cell.stats[k]);
      return isAsIs ? cell : { ...cell, stats, ...(scale === 1 ? {} : { scale }) };
    }),
    costs: data.costs.map((row) => ({
      ...row,
      quantity: times(row.quantity, ofOutput(row.output, row.period)),
    })),
    inputs: data.inputs.map((cell) => {
      const [volume, cost] = (['volume', 'cost'] as const).map((what) =>
        times(cell[what], ofInput(cell.input, what, cell.period)),
      );
      return volume === cell.volume && cost === cell.cost
        ? cell
        : {
            ...cell,
            volume: volume ?? null,
            cost: cost ?? null,
            reported: { volume: cell.volume, cost: cell.cost },
          };
    }),
  };
}
