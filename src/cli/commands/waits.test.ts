import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, run } from '../run.test-support.ts';

/** Two workers; Bo holds the second case up with the first, and then is off from 12:00 to 13:00. */
const log = `case,step,start,end,resource
1,take in,2026-03-02T09:00:00,2026-03-02T09:10:00,Ann
2,take in,2026-03-02T09:10:00,2026-03-02T09:20:00,Ann
1,decide,2026-03-02T09:10:00,2026-03-02T12:00:00,Bo
2,decide,2026-03-02T13:30:00,2026-03-02T14:00:00,Bo
`;
const calendar = JSON.stringify({
  Bo: [
    { from: 'MONDAY', to: 'FRIDAY', beginTime: '09:00:00', endTime: '12:00:00' },
    { from: 'MONDAY', to: 'FRIDAY', beginTime: '13:00:00', endTime: '17:00:00' },
  ],
});

/** Twelve cases that each wait an hour for the same worker. */
function twelve(): string {
  const rows = Array.from({ length: 12 }, (_, i) => {
    const day = `2026-03-${String(2 + i).padStart(2, '0')}`;
    return `${i},take in,${day}T09:00:00,${day}T09:30:00,Ann\n${i},decide,${day}T10:30:00,${day}T11:00:00,Bo\n`;
  });
  return `case,step,start,end,resource\n${rows.join('')}`;
}

describe('waits', () => {
  it('prints one JSON object with totals and transitions in seconds', async () => {
    const cwd = folderWith({ 'log.csv': log, 'hours.json': calendar });
    const { code, out } = await run(
      ['waits', 'log.csv', '--calendar', 'hours.json', '--timezone', 'Europe/London', '--format', 'json'],
      { cwd },
    );
    expect(code).toBe(0);
    const found = JSON.parse(out);
    const none = { batching: 0, prioritisation: 0, contention: 0, unavailability: 0, extraneous: 0 };
    expect(found.totals).toEqual({
      ...none,
      total: 15_000,
      contention: 9600,
      unavailability: 3600,
      extraneous: 1800,
      unknownWorker: 0,
    });
    expect(found.transitions).toEqual([
      {
        from: 'take in',
        to: 'decide',
        fromResource: 'Ann',
        toResource: 'Bo',
        count: 2,
        cases: 2,
        ...none,
        total: 15_000,
        contention: 9600,
        unavailability: 3600,
        extraneous: 1800,
        unknownWorker: 0,
      },
    ]);
    expect(found.basis).toMatchObject({ starts: 'recorded', hours: 'given' });
    // Two cases are too few for an interval; what the settings change is always there.
    expect(found.intervals.cycleTimeEfficiency).toBeNull();
    expect(found.sensitivity.rows).toHaveLength(5);
    expect(found.sensitivity.rows[0]).toMatchObject({ gapMinutes: 0, threshold: 0.9, contention: 9600 });
  });

  it('without a calendar makes one figure of time off duty and reasons outside', async () => {
    const cwd = folderWith({ 'log.csv': log });
    const { out, err } = await run(['waits', 'log.csv'], { cwd });
    expect(JSON.parse(out).totals).toMatchObject({
      contention: 9600,
      unavailability: null,
      extraneous: 5400,
    });
    expect(err).toContain('Next: wellspent waits log.csv --calendar HOURS.json');
  });

  it('shows people tables by step, never by worker, and nothing of fewer than ten cases', async () => {
    const cwd = folderWith({ 'twelve.csv': twelve(), 'log.csv': log });
    const shown = await run(['waits', 'twelve.csv'], { cwd, atTerminal: true });
    expect(shown.code).toBe(0);
    await expect(shown.out).toMatchFileSnapshot('../golden/waits.txt');
    expect(shown.out).not.toMatch(/\bAnn\b|\bBo\b/);
    expect((await run(['waits', 'log.csv'], { cwd, atTerminal: true })).out).toContain(
      'nothing is said of fewer than 10',
    );
  });

  it('--explain adds the queries of every step', async () => {
    const cwd = folderWith({ 'log.csv': twelve() });
    const { out } = await run(['waits', 'log.csv', '--format', 'table', '--explain'], { cwd });
    for (const name of ['wait_step_pairs', 'wait_work_of_workers', 'wait_slices', 'wait_connections'])
      expect(out).toContain(name);
  });

  it('infers hours only when asked, and says so', async () => {
    const cwd = folderWith({ 'log.csv': twelve() });
    const { out } = await run(['waits', 'log.csv', '--infer-hours'], { cwd });
    const found = JSON.parse(out);
    expect(found.basis.hours).toBe('inferred');
    expect(found.notes.join(' ')).toContain('Working hours are inferred, not given');
    const both = await run(['waits', 'log.csv', '--infer-hours', '--calendar', 'log.csv'], { cwd });
    expect(both.err).toContain('Hours are given or inferred, not both.');
  });

  it('writes one table as CSV', async () => {
    const cwd = folderWith({ 'log.csv': twelve() });
    const { out } = await run(['waits', 'log.csv', '--table', 'waits/causes'], { cwd });
    expect(out.split('\r\n').length).toBeGreaterThan(4);
  });

  it('writes the JSON to a file', async () => {
    const cwd = folderWith({ 'log.csv': log });
    await run(['waits', 'log.csv', '--output', 'waits.json'], { cwd });
    const printed = await run(['waits', 'log.csv', '--format', 'json'], { cwd });
    expect(readFileSync(join(cwd, 'waits.json'), 'utf8')).toBe(printed.out);
  });

  it.each([
    [
      '{"Bo": [{"from": "MONDAI", "to": "FRIDAY", "beginTime": "09:00", "endTime": "17:00"}]}',
      'CALENDAR_INVALID',
    ],
    ['not JSON', 'CALENDAR_INVALID'],
    [
      '{"Nobody": [{"from": "MONDAY", "to": "FRIDAY", "beginTime": "09:00", "endTime": "17:00"}]}',
      'CALENDAR_NAMES_UNKNOWN',
    ],
  ])('refuses the calendar %s', async (text, code) => {
    const cwd = folderWith({ 'log.csv': log, 'hours.json': text });
    const ran = await run(['waits', 'log.csv', '--calendar', 'hours.json'], { cwd });
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toContain(`error[${code}]`);
  });

  it('says what to map where nothing is finished', async () => {
    const cwd = folderWith({ 'log.csv': 'case,step,start,resource\n1,a,2026-03-02T09:00:00,Ann\n' });
    const ran = await run(['waits', 'log.csv'], { cwd });
    expect(ran.code).toBe(2);
    expect(ran.err).toContain('error[WAITS_NOTHING_FINISHED]');
    expect(ran.err).toContain('--map "finished=name of the column"');
  });

  it('refuses a log whose workers do several things at once, and offers hours', async () => {
    const rows = Array.from(
      { length: 20 },
      (_, i) => `${i},a,2026-03-02T09:0${i % 10}:00,2026-03-02T09:30:00,Team\n`,
    );
    const cwd = folderWith({ 'log.csv': `case,step,start,end,resource\n${rows.join('')}` });
    const ran = await run(['waits', 'log.csv'], { cwd });
    expect(ran.code).toBe(2);
    expect(ran.err).toContain('error[WAITS_SEVERAL_AT_ONCE]');
    expect(ran.err).toContain('wellspent calc multitasking');
  });
});
