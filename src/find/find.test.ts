import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../core/index.ts';
import { buildWorkspace, openWorkspace } from '../ingest/index.ts';
import { find } from './find.ts';
import { traceFind } from './rows/find-rows.ts';
import { faultsOfRowsBehind } from './rows/rows-behind.test-support.ts';

/*
 * Thirty permits, worked out by hand. All are applied for on day 0 and checked on day 2. Eighteen are decided on
 * day 3. Twelve go back: the person is asked on day 4, they are checked again on day 7 and decided on day 8.
 * A check takes 30 minutes of the back office at 1 pound, every other step 10 minutes; a day of waiting costs 5.
 */
const straight = 18;
const sentBack = 12;

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
  - {file: log.csv, as: events, map: {case_id: permit, step: step, finished: at, team: team, minutes: minutes}}
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
targets:
  - {id: five, title: Five days, share: official_days <= 5, of: not has('ask'), at_least: 0.95, compare_with: timely}
clocks:
  - {id: full, title: From application to decision, start: {step: apply}, stop: {step: decide}}
  - {id: official, title: As the system counts, start: {step: apply}, stop: {step: decide}, restart: [ask]}
costs:
  minute: [{team: back, assumption: minute}]
  delay_day: delay
endings:
  - {id: asked, title: Decided after asking, where: "has('ask')"}
  - {id: at-once, title: Decided at once, where: "has('decide')"}
assumptions:
  - {id: minute, statement: A minute costs a pound., value: 1, source: Made, owner: Finance, review: 2099-01-01}
  - {id: delay, statement: A day costs five pounds., value: 5, source: Made, owner: Finance, review: 2099-01-01}
`;

function log(): string {
  const rows = ['permit,step,at,team,minutes'];
  const add = (permit: number, step: string, day: number, team: string, minutes: number) =>
    rows.push(
      `P${permit},${step},${new Date(Date.UTC(2026, 0, 5 + day, 9)).toISOString()},${team},${minutes}`,
    );
  for (let permit = 1; permit <= straight + sentBack; permit++) {
    add(permit, 'apply', 0, 'front', 10);
    add(permit, 'check', 2, 'back', 30);
    if (permit <= sentBack) {
      add(permit, 'ask', 4, 'back', 10);
      add(permit, 'check', 7, 'back', 30);
    }
    add(permit, 'decide', permit <= sentBack ? 8 : 3, 'back', 10);
  }
  return `${rows.join('\n')}\n`;
}

async function found(
  folder: string,
  text: string,
  more = '',
  edit = (written: string) => written,
): Promise<readonly Result[]> {
  writeFileSync(join(folder, 'service.yaml'), edit(`${charter}${more}`));
  writeFileSync(join(folder, 'log.csv'), text);
  await buildWorkspace(folder, { keyFile: join(folder, 'key') });
  const workspace = await openWorkspace(folder);
  try {
    return await find(workspace);
  } finally {
    await workspace.close();
  }
}

describe('what find says of thirty permits worked out by hand', () => {
  const folder = mkdtempSync(join(tmpdir(), 'find-'));
  let results: readonly Result[];
  beforeAll(async () => {
    results = await found(folder, log());
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('stops when it is cancelled, and can be asked again', async () => {
    const workspace = await openWorkspace(folder);
    try {
      await expect(find(workspace, { signal: AbortSignal.abort() })).rejects.toMatchObject({
        code: 'WAREHOUSE_CANCELLED',
      });
      const stopping = new AbortController();
      const stopped = find(workspace, { signal: stopping.signal });
      setImmediate(() => stopping.abort());
      await expect(stopped).rejects.toMatchObject({ code: 'WAREHOUSE_CANCELLED' });
      expect(await find(workspace)).toEqual(results);
    } finally {
      await workspace.close();
    }
  });

  it('leads from every figure and finding to its rows and to those left out', async () => {
    const workspace = await openWorkspace(folder);
    try {
      expect(await faultsOfRowsBehind(workspace, { found: results })).toEqual([]);
      const trace = traceFind(workspace);
      const [time, waits] = [result('time'), result('findings')];
      expect(await trace(time, { id: 'no-such-figure', name: '' })).toBeNull();
      expect(await trace(waits, { id: 'wait-99', name: '' })).toBeNull();
    } finally {
      await workspace.close();
    }
  });

  const result = (id: string) => results.find((one) => one.id === id) as Result;
  const rows = (id: string, table = 0) => result(id).tables[table]?.rows ?? [];
  const figure = (id: string, of: string) => result(id).figures.find((one) => one.id === of)?.value;

  it('ranks connections by all their days: 60 of 150 between apply and check', () => {
    const told = rows('time').map(({ from, to, cases, times, median, days }) => [
      from,
      to,
      cases,
      times,
      median,
      days,
    ]);
    expect(told).toEqual([
      ['apply', 'check', 30, 30, 2, 60],
      ['ask', 'check', 12, 12, 3, 36],
      ['check', 'decide', 30, 30, 1, 30],
      ['check', 'ask', 12, 12, 2, 24],
    ]);
    expect(rows('time')[0]?.share).toBeCloseTo(0.4, 12);
    expect(result('time').answer).toContain('40.0% of all elapsed time, a median of 2 days');
  });

  it('counts the second check of twelve permits: 360 minutes, 6 hours, 360 pounds', () => {
    expect(rows('rework')[0]).toMatchObject({ step: 'check', cases: 12, repeats: 12, selfLoops: 0 });
    expect(result('rework').answer).toBe(
      '40.0% of cases (12 cases) went through a step more than once, most often "check". Doing it again took staff time worth £360.',
    );
  });

  it('orders findings by what they are worth at least, a clock that hides missed cases first, targets last', () => {
    const told = rows('findings').map(({ pattern, cases, days, hours, pounds, delayPounds }) => [
      pattern,
      cases,
      days,
      hours,
      pounds,
      delayPounds,
    ]);
    expect(told).toEqual([
      // 12 permits of 10 + 30 + 10 + 30 + 10 minutes, 80 of them in the back office.
      ['clock-restart', 12, null, 18, 960, null],
      // No wait differs in length from case to case here, so none can go with the outcome: dearest at the low end first,
      // 300 - 1.96 * sqrt(30 * 10 ** 2) = 193, 150 - 1.96 * sqrt(30 * 5 ** 2) = 96, 180 - 1.96 * sqrt(12 * 15 ** 2) = 78.
      ['wait', 30, 60, null, null, 300],
      ['wait', 30, 30, null, null, 150],
      ['wait', 12, 36, null, null, 180],
      // It ends with the clock starting again: 12 times 10 minutes of the back office. At least £52.
      ['wait', 12, 24, 2, 120, 120],
      ['target-covers-part', 12, null, null, null, null],
    ]);
    expect(rows('findings').map(({ place }) => place)).toEqual([
      'About the record: its cases are 100.0% of those that miss the outcome.',
      'At least £193, cost of delay.',
      'At least £96.32, cost of delay.',
      'At least £78.16, cost of delay.',
      'At least £52.10, staff cost.',
      'A target: it hides, and there is nothing in it to remove.',
    ]);
    expect(result('findings').tables[0]?.notes?.[0]).toContain(
      'of what removing each would be worth at least',
    );
  });

  it('merges findings about the same cases: the repeat of the check is those whose clock starts again', () => {
    expect(rows('findings').map(({ pattern }) => pattern)).not.toContain('rework');
  });

  it('holds findings against the outcome, with the interval of the difference (Newcombe 1998, method 10)', () => {
    const first = rows('findings')[0];
    expect(first?.outcome).toBe('100.0% miss it, against 0.0% of other cases');
    expect(first?.difference).toBe(1);
    // Wilson: 12 of 12 from 0.7575 to 1, 0 of 18 from 0 to 0.1759; 1 - sqrt(0.2425^2 + 0.1759^2) = 0.7004.
    expect(first?.interval).toBe('+70.0 points to +100.0 points');
    // The same as numbers, beside the words.
    expect(first).toMatchObject({ outcomeShare: 1, outcomeOthers: 0, differenceHigh: 1 });
    expect(first?.differenceLow).toBeCloseTo(0.7004, 4);
  });

  it('gives of every finding what machines read, each size as a number with its ends or null', () => {
    const words = ['id', 'key', 'review', 'pattern', 'title', 'confidence', 'evidence', 'question'];
    const sizes = ['days', 'hours', 'pounds', 'delay', 'difference'];
    for (const row of rows('findings')) {
      for (const key of words) expect(typeof row[key], `${row.id}: ${key}`).toBe('string');
      for (const key of ['cases', 'share']) expect(typeof row[key], `${row.id}: ${key}`).toBe('number');
      expect(Object.keys(row)).toContain('outcome');
      for (const key of sizes) {
        const value = row[key === 'delay' ? 'delayPounds' : key] ?? null;
        const [low, high] = [row[`${key}Low`], row[`${key}High`]];
        if (low === null || high === null) expect([low, high], `${row.id}: ${key}`).toEqual([null, null]);
        else {
          expect(Number(low), `${row.id}: ${key}`).toBeLessThanOrEqual(Number(value));
          expect(Number(high), `${row.id}: ${key}`).toBeGreaterThanOrEqual(Number(value));
        }
      }
    }
  });

  it('says by how much a clock that starts again understates age: four days', () => {
    expect(result('clock-restarts').answer).toContain('recorded age is too short by a median of 4 days');
    expect(rows('clock-restarts')[0]).toMatchObject({ cases: 12, share: 0.4 });
  });

  it('sets a target beside the same question asked of everyone', () => {
    expect(result('targets').answer).toBe(
      'Over the whole extract (5 January 2026 to 13 January 2026) "Five days" reads 100.0% (met); for everyone it is 60.0%.',
    );
    expect(figure('targets', 'covered')).toBeCloseTo(18 / 30, 12);
  });

  it('tells how long cases take, how they run and how they end', () => {
    expect(figure('throughput', 'median-days')).toBe(3);
    expect(figure('throughput', 'p90-days')).toBe(8);
    expect(rows('variants').map(({ cases, length }) => [cases, length])).toEqual([
      [18, 3],
      [12, 5],
    ]);
    expect(rows('endings').map(({ ending, cases }) => [ending, cases])).toEqual([
      ['Decided at once', 18],
      ['Decided after asking', 12],
    ]);
    expect(rows('handovers')[0]).toMatchObject({ from: 'front', to: 'back', times: 30 });
  });

  it('says of every figure what time it is about', () => {
    const periods = new Set(results.flatMap(({ figures }) => figures.map(({ period }) => period)));
    expect([...periods]).toEqual(['5 January 2026 to 13 January 2026']);
    expect(figure('targets', 'target-share')).toBe(1);
    expect(result('targets').provenance.recompute[1]).toEqual({
      method: 'wilson',
      input: { successes: 18, n: 30, level: 0.95 },
    });
  });

  it('marks on the map every step that a finding names, so that no drawing hides it', () => {
    const map = result('time').charts.find(({ kind }) => kind === 'process-map');
    const named = map?.kind === 'process-map' ? map.nodes.filter(({ isNamed }) => isNamed) : [];
    // "ask" is where the clock starts again, the others are the ends of waits.
    expect(named.map(({ id }) => id).toSorted()).toEqual(['apply', 'ask', 'check', 'decide']);
  });

  it('draws the map from the same table, states what it hides, and keeps every query', () => {
    const map = result('time').charts.find(({ kind }) => kind === 'process-map');
    expect(map).toMatchObject({
      whole: { steps: 4, paths: 4 },
      hidingRule: expect.stringContaining('fewer than 10'),
    });
    for (const { id, provenance } of results) {
      expect(provenance.queries.length, id).toBeGreaterThan(0);
      for (const { sql, purpose } of provenance.queries) {
        expect(sql).toMatch(/select/i);
        expect(purpose).toMatch(/\.$/);
      }
    }
  });
});

describe('other charters and small logs', () => {
  const told = async (text: string, more?: string, edit?: (written: string) => string) => {
    const folder = mkdtempSync(join(tmpdir(), 'find-'));
    try {
      return await found(folder, text, more, edit);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  it("a wait for the person is called one, with what is in the service's own hands beside it", async () => {
    const [, time] = await told(log(), 'steps: {waiting_for_applicant: [apply, ask]}\n');
    expect(time?.answer).toBe(
      'The most time passes between "apply" and "check", waiting for the applicant: 40.0% of all elapsed time, ' +
        'a median of 2 days, and one case in ten takes longer than 2 days. ' +
        'Of the time in the service\'s own hands most passes between "check" and "decide": 20.0%.',
    );
    expect(time?.figures.find(({ id }) => id === 'applicant-share')?.value).toBeCloseTo(96 / 150, 12);
  });

  it('a step that is only done on two days of the week is told as a run on fixed days', async () => {
    const rows = ['permit,step,at,team,minutes'];
    for (let i = 0; i < 200; i++) {
      const monday = Date.UTC(2026, 0, 5) + Math.floor(i / 20) * 7 * 86_400_000;
      const at = (days: number, hour: number) =>
        new Date(monday + days * 86_400_000 + hour * 3_600_000).toISOString();
      rows.push(`P${i},check,${at(i % 3, 9)},back,30`, `P${i},decide,${at(i % 2 === 0 ? 3 : 7, 17)},back,10`);
    }
    const results = await told(`${rows.join('\n')}\n`);
    const findings = results.find(({ id }) => id === 'findings')?.tables[0]?.rows ?? [];
    expect(findings.find(({ id }) => id === 'wait-1')?.question).toBe(
      '"decide" falls on a Monday or Thursday in 100.0% of cases, as a run on fixed days would: could it be done on more days?',
    );
  });

  it('says what sets the longest waits apart from the others that pass the same two steps', async () => {
    const rows = ['permit,step,at,team,minutes'];
    for (let i = 0; i < 200; i++) {
      const at = (day: number) => new Date(Date.UTC(2026, 0, 5 + (i % 7) + day, 9)).toISOString();
      const waits = i % 10 === 0 ? 30 : 1 + (i % 3);
      rows.push(
        `P${i},check,${at(0)},${waits === 30 || i === 1 ? 'archive' : 'back'},30`,
        `P${i},decide,${at(waits)},back,10`,
      );
    }
    const results = await told(`${rows.join('\n')}\n`);
    const findings = results.find(({ id }) => id === 'findings')?.tables[0]?.rows ?? [];
    const apart =
      '100.0% of the longest tenth are worked on by archive, against hardly any of the shorter waits';
    expect(findings.find(({ id }) => id === 'wait-1')?.apart).toBe(apart);
    expect(results.find(({ id }) => id === 'why')?.answer).toContain(
      `What sets the longest waits apart: ${apart}.`,
    );
  });

  it('what counts the same as the outcome is held against nothing, and says so', async () => {
    const asked = `${log()}P13,ask,2026-01-07T10:00:00Z,back,10\n`;
    const results = await told(asked, '', (text) =>
      text.replace('share: full_days <= 5', `share: "count('check') <= 1"`).replace(', restart: [ask]', ''),
    );
    const rows = results.find(({ id }) => id === 'findings')?.tables[0]?.rows ?? [];
    expect(rows.find(({ id }) => id === 'rework-1')).toMatchObject({
      outcome:
        'This is the outcome seen again, since that counts "check" itself: it tells how many, not why.',
      difference: null,
      apart: '100.0% go through "ask", against hardly any others',
    });
  });

  it('what sets the cases of a clock apart says of which cases, where open ones are among them', async () => {
    const open = Array.from({ length: 30 }, (_, i) =>
      ['apply', 'ask'].map((step, day) => `O${i},${step},2026-01-1${day}T09:00:00Z,archive,10\n`).join(''),
    );
    const results = await told(log() + open.join(''));
    const findings = results.find(({ id }) => id === 'findings')?.tables[0]?.rows ?? [];
    expect(findings.find(({ id }) => id === 'clock-restart-official')).toMatchObject({
      cases: 12,
      apart: expect.stringMatching(/ \(of 42 cases, those not finished among them\)$/),
    });
  });

  it('a case of which it is not known whether it has the quality counts on neither side', async () => {
    const decidedOnly = Array.from({ length: 10 }, (_, i) => `U${i},decide,2026-01-20T09:00:00Z,back,10\n`);
    const results = await told(log() + decidedOnly.join(''));
    const one = (id: string) => results.find((result) => result.id === id);
    expect(one('findings')?.tables[0]?.rows[0]?.outcome).toBe('100.0% miss it, against 0.0% of other cases');
    expect(one('targets')?.answer).toBe(
      'Over the whole extract (5 January 2026 to 20 January 2026) "Five days" reads 100.0% (met); for everyone it is 60.0%.',
    );
    expect(one('targets')?.tables[0]?.rows[0]?.covered).toBeCloseTo(18 / 30, 12);
  });

  /** The log with the times of its first checks and decisions left empty, of so many steps of its 114. */
  const untimed = (steps: number) => {
    let left = steps;
    return log().replace(/^(P\d+,(?:check|decide),)[^,]+/gm, (row, before: string) =>
      left-- > 0 ? before : row,
    );
  };

  it('where more than one step in five has no time, every Result says so and none is sound', async () => {
    const results = await told(untimed(23));
    expect(results.length).toBeGreaterThan(8);
    for (const { status, caveats } of results) {
      expect(status).not.toBe('sound');
      expect(caveats[0]).toMatch(/^20\.2% of steps have no time\./);
    }
    const borne = await told(untimed(22));
    expect(borne.flatMap(({ caveats }) => caveats).join(' ')).not.toContain('have no time');
    expect(borne.some(({ status }) => status === 'sound')).toBe(true);
  });

  it('where rows of the log were set aside for a fault, every Result says what share', async () => {
    const results = await told(log().replace(/^(P[12],apply,)[^,]+/gm, '$1soon'));
    for (const { status, caveats } of results) {
      expect(status).not.toBe('sound');
      expect(caveats[0]).toBe(
        '1.8% of the rows of log.csv were set aside because they could not be read as given, and are in no figure here.',
      );
    }
  });

  it('an ending that asks for a step which no event has is no sound answer, and says which step', async () => {
    const results = await told(log(), 'steps: {rejection: [refused]}\n', (text) =>
      text.replace(`where: "has('ask')"`, `where: "has('aks')"`),
    );
    const endings = results.find(({ id }) => id === 'endings');
    expect(endings?.status).toBe('caution');
    expect(endings?.caveats[0]).toContain('"aks" (did you mean "ask"?)');
  });

  it('nothing is said of fewer than ten cases: no row of any table, and every answer that counts says so', async () => {
    const few = log()
      .split('\n')
      .filter((line, i) => i === 0 || /^P[1-9],/.test(line))
      .join('\n');
    const results = await told(few);
    const rows = results.flatMap(({ tables }) => tables.flatMap((table) => table.rows));
    expect(rows).toEqual([]);
    expect(results.map(({ id, status }) => `${id}: ${status}`)).toEqual(
      results.map(({ id }) => `${id}: cannot-tell`),
    );
  });
});
