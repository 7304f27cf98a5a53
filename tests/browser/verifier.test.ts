import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportRegister, openRecords, openRegister, writeExport } from '../../src/stores/index.ts';
import { brokenRules } from './accessibility.ts';
import { launchBrowser } from './launch.ts';

const folder = mkdtempSync(join(tmpdir(), 'wellspent-verifier-'));
const dir = join(folder, 'export');
let browser: Browser;

beforeAll(async () => {
  const records = await openRecords({ file: join(folder, 'records.db') });
  const register = openRegister(records, 'register.example');
  const entry = { kind: 'evidence', recorded: '2026-05-04T09:30:00Z', role: 'analyst' } as const;
  for (const id of ['a', 'b', 'c']) await register.append({ ...entry, id, payload: { source: id } });
  writeExport(await exportRegister(records), dir);
  await records.close();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

it('an exported register is verified by its own page, opened from the disk', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const reached: string[] = [];
  const faults: string[] = [];
  page.on('request', (request) => reached.push(request.url()));
  page.on('pageerror', (error) => faults.push(String(error)));
  const address = pathToFileURL(join(dir, 'verify.html')).href;
  await page.goto(address);
  const answer = page.locator('#answer');
  await answer.filter({ hasText: 'Ready' }).waitFor();
  expect(await brokenRules(page)).toEqual([]);

  const log = readFileSync(join(dir, 'log.ndjson'));
  await page.locator('#log').setInputFiles(join(dir, 'log.ndjson'));
  await page.getByLabel('Checkpoints kept outside').setInputFiles(join(dir, 'checkpoints', '3.txt'));
  await page.getByLabel('Kept by').fill('the auditor');
  await page.getByRole('button', { name: 'Verify' }).click();
  await answer.filter({ hasText: 'The register holds 3 entries' }).waitFor();
  expect(await answer.textContent()).toContain('nothing of the 3 entries held by the auditor was removed');

  const changed = Buffer.from(log.toString().replace('"source":"b"', '"source":"x"'));
  await page
    .locator('#log')
    .setInputFiles({ name: 'log.ndjson', mimeType: 'application/x-ndjson', buffer: changed });
  await page.getByRole('button', { name: 'Verify' }).click();
  await answer.filter({ hasText: 'CONSISTENCY_INVALID' }).waitFor();
  expect(faults).toEqual([]);
  expect(reached).toEqual([address]);
  await context.close();
});
