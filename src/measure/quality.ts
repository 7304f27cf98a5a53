import { type Figure, formatValue, listInWords, type Result, type Table } from '../core/index.ts';
import type { Change } from './change.ts';
import { weeksCompared, whenCompared } from './comparison.ts';
import { qualityRatio } from './link.ts';
import { linkedCalls, linkedCaveats, linkedTable } from './linked-series/linked-words.ts';
import { type OpenLateShare, openLateCaveats } from './open-late/with-open.ts';
import { pooledMeasure } from './pooled.ts';
import { provenanceOf, type Study } from './study.ts';
import { type Moved, movedInWords, statusOfMoved, toldOf } from './verdict.ts';
import { shareOfDraws, verticesTable, weightShift } from './weight-draws.ts';
import { figure, incompleteCaveat, sentence, standingCaveats } from './wording.ts';

const question = 'Did quality change, and whose weights say so?';

/** Growth of one measure's level over the outputs it speaks for, weighed as the link weighs them. */
function growthOfMeasure(change: Change, k: number): number | null {
  let sum = 0;
  let weight = 0;
  for (const item of change.link.items) {
    const base = change.base[item.item];
    const current = change.current[item.item];
    if (!base || !current || (base.levels[k] ?? null) === null || (current.levels[k] ?? null) === null)
      continue;
    const alone = base.weights.map((_, j) => (j === k ? 1 : 0));
    sum += item.weight * item.volumeRatio * qualityRatio(base, current, alone).ratio;
    weight += item.weight * item.volumeRatio;
  }
  return weight > 0 ? sum / weight - 1 : null;
}

/** A share over all outputs that it speaks for, as a level where higher is better; null for means and without data. */
function sharedLevel(study: Study, change: Change, k: number): number | null {
  const planned = study.plan.measures[k];
  if (!planned) return null;
  const { isShare, value } = pooledMeasure(study, k, change.comparison.later, planned.outputs);
  if (!isShare || value === null) return null;
  return planned.measure.direction === 'lower' ? 1 - value : value;
}

function measuresTable(study: Study, change: Change | null): Table {
  return {
    id: 'measures',
    title: 'Quality measures, their weights and how they changed',
    columns: [
      { key: 'measure', title: 'Measure', type: 'text' },
      { key: 'outputs', title: 'Outputs', type: 'text' },
      { key: 'direction', title: 'Better when', type: 'text' },
      { key: 'weight', title: 'Weight', type: 'share' },
      { key: 'source', title: 'Whose weight', type: 'text' },
      { key: 'growth', title: 'Change of its level', type: 'growth' },
      { key: 'note', title: 'Note', type: 'text' },
    ],
    rows: study.plan.measures.map(({ index, measure, outputs }) => {
      const isShare = study.data.isShare[index] ?? null;
      const level = change ? sharedLevel(study, change, index) : null;
      return {
        measure: measure.title,
        outputs:
          outputs.length === study.plan.outputs.length
            ? 'all'
            : outputs.map((o) => study.plan.outputs[o]?.title ?? '').join(', '),
        direction: measure.direction,
        weight: measure.weight,
        source: measure.weight_source,
        growth: change ? growthOfMeasure(change, index) : null,
        note:
          isShare === null
            ? 'no data'
            : level !== null && level >= 0.98
              ? 'saturated: within 2 points of its bound'
              : '',
      };
    }),
    notes: [
      'A share where lower is better enters as its complement; a mean where lower is better as its reciprocal.',
      'A measure without weight is shown and changes nothing.',
    ],
  };
}

/** Output growth as the weight of quality goes from none to all: the choice is the reader's to see. */
function weightTable(change: Change): Table {
  return {
    id: 'weight-of-quality',
    title: 'Growth of output as the weight of quality goes from none to all',
    columns: [
      { key: 'weight', title: 'Weight of quality', type: 'share' },
      { key: 'growth', title: 'Growth of output', type: 'growth' },
    ],
    rows: [0, 0.25, 0.5, 0.75, 1].map((weight) => ({
      weight,
      growth: change.link.volume + weight * (change.link.adjusted - change.link.volume),
    })),
  };
}

const titleOf = (study: Study) => (k: number) => study.plan.measures[k]?.measure.title ?? '';

/** How little weight must move for output to change in the other direction, where any does. */
function shiftFigures(study: Study, change: Change | null): readonly Figure[] {
  const shift = change ? weightShift(change, null, titleOf(study)) : null;
  if (!change || !shift) return [];
  return [
    figure(
      'quality-weight-shift',
      'Least weight to move for output not to have changed',
      shift.shift,
      'share',
      {
        period: change.comparison.laterLabel,
        note: shift.words,
      },
    ),
  ];
}

/** Quality index between the compared periods, with weights, whose they are, and what is left unmeasured. */
export function qualityResult(study: Study, open: readonly OpenLateShare[]): Result {
  const { headline, plan } = study;
  const measured = headline !== null && headline.link.coverage > 0;
  const draws = headline ? shareOfDraws(headline, null, study.seed) : null;
  const alone = headline ? verticesTable(headline, null, titleOf(study)) : null;
  const used = plan.measures.filter(({ measure }) => measure.weight > 0);
  const agreement =
    draws && draws.measures > 1
      ? [
          figure(
            'quality-weight-draws',
            'Share of all possible weights under which output changed in the same direction',
            draws.share,
            'share',
            {
              period: headline?.comparison.laterLabel ?? null,
              note: 'Sensitivity to weights, apart from the interval',
            },
          ),
          ...shiftFigures(study, headline),
        ]
      : [];
  const moved: Moved | null = measured
    ? {
        growth: headline.link.quality,
        interval: headline.intervals.quality,
        told: toldOf(headline.intervals.quality, weeksCompared(headline.comparison)),
      }
    : null;
  const linked = linkedTable(study, 'quality');
  const status = moved ? statusOfMoved([moved]) : 'cannot-tell';
  const answer =
    moved && headline
      ? `${sentence(movedInWords('quality', whenCompared(headline.comparison), moved))}, by ${listInWords(used.map(({ measure }) => `"${measure.title}"${used.length > 1 ? ` (weight ${formatValue(measure.weight, 'share')})` : ''}`))}.`
      : plan.measures.length === 0
        ? 'Cannot tell: the charter names no quality measure.'
        : !headline
          ? 'Cannot tell yet whether quality changed: there are not two whole periods to compare.'
          : 'Cannot tell: no quality measure with weight has data in both sets of periods.';
  return {
    id: 'quality',
    question,
    answer,
    status: status === 'sound' && (headline?.link.coverage ?? 0) < 0.9995 ? 'caution' : status,
    figures: [
      figure('quality-growth', 'Growth of quality', measured ? headline.link.quality : null, 'growth', {
        interval: measured ? headline.intervals.quality : null,
        period: headline?.comparison.laterLabel ?? null,
        ...(headline ? { note: `on ${headline.comparison.earlierLabel}` } : {}),
      }),
      figure(
        'quality-coverage',
        'Share of output whose quality is measured',
        headline?.link.coverage ?? null,
        'share',
        {
          period: headline?.comparison.laterLabel ?? null,
        },
      ),
      ...agreement,
    ],
    tables: [
      measuresTable(study, headline),
      ...(measured && headline ? [weightTable(headline)] : []),
      ...(alone ? [alone] : []),
      ...(linked ? [linked] : []),
    ],
    charts: [],
    caveats: [
      ...standingCaveats(study),
      ...linkedCaveats(study, ['quality']),
      ...(measured && headline.link.coverage < 0.9995
        ? ['The quality of the rest of output is not measured and is taken as unchanged.']
        : []),
      ...(plan.charter.unmeasured ?? []).map((text) => `Not measured: ${text}`),
      ...openLateCaveats(open),
      'Changes in who came, and in how hard their cases were, are not allowed for: part of a change may be theirs.',
      ...incompleteCaveat(study),
    ],
    next: measured
      ? ['Ask whether the people served would weigh these measures the same; the weights are in the charter.']
      : plan.measures.length > 0
        ? ['Add data until two whole periods are covered, with every quality measure.']
        : ['Name a quality measure for each output in the charter, with a weight and whose weight it is.'],
    provenance: provenanceOf(
      study,
      'Quality change per output before adding up, 1 + g = Σ w·r·Σ v·κ1/κ0 over Σ w·r (ONS, 2019, guide to quality adjustment)',
      { resampled: true, recompute: linkedCalls(study, 'quality') },
    ),
  };
}
