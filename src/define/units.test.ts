import { expect, test } from 'vitest';
import { WellspentFaults } from '../core/index.ts';
import { unitsTable } from './describe/units.ts';
import { lintCharter, parseCharter } from './index.ts';

const head = `wellspent: 1
service: repairs
title: Repairs
version: 1.0.0
effective: 2024-01-01
owner: Head of repairs
purpose: Homes are safe and dry.
timezone: Europe/London
reporting: { grain: month }
extracts: [{ file: jobs.csv, as: cases, map: { case_id: job, opened: asked, closed: done } }]
outcomes: [{ id: dry, title: Dry homes, measure: once }]
outputs: [{ id: jobs, title: Jobs, unit: job, from: cases }]
quality: [{ id: once, title: Done once, outputs: all, from: cases, share: visits = 1, direction: higher, weight: 1, weight_source: Ours }]
inputs: [{ id: north, title: Hours of the north depot, category: labour }, { id: south, title: Hours of the south depot, category: labour }]
`;
const units = (text: string) => `units:
  title: Depots
  kind: places
  counts: jobs
  per: paid hour
${text}`;
const members = '  members: [{ unit: N, title: North, input: north }, { unit: S, input: south }]\n';
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

test('what a charter says of units stands in one table, in plain English', () => {
  expect(unitsTable(parse('').charter)).toEqual([]);
  const [table] = unitsTable(
    parse(units(`  column: depot\n${members}  counted: closed is known\n  case_mix: [trade, age]\n`)).charter,
  );
  expect(table?.title).toBe('Depots that are compared');
  expect(table?.rows).toEqual([
    { what: 'What they are', is: 'places' },
    { what: 'The column that tells them apart', is: 'depot' },
    { what: 'What North uses', is: 'the input "Hours of the north depot"' },
    { what: 'What S uses', is: 'the input "Hours of the south depot"' },
    { what: 'What the figure in use counts', is: 'cases where closed is known' },
    { what: 'Cases alike in these are compared', is: 'trade and age' },
  ]);
});

test('persons are never compared, and names must be known and stand once', () => {
  expect(faultsOf(units(`  column: worker\n${members}`))).toEqual(['20 CHARTER_VALUE']);
  expect(faultsOf(units(`  column: depot\n${members}`).replace('places', 'persons'))).toEqual([
    '17 CHARTER_VALUE',
  ]);
  expect(
    faultsOf(
      units(
        '  column: depot\n  members: [{ unit: N, input: nroth }, { unit: N, input: south }]\n  as_they_come: [onec]\n  effort: hours >\n',
      ),
    ).sort(),
  ).toEqual(['21 CHARTER_ID_TWICE', '21 CHARTER_REFERENCE', '22 CHARTER_REFERENCE', '23 CHARTER_EXPRESSION']);
});

test('columns that the cases do not have are faults with their line', () => {
  const loaded = parse(units(`  column: depto\n${members}  case_mix: [trade]\n`));
  const cases = [
    { name: 'depot', kind: 'text' },
    { name: 'visits', kind: 'integer' },
  ] as const;
  expect(lintCharter(loaded, { cases }).map(({ code, where }) => `${where?.line} ${code}`)).toEqual([
    '20 CHARTER_COLUMN_MISSING',
    '22 CHARTER_COLUMN_MISSING',
  ]);
});
