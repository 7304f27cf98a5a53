import type { Table } from '../../core/index.ts';
import type { Charter } from '../charter/charter.ts';
import { inEnglish, shareInEnglish } from '../in-english.ts';
import { tableOf } from './table-of.ts';

/** What may not be traded away, and the targets in use. */
export function floorsAndTargets({
  floors = [],
  targets = [],
  quality = [],
  clocks = [],
}: Charter): readonly Table[] {
  return [
    ...tableOf(
      'floors',
      'Floors: what may not be traded away',
      [
        ['floor', 'Floor'],
        ['measure', 'Worked out as'],
        ['at_least', 'At least', 'share'],
        ['why', 'Why'],
      ],
      floors.map((floor) => ({
        floor: floor.title,
        measure: shareInEnglish(floor.share, floor.of, clocks),
        at_least: floor.at_least,
        why: floor.why,
      })),
    ),
    ...tableOf(
      'targets',
      'Targets in use',
      [
        ['target', 'Target'],
        ['measure', 'Worked out as'],
        ['at_least', 'At least', 'share'],
        ['covers', 'Whom it covers'],
        ['since', 'Since', 'date'],
        ['compare_with', 'The same asked of everyone'],
      ],
      targets.map((target) => ({
        target: target.title,
        measure:
          target.share === undefined
            ? 'the measure in the last column'
            : shareInEnglish(target.share, target.of, clocks),
        at_least: target.at_least,
        covers: target.of === undefined ? 'all cases' : `covers only ${inEnglish(target.of, clocks)}`,
        since: target.since ?? null,
        compare_with: quality.find(({ id }) => id === target.compare_with)?.title ?? '',
      })),
    ),
  ];
}
