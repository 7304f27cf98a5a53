import type { Chart } from '../../core/index.ts';
import { sentence } from '../wording.ts';
import type { UnitStudy } from './study-units.ts';
import { ordinal, perOne, unitTitle } from './unit-words.ts';

/** What is counted, in two parts, and what counts. */
export function unitCharts(found: UnitStudy, isReversed: boolean): readonly Chart[] {
  const { whole } = found.replicates;
  const focus = unitTitle(found, found.focus);
  const order = (of: (u: number) => number) => whole.map((_, u) => u).toSorted((a, b) => of(b) - of(a));
  const { counts } = found.plan.section;
  return [
    {
      kind: 'bar',
      id: 'what-is-counted',
      title: `What is counted ${perOne(found)}: ${focus} comes ${ordinal(found.ranks.counted[found.focus] ?? 1)}`,
      description: `Counted ${perOne(found)}, by unit: ${counts}, and what is counted without being one.`,
      table: 'steps',
      xTitle: `Counted ${perOne(found)}`,
      xUnit: 'number',
      bars: order((u) => whole[u]?.countedRate ?? 0).map((u) => {
        const own = whole[u];
        const others = Math.max(0, (own?.countedRate ?? 0) - (own?.rate ?? 0));
        return {
          label: unitTitle(found, u),
          parts: [
            { name: sentence(counts), value: own?.rate ?? 0 },
            ...(others > 0.005 * (own?.rate ?? 0)
              ? [{ name: `Counted, yet no ${counts}`, value: others }]
              : []),
          ],
        };
      }),
    },
    {
      kind: 'bar',
      id: 'what-counts',
      title: `What counts ${perOne(found)}: ${focus} comes ${isReversed ? 'only ' : ''}${ordinal(found.ranks.adjusted[found.focus] ?? 1)}`,
      description: `${sentence(counts)} ${perOne(found)}, by unit, allowing for who comes and for what comes of it.`,
      table: 'steps',
      xTitle: `${sentence(counts)} of average difficulty and quality`,
      xUnit: 'number',
      bars: order((u) => whole[u]?.score ?? 0).map((u) => ({
        label: unitTitle(found, u),
        parts: [{ name: 'All allowed for', value: whole[u]?.score ?? 0 }],
      })),
    },
  ];
}
