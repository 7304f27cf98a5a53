import { expect, test } from 'vitest';
import { WellspentFaults } from '../core/index.ts';
import { describeCharter } from './describe/describe.ts';
import { parseCharter } from './load.ts';

const charter = (rest: string, grain = 'month') => `wellspent: 1
service: made
title: A made service
version: 1.0.0
effective: 2020-01-01
owner: Director
purpose: People get what they need.
timezone: Europe/London
reporting: {grain: ${grain}}
extracts: []
outcomes: [{id: served, title: People are served}]
outputs: [{id: calls, title: Calls, unit: call, from: volumes}]
inputs: [{id: hours, title: Paid hours, category: labour}]
${rest}`;

const annual = (figures: string, about = 'output: calls') =>
  `annual_figures: [{id: audited, ${about}, figures: ${figures}, source: Accounts}]`;
const broken = (on: string, link: string) =>
  `discontinuities: [{id: system, title: A new system, 'on': ${on}, kind: system, decided_by: Head, output: calls, link: ${link}, evidence: A note}]`;

function faults(text: string): readonly string[] {
  try {
    parseCharter(text, 'service.yaml');
    return [];
  } catch (error) {
    return error instanceof WellspentFaults ? error.faults.map(({ message }) => message) : [String(error)];
  }
}

test('annual figures and breaks are read, and stand in the charter in plain English', () => {
  const text = charter(
    `${annual('{2022-04-01: 120, 2023-04-01: 130}')}\n${broken('2023-04-01', '{overlap: {old: {2023-04-01: 10}, new: {2023-04-01: 12}}}')}`,
  );
  expect(faults(text)).toEqual([]);
  const { tables } = describeCharter(parseCharter(text, 'service.yaml'));
  expect(tables.find(({ id }) => id === 'annual-figures')?.rows).toHaveLength(2);
  expect(tables.find(({ id }) => id === 'discontinuities')?.rows[0]).toMatchObject({
    series: 'Calls',
    joined: 'by periods counted both ways',
  });
});

test('a break may be in a quality measure, and is about one thing alone', () => {
  const measured = (about: string) =>
    charter(
      `quality: [{id: right, title: Right first time, outputs: all, from: quality, direction: higher, weight: 1, weight_source: Us}]
${broken('2023-04-01', 'none').replace('output: calls', about)}`,
    );
  expect(faults(measured('quality: right'))).toEqual([]);
  const { tables } = describeCharter(parseCharter(measured('quality: right'), 'service.yaml'));
  expect(tables.find(({ id }) => id === 'discontinuities')?.rows[0]?.series).toBe('Right first time');
  expect(faults(measured('quality: wrong'))[0]).toContain('quality has no entry "wrong"');
  expect(faults(measured('quality: right, output: calls'))[0]).toContain('one quality measure');
});

test.each([
  [annual('{2022-04-01: 120, 2024-04-01: 130}'), 'does not follow the year of 2022-04-01'],
  [annual('{2022-04-02: 120}'), 'is not the first day of a month'],
  [annual('{2022-13-01: 120}'), 'not a day of the calendar'],
  [annual('{2022-04-01: 120}', 'output: call'), 'outputs has no entry "call"'],
  [annual('{2022-04-01: 120}', 'output: calls, input: hours'), 'one output or one input'],
  [annual('{2022-04-01: 120}', 'of: cost'), 'one output or one input'],
  [broken('2023-04-15', 'none'), 'lies inside a month'],
  [broken('2023-02-30', 'none'), 'not a day of the calendar'],
  [
    broken('2023-04-01', '{overlap: {old: {2023-03-01: 10}, new: {2023-04-01: 12}}}'),
    'no period that was counted both ways',
  ],
  [broken('2023-04-01', '{growth: 0.1, low: 0.2, high: 0.3, source: Us}'), 'outside its range'],
])('%s is refused', (rest, said) => {
  expect(faults(charter(rest)).join(' ')).toContain(said);
});

test('annual figures ask for months or quarters', () => {
  expect(faults(charter(annual('{2022-04-01: 120}'), 'week')).join(' ')).toContain('periods of a week');
});
