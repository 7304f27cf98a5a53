import { leastCases, listInWords, nextPeriod, periodsInYear, type Table } from '../core/index.ts';
import { controlChart, spreadOfPoints } from '../stats/index.ts';
import { cellsIn, missingOutputs } from './dataset.ts';
import { servicesOf } from './equivalence/routes.ts';
import { pooledMeasure } from './pooled.ts';
import type { Study } from './study.ts';

/** The last periods of every series against its own past, at a stated rate of false alarms. */
interface LatelyCharts {
  readonly table: Table;
  /** One sentence on what stands out; null where nothing does. */
  readonly words: string | null;
}

/** Chance that anything is said to stand out, over all series, if nothing changed. */
const rate = 0.05;
/** How many of the latest periods are asked about, and the fewest before them that say what is usual (product rules). */
const tested = 3;
const fewestBefore = 9;
const draws = 10_000;

interface Series {
  readonly name: string;
  readonly kind: 'volume' | 'quality';
  readonly starts: readonly string[];
  /** Change on the same period a year before: ln of the ratio for volume, difference for quality. */
  readonly changes: readonly number[];
  /** Variance of each change by chance alone. */
  readonly chance: readonly number[];
}

/** A value of one period and what one unit of chance makes of it: its variance. */
interface Point {
  readonly value: number;
  readonly variance: number;
}

/** ln of the quantity of an output or a group of them, whose variance is 1 over the count where arrivals are by chance. */
function quantityOf(study: Study, outputs: readonly number[], start: string): Point | null {
  const isMissing = missingOutputs(study.data, [start]);
  if (outputs.some(isMissing)) return null;
  const cells = cellsIn(study.data, [start]).filter(
    (cell) => outputs.includes(cell.output) && cell.count !== null,
  );
  const count = cells.reduce((sum, cell) => sum + (cell.count ?? 0), 0);
  const isHidden = outputs.some((o) => study.plan.outputs[o]?.from === 'cases') && count < leastCases;
  return isHidden || count <= 0 ? null : { value: Math.log(count), variance: 1 / count };
}

/** A share as a level where more is better, with its binomial variance. */
function shareOf(study: Study, k: number, start: string): Point | null {
  const planned = study.plan.measures[k];
  if (!planned) return null;
  const { n, value } = pooledMeasure(study, k, [start], planned.outputs);
  if (value === null) return null;
  const sign = planned.measure.direction === 'lower' ? -1 : 1;
  return { value: sign * value, variance: (value * (1 - value)) / n };
}

/** The latest unbroken run of changes on a year before. */
function latestRun(
  study: Study,
  pointAt: (start: string) => Point | null,
): Pick<Series, 'starts' | 'changes' | 'chance'> {
  const { grain } = study.plan;
  const points = new Map(study.complete.map((start) => [start, pointAt(start)]));
  const run: { start: string; change: number; chance: number }[] = [];
  for (const start of study.complete.toReversed()) {
    const after = points.get(start);
    const before = points.get(nextPeriod(grain, start, -periodsInYear(grain)));
    const isNext = run[0] === undefined || nextPeriod(grain, start) === run[0].start;
    if (!after || !before || !isNext) break;
    run.unshift({
      start,
      change: after.value - before.value,
      chance: after.variance + before.variance,
    });
  }
  return {
    starts: run.map((one) => one.start),
    changes: run.map((one) => one.change),
    chance: run.map((one) => one.chance),
  };
}

function allSeries(study: Study): readonly Series[] {
  const volumes = servicesOf(study).map(
    (item): Series => ({
      name: item.title,
      kind: 'volume',
      ...latestRun(study, (start) => quantityOf(study, item.outputs, start)),
    }),
  );
  const qualities = study.plan.measures.flatMap(({ index, measure }): readonly Series[] =>
    // Means have units of their own; shares alone can stand in one column of points.
    study.data.isShare[index] === true
      ? [
          {
            name: measure.title,
            kind: 'quality',
            ...latestRun(study, (start) => shareOf(study, index, start)),
          },
        ]
      : [],
  );
  return [...volumes, ...qualities].filter(({ changes }) => changes.length >= fewestBefore + tested);
}

/**
 * XmR charts of changes on a year before, so that seasons drop out: the last three periods against those before,
 * with limits that keep the chance of any false alarm over all series at 5%. Null where no series is long enough.
 */
export function latelyCharts(study: Study): LatelyCharts | null {
  if (periodsInYear(study.plan.grain) < 2) return null;
  const series = allSeries(study);
  const labels = new Map(study.data.periods.map((period) => [period.start, period.label]));
  const rows = series.flatMap(({ name, kind, starts, changes, chance }) => {
    const baseline = changes.length - tested;
    const { centre, spreads } = spreadOfPoints(changes, chance, baseline);
    const chart = controlChart({
      kind: 'xmr',
      values: changes.map((change, t) => (change - centre) / (spreads[t] || 1)),
      sizes: [],
      baseline,
      varies: false,
      differencedBy: periodsInYear(study.plan.grain),
      rate: rate / series.length,
      useRuns: false,
      seed: study.seed,
      draws,
    });
    const shown = (distance: number, t: number) => {
      const change = centre + distance * (spreads[t] ?? 0);
      return kind === 'volume' ? Math.expm1(change) : change;
    };
    return (chart?.points ?? []).flatMap((point, t) =>
      point.isTested
        ? [
            {
              what: name,
              kind: kind === 'quality' ? 'quality, in points, more is better' : 'volume',
              period: labels.get(starts[t] ?? '') ?? '',
              change: shown(point.value, t),
              lower: shown(point.lower, t),
              upper: shown(point.upper, t),
              verdict: point.signal === null ? 'as usual' : `${point.signal} the usual`,
            },
          ]
        : [],
    );
  });
  if (rows.length === 0) return null;
  const out = rows.filter((row) => row.verdict !== 'as usual');
  const groups = [...Map.groupBy(out, (row) => JSON.stringify([row.what, row.verdict])).values()];
  const named = groups
    .slice(0, 3)
    .map((own) => `"${own[0]?.what}" ${own[0]?.verdict} in ${listInWords(own.map((row) => row.period))}`);
  return {
    table: {
      id: 'lately',
      title: 'The latest periods, each on the same period a year before, against what is usual',
      columns: [
        { key: 'what', title: 'What', type: 'text' },
        { key: 'kind', title: 'Kind', type: 'text' },
        { key: 'period', title: 'Period', type: 'period' },
        { key: 'change', title: 'Change on a year before', type: 'growth' },
        { key: 'lower', title: 'Usual from', type: 'growth' },
        { key: 'upper', title: 'Usual to', type: 'growth' },
        { key: 'verdict', title: 'Against the usual', type: 'text' },
      ],
      rows,
      notes: [
        `Control charts of ${series.length === 1 ? 'one series' : `${series.length} series`}: if nothing changed, the chance that any point of any of them is said to stand out is about 5%.`,
        'A year before takes the season out. Series that follow themselves from period to period stand out more often than stated.',
      ],
    },
    words:
      named.length === 0
        ? null
        : `On a year before, ${named.join('; ')}${groups.length > named.length ? `; and ${groups.length - named.length} more` : ''}`,
  };
}
