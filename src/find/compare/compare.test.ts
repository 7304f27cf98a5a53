import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { wilson } from '../../core/index.ts';
import { buildWorkspace, openWorkspace } from '../../ingest/index.ts';
import { findAll } from '../find.ts';
import { compareSides, differenceInDays } from './compare-sides.ts';
import { quantileDifference, shareDifference } from './differences.ts';
import type { Comparisons } from './sides.ts';

test('square and add gives Newcombe’s interval from Wilson’s: his case of 56 of 70 against 48 of 80', () => {
  // Newcombe (1998), Statistics in Medicine 17, table II, method 10: 0.0524 to 0.3339.
  const shares = shareDifference({ having: 56, of: 70 }, { having: 48, of: 80 });
  const spread = (x: number, n: number) => ({ value: x / n, ...wilson(x, n) });
  const quantiles = quantileDifference(spread(56, 70), spread(48, 80));
  for (const { difference, low, high } of [shares, quantiles]) {
    expect(difference).toBeCloseTo(0.2, 12);
    expect(low).toBeCloseTo(0.0524, 4);
    expect(high).toBeCloseTo(0.3339, 4);
  }
  // The pooled z is 2.654 (p 0.0080): 0.2 / sqrt(0.6933 x 0.3067 x (1/70 + 1/80)).
  expect(shares.p).toBeCloseTo(0.008, 3);
});

test('the other way round is the same difference with the other sign', () => {
  const a = { value: 10, low: 8, high: 13 };
  const b = { value: 6, low: 5, high: 8 };
  const there = quantileDifference(a, b);
  const back = quantileDifference(b, a);
  expect(there).toMatchObject({ difference: 4, low: 4 - Math.sqrt(8), high: 4 + Math.sqrt(10) });
  expect([back.difference, back.low, back.high]).toEqual([-4, -there.high, -there.low]);
  expect(back.p).toBe(there.p);
  expect(quantileDifference(a, a).p).toBe(1);
});

/*
 * 160 requests, half by post and half online, in January and February. By post a case is registered after two days
 * (online after one), a quarter is sent back once, and each is decided five days later, as online.
 */
const charter = `wellspent: 1
service: requests
title: Requests
version: 1.0.0
effective: 2026-01-01
owner: Head of requests
purpose: People get an answer.
timezone: UTC
reporting: {grain: month}
extracts:
  - {file: log.csv, as: events, map: {case_id: id, step: step, finished: at, team: team, worker: worker}}
  - {file: cases.csv, as: cases, map: {case_id: id, type: channel}}
outcomes: [{id: answer, title: An answer}]
outputs: [{id: requests, title: Requests, unit: request, from: cases}]
groups:
  - {id: channel, title: How it came in, column: type}
`;

function files(): { log: string; cases: string } {
  const log = ['id,step,at,team,worker'];
  const cases = ['id,channel'];
  for (let i = 0; i < 160; i++) {
    const id = `R${String(i).padStart(3, '0')}`;
    const isPost = i % 2 === 0;
    const day = (n: number) =>
      new Date(Date.UTC(2026, i < 80 ? 0 : 1, 2 + (i % 10) + n, 9, i % 60)).toISOString();
    // The team "few" has two people only.
    const team = i % 16 === 0 ? 'few' : isPost ? 'post room' : 'web team';
    const add = (step: string, n: number) =>
      log.push(`${id},${step},${day(n)},${team},${team}-${team === 'few' ? i % 32 : i % 14}`);
    cases.push(`${id},${isPost ? 'post' : 'online'}`);
    add('receive', 0);
    const registered = isPost ? 2 : 1;
    add('register', registered);
    if (isPost && i % 8 === 0) add('register', registered + 1);
    add('decide', registered + 5);
  }
  // Left over from before: nobody asks for anything in May.
  for (let i = 0; i < 40; i++) {
    log.push(`L${i},receive,2026-02-0${1 + (i % 9)}T09:00:00Z,web team,web team-${i % 14}`);
    log.push(`L${i},decide,2026-05-0${1 + (i % 9)}T09:00:00Z,web team,web team-${i % 14}`);
  }
  return { log: log.join('\n'), cases: cases.join('\n') };
}

describe('requests by post and online', () => {
  const dir = mkdtempSync(join(tmpdir(), 'wellspent-compare-'));
  let comparisons: Comparisons;
  let listed: readonly string[];
  beforeAll(async () => {
    const { log, cases } = files();
    writeFileSync(join(dir, 'service.yaml'), charter);
    writeFileSync(join(dir, 'log.csv'), log);
    writeFileSync(join(dir, 'cases.csv'), cases);
    await buildWorkspace(dir);
    const workspace = await openWorkspace(dir);
    const found = await findAll(workspace);
    listed = found.results.map(({ id }) => id);
    await workspace.close();
    if (found.comparisons === null) throw new Error('Nothing to compare.');
    comparisons = JSON.parse(JSON.stringify(found.comparisons)) as Comparisons;
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const rowsOf = (table: string, choice = {}) =>
    compareSides(comparisons, choice).tables.find(({ id }) => id === table)?.rows ?? [];

  it('says first what of the record is missing, whichever two sides are chosen', () => {
    const missing = ['29.8% of steps have no time.'];
    expect(compareSides({ ...comparisons, missing }, { of: 'channel' }).caveats[0]).toBe(missing[0]);
    expect(comparisons.missing).toEqual([]);
  });

  it('offers groups, teams and periods of two sides or more, and no team of two people', () => {
    expect(comparisons.dimensions.map(({ id, sides }) => [id, sides.map(({ value }) => value)])).toEqual([
      ['channel', ['online', 'post']],
      ['team', ['web team', 'post room']],
      ['month', ['February 2026', 'January 2026']],
    ]);
    expect(listed).toContain('compare');
  });

  it('tells the day that post takes longer, and that it is beyond chance', () => {
    const result = compareSides(comparisons, { of: 'channel', first: 'post', second: 'online' });
    expect(result.answer).toMatch(
      /^Half of the cases of "post" take 7 days or less, those of "online" 6 days: 1 day more/,
    );
    expect(rowsOf('times', { of: 'channel', first: 'post', second: 'online' })[0]).toMatchObject({
      measure: 'Whole case, first to last step: median',
      firstCases: 80,
      first: 7,
      second: 6,
      difference: 1,
      beyond: 'yes',
    });
    expect(result.charts.map(({ title }) => title)).toEqual(['post: 80 cases', 'online: 80 cases']);
  });

  it('tells a difference and its interval in one unit, each end with its own side', () => {
    expect(differenceInDays({ difference: -0.025, low: -0.9, high: 1.3 })).toBe(
      '0.6 hours fewer (95% interval 21.6 hours fewer to 31.2 hours more)',
    );
    expect(differenceInDays({ difference: -2, low: -3, high: -1.5 })).toBe(
      '2 days fewer (95% interval 1.5 to 3 days)',
    );
  });

  it('says nothing of whole cases where fewer than ten of a side are finished', () => {
    const without = {
      ...comparisons,
      dimensions: comparisons.dimensions.map((dimension) => ({
        ...dimension,
        sides: dimension.sides.map((side) => ({
          ...side,
          times: side.times.map((time) => {
            const isWhole = side.value === 'post' && time.id === 'duration';
            return isWhole ? { ...time, cases: 9 } : time;
          }),
        })),
      })),
    };
    const choice = { of: 'channel', first: 'post', second: 'online' };
    expect(rowsOf('times', choice).length).toBeGreaterThan(2);
    const { answer, figures } = compareSides(without, choice);
    expect(answer).toMatch(
      /^How long whole cases take cannot be compared: fewer than ten of "post" are finished and have a time\. \d+ of \d+ differences/,
    );
    expect(figures.map(({ id }) => id)).not.toContain('first-median');
    expect(figures.map(({ id }) => id)).toContain('second-median');
  });

  it('tells rework as a share of cases, with Newcombe’s interval', () => {
    const [rework] = rowsOf('shares', { of: 'channel', first: 'post', second: 'online' });
    const { low, high } = shareDifference({ having: 20, of: 80 }, { having: 0, of: 80 });
    expect(rework).toMatchObject({ first: 0.25, second: 0, difference: 0.25, low, high, beyond: 'yes' });
  });

  it('finds nothing beyond chance between two months that are alike', () => {
    const rows = ['times', 'shares', 'steps'].flatMap((table) => rowsOf(table, { of: 'month' }));
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.map(({ beyond }) => beyond)).not.toContain('yes');
  });

  it('refuses what there is not, and a side against itself', () => {
    expect(() => compareSides(comparisons, { of: 'colour' })).toThrow(
      'There is no group, team or period "colour"',
    );
    expect(() => compareSides(comparisons, { of: 'channel', first: 'post', second: 'post' })).toThrow(
      'no side "post"',
    );
  });

  it('the other side is chosen where one is named', () => {
    expect(
      compareSides(comparisons, { of: 'channel', second: 'online' }).provenance.parameters,
    ).toMatchObject({
      first: 'post',
      second: 'online',
    });
  });
});
