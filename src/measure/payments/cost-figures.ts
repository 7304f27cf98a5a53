import { type Figure, formatValue, type Unit } from '../../core/index.ts';
import type { RatioEstimate } from '../../stats/index.ts';
import { figure } from '../wording.ts';
import { isDearer } from './cost-words.ts';
import { type CostChange, type PoundsACase, ratioInterval, type SpanCosts } from './payment-costs.ts';

const share = (found: RatioEstimate): PoundsACase => ({ value: found.ratio, interval: ratioInterval(found) });

/**
 * What changed a case, and each kind of error in both years. The first is called `dearer` where a case costs less to
 * handle and more in the end, beyond chance: other pages look for that mark.
 */
export function costFigures(
  word: string,
  earlier: SpanCosts,
  later: SpanCosts,
  change: CostChange,
): readonly Figure[] {
  const { generated, handling } = change;
  const dearer = isDearer(change);
  const period = `${later.label}, against ${earlier.label}`;
  const years = [
    ['later', later],
    ['earlier', earlier],
  ] as const;
  const eachYear = (id: string, name: string, unit: Unit, of: (costs: SpanCosts) => PoundsACase) =>
    years.map(([when, costs]) => {
      const { value, interval } = of(costs);
      return figure(`${id}-${when}`, name, value, unit, { interval, period: costs.label });
    });
  return [
    figure(
      dearer ? 'dearer' : 'change',
      dearer ? `A ${word} costs more in the end, by` : `Change of what a ${word} costs in the end`,
      generated.value,
      'pounds',
      {
        interval: generated.interval,
        period,
        note: `${formatValue(generated.value * later.cases, 'pounds')} for all ${formatValue(later.cases, 'count')} of ${later.label}`,
      },
    ),
    figure('handling', `Change of what handling a ${word} costs`, handling, 'pounds', {
      period,
      note: `from the accounts: ${formatValue(earlier.handlingPerCase, 'pounds')} to ${formatValue(later.handlingPerCase, 'pounds')}`,
    }),
    ...eachYear('overpaid', 'Overpaid, share of what was paid', 'share', ({ overpaid }) => share(overpaid)),
    ...eachYear('underpaid', 'Underpaid, share of what was paid', 'share', ({ underpaid }) =>
      share(underpaid),
    ),
    ...eachYear('generated', `What a ${word} costs in the end`, 'pounds', (costs) => costs.generated),
  ];
}
