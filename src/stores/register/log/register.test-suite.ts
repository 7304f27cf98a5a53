import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../core/index.ts';
import { draftsOf, openRecords, type Records, type RecordsPlace } from '../../records/index.ts';
import { keyword, sql } from '../../warehouse/sql.ts';
import { readCheckpointText } from '../checkpoint/checkpoint.ts';
import { readVerifierKey } from '../checkpoint/verifier-key.ts';
import type { NewEntry } from '../entry/write-line.ts';
import { hasFixtures, registerFixture } from '../fixtures.test-support.ts';
import { rootOfLeaves } from '../merkle/tree.ts';
import { verifyInclusion } from '../merkle/verify.ts';
import { readStored, verifyStored } from '../verify/verify-records.ts';
import { testEntry } from './child.test-support.ts';
import { openRegister, type Register } from './open-register.ts';
import { startChild } from './spawn.test-support.ts';
import { type StoredEntry, storedEntries } from './stored-entries.ts';

/** Rounds of killing a program in the usual run; `WELLSPENT_KILL_ROUNDS=200` makes the whole of the note's test. */
const killRounds = Number(process.env.WELLSPENT_KILL_ROUNDS ?? 25);

const fromHex = (text: string) => Buffer.from(text, 'hex');

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: { readonly code?: string }) => error.code,
  );

/** What the register keeps to on every backend. `placeOf` gives a fresh place of records for a name. */
export function describeRegister(
  name: string,
  backend: {
    readonly placeOf: (name: string) => RecordsPlace;
    /** Statements that take the guards of a table away, as the owner of the database can. */
    readonly unguard: (table: string) => readonly string[];
  },
): void {
  describe(`the register in ${name}`, () => {
    const opened: Records[] = [];
    let count = 0;
    let place: RecordsPlace;
    let register: Register;

    const open = async () => {
      const records = await openRecords(place);
      opened.push(records);
      return openRegister(records, 'register.example');
    };
    const stored = (from = 0) =>
      register.records.read(async (session) => {
        const all: StoredEntry[] = [];
        for await (const entries of storedEntries(session, from)) all.push(...entries);
        return all;
      });
    /** Works the tree out again from every line, as a program does that opens the register anew. */
    const checkAnew = async () => (await open()).transaction(async () => {});

    beforeEach(async () => {
      count += 1;
      place = backend.placeOf(`register${count}`);
      register = await open();
    });
    afterAll(async () => {
      for (const one of opened) await one.close();
    });

    it.skipIf(!hasFixtures)('gives the roots of register.json to its seven entries', async () => {
      const { entries, checkpoints } = registerFixture();
      const acknowledged = [];
      for (const { entry } of entries) acknowledged.push(await register.append(entry as unknown as NewEntry));
      expect(acknowledged.map(({ leaf }) => leaf)).toEqual(entries.map(({ leaf_hash }) => leaf_hash));
      for (const size of [3, 7] as const) {
        const { root } = readCheckpointText(`${checkpoints[size].split('\n\n')[0]}\n`);
        expect(acknowledged[size - 1]?.root).toBe(Buffer.from(root).toString('hex'));
      }
    });

    it('acknowledges each entry with a proof that holds', async () => {
      for (let i = 0; i < 20; i += 1) {
        const { index, leaf, size, root, proof, signed } = await register.append(testEntry(`e${i}`));
        expect({ index, size, signed }).toEqual({ index: i, size: i + 1, signed: false });
        verifyInclusion({ leaf: fromHex(leaf), index, size, root: fromHex(root), proof });
      }
      const lines = await stored();
      expect(lines.at(-1)?.root).toBe(
        Buffer.from(rootOfLeaves(lines.map(({ leaf }) => fromHex(leaf)))).toString('hex'),
      );
      await checkAnew();
    });

    it('takes the same bytes twice as one entry, with a proof for its place', async () => {
      for (const id of ['a', 'b', 'c']) await register.append(testEntry(id));
      const { index, leaf, size, root, proof } = await register.append(testEntry('a'));
      expect({ index, size }).toEqual({ index: 0, size: 3 });
      verifyInclusion({ leaf: fromHex(leaf), index, size, root: fromHex(root), proof });
      expect(await stored()).toHaveLength(3);
    });

    it('keeps versions in chains', async () => {
      const { leaf } = await register.append(testEntry('a'));
      expect(await codeOf(register.append({ ...testEntry('a'), role: 'auditor' }))).toBe('VERSION_CONFLICT');
      const second = await register.append(testEntry('a', leaf));
      const late = { ...testEntry('a', leaf), role: 'auditor' } as const;
      expect(await codeOf(register.append(late))).toBe('VERSION_CONFLICT');
      const correction: NewEntry = {
        ...testEntry('a', second.leaf),
        kind: 'correction',
        version: 3,
        payload: { reason: 'a slip' },
      };
      const third = await register.append(correction);
      expect(await register.transaction(({ head }) => head('evidence', 'a'))).toMatchObject({
        leaf: third.leaf,
        version: 3,
      });
      expect(await codeOf(register.append(testEntry('b', 'f'.repeat(64))))).toBe('LINK_MISSING');
      const allocation: NewEntry = {
        ...testEntry('t'),
        kind: 'trial.allocation',
        payload: { plan: 'e'.repeat(64) },
      };
      expect(await codeOf(register.append(allocation))).toBe('LINK_MISSING');
      expect((await stored()).map(({ chain, version }) => `${chain} ${version}`)).toEqual([
        'evidence 1',
        'evidence 2',
        'evidence 3',
      ]);
    });

    it('holds nothing personal', async () => {
      const entry = { ...testEntry('a'), payload: { source: 'a call from 020 7946 0018' } };
      expect(await codeOf(register.append(entry))).toBe('PERSONAL_DATA_SUSPECTED');
      expect(await stored()).toEqual([]);
    });

    it('changes together with the working state, or not at all', async () => {
      const both = (isSound: boolean) =>
        register.transaction(async ({ append, run }) => {
          await run(
            sql`insert into drafts (id, kind, changed, content) values ('d', 'option', '2026-05-04T09:30:00Z', '{}')`,
          );
          await append(testEntry('a'));
          await append(testEntry(isSound ? 'b' : ''));
        });
      expect(await codeOf(both(false))).toBe('ENTRY_INVALID');
      expect([await stored(), await draftsOf(register.records, 'option')]).toEqual([[], []]);
      await both(true);
      expect(await stored()).toHaveLength(2);
      expect(await draftsOf(register.records, 'option')).toHaveLength(1);
    });

    /** What the owner of the database can do, who can take the guards away. */
    const tamper = (...statements: readonly string[]) =>
      register.records.write(async ({ run }) => {
        for (const unguard of backend.unguard('register_entries')) await run(keyword(unguard));
        for (const statement of statements) await run(keyword(statement));
      });
    const faultNow = async () => {
      const { fault, size } = verifyStored(await readStored(register.records));
      return fault && { entry: fault.entry, code: fault.error.code, size };
    };

    it.each([
      [
        'a changed line',
        `update register_entries set line = replace(line, 'entry e1', 'entry E1') where place = 1`,
        { entry: 1, code: 'REGISTER_DAMAGED', size: 4 },
      ],
      [
        'a changed leaf',
        `update register_entries set leaf = '${'0'.repeat(64)}' where place = 1`,
        { entry: 1, code: 'REGISTER_DAMAGED', size: 4 },
      ],
      [
        'a changed root',
        `update register_entries set root = '${'0'.repeat(64)}' where place = 1`,
        { entry: 1, code: 'REGISTER_DAMAGED', size: 4 },
      ],
      [
        'a line that is gone',
        'delete from register_entries where place = 1',
        { entry: 1, code: 'REGISTER_DAMAGED', size: 3 },
      ],
      [
        'a checkpoint of more than there is',
        `insert into register_notes (size, note) values (9, '${`register.example\n9\n${Buffer.alloc(32).toString('base64')}`}\n\n\u2014 x.example AAAAAAAA\n')`,
        { entry: 4, code: 'TRUNCATED', size: 4 },
      ],
    ])('with %s takes nothing more, and verifying names the entry', async (_, statement, fault) => {
      for (let i = 0; i < 4; i += 1) await register.append(testEntry(`e${i}`));
      expect(await faultNow()).toBeNull();
      await tamper(statement);
      const before = await stored();
      const anew = await open();
      expect(await codeOf(anew.append(testEntry('late')))).toBe('REGISTER_DAMAGED');
      expect(await stored()).toEqual(before);
      expect(await faultNow()).toEqual(fault);
    });

    it('names an entry whose line has any one letter changed, or that is filed under something else', async () => {
      for (let i = 0; i < 3; i += 1) await register.append(testEntry(`e${i}`));
      const line = (await stored())[1]?.line ?? '';
      await tamper();
      const found = new Map<number, unknown>();
      for (let at = 0; at < line.length; at += 7) {
        const changed = `${line.slice(0, at)}${line[at] === '1' ? '2' : '1'}${line.slice(at + 1)}`;
        await register.records.write(({ run }) =>
          run(sql`update register_entries set line = ${changed} where place = 1`),
        );
        found.set(at, (await faultNow())?.entry);
      }
      expect([...found].filter(([, entry]) => entry !== 1)).toEqual([]);
      await register.records.write(({ run }) =>
        run(sql`update register_entries set line = ${line}, id = 'e9' where place = 1`),
      );
      expect(await faultNow()).toMatchObject({ entry: 1, code: 'REGISTER_DAMAGED' });
    });

    it.skipIf(!hasFixtures)('keeps signed checkpoints, and verifies them with a key', async () => {
      const { entries, checkpoints, origin, vkey, must_fail } = registerFixture();
      const named = openRegister(register.records, origin);
      for (const { entry } of entries) await named.append(entry as unknown as NewEntry);
      await register.records.write(async ({ run }) => {
        for (const size of [3, 7] as const)
          await run(sql`insert into register_notes (size, note) values (${size}, ${checkpoints[size]})`);
      });
      const keys = [readVerifierKey(vkey)];
      const kept = await readStored(register.records);
      expect(verifyStored(kept, { keys })).toMatchObject({ origin, size: 7, signedSize: 7, fault: null });
      const forked = must_fail.find(({ id }) => id === 'fork-same-size')?.texts[1] ?? '';
      const held = [{ name: 'what I kept', text: forked }];
      expect(verifyStored(kept, { keys, held }).fault?.error.code).toBe('EQUIVOCATION');
      expect(await codeOf(named.append(testEntry('more')))).toBeUndefined();
    });

    it('notices that its last entries are gone since it read them', async () => {
      for (let i = 0; i < 4; i += 1) await register.append(testEntry(`e${i}`));
      await tamper('delete from register_entries where place = 3');
      expect(await codeOf(register.append(testEntry('late')))).toBe('REGISTER_DAMAGED');
    });

    describe('with several programs', () => {
      const ids = (prefix: string, n: number) => Array.from({ length: n }, (_, i) => `${prefix}${i}`);

      it('8 that add 50 entries each make 400 lines, each where its acknowledgement says', async () => {
        const children = await Promise.all(
          ids('p', 8).map((prefix) => startChild({ place, ids: ids(`${prefix}-`, 50) })),
        );
        for (const child of children) child.begin();
        const said = (await Promise.all(children.map(({ ended }) => ended))).flat();
        const lines = await stored();
        expect(lines).toHaveLength(400);
        expect(said).toHaveLength(400);
        expect(said.filter(({ index = -1, leaf }) => lines[index]?.leaf !== leaf)).toEqual([]);
        await checkAnew();
      });

      it('2 that amend one version: one does, the other is told of it', async () => {
        const { leaf } = await register.append(testEntry('a'));
        const children = await Promise.all(
          [1, 2].map(async (n) =>
            startChild({ place, ids: ['a'], replaces: leaf, role: n === 1 ? 'analyst' : 'auditor' }),
          ),
        );
        for (const child of children) child.begin();
        const said = (await Promise.all(children.map(({ ended }) => ended))).flat();
        expect(said.map(({ code }) => code ?? 'added').sort()).toEqual(['VERSION_CONFLICT', 'added']);
        expect(await stored()).toHaveLength(2);
      });

      it('read a whole beginning while others add', async () => {
        const child = await startChild({ place, ids: ids('e', 60) });
        const reader = await openRecords(place, { readOnly: true });
        opened.push(reader);
        child.begin();
        const sizes: number[] = [];
        let hasEnded = false;
        void child.ended.then(() => {
          hasEnded = true;
        });
        while (!hasEnded) {
          const lines = await reader.read(async (session) => {
            const all: StoredEntry[] = [];
            for await (const entries of storedEntries(session)) all.push(...entries);
            return all;
          });
          sizes.push(lines.length);
          expect(lines.map(({ place: at }) => at)).toEqual([...lines.keys()]);
          if (lines.length > 0)
            expect(lines.at(-1)?.root).toBe(
              Buffer.from(rootOfLeaves(lines.map(({ leaf }) => fromHex(leaf)))).toString('hex'),
            );
          await new Promise((done) => setTimeout(done, 2));
        }
        expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
        expect(await stored()).toHaveLength(60);
      });

      it(`${killRounds} that are killed leave every acknowledged entry, and at most one more`, async () => {
        const task = (round: number) => ({ place, ids: ids(`r${round}-`, 2000) });
        let next = startChild(task(0));
        let size = 0;
        for (let round = 0; round < killRounds; round += 1) {
          const child = await next;
          // The next one gets ready meanwhile.
          if (round + 1 < killRounds) next = startChild(task(round + 1));
          child.begin();
          // Some are killed before their first entry; one in four after it, however slow the machine is.
          if (round % 4 === 0) await child.begun;
          await new Promise((done) => setTimeout(done, 1 + ((round * 37) % 50)));
          child.kill();
          const acknowledged = (await child.ended).map(({ leaf }) => leaf);
          // Waits until the store has let go of what the killed program had begun, and checks every new line.
          await register.transaction(async () => {});
          const added = (await stored(size)).map(({ leaf }) => leaf);
          expect(added.slice(0, acknowledged.length)).toEqual(acknowledged);
          expect(added.length - acknowledged.length).toBeLessThanOrEqual(1);
          size += added.length;
        }
        const lines = await stored();
        expect(lines.map(({ place: at }) => at)).toEqual([...lines.keys()]);
        expect(lines.filter(({ line }) => canonicalJson(JSON.parse(line)) !== line)).toEqual([]);
        expect(size).toBeGreaterThan(0);
        await checkAnew();
      });
    });
  });
}
