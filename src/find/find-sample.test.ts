import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../core/index.ts';
import { buildWorkspace, openWorkspace } from '../ingest/index.ts';
import { find } from './find.ts';

/*
 * 3,000 permits of three teams. In the north 400 of 1,000 cases have a form of its own between check and decision,
 * which takes 20 minutes more and ends late. One case in ten is checked twice.
 */
const cases = 3000;
const ownForm = 400;

const charter = `wellspent: 1
service: permits
title: Permits
version: 1.0.0
effective: 2026-01-01
owner: Head of permits
purpose: People get a permit, once, in time.
timezone: UTC
reporting: {grain: month}
extracts:
  - {file: log.csv, as: events, map: {case_id: permit, step: step, finished: ended, worker: who, team: team, minutes: minutes}}
outcomes:
  - {id: in-time, title: A permit in time, measure: timely}
outputs:
  - {id: permits, title: Permits, unit: permit, from: cases, where: "has('decide')"}
quality:
  - {id: timely, title: Decided within five days, outputs: all, from: cases, share: full_days <= 5, direction: higher, weight: 1, weight_source: The board}
clocks:
  - {id: full, title: From application to decision, start: {step: apply}, stop: {step: decide}}
`;

function log(): string {
  const rows = ['permit,step,ended,who,team,minutes'];
  for (let i = 0; i < cases; i++) {
    const team = ['north', 'south', 'west'][i % 3] as string;
    const isOwn = team === 'north' && i < 3 * ownForm;
    const again = i % 10 === 0 ? ['check'] : [];
    const steps = ['apply', 'check', ...again, ...(isOwn ? ['own form'] : []), 'decide', 'close'];
    for (const [n, step] of steps.entries()) {
      const hours = n * 24 + (isOwn && n >= 3 ? 72 : 0) + (i % 700);
      const ended = new Date(Date.UTC(2026, 0, 5, 9) + hours * 3_600_000).toISOString();
      rows.push(`P${i},${step},${ended},w${team}${(i + n) % 7},${team},${step === 'own form' ? 20 : 10}`);
    }
  }
  return `${rows.join('\n')}\n`;
}

describe('a log that is searched in a sample of its cases', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sample-'));
  let whole: readonly Result[];
  let sampled: readonly Result[];
  beforeAll(async () => {
    writeFileSync(join(folder, 'service.yaml'), charter);
    writeFileSync(join(folder, 'log.csv'), log());
    // The sample is drawn by pseudonyms, and so by the key: a new key each time would miss the truth one time in twenty.
    writeFileSync(join(folder, 'key'), 'a key of the test, the same each time');
    await buildWorkspace(folder, { keyFile: join(folder, 'key') });
    const workspace = await openWorkspace(folder);
    const bounds = { above: 5000, most: 3500 };
    try {
      whole = await find(workspace);
      sampled = await find(workspace, { bounds });
    } finally {
      await workspace.close();
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const of = (results: readonly Result[], id: string) => results.find((one) => one.id === id) as Result;
  const rowsOf = (results: readonly Result[], id: string, table: string) =>
    of(results, id).tables.find((one) => one.id === table)?.rows ?? [];
  const form = (results: readonly Result[]) =>
    rowsOf(results, 'workarounds', 'workarounds').find(({ title }) => String(title).includes('own form'));

  it('counts over every case what is cheap to count', () => {
    for (const id of [
      'time',
      'rework',
      'throughput',
      'variants',
      'endings',
      'handovers',
      'front-back',
      'waits',
    ])
      expect(of(sampled, id), id).toEqual(of(whole, id));
    const counted = (results: readonly Result[]) =>
      rowsOf(results, 'findings', 'findings')
        .filter(({ pattern }) => pattern !== 'workaround')
        .map(({ key, cases: n, days, hours, outcome }) => ({ key, n, days, hours, outcome }))
        .toSorted((a, b) => (String(a.key) < String(b.key) ? -1 : 1));
    expect(counted(sampled).length).toBeGreaterThan(2);
    expect(counted(sampled)).toEqual(counted(whole));
  });

  it('scales what was seen up to all cases, says "about", and holds the truth in its intervals', () => {
    expect(form(whole)).toMatchObject({ cases: ownForm });
    const found = form(sampled);
    expect(found?.key).toBe(form(whole)?.key);
    expect(String(found?.title)).toContain('about ');
    expect(found?.casesInterval).toMatch(/^[\d,]+ to [\d,]+$/);
    expect(form(whole)).not.toHaveProperty('casesInterval');
    const confidence = String(
      rowsOf(sampled, 'findings', 'findings').find(({ key }) => key === found?.key)?.confidence,
    );
    const [, low, high] = /of all cases ([\d,]+) to ([\d,]+) \(95% interval\)/.exec(confidence) ?? [];
    const number = (text: string | undefined) => Number(text?.replaceAll(',', ''));
    expect(confidence).toContain('one case in 4, drawn by a hash of its id');
    expect(number(low)).toBeLessThan(ownForm);
    expect(number(high)).toBeGreaterThan(ownForm);
    expect(number(high) - number(low)).toBeGreaterThan(50);
    expect(found?.share).toBeCloseTo(ownForm / cases, 1);
  });

  it('says so on each page that rests on the sample, and only there', () => {
    const says = (result: Result) => result.caveats.some((caveat) => caveat.includes('one case in 4'));
    for (const id of ['findings', 'workarounds', 'why']) expect(says(of(sampled, id)), id).toBe(true);
    for (const id of ['time', 'rework', 'throughput']) expect(says(of(sampled, id)), id).toBe(false);
    expect(of(sampled, 'compare').provenance.parameters).toMatchObject({ oneIn: 4 });
    for (const result of whole) expect(says(result), result.id).toBe(false);
  });
});
