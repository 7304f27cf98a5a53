import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Result } from '../core/index.ts';
import { describeQuality, describeSources } from './index.ts';
import { type SmallWorkspace, smallWorkspace } from './small-workspace.test-support.ts';

let small: SmallWorkspace;
beforeEach(async () => {
  small = await smallWorkspace();
});
afterEach(() => small.close());

const head = 'case,step,when\n';
const april = ['1,apply,2026-04-01', '2,apply,2026-04-02', '3,apply,2026-04-03'];
const lines = (rows: readonly string[]) => `${head}${rows.join('\n')}\n`;

/** Words that would send a reader to mend what needs no mending. */
const advice = /correct the \d|read every figure with that in mind/i;

function wordsOf({ answer, caveats, next }: Result): string {
  return [answer, ...caveats, ...next].join(' ');
}

describe('rows that came again', () => {
  test('in a later extract are said to count once, with no word of loss or repair', async () => {
    await small.add('april.csv', lines(april));
    await small.add('may.csv', lines([...april.slice(1), '4,apply,2026-05-01']));
    const data = await describeSources(small.workspace);
    expect(data.answer).toBe(
      'None of the 6 rows of 2 files had to be set aside as unusable. 2 rows came again in another extract: they count once, and nothing is lost.',
    );
    expect(data).toMatchObject({ status: 'sound', next: [] });
    expect(wordsOf(data)).not.toMatch(advice);
    expect(data.figures.map(({ id, value }) => [id, value])).toEqual([
      ['rows-in', 6],
      ['rows-used', 4],
      ['rows-set-aside', 2],
      ['rows-unusable', 0],
      ['rows-repeated', 2],
    ]);
    const quality = (await describeQuality(small.workspace)).find(({ id }) => id === 'data-quality');
    const valid = quality?.tables[0]?.rows.filter(({ dimension }) => dimension === 'Valid');
    expect(valid?.filter(({ caution }) => caution !== null)).toEqual([]);
  });

  test('by a stated key are told as equal or newer, and stand apart from rows with a fault', async () => {
    await small.add('log.csv', lines([...april, ...april.slice(0, 1), '5,apply,soon']), { dedupe: 'exact' });
    const data = await describeSources(small.workspace);
    expect(data.answer).toMatch(
      /^1 of 5 rows was set aside as unusable: there is text where a time should be.*\. Another 1 row came again, alike or in a newer version: it counts once, and nothing is lost\.$/,
    );
    expect(data.next).toEqual([
      'Correct the 1 row that could not be used at its source, and add the file again.',
    ]);
  });
});

test('of several reasons the first sentence gives the total, the most common, and that there are others', async () => {
  await small.add('log.csv', lines([...april, ',apply,2026-04-01', '6,apply,soon', '7,apply,n.k.x']));
  const { answer, figures, caveats, tables } = await describeSources(small.workspace);
  expect(answer).toMatch(
    /^3 of 6 rows were set aside as unusable for 2 reasons, the most common of which \(2 rows\) is: there is text where/,
  );
  expect(figures).toHaveLength(3);
  expect(caveats).toEqual([
    '50.0% of the rows of log.csv could not be used, more than can be ignored: read every figure with that in mind.',
  ]);
  const why = tables.find(({ id }) => id === 'reasons');
  expect(why?.columns.map(({ title }) => title)).toEqual(['File', 'Reason', 'Rows', 'Its code']);
});

test('no mark of code stands in what a reason means', async () => {
  await small.add('log.csv', lines([...april, ...april]), { dedupe: 'exact' });
  expect(JSON.stringify((await describeSources(small.workspace)).tables)).not.toContain('`');
});

test('what became of each column is folded where files have many, so that the cautions are found', async () => {
  const folded = async () =>
    (await describeSources(small.workspace)).tables.find(({ id }) => id === 'columns')?.folded ?? false;
  await small.add('log.csv', lines(april));
  expect(await folded()).toBe(false);
  const more = Array.from({ length: 10 }, (_, i) => `k${i}`);
  await small.add('wide.csv', `case,step,when,${more}\n9,apply,2026-04-01,${more.map(() => 'x')}\n`);
  expect(await folded()).toBe(true);
});
