import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../core/index.ts';
import { buildWorkspace, openWorkspace } from '../../ingest/index.ts';
import { find } from '../find.ts';

/*
 * Eighty permits, to be decided within five days. Thirty are decided on day 3. Twenty are checked on days 2 and 3 and
 * decided on day 8. Fifteen are chased on days 8 and 9, when they are late already. Fifteen are checked again once the
 * person, asked on day 2, has answered; they are decided on day 4.
 */
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
  - {file: log.csv, as: events, map: {case_id: permit, step: step, finished: at}}
outcomes:
  - {id: in-time, title: A permit in time, measure: timely}
outputs:
  - {id: permits, title: Permits, unit: permit, from: cases, where: "has('decide')"}
quality:
  - id: timely
    title: Decided within five days
    outputs: all
    from: cases
    share: full_days <= 5
    direction: higher
    weight: 1
    weight_source: The board
clocks:
  - {id: full, title: From application to decision, start: {step: apply}, stop: {step: decide}}
steps:
  waiting_for_applicant: [ask]
endings:
  - {id: decided, title: Decided, where: "has('decide')"}
`;

const courses: readonly (readonly [number, readonly (readonly [string, number])[]])[] = [
  [
    30,
    [
      ['apply', 0],
      ['check', 2],
      ['decide', 3],
    ],
  ],
  [
    20,
    [
      ['apply', 0],
      ['check', 2],
      ['check', 3],
      ['decide', 8],
    ],
  ],
  [
    15,
    [
      ['apply', 0],
      ['check', 2],
      ['chase', 8],
      ['chase', 9],
      ['decide', 12],
    ],
  ],
  [
    15,
    [
      ['apply', 0],
      ['check', 1],
      ['ask', 2],
      ['check', 3],
      ['decide', 4],
    ],
  ],
];

describe('what came too late to be why a case was late', () => {
  const folder = mkdtempSync(join(tmpdir(), 'late-'));
  let results: readonly Result[];
  const rows = () =>
    results.find(({ id }) => id === 'findings')?.tables.find(({ id }) => id === 'findings')?.rows ?? [];
  const about = (step: string) =>
    rows().find(({ pattern, title }) => pattern === 'rework' && String(title).startsWith(`"${step}"`));

  beforeAll(async () => {
    let permit = 0;
    const lines = courses.flatMap(([cases, steps]) =>
      Array.from({ length: cases }, () => {
        permit += 1;
        return steps.map(
          ([step, day]) => `P${permit},${step},${new Date(Date.UTC(2026, 0, 5 + day, 9)).toISOString()}`,
        );
      }).flat(),
    );
    writeFileSync(join(folder, 'service.yaml'), charter);
    writeFileSync(join(folder, 'log.csv'), `permit,step,at\n${lines.join('\n')}\n`);
    await buildWorkspace(folder, { keyFile: join(folder, 'key') });
    const workspace = await openWorkspace(folder);
    try {
      results = await find(workspace);
    } finally {
      await workspace.close();
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is told as cases that were late already, and has no part in the order', () => {
    expect(about('chase')).toMatchObject({
      cases: 15,
      outcome: '15 cases had already missed it when this came: this cannot be why.',
      outcomeShare: null,
      difference: null,
      place: expect.not.stringContaining('miss'),
    });
  });

  it('is not so for what came before the deadline', () => {
    // Twenty of twenty, against fifteen of the other sixty: 0.75 − √((1 − 0.839)² + (0.372 − 0.25)²) = 0.548, of 20.
    expect(about('check')).toMatchObject({
      cases: 20,
      outcome: '100.0% miss it, against 25.0% of other cases',
      place: 'At least 10 of its cases would not miss the outcome, had they fared as others.',
    });
  });

  it('a repeat after the person was asked is told apart, since something new may have come', () => {
    expect(about('check')).toMatchObject({
      title: '"check" is done again in 20 cases, 25.0% of all, with nothing new from outside in between.',
      notCounted: expect.stringContaining('15 cases in which it is done again only after a wait'),
    });
  });

  it('the page of work done again tells the repeats of the finding beside all of them', () => {
    const rework = results
      .find(({ id }) => id === 'rework')
      ?.tables.find(({ id }) => id === 'rework-by-step');
    expect(rework?.rows.find(({ step }) => step === 'check')).toMatchObject({
      cases: 35,
      casesNothingNew: 20,
    });
  });

  it('a wait is never held against an outcome that counts the same time', () => {
    const waits = rows().filter(({ pattern }) => pattern === 'wait');
    expect(waits.length).toBeGreaterThan(0);
    for (const wait of waits) {
      expect(wait.outcome).toContain('is arithmetic, and no sign of a cause');
      expect(wait.place).not.toContain('miss');
    }
  });
});
