import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LifecycleRow, pairCase } from './pair-case.ts';

const minute = 60_000_000;

/** A row written as `minute step transition worker instance`; `-` is missing. */
function row(text: string): LifecycleRow {
  const [at, step, transition, worker, instance] = text
    .split(' ')
    .map((part) => (part === '-' ? null : part));
  const time = at ? Number(at) * minute : Number.NaN;
  return {
    at: time,
    step: step ?? '',
    transition: transition ?? null,
    worker: worker ?? null,
    instance: instance ?? null,
    isWhole: false,
  };
}

/** What became of each row: its fate, state and start. */
const paired = (...lines: readonly string[]) =>
  pairCase(lines.map(row)).map(({ fate, state, start }) =>
    [fate, ...(state ? [state] : []), ...(start >= 0 ? [start] : [])].join(' '),
  );

describe('rows of one case', () => {
  test('a completion takes the oldest open start of its step and worker', () => {
    expect(paired('0 a start w', '1 a start w', '2 a complete w', '3 a complete w')).toEqual([
      'merged',
      'merged',
      'made complete 0',
      'made complete 1',
    ]);
  });

  test('an instance pairs with its own, whoever does it', () => {
    expect(paired('0 a start w i', '1 a start w j', '2 a complete x j', '3 a complete w i')).toEqual([
      'merged',
      'merged',
      'made complete 1',
      'made complete 0',
    ]);
  });

  test('work that changed hands pairs only after those who finished their own', () => {
    expect(paired('0 a start v', '1 a start w', '2 a complete x', '3 a complete v')).toEqual([
      'merged',
      'merged',
      'made complete 1',
      'made complete 0',
    ]);
    expect(paired('0 a complete x', '1 a start v')).toEqual(['made instant', 'made open 1']);
  });

  test('an instance never takes the start of another', () => {
    expect(paired('0 a start v i', '1 a complete w j')).toEqual(['made open 0', 'made instant']);
  });

  test('a start and a completion at one instant pair in either order of the file', () => {
    expect(paired('0 a complete w', '0 a start w')).toEqual(['made complete 1', 'merged']);
  });

  test('an instance that ends before it starts is set aside, and what was planned for it stands', () => {
    expect(paired('0 a schedule - i', '1 a complete w i', '2 a start w i')).toEqual([
      'stands',
      'set-aside',
      'set-aside',
    ]);
    expect(paired('1 a complete w i', '2 a start w i', '3 a complete w i')).toEqual([
      'made instant',
      'merged',
      'made complete 1',
    ]);
  });

  test('rows without a time pair with nothing', () => {
    expect(paired('0 a start w', '- a complete w')).toEqual(['made open 0', 'stands no time']);
  });

  test('pauses are added up, and the last ends with the work', () => {
    const rows = ['0 a start w', '1 a suspend w', '3 a resume w', '6 a SUSPEND w', '10 a complete w'].map(
      row,
    );
    const last = pairCase(rows).at(-1);
    expect([last?.state, last?.pausedSeconds]).toEqual(['complete', (2 + 4) * 60]);
  });

  test('planned times belong to the work that they were planned for', () => {
    const rows = ['0 a schedule', '1 a schedule', '2 a assign', '3 a start w', '4 a complete w'].map(row);
    const found = pairCase(rows);
    expect(found.map(({ fate }) => fate)).toEqual(['merged', 'stands', 'merged', 'merged', 'made']);
    expect([found[4]?.scheduled, found[4]?.assigned]).toEqual([0, 2 * minute]);
  });

  test('withdrawn work had not begun, aborted work had, and skipped work stands alone', () => {
    expect(paired('0 a start w', '1 a schedule', '2 a withdraw', '3 a complete w')).toEqual([
      'merged',
      'merged',
      'made withdrawn',
      'made complete 0',
    ]);
    expect(paired('0 a start w', '1 a ate_abort w')).toEqual(['merged', 'made aborted 0']);
    expect(paired('0 a autoskip')).toEqual(['made skipped']);
  });

  test('other words are statuses and touch no work', () => {
    expect(paired('0 a start w', '1 a waiting w', '2 a complete w')).toEqual([
      'merged',
      'stands',
      'made complete 0',
    ]);
  });

  const anyRow = fc.record({
    minute: fc.option(fc.nat(30), { nil: null, freq: 8 }),
    step: fc.constantFrom('a', 'b'),
    transition: fc.constantFrom(
      ...[
        'start',
        'complete',
        'schedule',
        'assign',
        'suspend',
        'resume',
        'withdraw',
        'pi_abort',
        'odd',
        null,
      ],
    ),
    worker: fc.constantFrom('w', 'v', null),
    instance: fc.constantFrom('i', 'j', null, null),
  });
  const inOrder = (rows: readonly { readonly minute: number | null }[]) =>
    rows.toSorted((x, y) => (x.minute ?? Number.POSITIVE_INFINITY) - (y.minute ?? Number.POSITIVE_INFINITY));

  test('no row is lost: each start is used once, and no work ends before it starts', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 40 }), (made) => {
        const rows = (inOrder(made) as typeof made).map(({ minute: at, ...rest }): LifecycleRow => {
          const time = at === null ? Number.NaN : at * minute;
          return { ...rest, at: time, isWhole: false };
        });
        const found = pairCase(rows);
        expect(found).toHaveLength(rows.length);
        const starts = found.filter(({ fate, start }) => fate === 'made' && start >= 0);
        expect(new Set(starts.map(({ start }) => start)).size).toBe(starts.length);
        for (const [place, { fate, start, finish }] of found.entries()) {
          if (fate !== 'made') continue;
          if (start >= 0 && start !== place) expect(found[start]?.fate).toBe('merged');
          if (start >= 0 && finish >= 0)
            expect(rows[start]?.at).toBeLessThanOrEqual(rows[finish]?.at as number);
        }
        const count = (word: string) => rows.filter(({ transition }) => transition === word).length;
        const used = found.filter(
          ({ fate, start }, place) => fate === 'made' && start >= 0 && start !== place,
        );
        const mergedStarts = found.filter(
          ({ fate }, place) => fate === 'merged' && rows[place]?.transition === 'start',
        );
        expect(used).toHaveLength(mergedStarts.length);
        expect(mergedStarts.length).toBeLessThanOrEqual(count('start'));
      }),
    );
  });

  test('50,000 pieces of work that change hands pair in order', () => {
    const starts = Array.from({ length: 50_000 }, (_, i) => row(`${i} a start w`));
    const ends = Array.from({ length: 50_000 }, (_, i) => row(`${50_000 + i} a complete v`));
    const found = pairCase([...starts, ...ends]);
    expect(found.slice(50_000).every(({ start }, i) => start === i)).toBe(true);
  });
});
