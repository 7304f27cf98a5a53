import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../core/index.ts';
import { folderWith, run, smallCharter } from '../run.test-support.ts';

let cwd = '';
beforeAll(async () => {
  const day = (i: number) => new Date(Date.UTC(2026, 2, 1 + i, 9)).toISOString();
  const rows = Array.from({ length: 48 }, (_, i) => {
    // The last eight are not decided: their last step begins as a formula does.
    return `${i},received,${day(i)}\n${i},${i < 40 ? 'decided' : '=check'},${day(i + (i % 3 === 0 ? 8 : 2))}\n`;
  });
  cwd = folderWith({
    'small/service.yaml': smallCharter(),
    'small/data/log.csv': `case,step,when\n${rows.join('')}`,
  });
  await run(['add', '--into', 'small'], { cwd });
});

const rows = (...args: readonly string[]) => run(['rows', 'small', ...args], { cwd });

describe('rows', () => {
  it('lists every figure and finding that leads to rows', async () => {
    const { code, out } = await run(['rows', 'small', '--format', 'table'], { cwd });
    expect(code).toBe(0);
    expect(out).toContain('find/throughput closed-cases  Closed cases\n');
    expect(out).toContain('find/findings wait-1  ');
  });

  it('counts the rows behind a figure by class, used and left out', async () => {
    const { out } = await rows('throughput', 'closed-cases', '--format', 'table');
    await expect(out).toMatchFileSnapshot('../golden/rows.txt');
    const [result] = JSON.parse((await rows('find/throughput', 'closed-cases')).out) as readonly Result[];
    const classes = result?.tables[0]?.rows ?? [];
    expect(classes.reduce((sum, row) => sum + Number(row.rows), 0)).toBe(48);
  });

  it('gives all rows of a class as CSV, formulas made harmless, or as JSON', async () => {
    const output = join(cwd, 'last.csv');
    const named = ['time', 'total-days', '--class', 'last'];
    expect((await rows(...named, '--format', 'csv', '--output', output)).err).toContain(`Wrote ${output}.`);
    const lines = readFileSync(output, 'utf8').trim().split('\r\n');
    const { out } = await rows(...named, '--format', 'json');
    const all = JSON.parse(out) as readonly Readonly<Record<string, unknown>>[];
    expect([lines.length - 1, all.length]).toEqual([48, 48]);
    expect(lines[0]?.split(',').slice(0, 3)).toEqual(['case_id', 'seq', 'step']);
    expect(lines.filter((line) => line.includes(",'=check,"))).toHaveLength(8);
    expect(all.filter(({ step }) => step === '=check')).toHaveLength(8);
    // Rows tell of the work, never of who did it.
    expect(lines[0]).not.toContain('worker');
  });

  it.each([
    [['nothing', 'closed-cases'], 'There is no Result "nothing".'],
    [['throughput', 'closed-case'], 'There is no figure "closed-case".'],
    [['throughput', 'closed-cases', '--class', 'nothing'], 'There is no class "nothing".'],
  ])('%s is wrong use, and says what there is', async (args, said) => {
    const { code, err } = await rows(...args);
    expect(code).toBe(2);
    expect(err).toContain(said);
    expect(err).toContain('try');
  });
});
