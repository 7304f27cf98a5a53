import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeSources } from '../index.ts';
import { type SmallWorkspace, smallWorkspace } from '../small-workspace.test-support.ts';

let small: SmallWorkspace;
beforeEach(async () => {
  small = await smallWorkspace();
});
afterEach(() => small.close());

const counts = () =>
  small.workspace.manifest.sources.map(({ file, rowsIn, rowsUsed, reasons }) => [
    file,
    rowsIn,
    rowsUsed,
    Object.fromEntries(reasons.map(({ reason, rows }) => [reason, rows])),
  ]);

const head = 'case_id,step,finished,worker,note\n';

describe('rows that are equal', () => {
  const text = `${head}1,apply,2026-04-01,a,x\n1,apply,2026-04-01,a,x\n1,apply,2026-04-01,a,y\n`;

  test('are all kept unless it is said that they are one', async () => {
    expect(await small.add('log.csv', text)).toMatchObject({ rowsUsed: 3, rowsSetAside: 0 });
  });

  test('are set aside but for the first with `exact`, each with its line', async () => {
    const report = await small.add('log.csv', text, { dedupe: 'exact' });
    expect(report).toMatchObject({
      rowsIn: 3,
      rowsUsed: 2,
      rowsSetAside: 1,
      reasons: [{ reason: 'DUPLICATE_ROW', rows: 1 }],
    });
    expect(await small.query('select line, reason from rejects')).toEqual([
      { line: 3, reason: 'DUPLICATE_ROW' },
    ]);
    expect(await small.query('select note from events order by note')).toEqual([
      { note: 'x' },
      { note: 'y' },
    ]);
  });

  test('are counted in a trial as they would be, and nothing is kept of it', async () => {
    const report = await small.add('log.csv', text, { dedupe: 'exact', dryRun: true });
    expect(report).toMatchObject({ rowsUsed: 2, reasons: [{ reason: 'DUPLICATE_ROW', rows: 1 }] });
    expect(counts()).toEqual([]);
  });

  test('are one across files too, and a row that only one file has is never lost', async () => {
    await small.add('april.csv', `${head}1,apply,2026-04-01,a,x\n2,apply,2026-04-02,a,x\n`, {
      dedupe: 'exact',
    });
    await small.add('may.csv', `${head}2,apply,2026-04-02,a,x\n3,apply,2026-05-01,a,x\n`, {
      dedupe: 'exact',
    });
    expect(counts()).toEqual([
      ['april.csv', 2, 2, {}],
      ['may.csv', 2, 1, { DUPLICATE_ROW: 1 }],
    ]);
    expect(await small.query('select count(*) as n from events')).toEqual([{ n: 3 }]);
  });

  test('of cases in columns of dates stay or go as a whole', async () => {
    const row = 'P1,2026-03-02,2026-03-04';
    const report = await small.add('wide.csv', `ref,Received,Decided\n${row}\n${row}\nP2,2026-03-02,\n`, {
      shape: 'wide',
      map: { case_id: 'ref' },
      dedupe: 'exact',
    });
    expect(report).toMatchObject({ rowsIn: 3, rowsUsed: 2, reasons: [{ reason: 'DUPLICATE_ROW', rows: 1 }] });
    expect(report.notices.map(({ message }) => message)).toContain(
      '2 rows used + 1 added by flattening = 3 events.',
    );
    expect(await small.query('select count(*) as n from rejects')).toEqual([{ n: 1 }]);
  });

  test('leave the data sound: being delivered twice is no fault of a row', async () => {
    await small.add('log.csv', text, { dedupe: 'exact' });
    expect(await describeSources(small.workspace)).toMatchObject({ status: 'sound' });
  });
});

// As a telephony system delivers them: at least once, with versions, and a transfer as a contact of its own.
const contacts = `ContactId,InitialContactId,PreviousContactId,InitiationTimestamp,LastUpdateTimestamp,Queue,Agent,Channel
c1,,,2026-04-01T09:00:00Z,2026-04-01T09:10:00Z,Front,ann,VOICE
c1,,,2026-04-01T09:00:00Z,2026-04-01T09:30:00Z,Front,bob,VOICE
c2,c1,c1,2026-04-01T09:12:00Z,2026-04-01T09:20:00Z,Permits,cat,VOICE
c1,,,2026-04-01T09:00:00Z,2026-04-01T09:30:00Z,Front,bob,VOICE
c3,,,2026-04-01T10:00:00Z,soon,Front,ann,VOICE
`;
const latest = { key: ['ContactId'], keep_latest_by: 'LastUpdateTimestamp' };

describe('contact records that were delivered at least once', () => {
  test('are recognised, transfers counted, and repeats told with what to do', async () => {
    const report = await small.add('calls.csv', contacts, { as: 'contacts' });
    expect(report.mapping).toEqual({
      contact_id: 'ContactId',
      first_contact: 'InitialContactId',
      previous_contact: 'PreviousContactId',
      at: 'InitiationTimestamp',
      team: 'Queue',
      worker: 'Agent',
      channel: 'Channel',
    });
    const said = Object.fromEntries(report.notices.map(({ code, message }) => [code, message]));
    expect(said.CONTACTS_TRANSFERRED).toBe('1 contact is a transfer of an earlier one.');
    expect(said.CONTACTS_REPEATED).toContain('2 rows repeat an id of column "ContactId".');
  });

  test('count once, as last updated, with older and equal ones apart', async () => {
    const report = await small.add('calls.csv', contacts, { as: 'contacts', dedupe: latest });
    expect(report).toMatchObject({ rowsIn: 5, rowsUsed: 2, rowsSetAside: 3 });
    expect(await small.query('select line, reason from rejects order by line')).toEqual([
      { line: 2, reason: 'SUPERSEDED_ROW' },
      { line: 3, reason: 'DUPLICATE_ROW' },
      { line: 6, reason: 'TIME_UNPARSABLE' },
    ]);
    const chain = await small.query(
      'select a.team, b.team as from_team from contacts as a join contacts as b on a.previous_contact = b.contact_id',
    );
    expect(chain).toEqual([{ team: 'Permits', from_team: 'Front' }]);
    expect(JSON.stringify(await small.query('select * from contacts'))).not.toMatch(/"(ann|bob|cat|c1|c2)"/);
  });

  test('keep the latest version whichever file brought it', async () => {
    const line = (id: string, at: string, queue: string) =>
      `${id},,,2026-04-01T09:00:00Z,${at},${queue},ann,VOICE`;
    const top = contacts.split('\n')[0];
    const add = (name: string, ...lines: readonly string[]) =>
      small.add(name, `${top}\n${lines.join('\n')}\n`, { as: 'contacts', dedupe: latest });
    await add('b.csv', line('k1', '2026-04-03T09:00:00Z', 'new'), line('k2', '2026-04-02T09:00:00Z', 'only'));
    await add(
      'a.csv',
      line('k1', '2026-04-02T09:00:00Z', 'old'),
      line('k3', '2026-04-02T09:00:00Z', 'third'),
    );
    expect(await small.query('select team from contacts order by team')).toEqual([
      { team: 'new' },
      { team: 'only' },
      { team: 'third' },
    ]);
    expect(counts()).toEqual([
      ['b.csv', 2, 2, {}],
      ['a.csv', 2, 1, { SUPERSEDED_ROW: 1 }],
    ]);
  });

  test('a key that no event of a log has is told, and no row is taken for another by it', async () => {
    const event = (name: string) =>
      `<event><string key="concept:name" value="${name}"/><date key="time:timestamp" value="2026-03-02T09:00:00Z"/></event>`;
    const log = `<log><trace><string key="concept:name" value="1"/>${event('apply')}${event('check')}</trace></log>`;
    const asked = small.add('log.xes', log, { dedupe: { key: ['event_id'] } });
    await expect(asked).rejects.toMatchObject({ code: 'COLUMN_MISSING' });
    expect((await small.add('log.xes', log, { dedupe: { key: ['concept:name'] } })).rowsUsed).toBe(2);
  });

  test('a key that the file does not have is told before anything is read', async () => {
    const asked = small.add('calls.csv', contacts, { as: 'contacts', dedupe: { key: ['ContactID'] } });
    await expect(asked).rejects.toMatchObject({ code: 'COLUMN_MISSING' });
  });
});

describe('for any rows', () => {
  const row = fc.record({
    id: fc.constantFrom('k1', 'k2', 'k3', 'k4'),
    version: fc.integer({ min: 1, max: 4 }),
  });
  const rows = fc.array(row, { minLength: 1, maxLength: 14 });
  // The text follows from key and version, so that equal versions are equal rows.
  const csv = (list: readonly { id: string; version: number }[]) =>
    `contact_id,at,version,reason\n${list.map(({ id, version }) => `${id},2026-04-01T09:00:00Z,${version},${id} ${version}`).join('\n')}\n`;
  const rule = { key: ['contact_id'], keep_latest_by: 'version' };
  const reasons = async () =>
    (await small.query('select reason from contacts order by reason')).map(({ reason }) => reason);

  test('the latest of each key stays, in any order and in any number of files, and rows reconcile', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.nat(14), async (list, cut) => {
        const newest = new Map<string, number>();
        for (const { id, version } of list) newest.set(id, Math.max(newest.get(id) ?? 0, version));
        const expected = [...newest].map(([id, version]) => `${id} ${version}`).toSorted();
        const parts = [list.slice(0, cut), list.slice(cut)].filter((part) => part.length > 0);
        const other = await smallWorkspace();
        try {
          for (const [i, part] of parts.entries())
            await other.add(`${i}.csv`, csv(part), { as: 'contacts', dedupe: rule });
          const kept = await other.query('select reason from contacts order by reason');
          expect(kept.map(({ reason }) => reason)).toEqual(expected);
          const { sources } = other.workspace.manifest;
          expect(sources.reduce((sum, { rowsUsed }) => sum + rowsUsed, 0)).toBe(expected.length);
          for (const { rowsIn, rowsUsed, rowsSetAside, reasons: why } of sources) {
            expect(rowsUsed + rowsSetAside).toBe(rowsIn);
            expect(why.reduce((sum, { rows: n }) => sum + n, 0)).toBe(rowsSetAside);
          }
        } finally {
          await other.close();
        }
      }),
      { numRuns: 12 },
    );
  });

  test('taking equal rows out twice is taking them out once', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (list) => {
        await small.add('once.csv', csv(list), { as: 'contacts', dedupe: 'exact' });
        const once = await reasons();
        expect(once).toEqual([...new Set(once)]);
        await small.add('once.csv', csv([...list, ...list]), { as: 'contacts', dedupe: 'exact' });
        expect(await reasons()).toEqual(once);
      }),
      { numRuns: 8 },
    );
  });
});
