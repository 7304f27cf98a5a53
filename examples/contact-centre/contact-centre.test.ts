import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { answerMonday } from '../../src/answers/index.ts';
import { provenance, type Result } from '../../src/core/index.ts';
import { find } from '../../src/find/index.ts';
import { faultsOfRowsBehind } from '../../src/find/rows/rows-behind.test-support.ts';
import { buildWorkspace, describeQuality, openWorkspace, type Workspace } from '../../src/ingest/index.ts';
import { measure } from '../../src/measure/index.ts';
import { sql } from '../../src/stores/index.ts';
import { holds, read } from '../made-data/results.test-support.ts';
import { buildExample } from './build.ts';

const truth = parse(readFileSync(new URL('truth.yaml', import.meta.url), 'utf8'));
const { planted, realised } = truth;
const folder = mkdtempSync(join(tmpdir(), 'contact-centre-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function opened(name: string, options: { readonly seed?: number; readonly clean?: boolean } = {}) {
  const dir = join(folder, name);
  await buildExample(dir, options);
  await buildWorkspace(dir);
  return openWorkspace(dir);
}

function monday(measured: readonly Result[], found: readonly Result[]) {
  const nothing: Result = {
    id: 'none',
    question: '',
    answer: '',
    status: 'cannot-tell',
    figures: [],
    tables: [],
    charts: [],
    caveats: [],
    next: [],
    provenance: provenance({ method: 'none' }),
  };
  return answerMonday({ charter: nothing, data: nothing, measure: measured, find: found });
}

describe('contact-centre: the truth is recovered from the data alone', () => {
  let workspace: Workspace;
  let measured: readonly Result[];
  let found: readonly Result[];
  beforeAll(async () => {
    workspace = await opened('default');
    measured = await measure(workspace, { replicates: 200 });
    found = await find(workspace);
  });
  afterAll(async () => {
    await workspace?.close();
  });

  it('is the data that truth.yaml speaks of', () => {
    expect(readFileSync(join(folder, 'default', 'truth.yaml'), 'utf8')).toBe(
      readFileSync(new URL('truth.yaml', import.meta.url), 'utf8'),
    );
  });

  it('every figure leads to its rows and to those left out, and they give it again', async () => {
    expect(
      await faultsOfRowsBehind(workspace, { measured, found, checked: await describeQuality(workspace) }),
    ).toEqual([]);
  });

  it('uses every row but those delivered again', () => {
    for (const { file, rowsIn, rowsUsed, rowsSetAside } of workspace.sources) {
      expect(rowsUsed + rowsSetAside).toBe(rowsIn);
      if (!file.endsWith('contacts.csv')) expect(rowsSetAside).toBe(0);
      else expect(rowsSetAside / rowsUsed).toBeCloseTo(planted.delivered_again_share, 2);
    }
  });

  it('counts each team’s calls, repeats and minutes exactly as they were made', () => {
    const { rows } = read(measured, 'resolved');
    for (const [name, own] of [
      ['Team X', realised.team_x],
      ['Team Y', realised.team_y],
    ]) {
      const row = rows('teams').find(({ team }) => team === name);
      expect(row?.handled).toBe(own.handled);
      expect(row?.repeat).toBeCloseTo(own.repeat_share, 6);
      expect(row?.minutes).toBeCloseTo(own.minutes_each, 2);
    }
    const count = (what: string) => rows('records').find((row) => String(row.what).startsWith(what))?.count;
    expect(count('Of these')).toBe(realised.contacts);
    expect(count('Handled by somebody')).toBe(realised.handled);
    expect(Number(count('Answered, as')) / realised.contacts).toBeCloseTo(realised.answered_as_recorded, 6);
  });

  it('finds 2.78 and 3.15 resolved an hour, and 42% and 18% repeats, within their intervals', () => {
    const { figure } = read(measured, 'resolved');
    for (const team of ['X', 'Y'] as const) {
      expect(holds(figure(`resolved-${team}`), planted.teams[team].resolved_per_hour)).toBe(true);
      expect(holds(figure(`repeat-${team}`), planted.teams[team].repeat_share)).toBe(true);
    }
  });

  it('says that Y resolves 13% more though X handles 25% more, without being told where to look', () => {
    const { result, figure } = read(measured, 'resolved');
    expect(result?.answer).toMatch(
      /^Team Y resolves 1\d\.\d% more an hour staffed, though Team X handles 2\d\.\d% more/,
    );
    expect(result?.answer).toContain('point the wrong way');
    expect(holds(figure('wrong-way'), planted.resolved_lead_of_y)).toBe(true);
    expect(holds(figure('handled-lead'), planted.handled_lead_of_x)).toBe(true);
  });

  it('names it on the home page as a green number not to trust', () => {
    expect(monday(measured, found)[6]?.result.answer).toContain('Team Y resolves');
    expect(monday(measured, found)[6]?.evidence).toBe('measure/resolved');
  });

  it('keeps the target green as it counts, and says that recorded messages are in it', () => {
    const [target] = read(measured, 'effectiveness').rows('targets');
    expect(Number(target?.share)).toBeGreaterThanOrEqual(0.9);
    const { result } = read(measured, 'resolved');
    expect(result?.caveats.join(' ')).toMatch(/92\.\d% answered by that count, 79\.\d% by somebody/);
  });

  it('sizes the green number on the trust page: answered by somebody, and settled, with ranges', async () => {
    const { result, figure } = read(measured, 'trust');
    expect(result?.answer).toMatch(
      /^"Nine calls in ten are answered" reads 92\.\d% in 2025 to 2026 and is met, but of the 6,\d{3} contacts that people made in March 2025 to February 2026 somebody answered 79\.\d% \(95% interval 7\d\.\d% to 8\d\.\d%\), and 5\d\.\d% \(/,
    );
    const answered = figure('somebody-calls-answered');
    expect(holds(answered, 1 - planted.abandoned_share - planted.recorded_message_share)).toBe(true);
    // The range by another way: the jackknife over persons, each with all of their contacts (Efron and Stein, 1981).
    const persons = await workspace.warehouse.query<{ n: number; h: number; l: number; s: number }>(sql`
      select count(*) as n, sum(handled) as h, count(who) as l,
        sum(case when handled = 1 and still_open = 0 and who is not null
          and (until_next is null or until_next > 1209600) then 1 else 0 end) as s
      from issue_contacts where period between date '2025-03-01' and date '2026-02-01' group by coalesce(who, root)`);
    const total = (key: 'n' | 'h' | 'l' | 's') => persons.reduce((sum, one) => sum + Number(one[key]), 0);
    for (const [found, part, whole] of [
      [answered, 'h', 'n'],
      [figure('settled-calls-answered'), 's', 'l'],
    ] as const) {
      const [y, x] = [total(part), total(whole)];
      expect(found?.value).toBeCloseTo(y / x, 12);
      const left = persons.map((one) => (y - Number(one[part])) / (x - Number(one[whole])));
      const mean = left.reduce((sum, value) => sum + value, 0) / left.length;
      const spread = left.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      const half = 1.959964 * Math.sqrt(((left.length - 1) / left.length) * spread);
      const { low, high } = found?.interval ?? { low: 0, high: 0 };
      expect((high - low) / 2 / half).toBeCloseTo(1, 2);
    }
    expect(monday(measured, found)[6]?.result.answer).toContain('somebody answered 79.');
  });

  it('draws productivity a year at a time and says why single months swing', () => {
    const { result, rows } = read(measured, 'productivity');
    expect(result?.caveats.join(' ')).toMatch(
      /Single months swing between 3\d\.\d \(April 2025\) and 18\d\.\d \(July 2025\), because "Answered within three weeks" does \(3\.4% in April 2025, 39\.1% in July 2025\)/,
    );
    const years = rows('productivity-years').map(({ adjusted }) => Number(adjusted));
    expect(Math.max(...years) / Math.min(...years)).toBeLessThan(1.03);
  });

  it('counts letters that are open and already late beside those answered, as the extract itself has them', () => {
    const [, ...lines] = readFileSync(join(folder, 'default', 'data', 'cases.csv'), 'utf8')
      .trim()
      .split('\n');
    const letters = lines.map((line) => line.split(',').slice(-3));
    const lastReply = Math.max(...letters.map(([, replied]) => (replied ? Date.parse(replied) : 0)));
    const late = letters.filter(
      ([received, replied]) => !replied && lastReply - Date.parse(received ?? '') > 21 * 86_400_000,
    ).length;
    const { result, rows } = read(measured, 'effectiveness');
    const row = rows('open-late').at(-1);
    expect(row?.openLate).toBe(late);
    expect(Number(row?.withOpen)).toBeCloseTo(
      (Number(row?.share) * Number(row?.ended)) / (Number(row?.ended) + late),
      12,
    );
    expect(result?.answer).toContain(`with the ${late} cases still open and already late, against`);
    expect(monday(measured, found)[0]?.result.answer).toContain('already late');
  });

  it('finds two thirds of contact created upstream, by letters that wait after they are acknowledged', async () => {
    const [row] = await workspace.warehouse.query<{ upstream: number; handled: number }>(sql`
      select count(case when reason = 'progress of my letter' then 1 end) as upstream, count(*) as handled
      from contacts where team is not null and previous_contact is null`);
    const share = Number(row?.upstream) / Number(row?.handled);
    expect(Math.abs(share - planted.upstream_share)).toBeLessThan(
      3 * Math.sqrt((2 / 9) * (1.5 / Number(row?.handled))),
    );
    const { result, rows } = read(found, 'failure-demand');
    expect(rows('while-waiting')[0]?.step).toBe('acknowledged');
    expect(Number(result?.figures.find(({ id }) => id === 'failure-share')?.value)).toBeCloseTo(
      planted.upstream_share,
      1,
    );
    const first = read(found, 'findings').rows('findings')[0];
    expect(first?.pattern).toBe('failure-demand');
    expect(String(first?.title)).toContain('after "acknowledged"');
    // Planted: calls begin on the 28th day. The average over all ages hides it.
    expect(String(first?.title)).toContain(`once the case is ${planted.calls_begin_at_day} days old`);
    const ages = rows('by-age');
    expect(ages[0]?.age).toBe(`under ${planted.calls_begin_at_day} days`);
    expect(Number(ages[0]?.rate)).toBeCloseTo(realised.calls_per_thousand_open_days['under 28 days'], 2);
    const later = ages.filter(({ age }) => age === '28 to 35 days' || age === '35 to 42 days');
    const sum = (key: string) => later.reduce((all, row) => all + Number(row[key]), 0);
    const rate = (1000 * sum('failure')) / sum('days');
    expect(rate / realised.calls_per_thousand_open_days['28 to 42 days']).toBeCloseTo(1, 1);
  });

  it('does not take the calls for why letters are late: people call once they are', () => {
    const [first, second] = read(found, 'findings').rows('findings');
    expect(first?.outcome).toMatch(
      /^[\d,]+ cases had already missed it when this came: this cannot be why\.$/,
    );
    expect(first?.place).toMatch(/^At least £[\d,]+, staff cost\.$/);
    expect(first?.yearMissed).toBeNull();
    expect(second?.pattern).toBe('wait');
    expect(first?.twice).toContain('finding 2 of this list (a wait) has');
    expect(second?.twice).toContain('finding 1 of this list (contacts that a failure brings) has');
  });

  it('counts the same contacts on the page of teams and on the page of failure demand', () => {
    const made = read(measured, 'resolved')
      .rows('records')
      .find(({ what }) => what === 'Contacts that people made');
    expect(read(found, 'failure-demand').figure('contacts')?.value).toBe(made?.count);
  });

  it('prices the hold-up as it was made, and shows the front smooth and the back slow', () => {
    const [first] = read(found, 'findings').rows('findings');
    expect(Number(first?.hours) / realised.calls_in_pile.hours).toBeCloseTo(1, 2);
    expect(Number(first?.pounds) / realised.calls_in_pile.pounds).toBeCloseTo(1, 2);
    expect(Number(first?.poundsLow)).toBeLessThan(realised.calls_in_pile.pounds);
    expect(Number(first?.poundsHigh)).toBeGreaterThan(realised.calls_in_pile.pounds);
    expect(Number(first?.poundsHigh) / Number(first?.poundsLow)).toBeLessThan(1.1);
    const { figure } = read(found, 'front-back');
    expect(figure('front-days')?.value).toBeLessThan(1);
    expect(figure('hidden-days')?.value).toBeGreaterThan(20);
  });

  it('says what five days off the age of letters would spare, and proposes the stepped wedge that would show it', () => {
    const { result, rows, figure } = read(found, 'failure-demand');
    const row = rows('sooner').find(({ days }) => days === 5);
    const years = Number(realised.calls_in_pile.last_five_days) / Number(figure('spared-five-days')?.value);
    // 5 February 2024 to 31 March 2026.
    expect(years).toBeCloseTo(786 / 365.25, 2);
    expect(Number(row?.low)).toBeLessThan(Number(row?.contacts));
    expect(result?.answer).toMatch(/ended five days sooner, 7\d\d contacts a year \(12\.\d% of all\)/);
    expect(result?.next[0]).toContain('a stepped wedge');
    const { next, answer } = monday(measured, found)[7]?.result ?? {};
    expect(answer).toMatch(/Five days less of that wait would spare about 7\d\d of them a year/);
    expect(next?.[0]).toContain('on dates drawn by lot');
    expect(next?.[1]).toContain('Stop judging teams by contacts handled or minutes a contact');
  });

  it('shows that calls begin a week after a letter is overdue', async () => {
    const [row] = await workspace.warehouse.query<{ early: number; late: number }>(sql`
      select count(case when age < ${planted.calls_begin_at_day - 1} then 1 end) as early,
        count(case when age >= ${planted.calls_begin_at_day - 1} then 1 end) as late
      from (select ${workspace.warehouse.dialect.secondsBetween(sql`k.opened`, sql`c."at"`)} / 86400 as age
        from contacts c join cases k on k.case_id = c.case_id) as aged`);
    expect(row?.early).toBe(0);
    expect(Number(row?.late)).toBeGreaterThan(3000);
  });
});

describe('contact-centre without the trap', () => {
  it.each([11, 12])('reports none, seed %i', async (seed) => {
    const workspace = await opened(`clean-${seed}`, { seed, clean: true });
    const measured = await measure(workspace, { replicates: 50 });
    const found = await find(workspace);
    await workspace.close();
    const { result, figure, rows } = read(measured, 'resolved');
    expect(result?.answer).not.toContain('wrong way');
    expect(figure('wrong-way')).toBeUndefined();
    expect(rows('pairs')[0]).toMatchObject({ faster: 'Team X', reading: 'the two counts agree' });
    const patterns = read(found, 'findings')
      .rows('findings')
      .map(({ pattern }) => pattern);
    expect(patterns).not.toContain('failure-demand');
    // The definition of the target is as poor here as with the trap, and the page says so: a recorded message counts.
    expect(
      read(measured, 'trust')
        .rows('rules')
        .flatMap(({ rule, state }) => (state === 'yes' ? [rule] : [])),
    ).toEqual(['M02', 'M05', 'M07', 'M10', 'M17']);
    expect(
      read(measured, 'trust')
        .rows('screens')
        .filter(({ adjusted }) => typeof adjusted === 'number' && adjusted <= 0.05),
    ).toEqual([]);
  });
});
