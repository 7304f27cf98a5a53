import { expect, it } from 'vitest';
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
