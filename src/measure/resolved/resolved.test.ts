import { afterEach, describe, expect, test } from 'vitest';
import { fixtureJson, hasFixtures } from '../../stats/fixtures.test-support.ts';
import { measure } from '../index.ts';
import { charterText, madeWorkspace } from '../made-workspace.test-support.ts';
import { compareTeams, hourlyRate, repeatShare, type TeamSeries } from './compare-teams.ts';
import type { TeamMoments } from './count-contacts.ts';
import { resolvedRate } from './handled-resolved.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const workspace of open.splice(0)) await workspace.close();
});

const text = (contacts: string) =>
  charterText(
    '{grain: month, from: 2024-01-01, to: 2024-03-31}',
    `outcomes: [{id: helped, title: People are helped}]
outputs: [{id: calls, title: Calls, unit: call, from: volumes}]
inputs:
  - {id: team-x, title: Team X, category: labour}
  - {id: team-y, title: Team Y, category: labour}
contacts: {${contacts}hours: [{team: X, title: Team X, input: team-x}, {team: Y, title: Team Y, input: team-y}]}
`,
  );

const at = (day: number, hour = 10) =>
  `2024-01-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`;

let made = 0;
function contact(
  person: string | null,
  team: string | null,
  when: string,
  more: Record<string, unknown> = {},
) {
  made += 1;
  return {
    contact_id: `c${String(made).padStart(4, '0')}`,
    case_id: null,
    person,
    at: when,
    at_wall: when,
    channel: 'phone',
    direction: 'in',
    reason: 'payment',
    minutes: 10,
    team,
    answered: true,
    previous_contact: null,
    to_do: null,
    ...more,
  } as Record<string, string | number | boolean | null>;
}

/**
 * By hand, January: X has 20 people, of whom 8 come back to Y after 3 days, and gets 2 of Y's back: 22 handled. One
 * more of X's people gives up on the line and is heard of no more: 9 of 22 come back. Y has 12 people of its own, 2
 * come back to X and one after 20 days to Y, then 8 of X's and a call that X passed on: 22 handled, 2 back.
 */
function january() {
  const rows: Readonly<Record<string, string | number | boolean | null>>[] = [];
  for (let i = 1; i <= 20; i++) rows.push(contact(`x${i}`, 'X', at(2)));
  for (let i = 1; i <= 8; i++) rows.push(contact(`x${i}`, 'Y', at(5)));
  for (let i = 1; i <= 12; i++) rows.push(contact(`y${i}`, 'Y', at(2)));
  for (let i = 1; i <= 2; i++) rows.push(contact(`y${i}`, 'X', at(12)));
  rows.push(contact('y3', 'Y', at(22)));
  rows.push(contact('x9', null, at(6), { answered: false, reason: null, minutes: null }));
  const first = contact('t', 'X', at(3), { minutes: 4 });
  rows.push(first, contact('t', 'Y', at(3, 11), { previous_contact: first.contact_id ?? null, minutes: 9 }));
  rows.push({ ...(rows[0] ?? {}), minutes: 3 });
  rows.push(contact('x1', 'X', at(7), { direction: 'out' }));
  rows.push(contact('a', null, at(4), { channel: 'Recorded message', reason: null, minutes: null }));
  rows.push(contact('z', 'X', '2024-02-28T10:00:00Z'));
  return rows;
}

const inputs = ['2024-01-01', '2024-02-01'].flatMap((period) => [
  { period, input: 'team-x', category: 'labour', volume: 5, cost: 100, deflator: 1 },
  { period, input: 'team-y', category: 'labour', volume: 6, cost: 120, deflator: 1 },
]);

async function resolvedOf(rows: ReturnType<typeof january>, contacts = 'automated: [recorded message], ') {
  const workspace = await madeWorkspace(text(contacts), { contacts: rows, inputs });
  open.push(workspace);
  return (await measure(workspace, { replicates: 20 })).find(({ id }) => id === 'resolved');
}

const rowsOf = (result: Awaited<ReturnType<typeof resolvedOf>>, id: string) =>
  result?.tables.find((table) => table.id === id)?.rows ?? [];

describe('resolved', () => {
  test('counts contacts, not records: delivered again, passed on and outgoing ones are put right', async () => {
    const found = await resolvedOf(january());
    expect(rowsOf(found, 'teams')).toMatchObject([
      { team: 'Team X', hours: 5, handled: 22, minutes: 10 },
      { team: 'Team Y', hours: 6, handled: 22, minutes: (21 * 10 + 13) / 22 },
    ]);
    const count = (what: string) =>
      rowsOf(found, 'records').find((row) => String(row.what).startsWith(what))?.count;
    expect(count('Records brought in')).toBe(january().length);
    expect(count('Contacts that people made')).toBe(january().length - 3);
  });

  test('charges a repeat to the team before, and a call given up counts as one', async () => {
    const [x, y] = rowsOf(await resolvedOf(january()), 'teams');
    expect(x?.repeat).toBeCloseTo(9 / 22, 12);
    expect(y?.repeat).toBeCloseTo(2 / 22, 12);
    expect(x?.resolvedPerHour).toBeCloseTo(13 / 5, 12);
    expect(y?.resolvedPerHour).toBeCloseTo(20 / 6, 12);
    expect(y?.minutesPerIssue).toBeCloseTo(((21 * 10 + 13) / 22) * (22 / 20), 12);
  });

  test('keeps calls given up and recorded messages in what people needed', async () => {
    const found = await resolvedOf(january());
    const need = found?.figures.find(({ id }) => id === 'need-resolved');
    // 33 resolved, and x9's and a's issues ended with nobody spoken to.
    expect(need?.value).toBeCloseTo(33 / 35, 12);
    expect(found?.caveats.join(' ')).toContain('Recorded messages count as answered');
  });

  test('shows 7 and 28 days beside 14: what comes back after 20 days is in the last alone', async () => {
    const windows = rowsOf(await resolvedOf(january()), 'windows').filter(({ team }) => team === 'Team Y');
    expect(windows.map(({ days }) => days)).toEqual([7, 14, 28]);
    expect(windows.map(({ repeat }) => Number(repeat))).toEqual([
      expect.closeTo(0, 12),
      expect.closeTo(2 / 22, 12),
      expect.closeTo(3 / 22, 12),
    ]);
  });

  test('is not resolved while something is still to be done', async () => {
    const rows = january().map((row) => (row.person === 'y12' ? { ...row, to_do: 'yes' } : row));
    const [, y] = rowsOf(await resolvedOf(rows, 'open_action: to_do, '), 'teams');
    expect(y?.repeat).toBeCloseTo(3 / 22, 12);
  });

  test('names no winner where two teams of 22 contacts may differ by chance', async () => {
    const found = await resolvedOf(january());
    expect(found?.answer).not.toContain('wrong way');
    expect(found?.status).toBe('sound');
  });

  test('cannot tell where contacts name nobody, and says so', async () => {
    const found = await resolvedOf(january().map((row) => ({ ...row, person: null })));
    expect(found?.status).toBe('cannot-tell');
    expect(found?.answer).toContain('neither a person nor a case');
  });

  test('leaves a person who is nobody out of the links', async () => {
    const test = Array.from({ length: 30 }, (_, i) => contact('test', 'X', at(3, i % 24)));
    const [x] = rowsOf(await resolvedOf([...january(), ...test]), 'teams');
    expect(x).toMatchObject({ handled: 52 });
    expect(x?.repeat).toBeCloseTo(9 / 22, 12);
  });
});

describe('two teams', () => {
  const months = 10;
  const flat = (team: string, hours: number, handled: number, resolved: number): TeamSeries => ({
    team,
    hours: Array<number>(months).fill(hours),
    handled: Array<number>(months).fill(handled),
    linked: Array<number>(months).fill(handled),
    resolved: Array<number>(months).fill(resolved),
  });
  /** Every person with one contact. */
  const alone = (team: TeamSeries, other: TeamSeries): TeamMoments => {
    const same = team.team === other.team ? months : 0;
    const [h, s] = [same * (team.handled[0] ?? 0), same * (team.resolved[0] ?? 0)];
    return {
      team: team.team,
      other: other.team,
      handledHandled: h,
      handledResolved: s,
      resolvedResolved: s,
    };
  };
  const [x, y] = [flat('X', 100, 480, 278.4), flat('Y', 100, 384, 314.88)];
  const moments = [alone(x, x), alone(x, y), alone(y, x), alone(y, y)];

  test.skipIf(!hasFixtures)(
    'the worked example: 4.80 against 3.84 handled, 2.784 against 3.1488 resolved',
    () => {
      const { contact_centre: worked } = fixtureJson<{
        contact_centre: {
          inputs: Record<'team_x' | 'team_y', Record<string, number>>;
          expected: Record<string, number>;
        };
      }>('worked_examples.json');
      const rate = (team: 'team_x' | 'team_y') =>
        resolvedRate({
          handledPerHour: worked.inputs[team].handled_per_hour ?? 0,
          repeatShare: worked.inputs[team].repeat_share_14d ?? 0,
          handlingMinutes: worked.inputs[team].handling_min ?? 0,
        });
      const { expected } = worked;
      expect(rate('team_x').resolvedPerHour).toBeCloseTo(expected.resolved_per_hour_x ?? 0, 10);
      expect(rate('team_y').resolvedPerHour).toBeCloseTo(expected.resolved_per_hour_y ?? 0, 10);
      expect(rate('team_x').contactsPerIssue).toBeCloseTo(expected.contacts_per_issue_x ?? 0, 10);
      expect(rate('team_y').minutesPerIssue).toBeCloseTo(expected.handling_min_per_resolved_issue_y ?? 0, 10);
      const [pair] = compareTeams([x, y], moments);
      expect(pair?.handled.growth).toBeCloseTo((expected.handled_ratio_x_over_y ?? 0) - 1, 10);
      expect(pair?.resolved.growth).toBeCloseTo((expected.resolved_ratio_y_over_x ?? 0) - 1, 10);
    },
  );

  test('are reversed where both leads are beyond chance, and only then', () => {
    const [pair] = compareTeams([y, x], moments);
    expect(pair).toMatchObject({ faster: 'X', slower: 'Y', isReversed: true });
    const tenth = (team: TeamSeries) =>
      flat(team.team, 10, (team.handled[0] ?? 0) / 40, (team.resolved[0] ?? 0) / 40);
    const [small, other] = [tenth(x), tenth(y)];
    const few = [alone(small, small), alone(small, other), alone(other, small), alone(other, other)];
    expect(compareTeams([small, other], few)[0]?.isReversed).toBe(false);
  });

  test('have Poisson ranges where every person has one contact', () => {
    const { interval } = hourlyRate(moments, x, 'resolved');
    expect(Math.log(interval.high / 2.784)).toBeCloseTo(1.959964 / Math.sqrt(2784), 5);
    const share = repeatShare(moments, x);
    expect(share.value).toBeCloseTo(0.42, 10);
    expect(share.interval.high - share.value).toBeCloseTo(1.959964 * Math.sqrt((0.42 * 0.58) / 4800), 5);
  });
});
