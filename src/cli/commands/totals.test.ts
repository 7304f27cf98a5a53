import { describe, expect, it } from 'vitest';
import type { Result } from '../../core/index.ts';
import { folderWith, run } from '../run.test-support.ts';

const charter = `wellspent: 1
service: small
title: A small service
version: 1.0.0
effective: 2026-04-01
owner: Head of the service
purpose: People get an answer.
timezone: UTC
reporting: { grain: month }
extracts:
  - { file: volumes.csv, as: volumes }
outcomes:
  - { id: answer, title: People get an answer }
outputs:
  - { id: answers, title: Answers, unit: answer, from: volumes }
  - { id: letters, title: Letters, unit: letter, from: volumes }
`;

/** A folder whose volumes have been brought in. */
async function withVolumes(volumes: string) {
  const cwd = folderWith({ 'service.yaml': charter, 'volumes.csv': volumes });
  return { cwd, added: await run(['add'], { cwd }) };
}

const doubled = `period,output,quantity,unit_cost
2026-01-01,answers,10,2
2026-02-01,answers,12,2
2026-01-01,answers,11,3
2026-01-01,letters,5,
2026-01-01,letters,5,
`;

describe('totals', () => {
  it('sets values aside that cannot be, and works with the rest', async () => {
    const { cwd, added } = await withVolumes(`period,output,quantity,unit_cost
2026-01-01,answers,10,2
2026-02-01,answers,-1,2
2026-03-01,answers,12,0
2026-04-01,answers,12,-3
2026-05-01,answers,0,2
2026-06-01,answers,12,
`);
    expect(added.code).toBe(0);
    expect(added.out + added.err).toContain('NUMBER_IMPOSSIBLE');
    const checked = await run(['check', '--format', 'json'], { cwd });
    expect(checked.code).toBe(0);
    const results = JSON.parse(checked.out) as readonly Result[];
    const rows = results.flatMap(({ tables }) => tables).flatMap((table) => table.rows);
    expect(rows).toContainEqual(
      expect.objectContaining({ file: 'volumes.csv', rowsIn: 6, rowsUsed: 3, rowsSetAside: 3 }),
    );
    expect((await run(['measure'], { cwd })).code).toBe(0);
  });

  it('reports every doubled row with its file and line in check', async () => {
    const { cwd } = await withVolumes(doubled);
    const { code, out } = await run(['check'], { cwd });
    expect(code).toBe(1);
    expect(out.split('\n\nwarning')[0]).toMatchInlineSnapshot(`
      "error[MEASURE_DUPLICATE_ROW]: volumes.csv gives output "answers" for the period from 1 January 2026 twice, first on line 2.
        volumes.csv:4
        found             quantity 10, unit cost 2; then quantity 11, unit cost 3
        try               keep one of the two rows, or add the column that tells them apart; then add the file again
        more              wellspent explain MEASURE_DUPLICATE_ROW

      error[MEASURE_DUPLICATE_ROW]: volumes.csv gives output "letters" for the period from 1 January 2026 twice, first on line 5.
        volumes.csv:6
        found             quantity 5; then quantity 5
        try               keep one of the two rows, or add the column that tells them apart; then add the file again
        more              wellspent explain MEASURE_DUPLICATE_ROW"
    `);
    expect(out).toContain('The totals have 2 faults.');
    const json = JSON.parse((await run(['check', '--format', 'json'], { cwd })).out) as readonly Result[];
    expect(json[0]?.tables[0]?.rows).toContainEqual(
      expect.objectContaining({ code: 'MEASURE_DUPLICATE_ROW', file: 'volumes.csv', line: 4 }),
    );
  });

  it('refuses to measure doubled rows, in the same words', async () => {
    const { cwd } = await withVolumes(doubled);
    const { code, err } = await run(['measure'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('volumes.csv:4');
    expect(err).toContain('volumes.csv:6');
    expect(err).toContain('found             quantity 10, unit cost 2; then quantity 11, unit cost 3');
  });

  it('takes rows that a column tells apart, and no others', async () => {
    const split = (second: string) => `period,output,quantity,region
2026-01-01,answers,10,north
2026-01-01,answers,11,${second}
`;
    const apart = await withVolumes(split('south'));
    expect((await run(['check'], { cwd: apart.cwd })).code).toBe(0);
    const same = await withVolumes(split('north'));
    const { code, out } = await run(['check'], { cwd: same.cwd });
    expect(code).toBe(1);
    expect(out).toContain('volumes.csv:3');
  });
});
