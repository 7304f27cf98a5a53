import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeSources } from '../index.ts';
import { type SmallWorkspace, smallWorkspace } from '../small-workspace.test-support.ts';

let small: SmallWorkspace;
beforeEach(async () => {
  small = await smallWorkspace();
});
afterEach(() => small.close());

const add = async (name: string, lines: readonly string[], dedupe = false) => {
  const { notices } = await small.add(name, `${lines.join('\n')}\n`, {
    as: 'cases',
    ...(dedupe ? { dedupe: { key: ['Case ID'] } } : {}),
  });
  return notices.filter(({ code }) => code.startsWith('CASES_'));
};
const cases = (...lines: readonly string[]) => ['Case ID,Received,Decided,Outcome,Source', ...lines];

const january = cases(
  'a,2025-07-01,2025-07-09,granted,web',
  'b,2025-07-01,2025-07-10,granted,post',
  'c,2025-07-02,,,web',
);

describe('a later extract of cases', () => {
  it('says how many cases it says otherwise, and in which columns', async () => {
    expect(await add('january.csv', january)).toEqual([]);
    const told = await add(
      'february.csv',
      cases(
        'a,2025-07-01,2025-07-11,refused,web',
        'b,2025-07-01,2025-07-10,refused,post',
        'd,2025-07-02,,,web',
      ),
    );
    const message =
      'february.csv says otherwise of 2 cases than extracts before it, in Decided and Outcome. The value that is said last stands.';
    expect(told).toEqual([{ code: 'CASES_SAID_OTHERWISE', message, count: 2 }]);
    const { tables } = await describeSources(small.workspace);
    expect(tables.find(({ id }) => id === 'notices')?.rows).toContainEqual({
      file: 'february.csv',
      notice: message,
      meaning: expect.any(String),
    });
  });

  it('says that cases which were closed have no time of closing any more, and what makes them open', async () => {
    await add('january.csv', january);
    const february = cases('a,2025-07-01,,,web', 'c,2025-07-02,,,web');
    expect(await add('february.csv', february)).toEqual([
      {
        code: 'CASES_MAY_BE_REOPENED',
        message:
          '1 case that an earlier extract says was closed has nothing in Decided of february.csv, and may have been reopened. A blank says nothing, so it counts as closed. If it is open, add all extracts of cases again, each with --dedupe "Case ID": then the row of the latest stands as a whole.',
        count: 1,
      },
    ]);
    const open = 'select count(*) as n from cases where closed is null';
    expect(await small.query(open)).toEqual([{ n: 1 }]);
    await add('january.csv', january, true);
    expect(await add('february.csv', february, true)).toEqual([]);
    expect(await small.query(open)).toEqual([{ n: 2 }]);
  });

  it('is held against all that earlier ones said, not only the one before', async () => {
    await add('january.csv', january);
    await add('february.csv', cases('d,2025-07-02,,,web'));
    const told = await add('march.csv', cases('a,2025-07-01,,granted,post', 'd,2025-07-02,2025-07-05,,web'));
    expect(told.map(({ code, count }) => [code, count])).toEqual([
      ['CASES_SAID_OTHERWISE', 1],
      ['CASES_MAY_BE_REOPENED', 1],
    ]);
    expect(told[0]?.message).toContain('in Source.');
  });

  it('says nothing of what was blank before, of columns that it lacks, or of the same again', async () => {
    await add('january.csv', january);
    expect(await add('again.csv', [...january, 'e,2025-07-02,,,web'])).toEqual([]);
    expect(await add('closes.csv', cases('c,2025-07-02,2025-07-20,granted,web'))).toEqual([]);
    expect(await add('teams.csv', ['Case ID,Team', 'a,north', 'b,south'])).toEqual([]);
  });
});
