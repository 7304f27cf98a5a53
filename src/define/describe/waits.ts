import { listInWords, type Table } from '../../core/index.ts';
import type { Charter } from '../charter/charter.ts';
import { type Said, saidTable } from './table-of.ts';

const list = (items: readonly string[] | undefined) => (items?.length ? listInWords(items) : undefined);

function daysInWords(days: readonly string[]): string {
  const capital = (day = '') => `${day.slice(0, 1).toUpperCase()}${day.slice(1)}`;
  return listInWords(days.map(capital));
}

/** What the charter says of waits, as a table; none where it says nothing. */
export function waitsTable({ steps = {}, waits = {} }: Charter): readonly Table[] {
  const { applicant = {}, third_party: other = {}, hours = [] } = waits;
  const said: readonly Said[] = [
    ['Steps after which the service waits for the person', list(steps.waiting_for_applicant)],
    ['Teams that stand for the person', list(applicant.teams)],
    ['Statuses in which the service waits for the person', list(applicant.statuses)],
    ['Steps after which the service waits for somebody else', list(steps.waiting_for_third_party)],
    ['Teams that stand for somebody else', list(other.teams)],
    ['Statuses in which the service waits for somebody else', list(other.statuses)],
    ['Steps whose own duration is waiting', list(steps.waiting)],
    ['Teams that are systems', list(waits.systems)],
    ...hours.map(
      ({ team, days, from, to }): Said => [
        `Working hours of ${team ?? 'everyone else'}`,
        `${daysInWords(days)}, ${from} to ${to}`,
      ],
    ),
    ['Working hours', waits.infer_hours && hours.length === 0 ? 'inferred from the log' : undefined],
  ];
  return saidTable('waits', 'What is known about waits', said);
}
