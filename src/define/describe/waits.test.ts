import { expect, test } from 'vitest';
import { parseCharter } from '../index.ts';
import { waitsTable } from './waits.ts';

const head = `wellspent: 1
service: permits
title: Permits
version: 1.0.0
effective: 2024-01-01
owner: Head of permits
purpose: People get a permit.
timezone: Europe/London
reporting: { grain: month }
extracts: []
outcomes: [{ id: permit, title: A permit }]
outputs: [{ id: permits, title: Permits, unit: permit, from: cases }]
`;
const tableOf = (text: string) => waitsTable(parseCharter(`${head}${text}`, 'service.yaml').charter);

test('what a charter says of waits stands in one table, and nothing where it says nothing', () => {
  expect(tableOf('')).toEqual([]);
  const [table] = tableOf(`steps: { waiting_for_third_party: [Referred], waiting: [Cooling off] }
waits:
  applicant: { statuses: [With applicant] }
  hours: [{ team: Post, days: [monday, tuesday], from: "09:00", to: "17:00" }]
`);
  expect(table?.rows).toEqual([
    { what: 'Statuses in which the service waits for the person', is: 'With applicant' },
    { what: 'Steps after which the service waits for somebody else', is: 'Referred' },
    { what: 'Steps whose own duration is waiting', is: 'Cooling off' },
    { what: 'Working hours of Post', is: 'Monday and Tuesday, 09:00 to 17:00' },
  ]);
});

test('hours must be times of the day and days of the week', () => {
  const hours = (text: string) => () => tableOf(`waits: { hours: [${text}] }\n`);
  expect(hours('{ days: [monday], from: "9", to: "17:00" }')).toThrow();
  expect(hours('{ days: [someday], from: "09:00", to: "17:00" }')).toThrow();
});
