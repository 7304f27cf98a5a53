import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { batchRows } from '../readers/raw-table.ts';
import { type SmallWorkspace, smallWorkspace } from '../small-workspace.test-support.ts';

let small: SmallWorkspace;
beforeEach(async () => {
  small = await smallWorkspace();
});
afterEach(() => small.close());

const log = (...times: readonly string[]) =>
  `case,step,finished\n${times.map((time, i) => `c${i},x,${time}\n`).join('')}`;

describe('times with an offset and without in one column', () => {
  it('are told with how many there are of each', async () => {
    const text = log(
      '2025-07-01 10:00',
      '2025-07-02 10:00',
      '2025-07-03 10:00+02:00',
      '2025-07-04',
      '9999-12-31',
      '2025-07-05 10:00Z',
      '2025-07-06 10:00',
    );
    const { notices } = await small.add('mixed.csv', text, { timezone: 'Europe/London' });
    expect(notices.find(({ code }) => code === 'TIME_OFFSETS_MIXED')).toEqual({
      code: 'TIME_OFFSETS_MIXED',
      message:
        'Column "finished" holds times of two kinds: 3 without an offset, read in Europe/London, and 2 with one, read by it.',
      count: 3,
    });
  });

  it.each([
    ['all without', ['2025-07-01 10:00', '2025-07-02']],
    ['all with', ['2025-07-01 10:00Z', '2025-07-02T10:00+01:00', '2025-07-03']],
  ])('%s one are not', async (_, times) => {
    const { notices } = await small.add('alike.csv', log(...times));
    expect(notices.map(({ code }) => code)).not.toContain('TIME_OFFSETS_MIXED');
  });
});

describe('a comma that may be a decimal sign or a mark of thousands', () => {
  const inputs = (...costs: readonly string[]) =>
    `period;input;cost\n${costs.map((cost, i) => `2025-0${i + 1};staff;${cost}\n`).join('')}`;

  it('is told with both readings where no number of the column settles it', async () => {
    const { notices } = await small.add('open.csv', inputs('900', '1,234', '5,678'), { as: 'inputs' });
    expect(notices.find(({ code }) => code === 'NUMBER_READS_BOTH_WAYS')?.message).toBe(
      'Nothing in column "cost" tells whether the comma of numbers such as 1,234 is a decimal sign; it was taken for a mark of thousands: 1234, not 1.234. Say which with --decimal comma or --decimal point, or `decimal` in service.yaml.',
    );
    expect(await small.query('select sum(cost) as cost from inputs')).toEqual([{ cost: 7812 }]);
  });

  it.each([
    ['comma', 6.912],
    ['point', 6912],
  ] as const)('is what was said: a %s is the decimal sign', async (decimal, sum) => {
    const { notices } = await small.add('said.csv', inputs('1,234', '5,678'), { as: 'inputs', decimal });
    expect(notices.map(({ code }) => code)).not.toContain('NUMBER_READS_BOTH_WAYS');
    const [row] = await small.query('select sum(cost) as cost from inputs');
    expect(row?.cost).toBeCloseTo(sum, 6);
  });

  it.each([
    ['with decimal points', ['1,234', '12.50'], 1246.5],
    ['of millions', ['1,234', '1,234,567'], 1_235_801],
    ['with decimal commas', ['1,234', '12,50'], 13.734],
    ['below one', ['1,234', '0,125'], 1.359],
  ])('is settled by numbers %s', async (_, costs, sum) => {
    const { notices } = await small.add('settled.csv', inputs(...costs), { as: 'inputs' });
    expect(notices.map(({ code }) => code)).not.toContain('NUMBER_READS_BOTH_WAYS');
    const [row] = await small.query('select sum(cost) as cost from inputs');
    expect(row?.cost).toBeCloseTo(sum, 6);
  });

  it.each([
    ['commas alone', '12,50', '1,234', 13.734],
    ['a point beside them', '12,50', '1,234.5', 1234.5],
  ])('is settled by numbers far down: %s', async (_, comma, other, lastTwo) => {
    const costs = [...Array.from({ length: 2 * batchRows }, () => '1,234'), comma, other];
    const rows = costs.map((cost, i) => `2025-01;i${i};${cost}\n`).join('');
    await small.add('late.csv', `period;input;cost\n${rows}`, { as: 'inputs' });
    const [row] = await small.query('select sum(cost) as cost, min(cost) as least from inputs');
    const each = lastTwo === 13.734 ? 1.234 : 1234;
    expect(row?.cost).toBeCloseTo(each * 2 * batchRows + lastTwo, 3);
    expect(row?.least).toBe(each);
  });
});
