import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildExample as buildEmergency } from '../../examples/emergency/build.ts';
import { buildExample as buildPassports } from '../../examples/passports/build.ts';
import { buildWorkspace } from '../../src/ingest/index.ts';
import { createApp, listen } from '../../src/web/index.ts';
import { brokenRules } from './accessibility.ts';
import { launchBrowser } from './launch.ts';
import { everyPage } from './pages.ts';

const home = mkdtempSync(join(tmpdir(), 'wellspent-examples-'));
const workspaces = ['emergency', 'passports'].map((id) => ({ id, dir: join(home, id) }));
let app: FastifyInstance;
let address: string;
let browser: Browser;

beforeAll(async () => {
  await buildEmergency(join(home, 'emergency'));
  await buildPassports(join(home, 'passports'), { cases: 2000 });
  for (const { dir } of workspaces) await buildWorkspace(dir);
  app = await createApp({ workspaces });
  address = await listen(app, { port: 0 });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await app?.close();
  rmSync(home, { recursive: true, force: true });
});

const openAll = 'for (const part of document.querySelectorAll("details")) part.open = true';
const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

/** Whole tables and methods have one template each, which the pages of the made-up service check. */
function isOwn(path: string): boolean {
  return !path.startsWith('/methods') && path.split('/').length <= 4;
}

const patience = 300_000;

test(
  'every page of the examples keeps the accessibility rules and fits a phone and a desk',
  async () => {
    const paths = [
      ...(await everyPage(app)).filter(isOwn),
      '/passports/find/compare?of=team&view=median',
      '/passports/options/new/clock-restart-official',
      '/emergency/measure/output/rows/adjusted-growth',
      '/passports/measure/effectiveness/rows/measure-on-time',
      '/passports/find/findings/rows/wait-1',
      '/passports/find/time/rows/total-days/events/counted?page=2',
    ];
    expect(paths.length).toBeGreaterThan(30);
    const page = await (await browser.newContext()).newPage();
    const faults: string[] = [];
    page.on('console', (message) => faults.push(message.text()));
    for (const path of paths) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(address + path);
      await page.evaluate(openAll);
      if ((await page.evaluate<number>(overflow)) > 0) faults.push(`${path} is wider than a desk screen`);
      await page.setViewportSize({ width: 390, height: 900 });
      if ((await page.evaluate<number>(overflow)) > 0) faults.push(`${path} is wider than a phone`);
      for (const broken of await brokenRules(page)) faults.push(`${path}: ${broken}`);
    }
    expect(faults).toEqual([]);
  },
  patience,
);

test('the pages of the emergency example never say that its figures are made up, those of passports always', async () => {
  for (const path of await everyPage(app)) {
    const banner = (await app.inject(path)).body.includes('They do not describe a real service.');
    if (path.startsWith('/emergency') || path.startsWith('/passports'))
      expect(banner, path).toBe(path.startsWith('/passports'));
  }
});
