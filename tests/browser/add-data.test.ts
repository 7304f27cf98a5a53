import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createApp, listen } from '../../src/web/index.ts';
import { type MadeService, madeService } from '../../src/web/made-service.test-support.ts';
import { brokenRules } from './accessibility.ts';
import { launchBrowser } from './launch.ts';

let browser: Browser;
let made: MadeService;
let app: FastifyInstance;
let address: string;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

beforeEach(async () => {
  made = madeService();
  app = await createApp({ workspaces: [{ id: 'licences', dir: made.dir }] });
  address = await listen(app, { port: 0 });
});
afterEach(async () => {
  await app.close();
  made.remove();
});

const row = (_: unknown, i: number) =>
  `L${i >> 1},${i % 2 === 0 ? 'Received' : 'Decided'},0${1 + (i % 9)}/0${1 + (i % 6)}/2026 10:30,w${i % 4},${(i % 8) / 4},North,"A long remark about the person who applied, with what was said and why it took so long"`;
const rows = [
  ...Array.from({ length: 80 }, row),
  'L99,Decided,soon,w1,1,South,none',
  ',Decided,01/02/2026 10:00,w1,1,South,none',
  'L98,Decided',
];
const log = `Case reference,Activity,When,Officer,Effort,Area,Remarks\n${rows.join('\n')}\n`;

/** A file to send, in the folder of the service, under a name that could be longer than a phone is wide. */
function fileOf(
  content: string | Buffer,
  name = 'log-of-licences-sent-by-the-department-in-April-2026.csv',
): string {
  const file = join(made.dir, name);
  writeFileSync(file, content);
  return file;
}

async function pageAt(width: number, javaScriptEnabled: boolean): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  return page;
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function send(page: Page, file: string): Promise<void> {
  await page.goto(`${address}/licences/data/add`);
  await page.setInputFiles('#file', file);
  await press(page, 'Continue');
}

/** Waits until a job has ended: its page refreshes itself, without script, until it says so. */
async function ended(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^(See|Change) the answers$/ }).waitFor();
}

test('without script a reader sends a file, changes a mapping, tries it, brings it in and sees the home page change', async () => {
  const page = await pageAt(390, false);
  await page.goto(`${address}/licences`);
  await page.getByRole('link', { name: 'Add data' }).click();
  await page.setInputFiles('#file', fileOf(log));
  await press(page, 'Continue');
  await page.getByLabel('A step of a case').check();
  await press(page, 'Continue');
  expect(await page.getByLabel('What Activity is').inputValue()).toBe('step');
  await page.getByLabel('What Effort is').selectOption('minutes');
  await page.getByLabel('What Area is').selectOption('team');
  await press(page, 'Try it, change nothing');
  expect(await page.title()).toMatch(/^Error: What is in log-of-licences/);
  await page.getByRole('link', { name: 'Select which time zone the times are in' }).click();
  expect(await page.evaluate('location.hash')).toBe('#zone');
  await page.getByLabel('Day first').check();
  await page.getByLabel('Time in Britain').check();
  await page.getByLabel('Hours', { exact: true }).check();
  await press(page, 'Try it, change nothing');
  await ended(page);
  expect(await page.title()).toMatch(/^What would become of log-of-licences/);
  await page.goto(`${address}/licences`);
  expect(await page.getByText('None of the questions can be answered').count()).toBe(1);
  await page.goBack();
  await press(page, 'Bring it in');
  await ended(page);
  expect(await page.title()).toMatch(/^log-of-licences.* is in - /);
  const rejects = page.getByRole('link', {
    name: /^Download the list of these rows .*text where a time should be/,
  });
  const csv = await app.inject(String(await rejects.getAttribute('href')));
  expect(csv.body).toContain(',82,When,soon,TIME_UNPARSABLE');
  await page.getByRole('link', { name: 'See the answers' }).click();
  expect(await page.getByText('None of the questions can be answered').count()).toBe(0);
  await page.context().close();
});

test('by keyboard alone a reader gets from the file to the import', async () => {
  const page = await pageAt(1280, false);
  await page.goto(`${address}/licences/data/add`);
  const focused = 'document.activeElement.id || document.activeElement.textContent.trim()';
  const tabTo = async (wanted: string) => {
    for (let i = 0; i < 60; i += 1) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate<string>(focused)) === wanted) return;
    }
    throw new Error(`the Tab key never reaches ${wanted}`);
  };
  await tabTo('file');
  await page.setInputFiles('#file', fileOf('case,step,time\n1,a,2026-04-01T09:00Z\n'));
  await tabTo('Continue');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/table$/);
  await tabTo('as');
  await page.keyboard.press('Space');
  await tabTo('Continue');
  await page.keyboard.press('Enter');
  await page.waitForURL(/[0-9a-f]{16}$/);
  await tabTo('column-1');
  await tabTo('Bring it in');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/progress$/);
  await ended(page);
  expect(await page.locator('h1').textContent()).toContain('is in');
  await page.context().close();
});

describe.each([1280, 390])('at %i pixels', (width) => {
  test('every state keeps the accessibility rules, the security policy and the width of the screen', async () => {
    const page = await pageAt(width, true);
    const faults: string[] = [];
    page.on('console', (message) => {
      if (!message.text().includes('the server responded with a status of 4')) faults.push(message.text());
    });
    const seen: string[] = [];
    const look = async () => {
      const title = await page.title();
      seen.push(title.replace(/ - .*/, '').replace(/log-of\S+/, 'FILE'));
      for (const broken of await brokenRules(page)) faults.push(`${title}: ${broken}`);
      const over = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      if (over > 0) faults.push(`${title}: ${over} pixels wider than the screen`);
    };

    await page.goto(`${address}/licences/data`);
    await look();
    await page.goto(`${address}/licences/data/add`);
    await look();
    await press(page, 'Continue');
    await look();
    await send(
      page,
      fileOf(Buffer.from('case,step,time\n1,Caf\u00e9,2026-04-01T09:00Z\n', 'latin1'), 'latin.csv'),
    );
    await look();
    await press(page, 'Continue');
    await look();
    await page.getByLabel('A step of a case').check();
    await press(page, 'Continue');
    await look();
    await press(page, 'Continue');
    await look();
    await page.getByLabel('Caf\u00e9').first().check();
    await press(page, 'Continue');
    await look();
    await page.getByLabel('What step is').selectOption('team');
    await press(page, 'Bring it in');
    await look();

    const lock = join(made.dir, '.wellspent', 'lock');
    await send(page, fileOf(log));
    await page.getByLabel('A step of a case').check();
    await press(page, 'Continue');
    await page.getByLabel('What Effort is').selectOption('minutes');
    await press(page, 'Bring it in');
    await look();
    await page.getByLabel('Day first').check();
    await page.getByLabel('Time in Britain').check();
    await page.getByLabel('Hours', { exact: true }).check();
    await press(page, 'Try it, change nothing');
    await ended(page);
    await look();
    // While another program seems to hold the workspace the job runs and can be looked at in peace.
    writeFileSync(lock, String(process.pid));
    await press(page, 'Bring it in');
    const progress = page.url();
    await page.goto(`${progress}?still`);
    await look();
    await page.goto(progress);
    await ended(page);
    await look();
    await page.goto(`${address}/licences/data/add`);
    await look();
    await page.getByRole('link', { name: /^Carry on.*log-of/ }).click();
    rmSync(lock);
    await press(page, 'Bring it in');
    await ended(page);
    await look();
    await page.goto(`${address}/licences/data`);
    await look();

    expect(faults).toEqual([]);
    expect(seen).toEqual([
      'No data have been brought in yet.',
      'Add data',
      'Error: Add data',
      'What does each row hold?',
      'Error: What does each row hold?',
      'Which reading is right?',
      'Error: Which reading is right?',
      'What is in latin.csv?',
      'Error: What is in latin.csv?',
      'Error: What is in FILE',
      'What would become of FILE',
      'Bringing in FILE',
      'Error: FILE could not be read',
      'Add data',
      'FILE is in',
      expect.stringContaining('rows were set aside'),
    ]);
    await page.context().close();
  });
});
