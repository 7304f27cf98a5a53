import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Result } from '../../core/index.ts';
import { buildWorkspace, describeQuality, describeSources, openWorkspace } from '../../ingest/index.ts';
import { find } from '../find.ts';
import { faultsOfRowsBehind } from '../rows/rows-behind.test-support.ts';

/*
 * Two hundred claims of the year 2025, each decided ten days after it was sent in, save the last twenty, which are still
 * open. On the fifth day each claimant asks how it is getting on, which takes six minutes at a pound a minute. The same
 * again with one appeal that is dated 2062.
 */
const charter = `wellspent: 1
service: claims
title: Claims
version: 1.0.0
effective: 2025-01-01
owner: Head of claims
purpose: Right claims are paid soon.
timezone: UTC
reporting: {grain: month}
extracts:
  - {file: log.csv, as: events, map: {case_id: claim, step: step, started: from, finished: at, worker: worker, team: team}}
  - {file: contacts.csv, as: contacts, map: {contact_id: id, case_id: claim, at: at, reason: reason, team: team, minutes: minutes}}
outcomes: [{id: paid, title: A claim that is paid}]
outputs: [{id: claims, title: Claims, unit: claim, from: cases}]
clocks: [{id: whole, title: From claim to decision, start: {step: send}, stop: {step: decide}}]
contacts: {failure: {chasing: [progress]}}
costs: {minute: [{assumption: minute}]}
assumptions:
  - {id: minute, statement: A minute costs a pound., value: 1, source: Made, owner: Finance, review: 2099-01-01}
`;
const claims = Array.from({ length: 200 }, (_, i) => ({ id: `C${i}`, day: Math.floor(i * 1.75) }));
const at = (day: number, hour = 9) => new Date(Date.UTC(2025, 0, 2 + day, hour)).toISOString();
const events = claims.flatMap(({ id, day }, i) => [
  `${id},send,${at(day, 8)},${at(day)},Ann,front`,
  ...(i < 180 ? [`${id},decide,${at(day + 10, 8)},${at(day + 10)},Bob,back`] : []),
]);
const contacts = claims.map(({ id, day }) => `${id}-c,${id},${at(day + 5)},progress,front,6`);

interface Said {
  readonly found: readonly Result[];
  readonly checks: readonly Result[];
  readonly faultsOfRows: readonly string[];
}

async function said(more: readonly string[]): Promise<Said> {
  const folder = mkdtempSync(join(tmpdir(), 'later-'));
  try {
    writeFileSync(join(folder, 'service.yaml'), charter);
    writeFileSync(
      join(folder, 'log.csv'),
      `claim,step,from,at,worker,team\n${[...events, ...more].join('\n')}\n`,
    );
    writeFileSync(join(folder, 'contacts.csv'), `id,claim,at,reason,team,minutes\n${contacts.join('\n')}\n`);
    await buildWorkspace(folder, { keyFile: join(folder, 'key') });
    const workspace = await openWorkspace(folder);
    try {
      const checks = [await describeSources(workspace), ...(await describeQuality(workspace))];
      const found = await find(workspace);
      return {
        found,
        checks,
        faultsOfRows: await faultsOfRowsBehind(workspace, { found, checked: checks.slice(1) }),
      };
    } finally {
      await workspace.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

let right: Said;
let wrong: Said;
beforeAll(async () => {
  right = await said([]);
  wrong = await said(['C7,appeal,2062-03-03T08:00:00Z,2062-03-03T09:00:00Z,Bob,back']);
}, 60_000);

const one = (results: readonly Result[], id: string) => results.find((result) => result.id === id) as Result;
const figure = ({ figures }: Result, id: string) => figures.find((known) => known.id === id)?.value ?? null;

test('one date decades ahead leaves the figures a year as they are', () => {
  const yearly = ({ found }: Said) =>
    (one(found, 'findings').tables[0]?.rows ?? []).map((row) =>
      ['yearCases', 'yearDays', 'yearHours', 'yearPounds'].map((key) => row[key] as number | null),
    );
  const [truth, read] = [yearly(right).flat(), yearly(wrong).flat()];
  expect(truth.some((value) => (value ?? 0) > 1000)).toBe(true);
  expect(read).toHaveLength(truth.length);
  for (const [i, value] of truth.entries())
    if (value === null) expect(read[i]).toBeNull();
    else expect(Math.abs((read[i] ?? Number.NaN) - value)).toBeLessThanOrEqual(0.01 * value);
  expect(one(wrong.found, 'failure-demand').answer).toBe(one(right.found, 'failure-demand').answer);
});

test('it lengthens no wait', () => {
  const [truth, read] = [one(right.found, 'waits'), one(wrong.found, 'waits')];
  expect(truth.status).not.toBe('cannot-tell');
  expect(read.answer).toBe(truth.answer);
  // Each workspace has a key of its own, and with it other draws: the values are compared, not their intervals.
  const values = ({ figures }: Result) => figures.map(({ id, value }) => [id, value]);
  expect(values(read)).toEqual(values(truth));
});

test('it makes no open case older, and no working day empty', () => {
  for (const [id, name] of [
    ['open-work', 'median-age'],
    ['open-work', 'open'],
    ['data-quality', 'empty-working-days'],
  ] as const)
    expect(figure(one(wrong.checks, id), name)).toBe(figure(one(right.checks, id), name));
});

test('it is said first, with its file, its date and its line, and nothing is called sound', () => {
  const defects = one(wrong.checks, 'defects');
  expect(defects.status).toBe('caution');
  expect(defects.answer).toMatch(
    /^1 event of log\.csv is dated 3 March 2062 \(in line [\d,]+ of the file\), after the day/,
  );
  expect(defects.caveats[0]).toContain('3 March 2062');
  expect(defects.next[0]).toMatch(/^Correct the year in the file and bring it in again/);
  for (const { id, status, caveats } of [...wrong.checks, ...wrong.found]) {
    expect(status, id).not.toBe('sound');
    expect(caveats[0], id).toContain('3 March 2062');
  }
  expect([...right.checks, ...right.found].flatMap(({ caveats }) => caveats).join()).not.toContain('2062');
});

test('the rows behind each figure still add up to it', () => {
  expect(wrong.faultsOfRows).toEqual([]);
});
