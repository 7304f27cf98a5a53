import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { provenance, type Result, sha256Hex } from '../../../core/index.ts';
import {
  type Disposition,
  deleteDispositionWords,
  dispositions,
  isDismissed,
  openRecords,
  type Records,
  type RecordsPlace,
  reviewsByPattern,
} from '../../records/index.ts';
import { sql } from '../../warehouse/sql.ts';
import { readLine } from '../entry/read-line.ts';
import { openRegister, type Register } from '../log/open-register.ts';
import { readStored, verifyStored } from '../verify/verify-records.ts';
import { figuresHash, type Keeping, keepResult, keepResults } from './keep-results.ts';
import { recordDisposition } from './record-disposition.ts';

const charter = { name: 'small', version: '1.0.0', effective: '2026-04-01', hash: sha256Hex('charter 1') };
const today: Keeping = { recorded: '2026-05-04T09:30:00Z', role: 'analyst' };
const later: Keeping = { recorded: '2026-06-04T09:30:00Z', role: 'analyst' };

function resultOf(id: string, value: number, hash = charter.hash): Result {
  return {
    id,
    question: 'How many?',
    answer: `There are ${value}.`,
    status: 'sound',
    figures: [{ id: 'n', name: 'Number', value, unit: 'count', interval: null, period: null }],
    tables: [],
    charts: [],
    caveats: [],
    next: [],
    provenance: provenance({
      method: 'counting',
      charter: { service: 'small', version: '1.0.0', hash },
      sources: [{ file: 'log.csv', sha256: sha256Hex('log'), rowsIn: 1, rowsUsed: 1, rowsSetAside: 0 }],
    }),
  };
}

const disposition: Disposition = {
  finding: 'repeat|decide|team A',
  pattern: 'repeat',
  verdict: 'legitimate exception',
  response: null,
  share: 0.1,
  role: 'team-leader',
  reviewed: '2026-05-04T09:30:00Z',
  reason: 'The form is new, and we check twice on purpose.',
  worksAround: null,
};

/** What is kept, on every backend. */
export function describeKeeping(name: string, placeOf: (name: string) => RecordsPlace): void {
  describe(`keeping in ${name}`, () => {
    const opened: Records[] = [];
    let register: Register;
    beforeEach(async () => {
      const records = await openRecords(placeOf(`keep${opened.length}`));
      opened.push(records);
      register = openRegister(records, 'small.register/00');
    });
    afterAll(async () => {
      for (const one of opened) await one.close();
    });

    const entries = async () =>
      (await readStored(register.records)).entries.map(({ line }) => readLine(Buffer.from(line)));
    const faultOf = async () => verifyStored(await readStored(register.records)).fault;

    it('a Result: its charter first, then the hashes that it can be held against', async () => {
      const result = resultOf('output', 5);
      const kept = await keepResult(register, result, charter, today);
      expect(kept).toMatchObject({ result: 'output', index: 1, version: 1, isNew: true });
      const [first, second] = await entries();
      expect(first).toMatchObject({ kind: 'charter.version', id: 'small', version: 1, payload: charter });
      expect(second).toMatchObject({
        kind: 'result.kept',
        id: 'output',
        payload: { status: 'sound', figures: figuresHash(result), charter_hash: charter.hash },
      });
      expect(await faultOf()).toBeNull();
    });

    it('the same figures once, other figures as the next version', async () => {
      await keepResults(register, [resultOf('output', 5), resultOf('quality', 1)], charter, today);
      const again = await keepResults(
        register,
        [resultOf('output', 5), resultOf('quality', 2)],
        charter,
        later,
      );
      expect(again.map(({ index, version, isNew }) => [index, version, isNew])).toEqual([
        [1, 1, false],
        [3, 2, true],
      ]);
      expect((await entries()).map(({ kind, version }) => `${kind} ${version}`)).toEqual([
        'charter.version 1',
        'result.kept 1',
        'result.kept 1',
        'result.kept 2',
      ]);
    });

    it('each version of a charter under which figures were kept, also one that came back', async () => {
      const other = { ...charter, version: '1.1.0', hash: sha256Hex('charter 2') };
      await keepResult(register, resultOf('output', 5), charter, today);
      await keepResult(register, resultOf('output', 5, other.hash), other, later);
      await keepResult(register, resultOf('output', 5), charter, later);
      const charters = (await entries()).filter(({ kind }) => kind === 'charter.version');
      expect(charters.map(({ version, payload }) => [version, payload?.version])).toEqual([
        [1, '1.0.0'],
        [2, '1.1.0'],
        [3, '1.0.0'],
      ]);
    });

    it('no Result of another charter, and then nothing at all', async () => {
      const strange = resultOf('quality', 1, sha256Hex('charter 2'));
      await expect(
        keepResults(register, [resultOf('output', 5), strange], charter, today),
      ).rejects.toMatchObject({ code: 'RECORD_INVALID' });
      expect(await entries()).toEqual([]);
    });

    it('figures that somebody changes beside the register are found; a content that is deleted is not missed', async () => {
      await keepResults(register, [resultOf('output', 5), resultOf('quality', 1)], charter, today);
      const { records } = register;
      await records.write(({ run }) =>
        run(sql`update kept_results set result = replace(result, '"value":1', '"value":2')`),
      );
      expect(await faultOf()).toMatchObject({ entry: 2, error: { code: 'KEPT_RESULT_CHANGED' } });
      await records.write(({ run }) => run(sql`delete from kept_results`));
      expect(await faultOf()).toBeNull();
    });

    it('a disposition: the verdict in the register, the words where they can be deleted', async () => {
      await recordDisposition(register, disposition);
      const [entry] = await entries();
      expect(entry).toMatchObject({ kind: 'disposition', id: disposition.finding, role: 'team-leader' });
      expect(entry?.payload).toEqual({
        pattern: 'repeat',
        verdict: 'legitimate exception',
        response: null,
        share: 0.1,
      });
      expect(await dispositions(register.records)).toEqual([disposition]);
      expect(await deleteDispositionWords(register.records, disposition.finding)).toBe(true);
      expect(await dispositions(register.records)).toEqual([{ ...disposition, reason: null }]);
      expect(await faultOf()).toBeNull();
    });

    it('a second look as the next version, in place of the first', async () => {
      await recordDisposition(register, disposition);
      const second: Disposition = {
        ...disposition,
        ...{ verdict: 'confirmed workaround', response: 'redesign', reviewed: '2026-06-04T09:30:00Z' },
        worksAround: 'The system times out.',
      };
      await recordDisposition(register, second);
      expect((await entries()).map(({ version }) => version)).toEqual([1, 2]);
      expect(await dispositions(register.records)).toEqual([second]);
    });

    it.each([
      ['PERSONAL_DATA_SUSPECTED', { reason: 'Ask jo@example.org' }],
      ['PERSONAL_DATA_SUSPECTED', { finding: 'repeat|020 7946 0018' }],
      ['RECORD_INVALID', { verdict: 'lazy' }],
      ['RECORD_INVALID', { response: 'adopt' }],
      ['RECORD_INVALID', { share: 2 }],
    ])('no disposition that is %s with %j, and then nothing at all', async (code, change) => {
      const given = { ...disposition, ...change } as Disposition;
      await expect(recordDisposition(register, given)).rejects.toMatchObject({ code });
      expect([await entries(), await dispositions(register.records)]).toEqual([[], []]);
    });
  });

  if (name !== 'SQLite') return;
  it('a dismissal keeps a finding away for a year, or until its share has doubled', () => {
    const at = (day: string) => new Date(`${day}T09:30:00Z`);
    expect(isDismissed(disposition, 0.19, at('2027-05-03'))).toBe(true);
    expect(isDismissed(disposition, 0.2, at('2026-05-05'))).toBe(false);
    expect(isDismissed(disposition, null, at('2027-05-04'))).toBe(false);
    expect(isDismissed({ ...disposition, verdict: 'not known' }, 0.1, at('2026-05-05'))).toBe(false);
    expect(isDismissed({ ...disposition, verdict: 'confirmed workaround' }, 0.1, at('2026-05-05'))).toBe(
      false,
    );
  });

  it('a pattern is as good as what was confirmed of what somebody could tell', () => {
    const of = (finding: string, verdict: Disposition['verdict'], pattern = 'repeat') => ({
      ...disposition,
      ...{ finding, verdict, pattern },
    });
    const found = [
      of('a', 'confirmed workaround'),
      of('b', 'data error'),
      of('c', 'not known'),
      of('d', 'confirmed workaround', 'batch'),
    ];
    expect(reviewsByPattern(found)).toEqual([
      { pattern: 'batch', confirmed: 1, reviewed: 1 },
      { pattern: 'repeat', confirmed: 1, reviewed: 2 },
    ]);
  });
}
