import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { answerMonday } from '../../answers/index.ts';
import type { Result } from '../../core/index.ts';
import { buildWorkspace, openWorkspace } from '../../ingest/index.ts';
import { find } from '../find.ts';

/*
 * Thirty permits, one a working day from Monday 5 January 2026, worked out by hand. Taken in by Ann from 9:00 to 9:20;
 * the person is asked for a paper, which the next step waits for until 10:20 the same day; Bo checks it for an hour;
 * Cy, who comes in at noon, decides from 12:20 to 12:40.
 */
const charter = (rest = '') => `wellspent: 1
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
  - {file: log.csv, as: events, map: {case_id: permit, step: step, started: begun, finished: ended, worker: who, team: team}}
outcomes: [{id: permit, title: A permit}]
outputs: [{id: permits, title: Permits, unit: permit, from: cases}]
steps: {waiting_for_applicant: [take in]}
costs: {minute: [{assumption: minute}], delay_day: delay}
assumptions:
  - {id: minute, statement: A minute costs a pound., value: 1, source: Made, owner: Finance, review: 2099-01-01}
  - {id: delay, statement: A day costs ten pounds., value: 10, source: Made, owner: Finance, review: 2099-01-01}
${rest}`;

const hours = `waits:
  hours:
    - {team: front, days: [monday, tuesday, wednesday, thursday, friday], from: "09:00", to: "17:00"}
    - {team: back, days: [monday, tuesday, wednesday, thursday, friday], from: "12:00", to: "17:00"}
`;

function log(worker = true): string {
  const rows = Array.from({ length: 30 }, (_, i) => {
    const day = new Date(Date.UTC(2026, 0, 5 + 7 * Math.floor(i / 5) + (i % 5))).toISOString().slice(0, 10);
    const row = (step: string, from: string, to: string, who: string, team: string) =>
      `${i},${step},${day}T${from}:00Z,${day}T${to}:00Z,${worker ? who : ''},${team}\n`;
    return (
      row('take in', '09:00', '09:20', 'Ann', 'front') +
      row('check', '10:20', '11:20', 'Bo', 'front') +
      row('decide', '12:20', '12:40', 'Cy', 'back')
    );
  });
  return `permit,step,begun,ended,who,team\n${rows.join('')}`;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function foundIn(files: Readonly<Record<string, string>>): Promise<readonly Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'waits-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  await buildWorkspace(folder, { keyFile: join(folder, 'key') });
  const workspace = await openWorkspace(folder);
  try {
    return await find(workspace);
  } finally {
    await workspace.close();
  }
}

async function waitsIn(files: Readonly<Record<string, string>>): Promise<Result> {
  const result = (await foundIn(files)).find(({ id }) => id === 'waits');
  if (!result) throw new Error('find gives no waits');
  return result;
}

describe('why cases wait', () => {
  it('tells the causes by step and team, with the hours of the charter', async () => {
    const result = await waitsIn({ 'service.yaml': charter(hours), 'log.csv': log() });
    const [causes, connections] = result.tables;
    // Thirty times an hour for the applicant; forty minutes before Cy comes in and twenty after.
    expect(causes?.rows.map(({ cause, time }) => [cause, time])).toEqual([
      ['Batch', 0],
      ['Queue', 0],
      ['Overtaken', 0],
      ['Off duty', 20],
      ['Outside', 10],
      ['Applicant', 30],
    ]);
    expect(connections?.rows).toEqual([
      expect.objectContaining({
        from: 'check',
        fromTeam: 'front',
        to: 'decide',
        toTeam: 'back',
        cases: 30,
        total: 30,
        unavailability: 20,
        extraneous: 10,
      }),
      expect.objectContaining({ from: 'take in', to: 'check', applicant: 30, median: 1, p90: 1 }),
    ]);
    expect(result.status).toBe('sound');
    expect(result.answer).toContain('Cases wait longest, in total, before "decide", after "check"');
  });

  it('cannot tell where starts are estimated, so that no wait could show', async () => {
    const unstarted = log().replace(/^(\d+,[^,]+),[^,]+/gm, '$1,');
    const result = await waitsIn({ 'service.yaml': charter(''), 'log.csv': unstarted });
    expect(result.status).toBe('cannot-tell');
    expect(result.answer).toMatch(/^Cannot tell whether cases waited: starts are not recorded/);
    expect(result.figures.find(({ id }) => id === 'waiting')).toMatchObject({
      value: null,
      note: 'Estimated: starts are worked out, not recorded.',
    });
  });

  it('gives what waiting goes with in three figures that are not added', async () => {
    const result = await waitsIn({ 'service.yaml': charter(hours), 'log.csv': log() });
    const table = result.tables.find(({ id }) => id === 'cost-of-waiting');
    expect(table?.rows).toEqual([
      // A hundred minutes a case at a pound each.
      expect.objectContaining({ what: 'Work on the cases', hours: 50, pounds: 3000 }),
      expect.objectContaining({ contacts: null, pounds: null }),
      // Two hours a case at ten pounds a day.
      expect.objectContaining({ days: 2.5, pounds: 25 }),
    ]);
    const pounds = result.figures.filter(({ unit }) => unit === 'pounds');
    expect(pounds.map(({ id, value }) => [id, value])).toEqual([
      ['staff-cost', 3000],
      ['delay-cost', 25],
    ]);
  });

  it('draws bars of at most four parts, each of which stands in its table', async () => {
    const result = await waitsIn({ 'service.yaml': charter(hours), 'log.csv': log() });
    const [chart] = result.charts;
    if (chart?.kind !== 'bar') throw new Error('no bars');
    const table = result.tables.find(({ id }) => id === chart.table);
    const cells = table?.rows.map((row) => Object.values(row)) ?? [];
    expect(chart.bars).toHaveLength(2);
    for (const [i, { parts }] of chart.bars.entries()) {
      expect(parts.length).toBeLessThanOrEqual(4);
      for (const { value } of parts) expect(cells[i]).toContain(value);
    }
  });

  it('names no worker, anywhere', async () => {
    const result = await waitsIn({ 'service.yaml': charter(hours), 'log.csv': log() });
    const { provenance, ...said } = result;
    expect(provenance.queries.length).toBeGreaterThan(5);
    expect(JSON.stringify(said)).not.toMatch(/\b(Ann|Bo|Cy)\b|[a-z2-7]{26}/);
    expect(result.tables.flatMap(({ columns }) => columns.map(({ key }) => key))).not.toContain('worker');
  });

  it('without hours makes one figure of time off duty and reasons outside', async () => {
    const result = await waitsIn({ 'service.yaml': charter(), 'log.csv': log() });
    const rest = result.tables[0]?.rows.find(({ cause }) => cause === 'Off duty or outside');
    expect(rest).toMatchObject({ time: 30, share: 0.5 });
    expect(result.next[0]).toContain('Give the working hours');
  });

  it('counts no work as waiting in findings where starts are recorded', async () => {
    const findingsIn = async (text: string) => {
      const found = (await foundIn({ 'service.yaml': charter(), 'log.csv': text })).find(
        ({ id }) => id === 'findings',
      );
      return (found?.tables[0]?.rows ?? []).filter(({ pattern }) => pattern === 'wait');
    };
    // Each case waits an hour before the check and an hour before the decision: 30 hours on each connection.
    const recorded = await findingsIn(log());
    expect(recorded).toHaveLength(2);
    for (const row of recorded) expect(row).toMatchObject({ days: 30 / 24, evidence: 'find/waits' });
    expect(recorded[0]?.title).toContain('half of them over 60 minutes');
    expect(String(recorded[0]?.confidence)).toContain('with the work of both left out');
    // All the time between the steps is work: nobody waits.
    const back = log().replaceAll('T10:20:00Z', 'T09:20:00Z').replaceAll('T12:20:00Z', 'T11:20:00Z');
    expect(await findingsIn(back)).toEqual([]);
    // Without starts the time from finish to finish is all that is known: two hours before the check.
    const [unrecorded] = await findingsIn(log().replaceAll(/^(\d+,[^,]+),[^,]+,/gm, '$1,,'));
    expect(unrecorded).toMatchObject({ days: (30 * 2) / 24, evidence: 'find/time' });
    expect(String(unrecorded?.confidence)).toContain('cannot be told from one time a step');
  });

  it('takes dates without a time of day neither for waits nor for batches', async () => {
    const dates = log().replaceAll(/T\d\d:\d\d:00Z/g, '');
    const found = await foundIn({ 'service.yaml': charter(), 'log.csv': dates });
    const of = (wanted: string) => found.find(({ id }) => id === wanted);
    expect(of('findings')?.tables.flatMap(({ rows }) => rows)).toEqual([]);
    // Thirty permits of one day, all signed off by one person at the same instant, if dates were instants.
    const sameDay = dates.replaceAll(/2026-\d\d-\d\d/g, '2026-01-05');
    const same = await foundIn({ 'service.yaml': charter(), 'log.csv': sameDay });
    const behind = same.find(({ id }) => id === 'front-back');
    expect(behind?.tables.map(({ id }) => id)).not.toContain('sign-offs');
    expect(behind?.caveats.join(' ')).toContain('not looked for where times are dates');
    // The same finishes with a clock time are one batch for each step.
    const clocked = log().replaceAll(/2026-\d\d-\d\d/g, '2026-01-05');
    const batches = await foundIn({ 'service.yaml': charter(), 'log.csv': clocked });
    expect(batches.find(({ id }) => id === 'front-back')?.tables.map(({ id }) => id)).toContain('sign-offs');
  });

  it('says of a workspace without data that it holds none', async () => {
    const empty = charter().replace(/^extracts:\n.*$/m, 'extracts: []');
    const [only] = await foundIn({ 'service.yaml': empty });
    expect(only?.answer).toBe('Cannot tell: the workspace holds no data yet.');
  });

  it('cannot tell without workers, and says what would', async () => {
    const files = { 'service.yaml': charter(), 'log.csv': log(false) };
    const results = await foundIn(files);
    const result = results.find(({ id }) => id === 'waits');
    expect(result?.status).toBe('cannot-tell');
    // The waits themselves can be counted.
    expect(result?.tables.map(({ id }) => id)).toEqual(['waits-by-connection']);
    expect(result?.tables[0]?.rows[0]).toMatchObject({ from: 'check', to: 'decide', total: 30 });
    expect(result?.tables[0]?.columns.map(({ key }) => key)).not.toContain('unknownWorker');
    expect(result?.next[0]).toContain('Add the worker of each step');
  });

  it('answers the home page, which falls back on elapsed time where no cause can be told', async () => {
    const evidenceFor = async (text: string) => {
      const results = await foundIn({ 'service.yaml': charter(), 'log.csv': text });
      const [nothing] = results;
      if (!nothing) throw new Error('find gives nothing');
      const asked = answerMonday({ charter: nothing, data: nothing, measure: [], find: results });
      return asked[3];
    };
    expect(await evidenceFor(log())).toMatchObject({
      question: 'Where are people waiting, and what exactly are they waiting for?',
      evidence: 'find/waits',
    });
    expect(await evidenceFor(log(false))).toMatchObject({ evidence: 'find/time' });
  });
});
