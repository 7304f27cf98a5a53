import { countOf, type Figure, formatValue, leastCases, type Table, wilson } from '../../core/index.ts';
import type { Costs } from '../costs.ts';
import { totalInterval } from '../findings/total-interval.ts';
import type { TurnedEvidence } from '../rework/turned-evidence.ts';

/** What one subject adds to a Result that tells of several. */
export interface ResultPieces {
  /** Follows the answer; empty where there is nothing to add. */
  readonly sentence: string;
  readonly figures: readonly Figure[];
  readonly tables: readonly Table[];
  readonly caveats: readonly string[];
}

const perHour = (minutes: number | null) => (minutes === null ? null : minutes / 60);

function figuresOf({ totals }: TurnedEvidence, allCases: number, { delayDay }: Costs): readonly Figure[] {
  const { turned, returned, minutes, minutesSquared, pounds, poundsSquared, days, daysSquared } = totals;
  const figure = (
    id: string,
    name: string,
    value: number | null,
    unit: Figure['unit'],
    interval: Figure['interval'],
  ): readonly Figure[] => (value === null ? [] : [{ id, name, value, unit, interval, period: null }]);
  const hours = perHour(minutes);
  const squaredHours = minutesSquared === null ? null : minutesSquared / 3600;
  const share = (part: number, of: number) => [part / of, 'share', wilson(part, of)] as const;
  return [
    ...figure('loop-cases', 'Cases turned back that came back', ...share(returned, allCases)),
    ...figure(
      'loop-returned',
      'Of cases turned back or down, those that came back',
      ...share(returned, turned),
    ),
    ...figure(
      'loop-hours',
      'Hours of work again after coming back',
      hours,
      'hours',
      totalInterval(hours, squaredHours),
    ),
    ...figure(
      'loop-pounds',
      'Staff cost of that work',
      pounds,
      'pounds',
      totalInterval(pounds, poundsSquared),
    ),
    ...figure(
      'loop-days',
      'Days from sending in to coming back',
      days,
      'days',
      totalInterval(days, daysSquared),
    ),
    ...(delayDay === null
      ? []
      : figure(
          'loop-delay',
          'Cost of delay of those days',
          days * delayDay,
          'pounds',
          totalInterval(days * delayDay, daysSquared * delayDay ** 2),
        )),
  ];
}

/** Cases that were turned back and came back: how many, where, and what it took. Needs ten cases turned back. */
export function loopPieces(evidence: TurnedEvidence | null, allCases: number, costs: Costs): ResultPieces {
  const none = { sentence: '', figures: [], tables: [] };
  if (evidence === null)
    return {
      ...none,
      caveats: [
        'The charter names no step under rejection, so cases turned back that came back cannot be told from other repeats.',
      ],
    };
  const { totals, byReturn } = evidence;
  if (totals.turned < leastCases)
    return {
      ...none,
      caveats: [`Fewer than ${leastCases} cases were turned back or down: nothing is said of them.`],
    };
  const { returned, turned } = totals;
  const shown = byReturn.filter(({ cases }) => cases >= leastCases);
  const [most] = shown;
  return {
    sentence:
      returned < leastCases
        ? ` Of ${countOf(turned, 'case')} turned back or down fewer than ${leastCases} came back.`
        : ` ${formatValue(returned / allCases, 'share')} of cases (${countOf(returned, 'case')}) were turned back and came back` +
          `${most ? `, most often from "${most.rejected}" to "${most.back}"` : ''}.`,
    figures: returned < leastCases ? [] : figuresOf(evidence, allCases, costs),
    tables: [
      {
        id: 'rejection-loops',
        title: 'Cases turned back that came back, most cases first',
        columns: [
          { key: 'rejected', title: 'Turned back at', type: 'text' },
          { key: 'back', title: 'Came back at', type: 'text' },
          { key: 'cases', title: 'Cases', type: 'count' },
          { key: 'share', title: 'Share of cases', type: 'share' },
          { key: 'loops', title: 'Times', type: 'count' },
          { key: 'hours', title: 'Hours of work again', type: 'hours' },
          { key: 'pounds', title: 'Staff cost', type: 'pounds' },
          { key: 'days', title: 'Days from sending in to coming back', type: 'count' },
          { key: 'delay', title: 'Cost of delay', type: 'pounds' },
        ],
        rows: shown.map(({ rejected, back, cases, loops, minutes, pounds, days }) => ({
          rejected,
          back,
          cases,
          share: cases / allCases,
          loops,
          hours: perHour(minutes),
          pounds,
          days,
          delay: costs.delayDay === null ? null : days * costs.delayDay,
        })),
        notes: [
          `Work again: second and later times of steps from the return until the next one. It is part of the steps done again above, and not to be added to them. Ways of fewer than ${leastCases} cases are left out.`,
        ],
      },
    ],
    caveats: [
      'Being turned back may be right. How many cases were given up, and should not have been, a log does not say.',
    ],
  };
}
