import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Result } from '../core/index.ts';
import { describeQuality, openWorkspace } from './index.ts';
import { type SmallWorkspace, smallWorkspace } from './small-workspace.test-support.ts';

let small: SmallWorkspace;
beforeEach(async () => {
  small = await smallWorkspace();
});
afterEach(() => small.close());

const head = 'case,step,when\n';
const steps = '1,apply,2026-04-01\n2,apply,2026-04-02\n';

const said = (results: readonly Result[]) => results.find(({ id }) => id === 'defects')?.answer ?? '';

test('a date that cannot be is named by the line of the file in which it stands, of whichever file', async () => {
  await small.add('april.csv', `${head}${steps}`);
  await small.add(
    'may.csv',
    `Written in May\n${head}3,apply,2062-05-01\n,apply,2063-05-02\n3,decide,2062-06-01\n`,
  );
  const answer = said(await describeQuality(small.workspace));
  expect(answer).toContain(
    '2 events of may.csv are dated 1 May 2062 to 1 June 2062 (the first in line 3 of the file), after the day',
  );
});

test('a contact and a closing date are named by their lines too', async () => {
  await small.add('cases.csv', 'case,opened,closed\nC1,2026-04-01,2026-04-02\nC2,2026-04-01,2062-04-02\n', {
    as: 'cases',
  });
  await small.add('calls.csv', 'contact,when,reason\nK1,2026-04-01,chase\nK2,2062-04-02,chase\n', {
    as: 'contacts',
  });
  const answer = said(await describeQuality(small.workspace));
  expect(answer).toContain('1 closing date of cases.csv is dated 2 April 2062 (in line 3 of the file)');
  expect(answer).toContain('1 contact of calls.csv is dated 2 April 2062 (in line 3 of the file)');
});

test('where the rows of the import are gone, the case is named and said to be a pseudonym', async () => {
  await small.add('log.csv', `${head}${steps}3,apply,2062-05-01\n`);
  rmSync(join(small.folder, '.wellspent', 'staged'), { recursive: true });
  const workspace = await openWorkspace(small.folder);
  expect(said(await describeQuality(workspace))).toMatch(
    /dated 1 May 2062 \(in the case of pseudonym [a-z0-9]+\), after the day/,
  );
  await workspace.close();
});

test('the line is that of a row that counts, not of an earlier version that gave way', async () => {
  const rows = ['x,1,apply,2062-01-01', 'x,1,apply,2026-01-01', 'y,1,apply,2062-03-01'];
  const dedupe = { key: ['event_id'] };
  await small.add('log.csv', `event_id,case,step,when\n${rows.join('\n')}\n`, { dedupe });
  expect(said(await describeQuality(small.workspace))).toContain(
    '1 event of log.csv is dated 1 March 2062 (in line 4 of the file)',
  );
});

test('a log of which every date is later than today is told so, and no check of months breaks', async () => {
  await small.add(
    'log.csv',
    'case,step,started,finished\n1,a,2026-04-01,2062-01-01\n1,b,2062-05-01,2062-06-01\n',
  );
  expect(said(await describeQuality(small.workspace))).toContain('2 events of log.csv are dated');
});
