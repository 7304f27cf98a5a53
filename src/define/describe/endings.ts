import type { Table } from '../../core/index.ts';
import type { Charter } from '../charter/charter.ts';
import { inEnglish } from '../in-english.ts';
import { tableOf } from './table-of.ts';

/** How cases end, and how figures are split. */
export function endingsAndGroups({ endings = [], groups = [], clocks = [] }: Charter): readonly Table[] {
  return [
    ...tableOf(
      'endings',
      'How cases end',
      [
        ['order', 'Tried', 'count'],
        ['ending', 'Ending'],
        ['where', 'Which cases'],
      ],
      endings.map((ending, index) => ({
        order: index + 1,
        ending: ending.title,
        where: inEnglish(ending.where, clocks),
      })),
      ["The first ending that holds is the case's."],
    ),
    ...tableOf(
      'groups',
      'How figures are split',
      [
        ['group', 'Split'],
        ['column', 'Column'],
      ],
      groups.map((group) => ({ group: group.title, column: group.column })),
    ),
  ];
}
