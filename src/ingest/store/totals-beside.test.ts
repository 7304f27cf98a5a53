import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExtractKind } from '../../define/index.ts';
import { describeSources } from '../index.ts';
import { type SmallWorkspace, smallWorkspace } from '../small-workspace.test-support.ts';

let small: SmallWorkspace;
beforeEach(async () => {
  small = await smallWorkspace();
});
afterEach(() => small.close());

const add = async (
  as: ExtractKind,
  name: string,
  lines: readonly string[],
  rules: { readonly drop?: readonly string[] } = {},
) => {
  const { notices } = await small.add(name, `${lines.join('\n')}\n`, { as, ...rules });
  return notices.filter(({ code }) => code === 'TOTALS_STAND_BESIDE');
};
const volumes = (...lines: readonly string[]) => ['Month,Output,Team,Count,Status', ...lines];
const total = async () => (await small.query('select sum(quantity) as n from volumes'))[0]?.n;

const january = volumes('2025-01,permits,X,10,provisional', '2025-01,permits,Y,20,provisional');
const february = volumes(
  '2025-01,permits,X,12,final',
  '2025-01,permits,Y,20,final',
  '2025-02,permits,X,5,provisional',
);

describe('totals beside those of an earlier extract', () => {
  it('are told where only a text differs, with the column; without it the later take their place', async () => {
    expect(await add('volumes', 'january.csv', january)).toEqual([]);
    const told = await add('volumes', 'february.csv', february);
    const message =
      '2 rows of february.csv stand beside rows of earlier extracts with the same period and output, and both are counted. Their texts differ in Status alone. If that is not a breakdown (as provisional and final are none), add all extracts of volumes again, each with --drop "Status": then the later row takes the place of the earlier.';
    expect(told).toEqual([{ code: 'TOTALS_STAND_BESIDE', message, count: 2 }]);
    const { tables } = await describeSources(small.workspace);
    expect(tables.find(({ id }) => id === 'notices')?.rows).toContainEqual({
      file: 'february.csv',
      notice: message,
      meaning: expect.any(String),
    });
    expect(await total()).toBe(67);
    await add('volumes', 'january.csv', january, { drop: ['Status'] });
    expect(await add('volumes', 'february.csv', february, { drop: ['Status'] })).toEqual([]);
    expect(await total()).toBe(37);
  });

  it('are told of inputs and quality, and where several texts differ at once', async () => {
    const inputs = (row: string) => ['Month,Input,FTE,Cost,Team,Version', row];
    await add('inputs', 'in.csv', inputs('2025-01,staff,10,100,X,draft'));
    const [input] = await add('inputs', 'in2.csv', inputs('2025-01,staff,11,110,X,final'));
    expect(input?.message).toContain(
      'with the same period and input, and both are counted. Its text differs in Version alone.',
    );
    const quality = (row: string) => ['Month,Output,Measure,Value,Team,Version', row];
    await add('quality', 'q.csv', quality('2025-01,permits,right,0.9,X,draft'));
    const [measure] = await add('quality', 'q2.csv', quality('2025-01,permits,right,0.8,Z,final'));
    expect(measure?.message).toContain('Its text differs in more than one column.');
    expect(measure?.message).toContain('each with --drop and those columns');
  });

  it('are not told where the row took the place of an earlier one, or the period or name is another', async () => {
    await add('volumes', 'january.csv', january);
    // The other team of the month stands from January: nothing is counted that was not counted before.
    expect(await add('volumes', 'again.csv', volumes('2025-01,permits,X,11,provisional'))).toEqual([]);
    expect(await add('volumes', 'next.csv', volumes('2025-02,permits,X,11,final'))).toEqual([]);
    expect(await add('volumes', 'others.csv', volumes('2025-01,refunds,X,11,final'))).toEqual([]);
    expect(await total()).toBe(53);
  });

  it('say how many rows differ in which column, where there are several', async () => {
    await add('volumes', 'january.csv', january);
    const [told] = await add(
      'volumes',
      'late.csv',
      volumes('2025-01,permits,Z,3,provisional', '2025-01,permits,X,3,final', '2025-01,permits,Z,3,final'),
    );
    expect(told?.count).toBe(3);
    expect(told?.message).toContain(
      'Their texts differ in Status alone (1 row), Team alone (1 row) and more than one column (1 row).',
    );
  });
});
