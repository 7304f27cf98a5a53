import { formatValue, type Result, wilson } from '../../core/index.ts';
import { figure } from '../wording.ts';
import type { UnitStudy } from './study-units.ts';
import { isFooled } from './unit-answer.ts';
import { ranged } from './unit-ranges.ts';
import {
  adjustedLead,
  countedLead,
  neighbourOf,
  notOutput,
  ordinal,
  perOne,
  unitTitle,
} from './unit-words.ts';

/** The figures of a comparison of units, with their ranges. */
export function unitFigures(
  found: UnitStudy,
  label: string,
  titleOf: (ending: string) => string,
): Result['figures'] {
  const { focus, plan, weights, ranks, mix } = found;
  const own = unitTitle(found, focus);
  const next = unitTitle(found, neighbourOf(found));
  const period = label;
  const counted = countedLead(found);
  const lead = adjustedLead(found);
  const none = notOutput(found, focus, titleOf);
  const place = ordinal(ranks.adjusted[focus] ?? 1);
  const isHealth = found.replicates.whole.every(({ health }) => health !== null);
  const sameLife = isHealth
    ? adjustedLead(found, (score) => score.health?.sameLifeScore ?? Number.NaN)
    : null;
  return [
    ...(isFooled(found)
      ? [
          figure('wrong-way', `${own} against ${next}, all allowed for`, lead.value, 'growth', {
            interval: lead.interval,
            period,
            note: `${ordinal(ranks.counted[focus] ?? 1)} by what is counted, ${place} by what counts`,
          }),
        ]
      : []),
    figure(
      'counted-lead',
      `${own} against the others, ${plan.section.counts} counted`,
      counted.value,
      'growth',
      {
        interval: counted.interval,
        period,
      },
    ),
    ...(none.n > 0
      ? [
          figure(
            'not-output',
            `Counted at ${own} without being one of the ${plan.section.counts}`,
            none.share,
            'share',
            {
              interval: wilson(none.n, none.counted),
              period,
              note: none.endings.join(', '),
            },
          ),
        ]
      : []),
    figure(
      'mix',
      `How demanding the cases of ${own} are, against all cases`,
      mix[focus]?.mix.value ?? null,
      'growth',
      {
        interval: mix[focus]?.mix.interval ?? null,
        period,
        note: 'by what alike cases take in all of them together',
      },
    ),
    ...(weights
      ? [
          figure(
            'keeps-place',
            `Weights of the parts under which ${own} is ${place}`,
            weights.keeps.value,
            'share',
            {
              interval: weights.keeps.interval,
              period,
              note: 'of all that add to 1; the range tells how far chance in the cases moves this share',
            },
          ),
        ]
      : []),
    ...(sameLife
      ? [
          figure(
            'health-lead',
            `${own} against ${next} by the four-part formula, same life expectancy for all (unverified)`,
            sameLife.value,
            'growth',
            { interval: sameLife.interval, period },
          ),
        ]
      : []),
    ...plan.members.map(({ unit, title }, u) => {
      const score = ranged(found.replicates, (scored) => scored[u]?.score ?? Number.NaN, 'log');
      return figure(
        `adjusted-${unit}`,
        `${title}: ${plan.section.counts} ${perOne(found)}, all allowed for`,
        score.value,
        'number',
        {
          interval: score.interval,
          period,
          note: `${formatValue(found.replicates.whole[u]?.countedRate ?? null, 'number')} counted`,
        },
      );
    }),
  ];
}
