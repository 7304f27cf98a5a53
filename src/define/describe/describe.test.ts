import { describe, expect, it } from 'vitest';
import { type ColumnSpec, canonicalTables } from '../../stores/index.ts';
import { stepsNamed } from '../charter-expressions.ts';
import { lintCharter } from '../lint.ts';
import { parseCharter } from '../load.ts';
import { charterReference } from '../reference.ts';
import { charterWarnings } from '../warnings.ts';
import { describeCharter } from './describe.ts';

const text = `wellspent: 1
service: permits
title: Permits
version: 1.2.0
effective: 2024-01-01
owner: Head of permits
purpose: People get a permit, once, in time
timezone: Europe/London
reporting: {grain: month}
extracts: []
outcomes:
  - {id: in-time, title: A permit in time, for_whom: applicants, measure: timely}
  - {id: safe, title: Buildings are safe, for_whom: the public}
outputs:
  - {id: permits, title: Permits, unit: permit, from: cases, where: "has('Decide') and tpye = 'full'", at: clsed, unit_cost: permit-cost}
quality:
  - id: timely
    title: Decided in 20 days
    outputs: all
    from: cases
    share: end_to_end_days <= 20
    of: has('Decide')
    direction: higher
    weight: 1
    weight_source: The board, January 2024
floors:
  - {id: checked, title: Plans are checked, share: has('Check'), at_least: 0.99, why: People could be hurt}
targets:
  - {id: fast, title: Fast, share: end_to_end_days <= 20, of: not has('Ask'), at_least: 0.985}
clocks:
  - id: end-to-end
    title: From application to decision
    start: {step: [Apply, Renew]}
    stop: {column: outcome}
    restart: [Move]
    pause: [{from: Ask, to: Answer}]
groups:
  - {id: region, title: Region, column: regoin}
costs:
  touch_minutes: [{step: Check, assumption: permit-cost}]
assumptions:
  - id: permit-cost
    statement: A permit costs 120 pounds.
    by_period: {2024-04-01: 120, 2023-04-01: 110}
    unit: pounds
    source: Cost model, 2023
    owner: Finance partner
    review: 2024-06-30
unmeasured: [Time of applicants]
inputs:
  - {id: hours, title: Paid hours, category: labour, error: {percent: 3, source: Payroll 2023}}
  - {id: goods, title: Goods, category: goods-services}
`;

const loaded = parseCharter(text, 'service.yaml');

const cases: readonly ColumnSpec[] = [...canonicalTables.cases, { name: 'region', kind: 'text' }];

describe('the charter in plain English', () => {
  const result = describeCharter(loaded, { today: '2024-07-01' });
  const rows = (id: string) => result.tables.find((table) => table.id === id)?.rows;

  it('answers what the service is for and cites the charter by its hash', () => {
    expect(result.answer).toBe('People get a permit, once, in time.');
    expect(result.provenance.charter).toEqual({ service: 'permits', version: '1.2.0', hash: loaded.hash });
    expect(result.status).toBe('caution');
    expect(result.figures[0]).toMatchObject({ id: 'outcomes-measured', value: 1, unit: 'count' });
  });

  it('says how each outcome is measured, or that it is not', () => {
    expect(rows('outcomes')?.map((row) => row.measured_by)).toEqual(['Decided in 20 days', 'not measured']);
    expect(rows('unmeasured')?.map((row) => row.what)).toEqual(['Buildings are safe', 'Time of applicants']);
    expect(result.caveats).toContain('Nobody measures the outcome "Buildings are safe".');
  });

  it('puts conditions, clocks and targets in words', () => {
    expect(rows('outputs')?.[0]?.counts).toBe('cases with "Decide" of tpye full');
    expect(rows('quality')?.[0]?.worked_out).toBe(
      'of cases with "Decide", the share with 20 or fewer days on the clock "From application to decision"',
    );
    expect(rows('targets')?.[0]?.covers).toBe('covers only cases without "Ask"');
    expect(rows('clocks')?.[0]).toEqual({
      clock: 'From application to decision',
      starts: 'the first of "Apply" and "Renew"',
      stops: 'the time in the column "outcome"',
      restarts: 'each "Move" before the stop',
      pauses: 'from "Ask" to the next "Answer"',
    });
  });

  it('says what an input declares of its error, and which declare none', () => {
    expect(rows('inputs')?.map((row) => row.error)).toEqual([
      'its change may be out by 3% (standard error; Payroll 2023)',
      'none: it counts as exact',
    ]);
  });

  it('lists every value of an assumption with source, owner and review, and says when review is overdue', () => {
    expect(
      rows('assumptions')?.map((row) => [row.from, row.value, row.owner, row.review, row.overdue]),
    ).toEqual([
      ['2023-04-01', 110, 'Finance partner', '2024-06-30', true],
      ['2024-04-01', 120, 'Finance partner', '2024-06-30', true],
    ]);
    expect(result.caveats).toContain('The assumption "permit-cost" was to be reviewed by 30 June 2024.');
  });

  it('every row has the columns that its table names, and no others', () => {
    for (const table of result.tables)
      for (const row of table.rows)
        expect(Object.keys(row), table.id).toEqual(table.columns.map((column) => column.key));
  });
});

describe('the charter against the data', () => {
  it('columns that are not there, or hold no times, are reported together with their lines', () => {
    const faults = lintCharter(loaded, { cases });
    expect(faults.map((fault) => [fault.where?.line, fault.code, fault.hint])).toEqual([
      [15, 'CHARTER_COLUMN_MISSING', 'type'],
      [15, 'CHARTER_COLUMN_MISSING', 'at: closed'],
      [34, 'CHARTER_COLUMN_KIND', 'name one of: opened, opened_wall, closed, closed_wall, first_at, last_at'],
      [38, 'CHARTER_COLUMN_MISSING', 'column: region'],
    ]);
    expect(faults[0]?.where?.excerpt).toContain('id: permits');
  });

  it('a column of the data may not take the name of one that we work out', () => {
    const taken = [...cases, { name: 'end_to_end_days', kind: 'number' } as const];
    expect(lintCharter(loaded, { cases: taken }).map(({ code }) => code)).toContain('CHARTER_COLUMN_TAKEN');
  });

  it('every step that the charter names is listed with its line', () => {
    const named = stepsNamed(loaded.charter).map(({ step, path }) => `${loaded.lineOf(path)} ${step}`);
    expect(new Set(named)).toEqual(
      new Set([
        '15 Decide',
        '22 Decide',
        '27 Check',
        '29 Ask',
        '33 Apply',
        '33 Renew',
        '35 Move',
        '36 Ask',
        '36 Answer',
        '40 Check',
      ]),
    );
  });

  it('reviews that are due, outcomes without a measure and partial targets are warned of', () => {
    expect(charterWarnings(loaded, '2024-07-01').map(({ code, where }) => [where?.line, code])).toEqual([
      [13, 'CHARTER_OUTCOME_UNMEASURED'],
      [29, 'CHARTER_TARGET_PARTIAL'],
      [48, 'CHARTER_REVIEW_DUE'],
    ]);
    expect(charterWarnings(loaded, '2024-06-30').map(({ code }) => code)).not.toContain('CHARTER_REVIEW_DUE');
  });

  it('a group of outputs that nobody owns, or that has no date, is warned of at its line', () => {
    const group = (more: string) =>
      parseCharter(
        text.replace(
          'outputs:\n',
          `outputs:\n  - {id: web, title: Web, unit: one, from: volumes, group: g, group_reason: The same${more}}\n  - {id: post, title: Post, unit: one, from: volumes, group: g}\n`,
        ),
        'service.yaml',
      );
    const of = (more: string) =>
      charterWarnings(group(more), '2024-01-01').filter(({ code }) => code === 'CHARTER_GROUP_UNOWNED');
    const line = text.split('\n').indexOf('outputs:') + 2;
    expect(of('').map(({ message, where }) => [where?.line, message])).toEqual([
      [line, 'the group "g", whose outputs share one weight, has no owner and no date.'],
    ]);
    expect(of(', group_owner: Head')[0]?.message).toContain('has no date');
    expect(of(', group_owner: Head, group_since: 2024-01-01')).toEqual([]);
  });
});

describe('the reference', () => {
  const reference = charterReference();

  it('explains every key of the format and every function', () => {
    for (const word of [
      '`weight_source`',
      '`compare_with`',
      '`pause`',
      '`date_days_between`',
      '`by_period`',
      '## clocks',
    ])
      expect(reference).toContain(word);
    expect(reference).not.toContain('undefined');
  });

  it('has no key without a meaning', () => {
    const bare = reference.split('\n').filter((line) => /\| {2}\|$/.test(line));
    expect(bare).toEqual([]);
  });
});
