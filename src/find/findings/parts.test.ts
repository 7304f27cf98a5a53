import { expect, it } from 'vitest';
import { openDuckdb, sql } from '../../stores/index.ts';
import type { Finding, Pattern } from './finding.ts';
import { foldParts } from './parts.ts';

const finding = (id: string, pattern: Pattern, from: number, to: number, share = 0.02): Finding => ({
  ...{ id, key: id, pattern, title: id, cases: to - from, share, days: null, hours: null, pounds: null },
  ...{ delayPounds: null, gap: null, confidence: '', evidence: '', question: '' },
  affected:
    pattern === 'wait' ? null : sql`select cast(range as varchar) as case_id from range(${from}, ${to})`,
});

it('a sign in nearly the same cases as a finding before it is part of that one', async () => {
  const warehouse = await openDuckdb({ folders: [] });
  try {
    const { standing, parts } = await foldParts(warehouse, [
      finding('moved', 'clock-restart', 0, 100),
      finding('straight on', 'workaround', 0, 40),
      finding('again', 'rework', 10, 101),
      finding('elsewhere too', 'workaround', 50, 130),
      finding('wait', 'wait', 0, 100),
      finding('calls', 'failure-demand', 0, 20),
      finding('most cases', 'rework', 0, 1000, 0.5),
      finding('within most', 'workaround', 500, 600),
    ]);
    expect(parts.map((part) => [part.finding.id, part.whole.id])).toEqual([
      ['straight on', 'moved'],
      ['again', 'moved'],
    ]);
    expect(standing.map(({ id }) => id)).toEqual([
      'moved',
      'elsewhere too',
      'wait',
      'calls',
      'most cases',
      'within most',
    ]);
  } finally {
    await warehouse.close();
  }
});
