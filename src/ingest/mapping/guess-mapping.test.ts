import { describe, expect, it } from 'vitest';
import { type Cells, CodedCells } from '../readers/cells.ts';
import { guessMapping } from './guess-mapping.ts';

/** Cells by their places in a list. */
function coded(cells: readonly string[]): CodedCells {
  const words = [...new Set(cells)];
  return new CodedCells(
    Int32Array.from(cells, (cell) => words.indexOf(cell)),
    words,
  );
}

it('knows a column of times wherever its gaps are, whether cells are coded or not', () => {
  const rows = 3_000;
  const times = Array.from({ length: rows }, (_, i) =>
    new Date(Date.UTC(2025, 0, 1 + (i % 400))).toISOString(),
  );
  const gapped = (isGap: (i: number) => boolean) => times.map((time, i) => (isGap(i) ? '' : time));
  const fieldOf = (moments: Cells) =>
    guessMapping({
      as: 'events',
      columns: ['moment of it'],
      sample: { rows, lines: [], columns: [moments], faults: [] },
      stated: {},
    })[0]?.field;
  for (const moments of [gapped((i) => i < 100), gapped((i) => i >= 2_900), gapped((i) => i % 3 === 0)])
    expect([fieldOf(moments), fieldOf(coded(moments))]).toEqual(['finished', 'finished']);
  const mostlyNone = times.map((time, i) => (i % 10 === 0 ? 'to be set' : time));
  expect([fieldOf(mostlyNone), fieldOf(coded(mostlyNone))]).toEqual([null, null]);
});

describe('a column that says who did it', () => {
  const rows = 40;
  const kinds = {
    names: (i: number) => `Ann Smith ${i % 5}`,
    numbers: (i: number) => `10${i % 7}`,
    nothing: () => '',
    days: (i: number) => `2025-01-${10 + (i % 9)}`,
    'times of day': (i: number) => `1${i % 9}:30`,
    hours: (i: number) => `${i % 3}.25`,
  };
  const workerOf = (as: 'events' | 'contacts', header: string, cell: (i: number) => string) =>
    guessMapping({
      as,
      columns: [header],
      sample: { rows, lines: [], columns: [Array.from({ length: rows }, (_, i) => cell(i))], faults: [] },
      stated: {},
    })[0]?.field === 'worker';

  it.each([
    ...[
      'Done by',
      'Completed by',
      'Handled by',
      'Updated by',
      'Last modified by',
      'Created by',
      'Entered by',
    ],
    ...['Processed by', 'Actioned by', 'Performed by', 'Allocated to', 'Completed By Name', 'closed_by_id'],
  ])('"%s" fills worker, but where it holds times or hours', (header) => {
    for (const as of ['events', 'contacts'] as const) {
      for (const kind of ['names', 'numbers', 'nothing'] as const)
        expect([kind, workerOf(as, header, kinds[kind])]).toEqual([kind, true]);
      for (const kind of ['days', 'times of day', 'hours'] as const)
        expect([kind, workerOf(as, header, kinds[kind])]).toEqual([kind, false]);
    }
  });

  it('fills worker after one that is called so', () => {
    const columns = ['Created by', 'Completed by', 'User'];
    const cells = columns.map((name) => [name, `${name} 2`]);
    const guesses = guessMapping({
      as: 'events',
      columns,
      sample: { rows: 2, lines: [], columns: cells, faults: [] },
      stated: {},
    });
    expect(guesses.find(({ field }) => field === 'worker')?.column).toBe('User');
  });
});
