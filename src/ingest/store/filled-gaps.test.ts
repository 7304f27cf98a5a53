import { afterEach, beforeEach, expect, it } from 'vitest';
import { type SmallWorkspace, smallWorkspace } from '../small-workspace.test-support.ts';

let small: SmallWorkspace;
beforeEach(async () => {
  small = await smallWorkspace();
});
afterEach(() => small.close());

const contacts = { as: 'contacts' } as const;
const count = async (table: string) => (await small.query(`select count(*) as n from ${table}`))[0]?.n;

const april = `case_id,step,finished,Team,Region,Minutes
1,apply,2026-04-01,north,Kent,5
1,check,2026-04-02,south,,7
2,apply,2026-04-03,north,Kent,9
`;
const teams = () => small.query('select step, team, region, minutes from events order by seq');

it('a later extract without a column takes nothing away from rows that it holds again', async () => {
  await small.add('april.csv', april);
  const report = await small.add(
    'may.csv',
    'case_id,step,finished,Region\n1,check,2026-04-02,\n2,apply,2026-04-03,Essex\n2,check,2026-05-01,Kent\n',
  );
  expect(await teams()).toEqual([
    { step: 'apply', team: 'north', region: 'Kent', minutes: 5 },
    { step: 'check', team: 'south', region: null, minutes: 7 },
    { step: 'apply', team: 'north', region: 'Essex', minutes: 9 },
    { step: 'check', team: null, region: 'Kent', minutes: null },
  ]);
  expect(report.notices.find(({ code }) => code === 'SUPERSEDED_ROW')?.message).toContain(
    'Team and Minutes are not in what was added now: what april.csv says there of these rows stands.',
  );
});

it('of several earlier extracts the newest that says anything stands', async () => {
  await small.add('april.csv', april);
  await small.add('may.csv', 'case_id,step,finished,Region\n1,check,2026-04-02,Sussex\n');
  await small.add(
    'june.csv',
    'case_id,step,finished,System\n1,apply,2026-04-01,new\n1,check,2026-04-02,new\n',
  );
  expect(
    await small.query(
      'select step, team, region, minutes, system from events where system is not null order by seq',
    ),
  ).toEqual([
    { step: 'apply', team: 'north', region: 'Kent', minutes: 5, system: 'new' },
    { step: 'check', team: 'south', region: 'Sussex', minutes: 7, system: 'new' },
  ]);
});

it('rows that are the same by a stated key are filled too, and keep numbers and times as such', async () => {
  const rules = { dedupe: { key: ['Event ID'] } };
  await small.add(
    'a.csv',
    'Event ID,case_id,step,finished,Score,Due\ne1,1,apply,2026-04-01,1.5,2026-06-01\ne2,1,check,2026-04-02,2,2026-07-01\n',
    rules,
  );
  await small.add('b.csv', 'Event ID,case_id,step,finished\ne2,1,check again,2026-04-03\n', rules);
  expect(
    await small.query('select step, score, cast(due as varchar) as due from events order by seq'),
  ).toEqual([
    { step: 'apply', score: 1.5, due: '2026-06-01 00:00:00' },
    { step: 'check again', score: 2, due: '2026-07-01 00:00:00' },
  ]);
});

it('a column that was left out of the later extract is taken over from none', async () => {
  await small.add('april.csv', april);
  await small.add('may.csv', 'case_id,step,finished,Team,Region\n1,check,2026-04-02,x,y\n', {
    drop: ['Team'],
  });
  expect(await small.query("select team, region from events where step = 'check'")).toEqual([
    { team: null, region: 'y' },
  ]);
});

it('contacts keep what the later delivery has no column for', async () => {
  const rules = { as: 'contacts' } as const;
  await small.add(
    'a.csv',
    'contact_id,at,reason,channel,Site\nk1,2026-04-01 09:00,chasing,phone,A\nk2,2026-04-01 10:00,chasing,phone,B\n',
    rules,
  );
  await small.add('b.csv', 'contact_id,at,reason\nk2,2026-04-01 10:05,complaint\n', rules);
  expect(
    await small.query(
      'select reason, channel, site, cast("at" as varchar) as "at" from contacts order by "at"',
    ),
  ).toEqual([
    { reason: 'chasing', channel: 'phone', site: 'A', at: '2026-04-01 09:00:00' },
    { reason: 'complaint', channel: 'phone', site: 'B', at: '2026-04-01 10:05:00' },
  ]);
});

it('extracts that do not both have a column that tells rows apart are compared by what both have', async () => {
  const told =
    'select step, worker is not null as known, cast(started as varchar) as started, cast(finished as varchar) as finished from events order by seq';
  await small.add(
    'a.csv',
    'case_id,step,started,finished,worker\n1,apply,2026-04-01 09:00,2026-04-01 10:00,w1\n1,apply,2026-04-01 09:00,2026-04-01 10:00,w2\n1,check,2026-04-02 09:00,2026-04-02 10:00,w1\n',
  );
  const report = await small.add(
    'b.csv',
    'case_id,step,finished\n1,apply,2026-04-01 10:00\n1,apply,2026-04-01 10:00\n1,check,2026-04-03 10:00\n',
  );
  expect(await small.query(told)).toEqual([
    { step: 'check', known: true, started: '2026-04-02 09:00:00', finished: '2026-04-02 10:00:00' },
    { step: 'apply', known: true, started: '2026-04-01 09:00:00', finished: '2026-04-01 10:00:00' },
    { step: 'apply', known: true, started: '2026-04-01 09:00:00', finished: '2026-04-01 10:00:00' },
    { step: 'check', known: false, started: null, finished: '2026-04-03 10:00:00' },
  ]);
  expect(await small.query('select count(distinct worker) as n from events')).toEqual([{ n: 2 }]);
  expect(report.notices.find(({ code }) => code === 'SUPERSEDED_ROW')?.message).toContain(
    '2 rows of a.csv, added before, gave way to rows of the same case, step, times and worker, as far as both extracts have them,',
  );
  await small.add(
    'c.csv',
    'case_id,step,started,finished,worker\n1,check,2026-04-03 09:00,2026-04-03 10:00,w3\n',
  );
  expect((await small.query(told)).at(-1)).toEqual({
    step: 'check',
    known: true,
    started: '2026-04-03 09:00:00',
    finished: '2026-04-03 10:00:00',
  });
});

it('rows of extracts that both have a column are still told apart by it beside one that has not', async () => {
  await small.add('a.csv', 'case_id,step,finished,worker\n1,apply,2026-04-01,w1\n');
  await small.add('b.csv', 'case_id,step,finished,worker\n1,apply,2026-04-01,w2\n');
  await small.add('c.csv', 'case_id,step,finished\n1,apply,2026-04-01\n');
  expect(await small.query('select count(*) as n, count(worker) as known from events')).toEqual([
    { n: 2, known: 2 },
  ]);
});

it('callers are not lost to an extract of other contacts at the same times', async () => {
  await small.add('phone.csv', 'at,person\n2026-04-01 09:00,p1\n2026-04-01 09:00,p2\n', contacts);
  await small.add('web.csv', 'at,channel\n2026-04-01 09:00,web\n2026-04-01 09:00,web\n', contacts);
  expect(await count('contacts')).toBe(4);
});

it('the person and the case of a contact stand where the later delivery has neither', async () => {
  await small.add('a.csv', 'contact_id,at,person,case_id\nk1,2026-04-01 09:00,p1,1\n', contacts);
  await small.add('b.csv', 'contact_id,at,reason\nk1,2026-04-01 09:00,chasing\n', contacts);
  expect(await small.query('select person is not null as p, case_id is not null as c from contacts')).toEqual(
    [{ p: true, c: true }],
  );
});

it('of two workers’ open steps one stays open when one ends in an extract without workers', async () => {
  await small.add(
    'a.csv',
    'case_id,step,started,finished,worker\n1,check,2026-04-01 09:00,,w1\n1,check,2026-04-01 09:00,,w2\n',
  );
  await small.add('b.csv', 'case_id,step,started,finished\n1,check,2026-04-01 09:00,2026-04-02 10:00\n');
  expect(await count('events')).toBe(2);
});

it('what the first of three extracts says stands, though the second gave it up to the third', async () => {
  await small.add(
    'a.csv',
    'case_id,step,started,finished,worker,Team\n1,check,2026-04-01 09:00,2026-04-01 10:00,w1,north\n',
  );
  await small.add('b.csv', 'case_id,step,finished\n1,check,2026-04-01 10:00\n');
  await small.add('c.csv', 'case_id,step,finished,worker\n1,check,2026-04-01 10:00,w1\n');
  expect(await small.query('select team, started is not null as s from events')).toEqual([
    { team: 'north', s: true },
  ]);
});

it('of two versions in one earlier extract the newer stands', async () => {
  const rules = { dedupe: { key: ['Event ID'], keep_latest_by: 'Updated' } };
  await small.add(
    'a.csv',
    'Event ID,case_id,step,finished,Updated,Team\ne1,1,apply,2026-04-01,2026-04-01,north\ne1,1,apply,2026-04-01,2026-04-02,south\n',
    rules,
  );
  await small.add(
    'b.csv',
    'Event ID,case_id,step,finished,Updated\ne1,1,apply,2026-04-01,2026-04-03\n',
    rules,
  );
  expect(await small.query('select team from events')).toEqual([{ team: 'south' }]);
});

it.each(['by_seq', 'said_in'])('an attribute called %s is taken over as it stands', async (name) => {
  await small.add('a.csv', `case_id,step,finished,${name}\n1,check,2026-04-01,x\n`);
  await small.add('b.csv', 'case_id,step,finished\n1,check,2026-04-01\n');
  expect(await small.query(`select ${name} from events`)).toEqual([{ [name]: 'x' }]);
});

it('what a wide extract says of a case stands where only one of its steps came again', async () => {
  await small.add('b.csv', 'case_id,Applied,Decided,Office\n1,2026-04-02,2026-04-04,Leeds\n', {
    shape: 'wide',
    steps: { applied: 'Applied', decided: 'Decided' },
  });
  await small.add('a.csv', 'case_id,step,finished,worker\n1,applied,2026-04-02,w1\n');
  expect(await small.query('select office from cases')).toEqual([{ office: 'Leeds' }]);
});

it('a column that was dropped is taken over from none, however it is capitalised', async () => {
  await small.add('a.csv', 'case_id,step,finished,Region\n1,check,2026-04-01,Kent\n');
  await small.add('b.csv', 'case_id,step,finished,REGION\n1,check,2026-04-01,Essex\n', { drop: ['REGION'] });
  expect(await small.query('select region from events')).toEqual([{ region: null }]);
});

it('a contact of a person is the same where a later extract does not say of which case', async () => {
  await small.add('a.csv', 'at,person,case_id\n2026-04-01 09:00,p1,1\n', contacts);
  await small.add('b.csv', 'at,person\n2026-04-01 09:00,p1\n2026-04-01 09:00,p2\n', contacts);
  expect(await small.query('select case_id is not null as known from contacts order by known')).toEqual([
    { known: false },
    { known: true },
  ]);
});

it('a time that is taken over keeps its clock on the wall, and a blank says nothing', async () => {
  const rules = { timezone: 'Europe/London' };
  await small.add(
    'a.csv',
    'case_id,step,started,finished,Team\n1,check,2026-07-01 00:10,2026-07-01 00:30,north\n',
    rules,
  );
  await small.add('b.csv', 'case_id,step,finished,Team\n1,check,2026-07-01 00:30,\n', rules);
  await small.add('c.csv', 'case_id,step,finished\n1,check,2026-07-01 00:30\n', rules);
  expect(
    await small.query(
      'select team, cast(started as varchar) as started, cast(started_wall as varchar) as wall from events',
    ),
  ).toEqual([{ team: 'north', started: '2026-06-30 23:10:00', wall: '2026-07-01 00:10:00' }]);
});

it.each(['kind', 'lifecycle'])('a column %s that only one extract has doubles no row', async (name) => {
  await small.add(
    'a.csv',
    `case_id,step,finished,${name}\n1,check,2026-04-01,${name === 'kind' ? 'step' : 'complete'}\n`,
  );
  await small.add('b.csv', 'case_id,step,finished\n1,check,2026-04-01\n');
  expect(await count('events')).toBe(1);
});

it('the same open step of two workers ends once for each end, and once ended it is not ended again', async () => {
  const open =
    'case_id,step,started,finished,worker\n1,check,2026-04-01 09:00,,w1\n1,check,2026-04-01 09:00,,w2\n';
  const ended = (...days: readonly number[]) =>
    `case_id,step,started,finished\n${days.map((day) => `1,check,2026-04-01 09:00,2026-04-0${day} 10:00\n`).join('')}`;
  await small.add('a.csv', open);
  await small.add('b.csv', ended(2));
  await small.add('c.csv', ended(2, 3));
  expect(
    await small.query(
      'select count(*) as n, count(finished) as ended, count(distinct worker) as workers from events',
    ),
  ).toEqual([{ n: 2, ended: 2, workers: 2 }]);
});
