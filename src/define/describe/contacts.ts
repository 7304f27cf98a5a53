import type { Table } from '../../core/index.ts';
import type { Charter } from '../charter/charter.ts';
import { type Said, saidTable } from './table-of.ts';

/** What contacts are about, and who handles them. */
export function contactsTable({ contacts, inputs = [] }: Charter): readonly Table[] {
  if (!contacts) return [];
  const { failure = {}, hours = [] } = contacts;
  const titleOf = (id: string) => inputs.find((input) => input.id === id)?.title ?? id;
  const said: readonly Said[] = [
    ['Reasons that the service is there for', contacts.value?.join(', ')],
    ['Reasons that chase', failure.chasing?.join(', ')],
    ['Reasons that ask what a letter or decision means', failure.clarifying?.join(', ')],
    ['Reasons that something was done wrong', failure.correcting?.join(', ')],
    ['Complaints and appeals', failure.complaint?.join(', ')],
    ['Other failures', failure.other?.join(', ')],
    ['A contact on the same issue is a repeat within', `${contacts.repeat_days ?? 14} days`],
    ['What a contact is about stands in the column', contacts.topic ?? 'reason'],
    ['Channels on which nobody is spoken to', contacts.automated?.join(', ')],
    ['Something is still to be done where this column says yes', contacts.open_action],
    ['Steps that move a case on', contacts.advancing?.join(', ')],
    ['Steps that send the person something', contacts.outbound?.join(', ')],
    ...hours.map(
      ({ team, title, input }): Said => [`Paid hours of ${title ?? team}`, `the input "${titleOf(input)}"`],
    ),
  ];
  return saidTable('contacts', 'What contacts are about, and who handles them', said);
}
