import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addExtract } from '../add-extract.ts';
import { describeQuality } from './describe-quality.ts';
import { casesCsv, cleanLog, eventsCsv } from './made-log.test-support.ts';
import { openTexts } from './opened-log.test-support.ts';

async function duplicateContacts(lines: readonly string[]) {
  const made = cleanLog(31);
  const log = await openTexts(eventsCsv(made), casesCsv(made));
  const dir = mkdtempSync(join(tmpdir(), 'wellspent-contacts-'));
  try {
    const file = join(dir, 'contacts.csv');
    writeFileSync(file, `contact_id,case_id,at,channel,minutes\n${lines.join('\n')}\n`);
    await addExtract({ workspace: log.workspace, file, as: 'contacts' });
    const [defects] = await describeQuality(log.workspace);
    const row = defects?.tables
      .find(({ id }) => id === 'defects')
      ?.rows.find(({ id }) => id === 'duplicate-contacts');
    return { ...row, answer: defects?.answer };
  } finally {
    await log.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

const contacts = Array.from(
  { length: 200 },
  (_, i) =>
    `T${i},${i % 3 === 0 ? '' : `K00${100 + i}`},2025-02-03 10:${String(i % 60).padStart(2, '0')}:00,phone,${i % 9}`,
);

test('contacts that telephony delivered twice are counted, with a case or without', async () => {
  const again = contacts.slice(0, 40).map((line) => line.replace(/:00,/, ':30,'));
  expect(await duplicateContacts([...contacts, ...again])).toMatchObject({
    outcome: 'found',
    size: '40 contacts',
    share: 40 / 240,
    answer: expect.stringMatching(/, 1 makes figures doubtful: /),
  });
});

test('contacts that came once raise nothing', async () => {
  expect(await duplicateContacts(contacts)).toMatchObject({ outcome: 'not found', size: null });
});
