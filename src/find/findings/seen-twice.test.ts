import { expect, it } from 'vitest';
import { openDuckdb, sql } from '../../stores/index.ts';
import type { Finding, Pattern } from './finding.ts';
import { seenTwice } from './seen-twice.ts';

const finding = (pattern: Pattern, from: number, to: number, pounds: number | null): Finding => {
  const cases = sql`select cast(range as varchar) as case_id from range(${from}, ${to})`;
  const isWait = pattern === 'wait';
  return {
    ...{ id: pattern, key: pattern, pattern, title: pattern, cases: to - from, share: 0, days: null },
    ...{ hours: null, pounds, delayPounds: null, gap: null, confidence: '', evidence: '', question: '' },
    affected: isWait ? null : cases,
    induced: isWait ? cases : null,
  };
};

it('two priced findings with most cases of each in common say so, and by how many', async () => {
  const warehouse = await openDuckdb({ folders: [] });
  try {
    const said = await seenTwice(warehouse, [
      finding('failure-demand', 0, 100, 900),
      finding('wait', 20, 100, 700),
      finding('rework', 90, 200, 50),
      finding('overprocessing', 0, 100, null),
    ]);
    expect([...said]).toEqual([
      [
        'failure-demand',
        'Overlaps, so do not add their hours and pounds: finding 2 of this list (a wait) has 80 cases in common with it, 80.0% of those in which this work is done.',
      ],
      [
        'wait',
        'Overlaps, so do not add their hours and pounds: finding 1 of this list (contacts that a failure brings) has 80 cases in common with it, 100.0% of those in which this work is done.',
      ],
    ]);
  } finally {
    await warehouse.close();
  }
});
