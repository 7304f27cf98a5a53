import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type CellValue, provenance, type Result } from '../../core/index.ts';
import { draftOption, keepOption, optionDrafts, removeOption, standingOf } from './index.ts';

const dir = mkdtempSync(join(tmpdir(), 'wellspent-options-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const place = { file: join(dir, 'records.db') };

function findings(rows: readonly Readonly<Record<string, CellValue>>[]): Result {
  return {
    id: 'findings',
    question: 'What holds us back?',
    answer: 'Something.',
    status: 'caution',
    figures: [{ id: 'findings', name: 'Findings', value: 1, unit: 'count', interval: null, period: '2026' }],
    tables: [
      {
        id: 'findings',
        title: 'Findings',
        columns: [
          { key: 'id', title: 'Finding', type: 'text', forMachines: true },
          { key: 'title', title: 'What was found', type: 'text' },
          { key: 'cases', title: 'Cases', type: 'count' },
          { key: 'pounds', title: 'Staff cost', type: 'pounds', intervalIn: 'poundsInterval' },
          { key: 'poundsInterval', title: '95% interval of the cost', type: 'text' },
        ],
        rows,
      },
    ],
    charts: [],
    caveats: [],
    next: [],
    provenance: provenance({
      method: 'none',
      charter: { service: 'permits', version: '1.0.0', hash: 'a'.repeat(64) },
    }),
  };
}

const row = {
  id: 'rework-1',
  title: '"visit" is done again in 1,204 cases, 12.5% of all.',
  cases: 1204,
  pounds: 4120,
  poundsInterval: '£3,900 to £4,340',
  evidence: 'find/rework',
  confidence: 'Possible rework.',
  question: 'What brings a case back?',
};
const today = new Date('2026-11-27T09:00:00Z');

test('a draft keeps what the finding said, with intervals, how sure, what would confirm it, and the day', () => {
  expect(draftOption(findings([row]), 'rework-1', today)).toEqual({
    id: 'option-rework-1',
    taken: '2026-11-27T09:00:00Z',
    title: row.title,
    finding: 'rework-1',
    key: '"visit" is done again in # cases, #% of all.',
    evidence: 'find/rework',
    period: '2026',
    charter: 'permits 1.0.0',
    facts: [
      { name: 'Cases', value: '1,204' },
      { name: 'Staff cost', value: '£4,120 (95% interval £3,900 to £4,340)' },
    ],
    confidence: 'Possible rework.',
    question: 'What brings a case back?',
  });
  expect(draftOption(findings([row]), 'rework-2', today)).toBeNull();
});

test('drafts are kept one a finding, listed and removed', async () => {
  expect(await optionDrafts(place)).toEqual([]);
  const draft = draftOption(findings([row]), 'rework-1', today);
  if (!draft) throw new Error('No draft.');
  await keepOption(place, draft);
  await keepOption(place, { ...draft, taken: '2026-11-28T09:00:00Z' });
  expect(await optionDrafts(place)).toEqual([{ ...draft, taken: '2026-11-28T09:00:00Z' }]);
  expect(await removeOption(place, 'option-other')).toBe(false);
  expect(await removeOption(place, draft.id)).toBe(true);
  expect(await optionDrafts(place)).toEqual([]);
});

test('a draft knows whether its finding is the same, has changed or is gone, whatever place it has', () => {
  const draft = draftOption(findings([row]), 'rework-1', today);
  if (!draft) throw new Error('No draft.');
  expect(standingOf(draft, findings([row]))).toEqual({ is: 'same', today: row.title });
  const other = { ...row, id: 'rework-1', title: '"check" is done again in 2,000 cases, 20% of all.' };
  const moved = {
    ...row,
    id: 'rework-2',
    title: '"visit" is done again in 900 cases, 9.4% of all.',
    cases: 900,
  };
  expect(standingOf(draft, findings([other, moved]))).toEqual({ is: 'changed', today: moved.title });
  expect(standingOf(draft, findings([other]))).toEqual({ is: 'gone', today: null });
  expect(standingOf(draft, undefined).is).toBe('gone');
});
