import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../core/index.ts';
import { buildWorkspace, openWorkspace } from '../../ingest/index.ts';
import { find } from '../find.ts';

/*
 * 5,000 permits go through five steps. Six are decided before the visit, as no other is; of each of 22 places twelve or
 * more have a step of that place's own in the place of the visit, so that more are found than the page sizes.
 */
const charter = `wellspent: 1
service: permits
title: Permits
version: 1.0.0
effective: 2026-01-01
owner: Head of permits
purpose: People get a permit.
timezone: UTC
reporting: {grain: month}
extracts:
  - {file: log.csv, as: events, map: {case_id: permit, step: step, finished: ended, worker: who, team: team}}
outcomes: [{id: permit, title: A permit}]
outputs: [{id: permits, title: Permits, unit: permit, from: cases}]
`;

const usual = ['apply', 'check', 'visit', 'decide', 'close'];
const places = 22;
const small = 6;

function log(): string {
  const rows = ['permit,step,ended,who,team'];
  for (let i = 0; i < 5000; i++) {
    // Of place p 12 + p cases have a step of that place's own after the check.
    const odd = Math.floor(i / 40);
    const isOdd = odd < places && i % 40 < 12 + (odd % 8);
    const isSmall = i >= 5000 - small;
    const steps = isOdd
      ? ['apply', 'check', `own form ${odd}`, ...usual.slice(2)]
      : isSmall
        ? ['apply', 'check', 'decide', 'visit', 'close']
        : usual;
    for (const [n, step] of steps.entries())
      rows.push(
        `P${i},${step},${new Date(Date.UTC(2026, 0, 5, 9) + (n * 24 + (i % 400)) * 3_600_000).toISOString()},w${(i + n) % 9},${i % 2 === 0 ? 'north' : 'south'}`,
      );
  }
  return `${rows.join('\n')}\n`;
}

describe('possible workarounds of which more are found than can be sized', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rest-'));
  let result: Result;
  beforeAll(async () => {
    writeFileSync(join(folder, 'service.yaml'), charter);
    writeFileSync(join(folder, 'log.csv'), log());
    await buildWorkspace(folder, { keyFile: join(folder, 'key') });
    const workspace = await openWorkspace(folder);
    result = (await find(workspace)).find(({ id }) => id === 'workarounds') as Result;
    await workspace.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const rows = (id: string) => result.tables.find((table) => table.id === id)?.rows ?? [];

  it('sizes the twenty with most cases and tells the rest, largest first', () => {
    expect(rows('workarounds')).toHaveLength(20);
    const rest = rows('rest');
    expect(rest.length).toBeGreaterThanOrEqual(places - 20);
    const least = Math.min(...rows('workarounds').map(({ cases }) => Number(cases)));
    const sizes = rest.map(({ cases }) => Number(cases));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(least);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(result.caveats.join(' ')).toContain('below, those of fewer than 10 cases without a number.');
  });

  it('tells of fewer than ten cases the steps alone: no number, team or value', () => {
    const few = rows('small');
    expect(few).toEqual([expect.objectContaining({ title: 'About "check" and "decide".' })]);
    expect(JSON.stringify(few)).not.toMatch(/6 cases|0\.1%|north|south/);
  });
});
