import { type Figure, formatValue, listInWords, type Result, type Table } from '../core/index.ts';
import { fewestWeeks } from '../stats/index.ts';
import { changeColumn, countColumns } from './change-counts.ts';
import { type Comparison, whenCompared } from './comparison.ts';
import { latelyCharts } from './lately-chart.ts';
import { linkedCaveats } from './linked-series/linked-words.ts';
import type { JudgedThing, MovedThing } from './moved.ts';
import type { Study } from './study.ts';
import { provenanceOf } from './study.ts';
import { figure, growthInWords, incompleteCaveat, sentence, standingCaveats } from './wording.ts';

const question = 'What changed lately, and is it real or noise?';

/** How many changes the answer names at most. */
const mostNamed = 4;

/** "rose by 30.3 points", "fell by 0.8%". */
function movedBy({ shown }: MovedThing): string {
  if (shown.unit === 'growth') return growthInWords(shown.value);
  const amount = formatValue(Math.abs(shown.value), shown.unit).replace('+', '');
  if (amount === '0.0 points') return 'did not change';
  return `${shown.value > 0 ? 'rose' : 'fell'} by ${amount}`;
}

function words(moved: MovedThing): string {
  const worth = moved.kind === 'quality' ? (moved.growth > 0 ? ' (better)' : ' (worse)') : '';
  return `"${moved.name}" ${movedBy(moved)}${worth}`;
}

/** Half the width of a range: about the least change that it could tell from none. */
function leastTold({ shown: { low, high } }: MovedThing): number | null {
  return low === null || high === null ? null : (high - low) / 2;
}

/** "under 2% to 5% in volumes and 0.3 to 7.2 points in shares": what is too small to be told. */
function tooSmall(moves: readonly MovedThing[]): string {
  const spans = (['growth', 'percentage-points'] as const).flatMap((unit) => {
    const least = moves.filter(({ shown }) => shown.unit === unit).flatMap((moved) => leastTold(moved) ?? []);
    if (least.length === 0) return [];
    const text = (value: number) => formatValue(value, unit).replace('+', '');
    const [low, high] = [text(Math.min(...least)), text(Math.max(...least))];
    // "0.9 to 1.7 points", not "0.9 points to 1.7 points".
    const span = low === high ? low : `${low?.replace(/ points$/, '')} to ${high}`;
    return [unit === 'growth' ? `${span} in volumes` : `${span} in shares`];
  });
  return spans.join(' or ');
}

function answerOf(judged: readonly JudgedThing[], comparison: Comparison): string {
  const when = whenCompared(comparison);
  if (judged.length === 0) return 'Cannot tell yet: a year of comparable whole periods is needed.';
  if (judged.every(({ is }) => is === 'cannot tell yet'))
    return comparison.kind === 'previous'
      ? 'Cannot tell yet: there is no year before to compare with.'
      : `Cannot tell yet: only ${comparison.weeks} weeks can be compared with the year before.`;
  const real = realOnes(judged);
  if (real.length === 0) {
    const least = tooSmall(judged.map(({ moved }) => moved));
    return `Nothing moved by more than chance ${when}${least === '' ? '' : `; changes of less than about ${least} could not be told from it`}.`;
  }
  const named = real.slice(0, mostNamed);
  const more = real.length > named.length ? ` and ${real.length - named.length} more` : '';
  const noise = judged.filter(({ is }) => is === 'may be noise').length;
  return `More than chance ${when}: ${listInWords(named.map(words))}${more}${noise > 0 ? `; the other ${noise === 1 ? 'one' : noise} may be noise` : ''}.`;
}

/** What is beyond chance, the largest first. */
function realOnes(judged: readonly JudgedThing[]): readonly MovedThing[] {
  return judged
    .filter(({ is }) => is === 'real')
    .map(({ moved }) => moved)
    .toSorted((a, b) => Math.abs(b.growth) - Math.abs(a.growth));
}

/** The real changes; where nothing is real, those furthest from none beside their ranges, each with what is said of it. */
function figuresOf(judged: readonly JudgedThing[], comparison: Comparison): readonly Figure[] {
  const real = realOnes(judged).slice(0, mostNamed);
  const furthest = judged
    .filter(({ moved }) => leastTold(moved) !== null)
    .toSorted((a, b) => distance(b.moved) - distance(a.moved))
    .slice(0, 3);
  const shown = real.length > 0 ? real.map((moved) => ({ moved, is: 'real' as const })) : furthest;
  return shown.map(({ moved, is }, i) =>
    figure(`change-${i + 1}`, moved.name, moved.shown.value, moved.shown.unit, {
      interval:
        moved.interval && moved.shown.low !== null && moved.shown.high !== null
          ? { ...moved.interval, low: moved.shown.low, high: moved.shown.high }
          : null,
      period: comparison.laterLabel,
      note: `on ${comparison.earlierLabel}${is === 'real' ? '' : `; ${is}`}`,
    }),
  );
}

function distance(moved: MovedThing): number {
  const half = leastTold(moved);
  return half === null || half === 0 ? 0 : Math.abs(moved.shown.value) / half;
}

function changesTable(
  id: string,
  title: string,
  judged: readonly JudgedThing[],
  notes: readonly string[],
): readonly Table[] {
  const [first] = judged;
  if (!first) return [];
  const type = first.moved.shown.unit;
  const hasQuality = judged.some(({ moved }) => moved.better !== null);
  return [
    {
      id,
      title,
      columns: [
        { key: 'what', title: 'What', type: 'text' },
        ...(hasQuality ? [{ key: 'better', title: 'Better', type: 'text' } as const] : []),
        changeColumn('growth', 'Change', type),
        changeColumn('low', 'Low', type),
        changeColumn('high', 'High', type),
        { key: 'verdict', title: 'Real or noise', type: 'text' },
        ...countColumns(true),
      ],
      rows: judged.map(({ moved: { name, better, shown, counts }, is }) => ({
        what: name,
        ...(hasQuality ? { better } : {}),
        ...counts,
        growth: shown.value,
        low: shown.low,
        high: shown.high,
        verdict: is,
      })),
      notes,
    },
  ];
}

/** What changed between the compared periods, each with its range: real, may be noise, or cannot tell yet. */
export function changeResult(study: Study, judged: readonly JudgedThing[]): Result {
  const comparison = study.headline?.comparison ?? null;
  const when = comparison ? ` ${whenCompared(comparison)}` : '';
  const answer = comparison
    ? answerOf(judged, comparison)
    : 'Cannot tell yet: a year of comparable whole periods is needed.';
  const charts = latelyCharts(study);
  const isTold = judged.some(({ is }) => is === 'real' || is === 'may be noise');
  const of = (unit: MovedThing['shown']['unit']) => judged.filter(({ moved }) => moved.shown.unit === unit);
  const rule =
    'Real: beyond chance with all series allowed for (false discoveries held to 5%). A change is not yet a cause.';
  return {
    id: 'change',
    question,
    answer: charts ? `${sentence(answer)} ${charts.words}.` : sentence(answer),
    status: isTold ? 'sound' : 'cannot-tell',
    figures: comparison ? figuresOf(judged, comparison) : [],
    tables: [
      ...changesTable('changes', `What changed${when}`, of('growth'), [rule]),
      ...changesTable(
        'changes-quality',
        `What changed in shares${when}, in points`,
        of('percentage-points'),
        [rule, 'A share that grows from 80% to 82% rose by 2 points.'],
      ),
      ...(charts?.tables ?? []),
    ],
    charts: [],
    caveats: [
      ...standingCaveats(study),
      ...linkedCaveats(study, ['quality']),
      ...(judged.length > 1
        ? [
            `${judged.length} series are looked at: a change counts as real only where it would with all of them allowed for.`,
          ]
        : []),
      ...incompleteCaveat(study),
    ],
    next: isTold
      ? realOnes(judged).length === 0 && !charts?.standsOut
        ? ['Nothing stands out: act on no change here, and look again when more weeks are in.']
        : [
            'For each real change ask what was done differently then, and look whether other services saw it too.',
          ]
      : [
          `Collect until ${formatValue(fewestWeeks, 'count')} weeks can be compared with the same weeks a year before.`,
        ],
    provenance: provenanceOf(
      study,
      'Growth between paired periods; the wider of a Poisson bootstrap over cases and paired blocks of weeks (Student t); false discovery rate of 5% (Benjamini and Hochberg, 1995); charts of changes on a year before with the spread of moving ranges (Shewhart, 1931; Laney, 2002), limits by simulation',
      { resampled: true },
    ),
  };
}
