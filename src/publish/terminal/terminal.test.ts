import { describe, expect, it } from 'vitest';
import { type Result, WellspentError, WellspentFaults } from '../../core/index.ts';
import { renderError } from './error.ts';
import { renderTerminal } from './result.ts';

const plain = { colour: false, debug: false };

describe('errors at a terminal', () => {
  const fault = new WellspentError('FILE_NOT_FOUND', 'cases.csv has no column "decided".', {
    where: { file: 'service.yaml', line: 14, excerpt: 'closed: decided' },
    found: 'case_id, opened, closed, office, result',
    hint: 'closed: closed',
  });

  it('say what happened, where, what was found and what to try', () => {
    expect(renderError(fault, plain)).toBe(
      [
        'error[FILE_NOT_FOUND]: cases.csv has no column "decided".',
        '  service.yaml:14   closed: decided',
        '  found             case_id, opened, closed, office, result',
        '  try               closed: closed',
        '  more              wellspent explain FILE_NOT_FOUND',
        '',
      ].join('\n'),
    );
  });

  it('come all together for one file, and show a stack only for debugging', () => {
    const faults = new WellspentFaults('USAGE', 'The charter has 2 faults.', [fault, fault]);
    const text = renderError(faults, plain);
    expect(text.match(/error\[FILE_NOT_FOUND\]/g)).toHaveLength(2);
    expect(text).toMatch(/The charter has 2 faults\.\n$/);
    expect(text).not.toContain('    at ');
    expect(renderError(fault, { colour: false, debug: true })).toContain('    at ');
  });

  it('cannot move the cursor with what they quote', () => {
    const hostile = new WellspentError('USAGE', 'bad \u001b[2J name', { found: '\u0007\r\u001b]0;x' });
    const shown = renderError(hostile, plain);
    for (const control of ['\u001b', '\u0007', '\r']) expect(shown).not.toContain(control);
  });
});

const result: Result = {
  id: 'r',
  question: 'Did it rise?',
  answer: 'It rose by 1.5%.',
  status: 'caution',
  figures: [
    {
      id: 'g',
      name: 'Growth',
      value: 0.015,
      unit: 'growth',
      period: '2026',
      interval: { low: 0.01, high: 0.02, level: 0.95, method: 'm', meaning: 'x' },
    },
  ],
  tables: [
    {
      id: 't',
      title: 'By period',
      columns: [
        { key: 'p', title: 'Period', type: 'period' },
        { key: 'n', title: 'Cases that were counted', type: 'count' },
      ],
      rows: Array.from({ length: 22 }, (_, i) => ({ p: `month ${i + 1}`, n: 1000 * i })),
    },
  ],
  charts: [],
  caveats: ['Two months are missing.'],
  next: ['Add them.'],
  provenance: {
    charter: { service: 's', version: '1.0.0', hash: 'abc' },
    sources: [{ file: 'a.csv', sha256: 'def', rowsIn: 3, rowsUsed: 2, rowsSetAside: 1 }],
    method: 'counting',
    parameters: { leastCases: 10 },
    seed: 7,
    queries: [{ name: 'q', purpose: 'Counts.', sql: 'select 1\nwhere a = $1', values: ['x'] }],
    recompute: [{ method: 'index', input: { a: 1 } }],
    version: '0.1.0+0',
  },
};

describe('a Result at a terminal', () => {
  const text = renderTerminal([result], { width: 80, colour: false, explain: false });

  it('begins with the question and the answer with its status', () => {
    expect(text.split('\n').slice(0, 2)).toEqual(['Did it rise?', 'It rose by 1.5%.  [caution]']);
  });

  it('gives figures with intervals, twenty rows, caveats and next steps', () => {
    expect(text).toContain('Growth, 2026: +1.5% (95% interval +1.0% to +2.0%)');
    expect(text).toContain('and 2 more rows');
    expect(text).toContain('  - Two months are missing.');
    expect(text).toContain('  - Add them.');
  });

  it('explains with the query, its values, the sources and the way to work it out again', () => {
    const long = renderTerminal([result], { width: 80, colour: false, explain: true });
    for (const part of [
      'select 1',
      'values: "x"',
      'SHA-256 def',
      'Seed: 7',
      'wellspent calc index',
      '{"a":1}',
      'leastCases = 10',
    ])
      expect(long).toContain(part);
    expect(text).not.toContain('select 1');
  });

  it('aligns numbers to the right and never cuts them', () => {
    const rows = text.split('\n').filter((line) => line.startsWith('  month'));
    expect(new Set(rows.map((line) => line.length)).size).toBe(1);
    expect(rows.at(-1)).toMatch(/19,000$/);
  });
});

describe('a table that does not fit', () => {
  const column = (key: string, title: string) => ({ key, title, type: 'text' }) as const;
  const wide = (rows: number): Result => ({
    ...result,
    tables: [
      {
        id: 'wide',
        title: 'Wide',
        columns: Array.from({ length: 12 }, (_, c) => column(`c${c}`, `Column ${c}`)),
        rows: Array.from({ length: rows }, (_, r) =>
          Object.fromEntries(
            Array.from({ length: 12 }, (_, c) => [`c${c}`, c === 3 ? null : `value ${r}.${c}`]),
          ),
        ),
      },
    ],
  });
  const shown = (of: Result, width = 60) => renderTerminal([of], { width, colour: false, explain: false });

  it('shows rows one below the other, whole, and leaves out what is not known', () => {
    const text = shown(wide(2));
    expect(text).toContain('\n  Column 2   value 0.2\n  Column 4   value 0.4\n');
    expect(text).not.toContain('Column 3');
    expect(text).not.toContain('…');
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
  });

  it('shows five such rows and says how many more there are', () => {
    expect(shown(wide(12))).toContain('value 4.11\n  and 7 more rows');
    expect(shown(wide(12))).not.toContain('value 5.');
  });

  it('says "none" of an empty table instead of headings alone', () => {
    expect(shown(wide(0))).toContain('Wide\n  none');
    expect(shown(wide(0))).not.toContain('Column 1');
  });

  it('leaves out columns that only machines need', () => {
    const [table] = wide(1).tables;
    const columns = [column('c0', 'Told'), { ...column('c1', 'Hash'), forMachines: true as const }];
    const text = shown({ ...result, tables: [{ id: 't', title: 'T', rows: table?.rows ?? [], columns }] });
    expect(text).toContain('Told');
    expect(text).not.toContain('Hash');
  });
});
