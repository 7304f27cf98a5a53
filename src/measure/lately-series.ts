import { leastCases, nextPeriod, periodsInYear } from '../core/index.ts';
import { quantityIn } from './cells.ts';
import { cellsIn, missingOutputs } from './dataset.ts';
import { servicesOf } from './equivalence/routes.ts';
import { pooledMeasure } from './pooled.ts';
import type { Study } from './study.ts';

/** Some periods together against those a year before: the change, its variance by chance, and the cases on each side. */
interface Together {
  readonly change: number;
  readonly chance: number;
  readonly counts: { readonly earlier: number; readonly later: number };
}

/** One thing followed from period to period, as changes on the same period a year before. */
export interface LatelySeries {
  readonly name: string;
  readonly kind: 'volume' | 'share';
  /** Which way is better; null for volumes. */
  readonly better: 'higher' | 'lower' | null;
  /** First days of the later periods, without gaps, the last of them the latest whole period. */
  readonly starts: readonly string[];
  /** ln of the ratio for volumes, the difference for shares. */
  readonly changes: readonly number[];
  /** Variance of each change by chance alone. */
  readonly chance: readonly number[];
  /** The change of the last so many periods together, in the same terms, with its variance by chance. */
  together(latest: number): Together;
}

/** A count, or how many of how many. */
interface Counted {
  readonly with: number;
  readonly of: number;
}

interface Pair {
  readonly start: string;
  readonly before: Counted;
  readonly after: Counted;
}

function quantityOf(study: Study, outputs: readonly number[], start: string): Counted | null {
  const isMissing = missingOutputs(study.data, [start]);
  if (outputs.some(isMissing)) return null;
  const count = cellsIn(study.data, [start])
    .filter((cell) => outputs.includes(cell.output))
    .reduce((sum, cell) => sum + quantityIn(cell), 0);
  const isHidden = outputs.some((o) => study.plan.outputs[o]?.from === 'cases') && count < leastCases;
  return isHidden || count <= 0 ? null : { with: count, of: count };
}

function shareOf(study: Study, k: number, start: string): Counted | null {
  const { n, value } = pooledMeasure(study, k, [start], study.plan.measures[k]?.outputs ?? []);
  return value === null ? null : { with: value * n, of: n };
}

/** The latest unbroken run of periods that have the same period a year before. */
function latestRun(study: Study, countedAt: (start: string) => Counted | null): readonly Pair[] {
  const { grain } = study.plan;
  const counted = new Map(study.comparable.map((start) => [start, countedAt(start)]));
  const run: Pair[] = [];
  for (const start of study.comparable.toReversed()) {
    const after = counted.get(start);
    const before = counted.get(nextPeriod(grain, start, -periodsInYear(grain)));
    const isNext = run[0] === undefined || nextPeriod(grain, start) === run[0].start;
    if (!after || !before || !isNext) break;
    run.unshift({ start, before, after });
  }
  return run;
}

function sumOf(counted: readonly Counted[]): Counted {
  return {
    with: counted.reduce((sum, one) => sum + one.with, 0),
    of: counted.reduce((sum, one) => sum + one.of, 0),
  };
}

/** Change between two counts: ln of their ratio, with Poisson variance. */
function changeOfVolume(before: Counted, after: Counted) {
  return { change: Math.log(after.with / before.with), chance: 1 / after.with + 1 / before.with };
}

/** Change between two shares, with the binomial variance of the share of the whole run. */
function changeOfShare(overall: number, before: Counted, after: Counted) {
  return {
    change: after.with / after.of - before.with / before.of,
    chance: overall * (1 - overall) * (1 / after.of + 1 / before.of),
  };
}

function seriesOf(run: readonly Pair[], named: Pick<LatelySeries, 'name' | 'kind' | 'better'>): LatelySeries {
  const whole = sumOf(run.flatMap(({ before, after }) => [before, after]));
  const between = (before: Counted, after: Counted) =>
    named.kind === 'volume'
      ? changeOfVolume(before, after)
      : changeOfShare(whole.with / whole.of, before, after);
  const each = run.map(({ before, after }) => between(before, after));
  return {
    ...named,
    starts: run.map(({ start }) => start),
    changes: each.map(({ change }) => change),
    chance: each.map(({ chance }) => chance),
    together: (latest) => {
      const last = run.slice(-latest);
      const before = sumOf(last.map((pair) => pair.before));
      const after = sumOf(last.map((pair) => pair.after));
      return { ...between(before, after), counts: { earlier: before.of, later: after.of } };
    },
  };
}

/** Every output or group of routes, and every quality measure that is a share. Averages have units of their own. */
export function latelySeries(study: Study): readonly LatelySeries[] {
  const volumes = servicesOf(study).map(({ title, outputs }) =>
    seriesOf(
      latestRun(study, (start) => quantityOf(study, outputs, start)),
      { name: title, kind: 'volume', better: null },
    ),
  );
  const shares = study.plan.measures
    .filter(({ index }) => study.data.isShare[index] === true)
    .map(({ index, measure }) =>
      seriesOf(
        latestRun(study, (start) => shareOf(study, index, start)),
        { name: measure.title, kind: 'share', better: measure.direction },
      ),
    );
  return [...volumes, ...shares];
}
