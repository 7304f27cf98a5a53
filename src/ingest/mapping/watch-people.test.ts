import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cells, CodedCells } from '../readers/cells.ts';
import type { RawBatch } from '../readers/raw-table.ts';
import type { Verdict } from './column-look.ts';
import { PersonalOpen, watchPeople } from './watch-people.ts';

const sentence = (i: number) =>
  `Mrs Smith of ${i} High Street rang about her claim and was very upset about it`;
const times = (n: number, text: (i: number) => string) => Array.from({ length: n }, (_, i) => text(i));

/** Batches of so many rows, as texts or as places in a list that grows. */
function batchesOf(cells: readonly string[], rows: number, isCoded: boolean): readonly RawBatch[] {
  const words: string[] = [];
  const codes = new Map<string, number>();
  const coded = (texts: readonly string[]): Cells => {
    const places = texts.map((text) => {
      if (!codes.has(text)) codes.set(text, words.push(text) - 1);
      return codes.get(text) as number;
    });
    return new CodedCells(Int32Array.from(places), words);
  };
  return Array.from({ length: Math.ceil(cells.length / rows) }, (_, b) => {
    const texts = cells.slice(b * rows, (b + 1) * rows);
    const lines = texts.map((_, i) => 2 + b * rows + i);
    return { rows: texts.length, lines, columns: [isCoded ? coded(texts) : texts], faults: [] };
  });
}

/** What becomes of a column in the end, and how often its file is read. */
function readThrough(header: string, cells: readonly string[], rows = 50, isCoded = true) {
  const known = new Map<string, Verdict | null>();
  for (let readings = 1; ; readings++) {
    try {
      const watch = watchPeople(known);
      let verdict: Verdict | null = null;
      for (const [b, batch] of batchesOf(cells, rows, isCoded).entries()) {
        if (b === 0) verdict = watch.judge(header, 0, batch);
        watch.look(batch);
      }
      watch.end();
      return { verdict, readings, notices: watch.notices() };
    } catch (error) {
      if (!(error instanceof PersonalOpen)) throw error;
      for (const [column, told] of error.verdicts) known.set(column, told);
    }
  }
}

describe.each([
  ['a list of texts', true],
  ['texts', false],
])('a column that comes as %s', (_, isCoded) => {
  test.each<readonly [string, string, readonly string[], Verdict | null]>([
    [
      'notes that begin after many empty rows',
      'notes',
      [...times(200, () => ''), ...times(20, sentence)],
      'free text',
    ],
    [
      'one note again and again after short ones',
      'notes',
      [...times(200, () => 'ok'), ...times(800, () => sentence(1))],
      'free text',
    ],
    [
      'a few hundred notes among many short ones',
      'notes',
      [...times(9_000, () => 'ok'), ...times(200, sentence)],
      'free text',
    ],
    [
      'names after answers',
      'Customer name',
      [...times(900, (i) => (i % 2 ? 'Y' : 'N')), ...times(90, (i) => `Jane Smith ${i}`)],
      'named for people',
    ],
    [
      'emails after nothing',
      'contact',
      [...times(300, () => ''), ...times(9, (i) => `j${i}@example.org`)],
      'singles people out',
    ],
    [
      'emails among other words',
      'contact',
      [...times(900, () => 'by phone'), ...times(30, (i) => `j${i}@example.org`)],
      'singles people out',
    ],
    [
      'full postcodes below no such name',
      'Place',
      times(300, (i) => `LS${1 + (i % 9)} ${i % 10}AB`),
      'singles people out',
    ],
    [
      'emails among words of theirs',
      'Sent to',
      times(300, (i) => `Zed Quux <z${i}@example.org>`),
      'singles people out',
    ],
    [
      'short sentences with emails further down',
      'Mail',
      [...times(900, () => 'none'), ...times(30, (i) => `Wrote to Zed <z${i}@example.org> today`)],
      'singles people out',
    ],
    [
      'one mailbox in many short sentences',
      'Mail',
      [...times(900, () => 'none'), ...times(30, (i) => `Wrote to desk@example.org on day ${i}`)],
      null,
    ],
    [
      'numbers of people behind a word',
      'Said',
      times(300, (i) => `NINO AB12${1000 + i}C`),
      'singles people out',
    ],
    [
      'addresses in one line',
      'Line',
      times(300, (i) => `${i} High Street, Ely cb${1 + (i % 9)} ${i % 10}aa`),
      'singles people out',
    ],
    [
      'references that look like numbers of people',
      'Old',
      times(300, (i) => `CASE-AB12${1000 + i}C-1`),
      null,
    ],
    ['teams and rooms', 'Seat', times(300, (i) => `Team ${i % 9} AB, room ${i % 9} 1AA`), null],
    ['forms', 'Form', times(300, (i) => `Form P${i % 9} 2AB`), null],
    [
      'short remarks further down',
      'Remarks',
      [...times(900, () => 'ok'), ...times(25, (i) => `Jane rang, case ${i}`)],
      'free text',
    ],
    [
      'few remarks, each its own',
      'case:Description of need',
      ['', '', 'needs a bed', 'fell twice', 'rang Jane', 'n/a', 'n/a'],
      'free text',
    ],
    ['two remarks', 'Notes', ['it is done', 'on paper'], null],
    ['a few remarks again and again', 'Notes', times(90, (i) => `sent back by post ${'abc'[i % 3]}`), null],
    ['short texts below no such name', 'region', times(300, (i) => `part ${i} of the land`), null],
    ['codes of remarks', 'Remarks', times(300, (i) => `R${i}`), null],
    ['postcode districts', 'Postcode', times(300, (i) => `LS${i % 30}`), null],
    ['answers under a name for people', 'Telephone', times(300, (i) => (i % 2 ? 'Yes' : 'No')), null],
    ['words', 'region', times(300, (i) => `region ${i % 7}`), null],
    ['references', 'old reference', times(300, (i) => `REF/2026/${i}`), null],
    ['nothing at all', 'region', times(300, () => ''), null],
  ])('of %s is judged alike from either end', (_, header, cells, expected) => {
    expect(readThrough(header, cells, 50, isCoded).verdict).toBe(expected);
    expect(readThrough(header, cells.toReversed(), 50, isCoded).verdict).toBe(expected);
  });
});

describe.each([
  ['a list of texts', true],
  ['texts', false],
])('a column that is kept and comes as %s', (_, isCoded) => {
  const few = [
    ...times(500, () => 'ok'),
    'ask ann@example.org',
    'ok',
    'NINO AB123456C',
    'ask ann@example.org',
  ];

  test('is told of where a few of its values tell of people, by their rows', () => {
    const { verdict, notices } = readThrough(
      'Info',
      [...few, 'SW1A 1AA', ...times(99, () => 'no')],
      50,
      isCoded,
    );
    expect(verdict).toBeNull();
    expect(notices).toEqual([
      {
        code: 'PEOPLE_AMONG_VALUES',
        message:
          'Column "Info" was kept, and holds 3 different values that tell who people are (such as rows 502, 504 and 505). To leave it out: --drop "Info", or `drop` in service.yaml. To keep it knowingly: --map "Info=Info", or `map`.',
        count: 3,
      },
    ]);
  });

  test('is told of where the first rows would have left it out', () => {
    const { notices, readings } = readThrough('Info', few.toReversed(), 3, isCoded);
    expect(readings).toBe(2);
    expect(notices.map(({ message }) => message)).toEqual([
      expect.stringContaining('2 different values that tell who people are (such as rows 2, 3 and 5)'),
    ]);
  });

  test('is not told of where it tells of nobody, or is left out', () => {
    expect(
      readThrough(
        'Info',
        times(300, (i) => `part ${i % 9}`),
        50,
        isCoded,
      ).notices,
    ).toEqual([]);
    expect(
      readThrough(
        'Info',
        times(300, (i) => `a${i}@example.org`),
        50,
        isCoded,
      ).notices,
    ).toEqual([]);
  });
});

test('whatever the order of rows, the batches and the form, one column has one fate, in two readings at most', () => {
  const cell = fc.oneof(
    fc.constantFrom('', '', 'ok', 'Y', 'sent back', 'SW1A', 'QQ123456C', 'of SW1A 1AA'),
    fc.nat(150).map(sentence),
    fc.nat(30).map((i) => `jane${i}@example.org`),
    fc.nat(30).map((i) => `Jane <jane${i}@example.org>`),
  );
  fc.assert(
    fc.property(
      fc.constantFrom('notes', 'Customer name', 'Postcode', 'contact'),
      fc
        .array(fc.tuple(cell, fc.integer({ min: 1, max: 60 })), { maxLength: 40 })
        .map((runs) => runs.flatMap(([text, n]) => times(n, () => text)))
        .chain((cells) =>
          fc.tuple(fc.constant(cells), fc.shuffledSubarray(cells, { minLength: cells.length })),
        ),
      fc.integer({ min: 1, max: 200 }),
      fc.boolean(),
      (header, [cells, shuffled], rows, isCoded) => {
        const one = readThrough(header, cells, rows, isCoded);
        const other = readThrough(header, shuffled, rows, isCoded);
        expect(one.verdict === null).toBe(other.verdict === null);
        expect(Math.max(one.readings, other.readings)).toBeLessThanOrEqual(2);
      },
    ),
  );
});
