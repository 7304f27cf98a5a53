import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildWorkspace, openWorkspace } from '../../ingest/index.ts';
import { find } from '../find.ts';

/*
 * Twelve claims, one every ten days, each decided ten days after it was sent in. On the fifth day each claimant asks how
 * it is getting on, two of them twice: 14 contacts of 6 minutes at a pound a minute.
 */
const charter = (delay: string) => `wellspent: 1
service: claims
title: Claims
version: 1.0.0
effective: 2026-01-01
owner: Head of claims
purpose: Right claims are paid soon.
timezone: UTC
reporting: {grain: month}
extracts:
  - {file: log.csv, as: events, map: {case_id: claim, step: step, finished: at, team: team}}
  - {file: contacts.csv, as: contacts, map: {contact_id: id, case_id: claim, at: at, reason: reason, team: team, minutes: minutes}}
outcomes: [{id: paid, title: A claim that is paid}]
outputs: [{id: claims, title: Claims, unit: claim, from: cases}]
contacts: {failure: {chasing: [progress]}}
costs: {minute: [{assumption: minute}]${delay}}
assumptions:
  - {id: minute, statement: A minute costs a pound., value: 1, source: Made, owner: Finance, review: 2099-01-01}
  - {id: delay, statement: A day costs two pounds., value: 2, source: Made, owner: Finance, review: 2099-01-01}
`;
const at = (day: number) => new Date(Date.UTC(2026, 0, 5 + day, 9)).toISOString();

async function waitOf(delay: string) {
  const folder = mkdtempSync(join(tmpdir(), 'wait-costs-'));
  const claims = Array.from({ length: 12 }, (_, i) => ({ id: `C${i}`, day: 10 * i }));
  const events = claims.flatMap(({ id, day }) => [
    `${id},send,${at(day)},front`,
    `${id},decide,${at(day + 10)},back`,
  ]);
  const contacts = claims.flatMap(({ id, day }, i) =>
    [5, 6].slice(0, i < 2 ? 2 : 1).map((k) => `${id}-${k},${id},${at(day + k)},progress,front,6`),
  );
  try {
    writeFileSync(join(folder, 'service.yaml'), charter(delay));
    writeFileSync(join(folder, 'log.csv'), `claim,step,at,team\n${events.join('\n')}\n`);
    writeFileSync(join(folder, 'contacts.csv'), `id,claim,at,reason,team,minutes\n${contacts.join('\n')}\n`);
    await buildWorkspace(folder, { keyFile: join(folder, 'key') });
    const workspace = await openWorkspace(folder);
    try {
      const results = await find(workspace);
      const rows = results.find(({ id }) => id === 'findings')?.tables[0]?.rows ?? [];
      return rows.find(({ pattern }) => pattern === 'wait');
    } finally {
      await workspace.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const z = 1.959963984540054;

test('a wait is sized in days, in the work that it brings about and in the cost of delay, each with its interval', async () => {
  const row = await waitOf(', delay_day: delay');
  expect(row).toMatchObject({
    cases: 12,
    days: 120,
    hours: 1.4,
    pounds: 84,
    delayPounds: 240,
    missing: null,
  });
  expect(row?.hoursOf).toBe(
    'Work that the wait brings about: handling 14 contacts that a failure brings while a case waits here.',
  );
  // Squares by case: 12 of 10 days; 10 of 6 minutes and 2 of 12 (Karlin and Taylor, 1981, chapter 16).
  expect(row?.daysHigh).toBeCloseTo(120 + z * Math.sqrt(1200), 9);
  expect(row?.poundsLow).toBeCloseTo(84 - z * Math.sqrt(648), 9);
  expect(row?.hoursHigh).toBeCloseTo((84 + z * Math.sqrt(648)) / 60, 9);
  expect(row?.delayLow).toBeCloseTo(240 - z * Math.sqrt(4800), 9);
  // 5 January to 5 May, both counted: 121 days.
  const years = 121 / 365.25;
  expect(row).toMatchObject({ yearDays: Math.round(120 / years), yearCases: Math.round(12 / years) });
  expect(row?.yearHours).toBeCloseTo(1.4 / years, 9);
  expect(row?.yearPoundsHigh).toBeCloseTo((84 + z * Math.sqrt(648)) / years, 9);
  expect(row?.yearDelayLow).toBeCloseTo((240 - z * Math.sqrt(4800)) / years, 9);
});

test('without a cost of delay there is none, and the row says what is missing', async () => {
  const row = await waitOf('');
  expect(row).toMatchObject({ hours: 1.4, pounds: 84, delayPounds: null, yearDelay: null });
  expect(row?.missing).toBe('Not known: what a day of waiting costs (delay_day in the charter).');
});
