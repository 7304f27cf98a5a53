import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { smallWorkspace } from './small-workspace.test-support.ts';

function everything(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile() && !file.endsWith('.csv'))
    .map((file) => readFileSync(file, 'latin1'))
    .join('\n');
}

const log = `permit,step,time,Note
P1,apply,2026-01-05 09:00,
P1,check,2026-01-06 09:00,"Mrs Featherstonehaugh rang, put her in my spreadsheet and waited for what the surveyor has to say"
P2,apply,2026-01-05 10:00,TBC
P2,check,2026-01-06 10:00,All documents seen
`;

test('of notes mapped to words_in_… only the kinds of words come in: the text is in no file of the store', async () => {
  const small = await smallWorkspace(
    '[{file: log.csv, as: events, map: {case_id: permit, step: step, finished: time, words_in_note: Note}}]',
  );
  try {
    await small.add('log.csv', log);
    const rows = await small.query('select step, words_in_note from events order by finished');
    expect(rows.map(({ words_in_note: words }) => words)).toEqual([
      null,
      'placeholder',
      'spreadsheet, phone',
      null,
    ]);
    expect(everything(small.folder)).not.toContain('Featherstonehaugh');
  } finally {
    await small.close();
  }
});

test('a later file with the same columns is read alike, without being asked', async () => {
  const small = await smallWorkspace();
  try {
    const map = { case_id: 'permit', step: 'step', finished: 'time', words_in_note: 'Note' };
    await small.add('first.csv', log, { map });
    await small.add('second.csv', log.replaceAll('P', 'Q').replaceAll('2026', '2027'));
    const [row] = await small.query(
      "select count(*) as n from events where words_in_note = 'spreadsheet, phone'",
    );
    expect(Number(row?.n)).toBe(2);
    expect(everything(small.folder)).not.toContain('Featherstonehaugh');
  } finally {
    await small.close();
  }
});
