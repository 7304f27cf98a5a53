import { formatInterval, formatValue, type Interval, listInWords, type Result } from '../core/index.ts';
import { adjustForDiscoveries, fewestWeeks, pOfGrowthRange } from '../stats/index.ts';
import { changeBetween } from './change.ts';
import { type Comparison, whenCompared } from './comparison.ts';
import { servicesOf } from './equivalence/routes.ts';
import { latelyCharts } from './lately-chart.ts';
import { changeOfItem } from './output.ts';
import type { Study } from './study.ts';
import { provenanceOf } from './study.ts';
import { figure, growthInWords, incompleteCaveat, sentence, standingCaveats } from './wording.ts';

const question = 'What changed lately, and is it real or noise?';

interface Moved {
  readonly name: string;
  readonly kind: 'volume' | 'quality';
  readonly growth: number;
  readonly interval: Interval | null;
  /** Pairs of blocks of weeks that the range may rest on. */
  readonly blocks: number;
}

/** A quality measure alone, over the outputs it speaks for together. */
function qualityAlone(study: Study, k: number, comparison: Comparison): Moved | null {
  const planned = study.plan.measures[k];
  if (!planned) return null;
  const plan = {
    ...study.plan,
    qualityWeights: study.plan.outputs.map(() => study.plan.measures.map((_, j) => (j === k ? 1 : 0))),
  };
  const item = { id: planned.measure.id, title: planned.measure.title, outputs: planned.outputs };
  const weighting = { mode: 'one', items: [item], withoutCost: [] } as const;
  const found = changeBetween({ ...study.data, plan }, weighting, comparison, study.resampled);
  if (!found || found.link.coverage === 0) return null;
  return {
    name: planned.measure.title,
    kind: 'quality',
    growth: found.link.quality,
    interval: found.intervals.quality,
    blocks: found.blocks.adjusted.earlier.length,
  };
}

/** Real, may be noise, or cannot tell yet, with false discoveries over all series held to 5%. */
function judge(moves: readonly Moved[], comparison: Comparison) {
  const isShort = comparison.kind === 'previous' || comparison.weeks < fewestWeeks;
  const adjusted = adjustForDiscoveries(
    moves.map(({ growth, interval, blocks }) => (interval ? pOfGrowthRange(growth, interval, blocks) : 1)),
    'independent',
  );
  return moves.map((moved, i) => {
    const noise = (adjusted[i] ?? 1) < 0.05 ? 'real' : 'may be noise';
    return { moved, is: isShort ? 'cannot tell yet' : moved.interval ? noise : 'no range' };
  });
}

function words(moved: Moved): string {
  const better = moved.kind === 'quality' ? (moved.growth > 0 ? ' (better)' : ' (worse)') : '';
  return `"${moved.name}" ${growthInWords(moved.growth)}${better}`;
}

/** What changed between the compared periods, each with its range: real, may be noise, or cannot tell yet. */
export function changeResult(study: Study): Result {
  const { headline } = study;
  const comparison = headline?.comparison ?? null;
  const moves: readonly Moved[] = headline
    ? [
        ...servicesOf(study).flatMap((item): readonly Moved[] => {
          const own = changeOfItem(study, item, headline);
          return own
            ? [
                {
                  name: item.title,
                  kind: 'volume',
                  growth: own.link.volume,
                  interval: own.intervals.volume,
                  blocks: own.blocks.volume.earlier.length,
                },
              ]
            : [];
        }),
        ...study.plan.measures.flatMap(({ index }) => qualityAlone(study, index, headline.comparison) ?? []),
      ]
    : [];
  const judged = comparison ? judge(moves, comparison) : [];
  const real = judged.filter((row) => row.is === 'real').map((row) => row.moved);
  const noise = judged.filter((row) => row.is === 'may be noise').map((row) => row.moved);
  const largest = real.toSorted((a, b) => Math.abs(b.growth) - Math.abs(a.growth)).slice(0, 4);
  const when = comparison ? whenCompared(comparison) : '';
  const more = real.length > largest.length ? ` and ${real.length - largest.length} more` : '';
  const answer =
    judged.length === 0
      ? 'Cannot tell yet: a year of comparable whole periods is needed.'
      : judged.every((row) => row.is === 'cannot tell yet')
        ? `Cannot tell yet: ${comparison?.kind === 'previous' ? 'there is no year before to compare with' : `only ${comparison?.weeks} weeks can be compared with the year before`}.`
        : real.length === 0
          ? `Nothing moved by more than chance ${when}.`
          : `More than chance ${when}: ${listInWords(largest.map(words))}${more}${noise.length > 0 ? `; the other ${noise.length} may be noise` : ''}.`;
  const charts = latelyCharts(study);
  const isTold = judged.some((row) => row.is === 'real' || row.is === 'may be noise');
  return {
    id: 'change',
    question,
    answer: charts?.words ? `${sentence(answer)} ${charts.words}.` : sentence(answer),
    status: isTold ? 'sound' : 'cannot-tell',
    figures: largest.map((moved, i) =>
      figure(`change-${i + 1}`, moved.name, moved.growth, 'growth', {
        interval: moved.interval,
        period: comparison?.laterLabel ?? null,
        note: `on ${comparison?.earlierLabel}`,
      }),
    ),
    tables: [
      {
        id: 'changes',
        title: comparison ? `What changed ${when}` : 'What changed',
        columns: [
          { key: 'what', title: 'What', type: 'text' },
          { key: 'kind', title: 'Kind', type: 'text' },
          { key: 'growth', title: 'Change', type: 'growth' },
          { key: 'low', title: 'Low', type: 'growth' },
          { key: 'high', title: 'High', type: 'growth' },
          { key: 'verdict', title: 'Real or noise', type: 'text' },
        ],
        rows: judged.map(({ moved, is }) => ({
          what: moved.name,
          kind: moved.kind === 'quality' ? 'quality, more is better' : 'volume',
          growth: moved.growth,
          low: moved.interval?.low ?? null,
          high: moved.interval?.high ?? null,
          verdict: is,
        })),
        notes: [
          'Real: beyond chance with all series allowed for (false discoveries held to 5%). A change is not yet a cause.',
          'Quality is the relative change of its level, where more is better; a "lower is better" share enters as its complement.',
        ],
      },
      ...(charts ? [charts.table] : []),
    ],
    charts: [],
    caveats: [
      ...standingCaveats(study),
      ...(judged.length > 1
        ? [
            `${judged.length} series are looked at: a change counts as real only where it would with all of them allowed for.`,
          ]
        : []),
      ...(largest[0]?.interval
        ? [`The range of the largest change is ${formatInterval(largest[0].interval, 'growth')}.`]
        : []),
      ...incompleteCaveat(study),
    ],
    next: isTold
      ? [
          'For each real change ask what was done differently then, and look whether other services saw it too.',
        ]
      : [
          `Collect until ${formatValue(fewestWeeks, 'count')} weeks can be compared with the same weeks a year before.`,
        ],
    provenance: provenanceOf(
      study,
      'Growth between paired periods; the wider of a Poisson bootstrap over cases and paired blocks of weeks (Student t); false discovery rate of 5% (Benjamini and Hochberg, 1995); XmR charts of changes on a year before, limits by simulation',
      { resampled: true },
    ),
  };
}
