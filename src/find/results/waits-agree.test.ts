import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProcessMapChart, Result, Table } from '../../core/index.ts';
import { buildWorkspace, openWorkspace } from '../../ingest/index.ts';
import type { Comparisons } from '../compare/index.ts';
import { findAll } from '../find.ts';
import { faultsOfRowsBehind } from '../rows/rows-behind.test-support.ts';

/*
 * Eighty permits, half by post. Each is taken in from 9:00 to 10:00 and checked from 9:00 to 15:00 one to eight days
 * later; the decision starts on the day after and takes three hours. Of decisions online "begun" does not tell the start.
 */
const charter = (columns: string) => `wellspent: 1
service: permits
title: Permits
version: 1.0.0
effective: 2026-01-01
owner: Head of permits
purpose: People get a permit.
timezone: UTC
calendar: none
reporting: {grain: month}
extracts:
  - {file: log.csv, as: events, map: {case_id: permit, step: step, ${columns}, worker: who}}
  - {file: cases.csv, as: cases, map: {case_id: permit, type: channel}}
outcomes: [{id: permit, title: A permit}]
outputs: [{id: permits, title: Permits, unit: permit, from: cases}]
groups: [{id: channel, title: Channel, column: type}]
`;

function files(): { log: string; cases: string } {
  const log = ['permit,step,desk,begun,ended,who'];
  const cases = ['permit,channel'];
  const at = (day: number, hour: number) => new Date(Date.UTC(2026, 0, 5 + day, hour)).toISOString();
  for (let i = 0; i < 80; i++) {
    const day = Math.floor(i / 4);
    const checked = day + 1 + (i % 8);
    const isPost = i % 2 === 0;
    cases.push(`P${i},${isPost ? 'post' : 'online'}`);
    log.push(
      `P${i},take in,${at(day, 9)},${at(day, 9)},${at(day, 10)},ann${i}`,
      `P${i},check,${at(checked, 9)},${at(checked, 9)},${at(checked, 15)},bo${i}`,
      `P${i},decide,${at(checked + 1, 10)},${isPost ? at(checked + 1, 10) : ''},${at(checked + 1, 13)},cy${i}`,
    );
  }
  return { log: `${log.join('\n')}\n`, cases: `${cases.join('\n')}\n` };
}

const hours = (from: number, to: number) => (to - from) / 24;
const takeIn = { from: 'take in', to: 'check' };
const decide = { from: 'check', to: 'decide' };

describe.each([
  {
    record: 'all starts and finishes',
    columns: 'started: desk, finished: ended',
    days: { takeIn: 80 * (4.5 - 1 / 24), decide: 80 * (1 + hours(15, 10)) },
    page: 'Where cases wait, longest in total first',
  },
  {
    record: 'most starts, and finishes',
    columns: 'started: begun, finished: ended',
    // From 10:00 to 9:00 one to eight days later; from 15:00 to 10:00 by post, and online to the end of the work.
    days: { takeIn: 80 * (4.5 - 1 / 24), decide: 40 * (1 + hours(15, 10)) + 40 * (1 + hours(15, 13)) },
    page: 'Where cases wait, longest in total first',
  },
  {
    record: 'finishes alone',
    columns: 'finished: ended',
    days: { takeIn: 80 * (4.5 + hours(10, 15)), decide: 80 * (1 + hours(15, 13)) },
    page: 'Where time goes, longest in total first',
  },
])('the same wait on every page, of a log of $record', ({ columns, days, page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'agree-'));
  let results: readonly Result[] = [];
  let comparisons: Comparisons | null = null;
  let astray: readonly unknown[] = [];
  beforeAll(async () => {
    const { log, cases } = files();
    writeFileSync(join(folder, 'service.yaml'), charter(columns));
    writeFileSync(join(folder, 'log.csv'), log);
    writeFileSync(join(folder, 'cases.csv'), cases);
    await buildWorkspace(folder, { keyFile: join(folder, 'key') });
    const workspace = await openWorkspace(folder);
    ({ results, comparisons } = await findAll(workspace));
    astray = await faultsOfRowsBehind(workspace, { found: results });
    await workspace.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const result = (id: string) => results.find((one) => one.id === id) as Result;
  const table = (id: string, of: string) => result(id).tables.find((one) => one.id === of) as Table;
  const timeRow = (of: { from: string; to: string }) =>
    table('time', 'where-time-goes').rows.find(({ from, to }) => from === of.from && to === of.to);

  it('has the days worked out by hand, and the name that they deserve', () => {
    expect(timeRow(takeIn)?.days).toBeCloseTo(days.takeIn, 9);
    expect(timeRow(decide)?.days).toBeCloseTo(days.decide, 9);
    expect(table('time', 'where-time-goes').title).toBe(page);
    const share = result('time').figures.find(({ id }) => id === 'largest-share')?.value;
    expect(share).toBeCloseTo(days.takeIn / (days.takeIn + days.decide), 12);
  });

  it('has as many days in the findings, on the map and in comparisons', () => {
    const findings = table('findings', 'findings').rows.filter(({ pattern }) => pattern === 'wait');
    const found = (of: { from: string; to: string }) =>
      findings.find(({ key }) => key === `wait · ${of.from} · ${of.to}`)?.days;
    const map = result('time').charts.find(({ kind }) => kind === 'process-map') as ProcessMapChart;
    const seconds = (edges: ProcessMapChart['edges'], of: { from: string; to: string }) =>
      edges.find(({ from, to }) => from === of.from && to === of.to)?.totalSeconds ?? Number.NaN;
    const sides = comparisons?.dimensions.find(({ id }) => id === 'channel')?.sides ?? [];
    expect(sides.map(({ value }) => value).toSorted()).toEqual(['online', 'post']);
    for (const wait of [takeIn, decide]) {
      const told = Number(timeRow(wait)?.days);
      expect(found(wait)).toBeCloseTo(told, 9);
      expect(seconds(map.edges, wait) / 86_400).toBeCloseTo(told, 9);
      const both = sides.reduce((sum, side) => sum + seconds(side.map.edges, wait), 0);
      expect(both / 86_400).toBeCloseTo(told, 9);
    }
  });

  it('has the same median in the title of the finding, in the table and among the sides', () => {
    const [first] = table('findings', 'findings').rows.filter(({ pattern }) => pattern === 'wait');
    const median = Number(timeRow(takeIn)?.median);
    expect(first?.title).toContain(`over ${Math.floor(median * 10) / 10} days`);
    // Waits are of four lengths by post, of four online.
    const sides = comparisons?.dimensions.find(({ id }) => id === 'channel')?.sides ?? [];
    const medians = sides.flatMap(({ times }) => times.find(({ id }) => id === 'wait-1')?.median.value ?? []);
    expect((medians[0] ?? 0) / 2 + (medians[1] ?? 0) / 2).toBeCloseTo(median, 9);
  });

  it('has as many days on the page of why cases wait, where every start is recorded', () => {
    if (!columns.includes('started: desk')) return;
    const { columns: named, rows } = table('waits', 'waits-by-connection');
    const perDay = named.find(({ key }) => key === 'total')?.type === 'hours' ? 24 : 1;
    for (const wait of [takeIn, decide]) {
      const row = rows.find(({ from, to }) => from === wait.from && to === wait.to);
      expect(Number(row?.total) / perDay).toBeCloseTo(Number(timeRow(wait)?.days), 9);
    }
  });

  it('leads to rows that give the figures again', () => {
    expect(astray).toEqual([]);
  });
});
