import { listInWords, type Table } from '../../core/index.ts';
import type { Charter } from '../charter/charter.ts';
import { inEnglish } from '../in-english.ts';
import { type Said, saidTable } from './table-of.ts';

/** What the charter says of payments and their audit, as a table; none where it says nothing. */
export function paymentsTable({
  payments,
  inputs = [],
  groups = [],
  assumptions = [],
  clocks = [],
}: Charter): readonly Table[] {
  if (!payments) return [];
  const { audit, handling, effort } = payments;
  const titleOf = (list: readonly { readonly id: string; readonly title: string }[], id: string) =>
    list.find((entry) => entry.id === id)?.title ?? id;
  const said: readonly Said[] = [
    ['Pounds paid on a case', inEnglish(payments.paid, clocks)],
    ['Pounds that should have been paid, by audit', audit ? inEnglish(audit.correct, clocks) : 'not known'],
    [
      'How cases come to be audited',
      audit && (audit.drawn === 'at-random' ? 'drawn at random' : 'chosen, so that they speak for no others'),
    ],
    [
      'What handling costs',
      handling
        ? `the cost of ${listInWords(handling.map((id) => `"${titleOf(inputs, id)}"`))}`
        : 'the cost of every input',
    ],
    [`Minutes of ${effort?.what ?? 'work'} on a case`, effort && inEnglish(effort.minutes, clocks)],
    [
      'What a minute costs',
      effort && (assumptions.find(({ id }) => id === effort.minute_cost)?.statement ?? effort.minute_cost),
    ],
    [
      'Whose minutes had nothing to do with the case',
      effort && (effort.by_chance === undefined ? 'nobody’s' : inEnglish(effort.by_chance, clocks)),
    ],
    [
      'The best effort is sought within',
      effort?.groups && listInWords(effort.groups.map((id) => titleOf(groups, id))),
    ],
  ];
  return saidTable('payments', 'What is paid out, and how its error is known', said);
}
