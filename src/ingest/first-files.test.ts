import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLog } from './index.ts';
import { openTable } from './readers/open-table.ts';
import { type SmallWorkspace, smallWorkspace } from './small-workspace.test-support.ts';

let small: SmallWorkspace;
beforeEach(async () => {
  small = await smallWorkspace();
});
afterEach(() => small.close());

function fileOf(content: string | Uint8Array): string {
  const file = join(small.folder, 'file.csv');
  writeFileSync(file, content);
  return file;
}

describe('a file that holds no table', () => {
  test.each([
    ['only line ends', '\n\r\n\n'],
    ['only blanks', '   \n \t \n'],
    ['only delimiters', ',,,\n,,,\n'],
  ])('of %s is told once, as a file without content', async (_, text) => {
    await expect(openLog(fileOf(text))).rejects.toMatchObject({
      code: 'FILE_EMPTY',
      message: expect.stringContaining('nothing but blank lines'),
    });
  });

  test.each([
    ['data without a word', ',,\n1,2,2026-04-01\n2,3,2026-04-02\n'],
    ['data that begins with words', ',,\nA12,apply,2026-04-01\nA12,check,2026-04-02\n'],
  ])('with a blank header over %s says that names are missing', async (_, text) => {
    await expect(openLog(fileOf(text))).rejects.toMatchObject({ code: 'HEADER_BLANK' });
  });

  test('with blank rows above its header is read, as are columns of which some have no name', async () => {
    const text = 'Report of April,,\n,,\ncase,step,when\n1,apply,2026-04-01\n';
    expect((await small.add('padded.csv', text)).rowsUsed).toBe(1);
    const { columns } = await small
      .add('half.csv', 'case,,when,step\n1,x,2026-04-01,apply\n')
      .then(() => small.workspace.manifest.sources[1] as { columns: readonly { column: string }[] });
    expect(columns.map(({ column }) => column)).toContain('column_2');
  });

  test('with a header alone gives one fault if its names do not tell what they are', async () => {
    await expect(openLog(fileOf('a,b,c\n'))).rejects.toMatchObject({
      code: 'MAPPING_INCOMPLETE',
      message: expect.stringContaining('has no rows'),
      found: 'a, b, c',
    });
    const { report } = await openLog(fileOf('case,step,when\n'));
    expect(report.notices.map(({ code }) => code)).toContain('NO_ROWS');
  });
});

describe('a file that is no text', () => {
  const noise = Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919 + (i >> 3) * 31) % 256);
  test.each([
    ['bytes of a program', noise, "a program's own file"],
    ['a PDF', new TextEncoder().encode('%PDF-1.7\n%some text\n'), 'a PDF document'],
  ])('such as %s is called what it is, and no encoding is asked for', async (_, bytes, words) => {
    await expect(openLog(fileOf(bytes))).rejects.toMatchObject({
      code: 'NOT_AN_EVENT_LOG',
      message: expect.stringContaining(words),
      hint: expect.stringContaining('CSV'),
    });
  });

  test('is told apart from text in any alphabet, in UTF-8 and in UTF-16 without its mark', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }), { maxLength: 20 }),
        async (words) => {
          const plain = words.map((word) => word.replaceAll(/[\p{C}",<{[]/gu, ''));
          const text = `case,step,when\n${plain.map((word, i) => `${i},${word},2026-04-01`).join('\n')}\n`;
          const { table } = await openTable(fileOf(text), {});
          expect(table.columns).toEqual(['case', 'step', 'when']);
          const wide = await openTable(fileOf(Buffer.from('case,step,when\n1,a,2026-04-01\n', 'utf16le')), {
            encoding: 'utf-16le',
          });
          expect(wide.table.columns).toEqual(['case', 'step', 'when']);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('time worked', () => {
  const log = (name: string, ...values: readonly string[]) =>
    `case,step,when,${name}\n${values.map((value, i) => `${i},apply,2026-04-01,${value}`).join('\n')}\n`;
  const map = (column: string) => ({ map: { minutes: column } });

  test.each([
    ['Hours worked', ['90', '30'], 'minutes_in: hours'],
    ['touch time (secs)', ['90', '30'], 'minutes_in: seconds'],
    ['effort', ['0.5', '7.25', '1'], 'minutes_in: hours'],
  ])('in column "%s" is asked about', async (name, values, hint) => {
    await expect(small.add('log.csv', log(name, ...values), map(name))).rejects.toMatchObject({
      code: 'WORK_UNIT_UNKNOWN',
      hint,
    });
  });

  test.each([
    ['Minutes', ['0.5', '7.25'], 7.75],
    ['effort', ['20', '45'], 65],
  ])('in column "%s" is minutes without a question', async (name, values, sum) => {
    await small.add('log.csv', log(name, ...values), map(name));
    expect(await small.query('select sum(minutes) as n from events')).toEqual([{ n: sum }]);
  });

  test('is read in the unit that is stated, in the charter too', async () => {
    await small.add('log.csv', log('Hours', '0.5', '2'), { ...map('Hours'), minutesIn: 'hours' });
    expect(await small.query('select sum(minutes) as n from events')).toEqual([{ n: 150 }]);
    const named = await smallWorkspace(
      '[{file: log.csv, as: events, map: {minutes: Hours}, minutes_in: hours}]',
    );
    await named.add('log.csv', log('Hours', '1'));
    expect(await named.query('select minutes from events')).toEqual([{ minutes: 60 }]);
    await named.close();
  });

  test('in a column called hours is pointed out where it is not used', async () => {
    const report = await small.add('log.csv', log('Hours', '0.5', '2'));
    expect(report.notices.find(({ code }) => code === 'WORK_NOT_TAKEN')?.message).toContain(
      '--map "minutes=Hours" --minutes-in hours',
    );
    expect(report.mapping).not.toHaveProperty('minutes');
  });
});

describe('a row whose start cannot be read', () => {
  const text =
    'case,step,started,finished\n1,a,soon,2026-04-01\n1,b,2026-04-02,2026-04-03\n1,c,soon,\n1,d,soon,later\n';

  test('is set aside unless its finish is to be enough', async () => {
    expect(await small.add('log.csv', text)).toMatchObject({ rowsUsed: 1, rowsSetAside: 3 });
  });

  test('is kept by its finish with on_bad_start, and the fault is still told', async () => {
    const report = await small.add('log.csv', text, { onBadStart: 'finish_only' });
    expect(report).toMatchObject({
      rowsIn: 4,
      rowsUsed: 2,
      rowsSetAside: 2,
      reasons: [{ reason: 'TIME_UNPARSABLE', rows: 2 }],
    });
    expect(report.notices).toContainEqual({
      code: 'BAD_START_LEFT_OUT',
      message: '1 row is kept by its finish alone, since its start cannot be read.',
      count: 1,
    });
    expect(await small.query('select step, started is null as open from events order by step')).toEqual([
      { step: 'a', open: true },
      { step: 'b', open: false },
    ]);
    expect(await small.query('select count(distinct line) as n from rejects')).toEqual([{ n: 3 }]);
  });
});

describe('a mapping', () => {
  test('that gives one column to two fields is refused, tried or brought in', async () => {
    const map = { case_id: 'permit', step: 'permit', finished: 'when' };
    for (const dryRun of [true, false])
      await expect(
        small.add('twice.csv', 'permit,step,when\nP1,apply,2026-04-01T09:00:00Z\n', { map, dryRun }),
      ).rejects.toMatchObject({ code: 'COLUMN_TWICE' });
  });
});

describe('an id with half of a character', () => {
  test('is set aside: two such ids would be one case', async () => {
    const row = (id: string) => `{"permit":"${id}","step":"apply","when":"2026-04-01T09:00:00Z"}`;
    const text = `[${[row('\\ud800'), row('\\ud801'), row('P1')].join(',')}]`;
    const map = { case_id: 'permit', step: 'step', finished: 'when' };
    expect(await small.add('half.json', text, { map })).toMatchObject({
      rowsIn: 3,
      rowsUsed: 1,
      reasons: [{ reason: 'ID_BROKEN', rows: 2 }],
    });
  });
});
