import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { keyword, sql } from '../warehouse/sql.ts';
import {
  type Draft,
  deleteDraft,
  deleteStaffReport,
  draftsOf,
  type Records,
  type StaffReport,
  saveDraft,
  saveStaffReport,
  staffReports,
} from './index.ts';

/** Opens the records of a place; two opened at one place are two programs with the same records. */
export interface RecordsBackend {
  open(place: string, options?: { readonly readOnly?: boolean; readonly waitMs?: number }): Promise<Records>;
}

const report: StaffReport = {
  id: 'r1',
  reported: '2026-05-04T09:30:00Z',
  changed: '2026-05-04T09:30:00Z',
  role: 'caseworker',
  what: 'We type the reference into the old system as well; "it\'s quicker" – naïve 🙂',
  why: null,
  howOften: { times: 12.5, per: 'week' },
  minutes: 4,
  step: 'Decide',
  team: null,
  finding: null,
};

const entry = (place: number, leaf: string, replaces: string | null = null) =>
  sql`insert into register_entries (place, line, leaf, root, kind, id, version, chain, replaces)
    values (${place}, ${`line of ${leaf}`}, ${leaf}, 'root', 'evidence', ${leaf}, 1, 'evidence', ${replaces})`;

/** The contract of every backend of records; `backend` is asked for when the tests begin. */
export function describeRecords(name: string, backend: () => RecordsBackend): void {
  describe(`records in ${name}`, () => {
    const opened: Records[] = [];
    let count = 0;
    let place = '';
    let records: Records;

    const open = async (options?: Parameters<RecordsBackend['open']>[1]) => {
      const another = await backend().open(place, options);
      opened.push(another);
      return another;
    };
    const codeOf = (work: Promise<unknown>) =>
      work.then(
        () => undefined,
        (error: { readonly code?: string }) => error.code,
      );
    const draftIds = async (from: Records = records) => (await draftsOf(from, 'option')).map(({ id }) => id);
    const insertDraft = (id: string) =>
      sql`insert into drafts (id, kind, changed, content) values (${id}, 'option', '2026-05-04T09:30:00Z', '{}')`;

    beforeEach(async () => {
      count += 1;
      place = `place${count}`;
      records = await open();
    });
    afterAll(async () => {
      for (const one of opened) await one.close();
    });

    describe('transactions', () => {
      it('are there for another program once they have come back', async () => {
        await records.write(({ run }) => run(insertDraft('a')));
        expect(await draftIds(await open())).toEqual(['a']);
      });

      it('leave nothing behind when the work throws', async () => {
        const work = records.write(async ({ run }) => {
          await run(insertDraft('a'));
          throw new Error('changed my mind');
        });
        await expect(work).rejects.toThrow('changed my mind');
        expect(await draftIds()).toEqual([]);
        await records.write(({ run }) => run(insertDraft('b')));
        expect(await draftIds()).toEqual(['b']);
      });

      it('give the number of rows changed, and values as they were given', async () => {
        await records.write(({ run }) => run(insertDraft("it's; drop table drafts --")));
        const changed = await records.write(({ run }) => run(sql`update drafts set kind = ${'é "x" 🙂'}`));
        expect(changed).toBe(1);
        const [row] = await records.read(({ query }) =>
          query(
            sql`select id, kind, length(kind) as n, ${null} as missing, count(*) over () as c from drafts`,
          ),
        );
        expect(row).toMatchObject({
          id: "it's; drop table drafts --",
          kind: 'é "x" 🙂',
          missing: null,
          c: 1,
        });
      });

      it('asked for at once run one after another', async () => {
        const steps: string[] = [];
        const write = (id: string) =>
          records.write(async ({ run }) => {
            steps.push(`${id} begins`);
            await run(insertDraft(id));
            await new Promise((done) => setTimeout(done, 5));
            steps.push(`${id} ends`);
          });
        await Promise.all(['a', 'b', 'c'].map(write));
        for (let i = 0; i < steps.length; i += 2)
          expect(steps[i + 1]).toBe(steps[i]?.replace('begins', 'ends'));
        expect(await draftIds()).toHaveLength(3);
      });

      it('that only read see one state while another program writes', async () => {
        const other = await open();
        const counted = sql`select count(*) as n from drafts`;
        const seen = await records.read(async ({ query }) => {
          const before = await query(counted);
          await other.write(({ run }) => run(insertDraft('a')));
          return [...before, ...(await query(counted))];
        });
        expect(seen).toEqual([{ n: 0 }, { n: 0 }]);
        expect(await draftIds()).toEqual(['a']);
      });

      it('wait for another writer, and say so when it does not end', async () => {
        const hasty = await open({ waitMs: 50 });
        let codeWhileHeld: string | undefined;
        await records.write(async ({ run }) => {
          await run(insertDraft('a'));
          codeWhileHeld = await codeOf(hasty.write(({ run: other }) => other(insertDraft('b'))));
        });
        expect(codeWhileHeld).toBe('REGISTER_LOCKED');
        await hasty.write(({ run }) => run(insertDraft('b')));
        expect(await draftIds()).toEqual(['a', 'b']);
      });

      it('that only read write nothing', async () => {
        await records.write(({ run }) => run(insertDraft('a')));
        const reader = await open({ readOnly: true });
        await expect(reader.write(({ run }) => run(insertDraft('b')))).rejects.toThrow();
        expect(await draftIds(reader)).toEqual(['a']);
      });
    });

    describe('the lines of the register', () => {
      beforeEach(() =>
        records.write(async ({ run }) => {
          await run(sql`insert into register_origin (place, origin) values (0, 'register.example')`);
          await run(entry(0, 'a'));
          await run(entry(1, 'b', 'a'));
          await run(sql`insert into register_notes (size, note) values (2, 'note')`);
        }),
      );

      it.each([
        ['a change', "update register_entries set line = 'other' where place = 0"],
        ['a change of every row', 'update register_entries set version = version + 1'],
        ['a removal', 'delete from register_entries where place = 1'],
        ['a removal of all', 'delete from register_entries'],
        ['another name of the register', "update register_origin set origin = 'other.example'"],
        ['a second name of the register', "insert into register_origin (place, origin) values (0, 'other')"],
        ['a lost checkpoint', 'delete from register_notes'],
        ['a rewritten checkpoint', "update register_notes set note = 'other'"],
        ['a checkpoint of before', "insert into register_notes (size, note) values (1, 'note')"],
      ])('are kept from %s', async (_, statement) => {
        await expect(records.write(({ run }) => run(keyword(statement)))).rejects.toThrow();
        const rows = await records.read(({ query }) =>
          query(sql`select place, line, version from register_entries order by place`),
        );
        expect(rows).toEqual([
          { place: 0, line: 'line of a', version: 1 },
          { place: 1, line: 'line of b', version: 1 },
        ]);
        const [note] = await records.read(({ query }) => query(sql`select size, note from register_notes`));
        expect(note).toEqual({ size: 2, note: 'note' });
      });

      it.each([
        ['a place that is taken', entry(1, 'c')],
        ['a place left out', entry(3, 'c')],
        ['an entry that is there already', entry(2, 'a')],
        ['a second successor of one entry', entry(2, 'c', 'a')],
      ])('are kept from %s', async (_, statement) => {
        await expect(records.write(({ run }) => run(statement))).rejects.toThrow();
        const rows = await records.read(({ query }) => query(sql`select place from register_entries`));
        expect(rows).toHaveLength(2);
      });
    });

    describe('staff reports', () => {
      it('come back as they were, can be changed and can be deleted', async () => {
        await saveStaffReport(records, report);
        const later = {
          ...report,
          id: 'r2',
          reported: '2026-05-05T09:30:00Z',
          howOften: null,
          minutes: 2.25,
        };
        await saveStaffReport(records, later);
        expect(await staffReports(records)).toEqual([later, report]);
        const changed = { ...report, why: 'The old one finds it faster', changed: '2026-05-06T09:30:00Z' };
        await saveStaffReport(records, changed);
        expect(await staffReports(records)).toEqual([later, changed]);
        expect(await deleteStaffReport(records, 'r1')).toBe(true);
        expect(await deleteStaffReport(records, 'r1')).toBe(false);
        expect(await staffReports(records)).toEqual([later]);
      });

      it.each([
        ['PERSONAL_DATA_SUSPECTED', { what: 'Ring Jo on 020 7946 0018' }],
        ['PERSONAL_DATA_SUSPECTED', { why: 'because jo@example.org asks' }],
        ['PERSONAL_DATA_SUSPECTED', { what: 'Ring Mrs Patel back about her case' }],
        ['PERSONAL_DATA_SUSPECTED', { why: 'because L00556 is stuck' }],
        ['RECORD_INVALID', { what: ' ' }],
        ['RECORD_INVALID', { role: 'Jo Bloggs' }],
        ['RECORD_INVALID', { minutes: -1 }],
        ['RECORD_INVALID', { howOften: { times: 1, per: 'shift' } }],
        ['RECORD_INVALID', { reported: 'yesterday' }],
      ])('are refused as %s with %j', async (code, change) => {
        expect(await codeOf(saveStaffReport(records, { ...report, ...change } as StaffReport))).toBe(code);
        expect(await staffReports(records)).toEqual([]);
      });
    });

    it('drafts come back as they were, can be changed and can be deleted', async () => {
      const draft: Draft = {
        id: 'd1',
        kind: 'option',
        changed: '2026-05-04T09:30:00Z',
        content: { title: 'More staff', levers: [1, 2.5, null] },
      };
      await saveDraft(records, draft);
      await saveDraft(records, { ...draft, id: 'd2', kind: 'trial' });
      await saveDraft(records, { ...draft, content: ['other'] });
      expect(await draftsOf(records, 'option')).toEqual([{ ...draft, content: ['other'] }]);
      expect(await deleteDraft(records, 'd1')).toBe(true);
      expect(await draftsOf(records, 'option')).toEqual([]);
      expect(await codeOf(saveDraft(records, { ...draft, content: { who: 'jo@example.org' } }))).toBe(
        'PERSONAL_DATA_SUSPECTED',
      );
    });

    it('of a later version of Wellspent are left alone', async () => {
      await records.write(({ run }) => run(sql`update records_version set version = 99`));
      expect(await codeOf(open())).toBe('RECORDS_TOO_NEW');
      expect(await codeOf(open({ readOnly: true }))).toBe('RECORDS_TOO_NEW');
    });
  });
}
