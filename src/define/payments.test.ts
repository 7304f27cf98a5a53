import { expect, test } from 'vitest';
import { WellspentFaults } from '../core/index.ts';
import { paymentsTable } from './describe/payments.ts';
import { lintCharter, parseCharter } from './index.ts';

const head = `wellspent: 1
service: grants
title: Grants
version: 1.0.0
effective: 2024-01-01
owner: Head of grants
purpose: People get the grant that is due to them.
timezone: Europe/London
reporting: { grain: month }
extracts: [{ file: grants.csv, as: cases, map: { case_id: grant, opened: asked, closed: decided } }]
outcomes: [{ id: due, title: The right grant }]
outputs: [{ id: grants, title: Grants decided, unit: grant, from: cases }]
inputs: [{ id: officers, title: Hours of officers, category: labour }]
groups: [{ id: size, title: Size, column: size }]
assumptions: [{ id: minute, statement: A minute costs 50p., value: 0.5, source: Ours, owner: Head of finance, review: 2030-01-01 }]
`;
const parse = (text: string) => parseCharter(`${head}${text}`, 'service.yaml');

function faultsOf(text: string) {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof WellspentFaults)
      return error.faults.map(({ code, where }) => `${where?.line} ${code}`);
    throw error;
  }
  return [];
}

const whole = `payments:
  paid: amount
  audit: { correct: amount_due, drawn: at-random }
  handling: [officers]
  effort: { minutes: minutes_checked, what: checking, minute_cost: minute, by_chance: "time_set_by = 'queue'", groups: [size] }
`;

test('what a charter says of payments stands in one table, in plain English', () => {
  expect(paymentsTable(parse('').charter)).toEqual([]);
  const [table] = paymentsTable(parse(whole).charter);
  expect(table?.rows).toContainEqual({ what: 'How cases come to be audited', is: 'drawn at random' });
  expect(table?.rows).toContainEqual({
    what: 'What handling costs',
    is: 'the cost of "Hours of officers"',
  });
  expect(table?.rows).toContainEqual({ what: 'What a minute costs', is: 'A minute costs 50p.' });
  expect(table?.rows).toContainEqual({ what: 'The best effort is sought within', is: 'Size' });
});

test('inputs, assumptions and groups that do not exist are named with their line', () => {
  expect(faultsOf(whole)).toEqual([]);
  expect(faultsOf(whole.replace('[officers]', '[clerks]'))).toEqual(['19 CHARTER_REFERENCE']);
  expect(faultsOf(whole.replace('minute_cost: minute,', 'minute_cost: hour,'))).toEqual([
    '20 CHARTER_REFERENCE',
  ]);
  expect(faultsOf(whole.replace('[size]', '[risk]'))).toEqual(['20 CHARTER_REFERENCE']);
});

test('amounts must be numbers, and what effort brings needs an audit', () => {
  expect(faultsOf(whole.replace('paid: amount', "paid: type = 'grant'"))).toEqual(['17 CHARTER_EXPRESSION']);
  expect(faultsOf(whole.replace(/ {2}audit: .*\n/, ''))).toEqual(['19 CHARTER_KEY_MISSING']);
});

test('columns that the cases do not have are named', () => {
  const cases = ['case_id', 'amount', 'amount_due', 'time_set_by', 'size'].map((name) => ({
    name,
    kind: name.startsWith('amount') ? ('number' as const) : ('text' as const),
  }));
  const faults = lintCharter(parse(whole), { cases });
  expect(faults.map(({ code }) => code)).toContain('CHARTER_COLUMN_MISSING');
  expect(faults.map(({ message }) => message).join(' ')).toContain('minutes_checked');
});
