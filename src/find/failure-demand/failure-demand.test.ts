import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../core/index.ts';
import { buildWorkspace, openWorkspace } from '../../ingest/index.ts';
import { find } from '../find.ts';
import { faultsOfRowsBehind } from '../rows/rows-behind.test-support.ts';
import { countLimits } from './failure-figures.ts';

/*
 * Forty permits, worked out by hand. Each is applied for on day 0, checked on day 4 and decided on day 10. Twenty ask
 * on day 6 how it is getting on, and again on day 7, when nothing has happened since: forty contacts while the case
 * waits after "check", which lasts six days. Ten ask for a form on day 2: what the service is there for. Ten more give
 * a reason that nobody has named, on day 1, and are unknown. A contact takes six minutes at a pound a minute.
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
  - {file: log.csv, as: events, map: {case_id: permit, step: step, finished: at, team: team}}
  - {file: calls.csv, as: contacts, map: {contact_id: id, case_id: permit, at: at, reason: reason, minutes: minutes, channel: channel, team: team}}
outcomes:
  - {id: permit, title: A permit}
outputs:
  - {id: permits, title: Permits, unit: permit, from: cases, where: "has('decide')"}
contacts:
  value: [A form]
  failure: {chasing: [How is it going]}
costs:
  minute: [{assumption: minute}]
assumptions:
  - {id: minute, statement: A minute costs a pound., value: 1, source: Made, owner: Finance, review: 2099-01-01}
`;

const time = (day: number, hour = 9) => new Date(Date.UTC(2026, 0, 5 + day, hour)).toISOString();

function extracts(): { readonly log: string; readonly calls: string } {
  const log = ['permit,step,at,team'];
  const calls = ['id,permit,at,reason,minutes,channel,team'];
  const call = (permit: number, day: number, reason: string) =>
    calls.push(`T${calls.length},P${permit},${time(day)},${reason},6,phone,line`);
  for (let permit = 1; permit <= 40; permit++) {
    log.push(`P${permit},apply,${time(0)},front`, `P${permit},check,${time(4)},back`);
    log.push(`P${permit},decide,${time(10)},back`);
    if (permit <= 20) call(permit, 6, 'How is it going');
    if (permit <= 20) call(permit, 7, '');
    if (permit > 20 && permit <= 30) call(permit, 2, 'a form ');
    if (permit > 30) call(permit, 1, 'Something else');
  }
  // Records are delivered at least once: the same contact again is no second contact.
  calls.push(calls[1] as string, calls[2] as string);
  return { log: `${log.join('\n')}\n`, calls: `${calls.join('\n')}\n` };
}

const folder = mkdtempSync(join(tmpdir(), 'wellspent-contacts-'));
let results: readonly Result[] = [];
const result = () => results.find(({ id }) => id === 'failure-demand') as Result;
const figure = (id: string) => result().figures.find((each) => each.id === id)?.value;

async function foundIn(dir: string): Promise<readonly Result[]> {
  await buildWorkspace(dir);
  const workspace = await openWorkspace(dir);
  try {
    const found = await find(workspace);
    // Whatever is made here, its figures lead to their rows.
    expect(await faultsOfRowsBehind(workspace, { found })).toEqual([]);
    return found;
  } finally {
    await workspace.close();
  }
}

beforeAll(async () => {
  const { log, calls } = extracts();
  writeFileSync(join(folder, 'service.yaml'), charter);
  writeFileSync(join(folder, 'log.csv'), log);
  writeFileSync(join(folder, 'calls.csv'), calls);
  results = await foundIn(folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('contacts of forty permits', () => {
  it('counts failure demand among what can be told, with bounds for what cannot', () => {
    expect(figure('contacts')).toBe(60);
    expect(figure('failure-share')).toBeCloseTo(40 / 50, 12);
    expect(figure('failure-at-least')).toBeCloseTo(40 / 60, 12);
    expect(figure('failure-at-most')).toBeCloseTo(50 / 60, 12);
    expect(figure('failure-hours')).toBeCloseTo(4, 12);
    expect(figure('failure-pounds')).toBeCloseTo(240, 9);
    expect(result().answer).toContain('mostly chasing');
  });

  it('tells what the case waited after, and what a week of it brings', () => {
    const table = result().tables.find(({ id }) => id === 'while-waiting');
    expect(table?.rows).toHaveLength(1);
    expect(table?.rows[0]).toMatchObject({ step: 'check', failure: 40, contacts: 40, cases: 20, share: 1 });
    expect(table?.rows[0]?.rate).toBeCloseTo((1000 * 40) / 240, 9);
    expect(table?.rows[0]?.week).toBeCloseTo((700 * 40) / 240, 9);
    // Waiting runs from day 4 to day 10: three days of each case before it is a week old and three after, a call in both.
    const ages = result().tables.find(({ id }) => id === 'by-age')?.rows;
    expect(ages).toMatchObject([
      { age: 'under 7 days', days: 120, failure: 20 },
      { age: '7 to 14 days', days: 120, failure: 20 },
    ]);
    expect(ages?.[0]?.rate).toBeCloseTo((1000 * 20) / 120, 9);
    // Both calls of each of the twenty come less than five days before day 10, none within the last two.
    expect(result().tables.find(({ id }) => id === 'sooner')?.rows).toMatchObject([
      { days: 5, contacts: 40, share: 40 / 60 },
      { days: 10, contacts: 40 },
    ]);
    expect(figure('spared-five-days')).toBe(40);
    expect(result().answer).toContain(
      'Had each of those waits ended five days sooner, 40 contacts (66.7% of all) would have had nothing left to ask',
    );
    expect(result().next[0]).toContain('team by team, on dates drawn by lot (a stepped wedge)');
    const [finding] = results[0]?.tables[0]?.rows.filter(({ pattern }) => pattern === 'failure-demand') ?? [];
    expect(finding).toMatchObject({ cases: 20, pounds: 240 });
    expect(finding?.hours).toBeCloseTo(4, 12);
  });

  it('counts who came again', () => {
    const again = result().tables.find(({ id }) => id === 'again');
    expect(again?.rows.map(({ repeats }) => repeats)).toEqual([20, 20, 20]);
  });
});

describe('contacts of which a fifth come after the last step', () => {
  it('are shared out alike in the finding and on its page', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'wellspent-after-'));
    try {
      const { log, calls } = extracts();
      const late = Array.from(
        { length: 10 },
        (_, i) => `L${i},P${i + 1},${time(12)},How is it going,6,phone,line`,
      );
      writeFileSync(join(dir, 'service.yaml'), charter);
      writeFileSync(join(dir, 'log.csv'), log);
      writeFileSync(join(dir, 'calls.csv'), `${calls}${late.join('\n')}\n`);
      const found = await foundIn(dir);
      const rowsOf = (id: string, of: string) =>
        found.find((each) => each.id === id)?.tables.find((table) => table.id === of)?.rows ?? [];
      expect(rowsOf('failure-demand', 'while-waiting')[0]).toMatchObject({ failure: 40, share: 40 / 50 });
      const finding = rowsOf('findings', 'findings').find(({ pattern }) => pattern === 'failure-demand');
      expect(finding?.title).toMatch(/^40 contacts, 80\.0% of those that a failure brings, come/);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});

describe('contacts that stand among the events', () => {
  it('are counted like others, and lead to their rows', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'wellspent-events-'));
    try {
      const { log, calls } = extracts();
      const [, ...steps] = log.trim().split('\n');
      const [, ...told] = calls.trim().split('\n').slice(0, -2);
      const contacts = told.map((line) => {
        const [, permit, at, reason] = line.split(',');
        return `${permit},${reason || 'Something else'},${at},line,contact`;
      });
      const rows = [...steps.map((line) => `${line},step`), ...contacts];
      writeFileSync(
        join(dir, 'service.yaml'),
        charter.replace(/ {2}- \{file: calls.*\n/, '').replace('team: team}}', 'team: team, kind: kind}}'),
      );
      writeFileSync(join(dir, 'log.csv'), `permit,step,at,team,kind\n${rows.join('\n')}\n`);
      const found = (await foundIn(dir)).find(({ id }) => id === 'failure-demand');
      expect(found?.figures.find(({ id }) => id === 'contacts')?.value).toBe(60);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});

describe('limits of a count', () => {
  it('agrees with the exact Poisson limits to a hundredth from ten on', () => {
    // Exact (Garwood, 1936): 10 gives 4.80 to 18.39, 100 gives 81.36 to 121.63.
    expect(countLimits(10).low).toBeCloseTo(4.79, 1);
    expect(countLimits(10).high).toBeCloseTo(18.39, 1);
    expect(countLimits(100).low).toBeCloseTo(81.36, 1);
    expect(countLimits(100).high).toBeCloseTo(121.63, 1);
    expect(countLimits(0).low).toBe(0);
  });
});

const eventlogs = new URL('../../../../shared/data/eventlogs/', import.meta.url);

describe.skipIf(!existsSync(eventlogs))('the contacts of a public call-centre log', () => {
  it('come again as often as reference/facts.json says', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'wellspent-calls-'));
    try {
      const [header = '', ...lines] = readFileSync(new URL('logs/callcenter_iso.csv', eventlogs), 'utf8')
        .trim()
        .split(/\r?\n/);
      const inbound = lines.filter((line) => /,Inbound (Call|Email),/.test(line));
      const ofCalls = charter.replace(
        /extracts:[\s\S]*?outcomes:/,
        `extracts:
  - {file: log.csv, as: events, map: {case_id: case, step: activity, started: start, finished: end, worker: resource, team: position}}
  - {file: calls.csv, as: contacts, map: {case_id: case, at: start, reason: activity, team: position}}
outcomes:`,
      );
      writeFileSync(join(dir, 'service.yaml'), ofCalls.replace("has('decide')", "has('Inbound Call')"));
      writeFileSync(join(dir, 'log.csv'), `${[header, ...lines].join('\n')}\n`);
      writeFileSync(join(dir, 'calls.csv'), `${[header, ...inbound].join('\n')}\n`);
      const found = (await foundIn(dir)).find(({ id }) => id === 'failure-demand');
      const facts = JSON.parse(readFileSync(new URL('reference/facts.json', eventlogs), 'utf8')) as {
        readonly callcenter: {
          readonly inbound_contacts: number;
          readonly repeat_contacts: number;
          readonly repeat_contacts_within_days_of_previous: Readonly<Record<string, number>>;
        };
      };
      const value = (id: string) => found?.figures.find((each) => each.id === id)?.value;
      expect(value('contacts')).toBe(facts.callcenter.inbound_contacts);
      expect(value('repeats')).toBe(facts.callcenter.repeat_contacts);
      const rows = found?.tables.find(({ id }) => id === 'again')?.rows ?? [];
      expect(Object.fromEntries(rows.map(({ days, repeats }) => [String(days), repeats]))).toEqual(
        facts.callcenter.repeat_contacts_within_days_of_previous,
      );
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
