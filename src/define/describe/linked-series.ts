import type { Table } from '../../core/index.ts';
import type { Charter } from '../charter/charter.ts';
import { tableOf } from './table-of.ts';

/** Annual figures that series are held to, and days from which they are counted in another way. */
export function linkedSeriesTables({
  annual_figures = [],
  discontinuities = [],
  outputs,
  inputs = [],
  quality = [],
}: Charter): readonly Table[] {
  const titleOf = (output?: string, input?: string, measure?: string) =>
    (output !== undefined ? outputs : input !== undefined ? inputs : quality).find(
      ({ id }) => id === (output ?? input ?? measure),
    )?.title ?? '';
  const joined = ({ link }: NonNullable<Charter['discontinuities']>[number]) =>
    link === 'none'
      ? 'by nothing: no growth is told across the day'
      : 'overlap' in link
        ? 'by periods counted both ways'
        : `by judgement (${link.source})`;
  return [
    ...tableOf(
      'annual-figures',
      'Annual figures that periods are held to',
      [
        ['series', 'Output or input'],
        ['year', 'Year from', 'date'],
        ['total', 'Total of the year', 'number'],
        ['source', 'Source'],
      ],
      annual_figures.flatMap(({ output, input, of, figures, source }) =>
        Object.entries(figures)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([year, total]) => ({
            series: `${titleOf(output, input)}${of === 'cost' ? ', as cost' : ''}`,
            year,
            total,
            source,
          })),
      ),
    ),
    ...tableOf(
      'discontinuities',
      'What is no longer counted as it was',
      [
        ['series', 'Output, input or quality measure'],
        ['on', 'From', 'date'],
        ['what', 'What changed'],
        ['joined', 'How both sides are joined'],
        ['decided', 'Decided by'],
        ['evidence', 'Evidence'],
      ],
      discontinuities.map((one) => ({
        series: titleOf(one.output, one.input, one.quality),
        on: one.on,
        what: one.title,
        joined: joined(one),
        decided: one.decided_by,
        evidence: one.evidence,
      })),
    ),
  ];
}
