import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { measure } from './index.ts';
import { madeWorkspace } from './made-workspace.test-support.ts';

const example = new URL('../../examples/emergency/service.yaml', import.meta.url);

describe.skipIf(!existsSync(example))('the emergency example', () => {
  test('shows attendances +6.27%, share in time -1.25%, seen in time +4.94% over two years; type 1 +2.73, -2.56, +0.10', async () => {
    const read = (name: string) =>
      readFileSync(new URL(`data/${name}.csv`, example), 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(','));
    const workspace = await madeWorkspace(readFileSync(example, 'utf8'), {
      volumes: read('volumes').map(([period = '', output = '', quantity]) => ({
        period,
        output,
        quantity: Number(quantity),
      })),
      quality: read('quality').map(([period = '', output = '', name = '', share, n]) => ({
        period,
        output,
        measure: name,
        value: Number(share),
        n: Number(n),
      })),
    });
    const results = new Map(
      (await measure(workspace, { replicates: 50 })).map((result) => [result.id, result]),
    );
    await workspace.close();
    const changes = results.get('output')?.tables.find((table) => table.id === 'changes')?.rows ?? [];
    const rows = changes.filter((row) => row.from === '2016 to 2017' && row.to === '2018 to 2019');
    const percent = (output: RegExp) => {
      const row = rows.find((one) => output.test(String(one.output)));
      return [row?.volume, row?.quality, row?.adjusted].map((growth) => (100 * Number(growth)).toFixed(2));
    };
    expect(percent(/^All/)).toEqual(['6.27', '-1.25', '4.94']);
    expect(percent(/type 1/)).toEqual(['2.73', '-2.56', '0.10']);
    expect(results.get('productivity')?.status).toBe('cannot-tell');
    expect(results.get('productivity')?.answer).toContain('no inputs are recorded');
    expect(results.get('effectiveness')?.status).toBe('caution');
  });
});
