import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp, listen } from '../../src/web/index.ts';
import { testAnswers } from '../../src/web/made-answers.test-support.ts';
import { madeService } from '../../src/web/made-service.test-support.ts';
import { brokenRules } from './accessibility.ts';
import { launchBrowser } from './launch.ts';
import { everyPage } from './pages.ts';

const made = madeService();
let app: FastifyInstance;
let address: string;
let browser: Browser;
let paths: readonly string[];

beforeAll(async () => {
  app = await createApp({
    workspaces: [{ id: 'licences', dir: made.dir }],
    answersFor: async () => testAnswers,
  });
  address = await listen(app, { port: 0 });
  paths = [
    ...(await everyPage(app)),
    '/licences/find/time?view=pounds&steps=50',
    '/licences/find/compare?of=year&view=total',
    '/not-there',
  ];
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await app?.close();
  made.remove();
});

/** Without JavaScript unless the checker needs it: axe waits by timers, which a browser without script never runs. */
async function pageAt(
  width: number,
  javaScriptEnabled = false,
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (!message.text().includes('404')) complaints.push(message.text());
  });
  return { page, complaints };
}

const openAll = 'for (const part of document.querySelectorAll("details")) part.open = true';

test('the name of a file, without spaces, is broken where a table says it is the same in every row', async () => {
  const { page } = await pageAt(360, true);
  await page.goto(`${address}/licences/data`);
  const overflow = await page.evaluate<number>(`{
    const said = document.createElement("p");
    said.className = "govuk-body";
    said.textContent = "The same in every row: File: data/${'DomesticDeclarations_'.repeat(4)}.xes.gz";
    document.querySelector(".app-exhibit").append(said);
    document.documentElement.scrollWidth - document.documentElement.clientWidth
  }`);
  expect(overflow).toBe(0);
  await page.context().close();
});

describe.each([1280, 390])('at %i pixels', (width) => {
  test('no page breaks an accessibility rule, the security policy or the width of the screen', async () => {
    const { page, complaints } = await pageAt(width, true);
    const faults: string[] = [];
    expect(paths.length).toBeGreaterThan(12);
    for (const path of paths) {
      await page.goto(address + path);
      await page.evaluate(openAll);
      for (const broken of await brokenRules(page)) faults.push(`${path}: ${broken}`);
      const overflow = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      if (overflow > 0) faults.push(`${path}: ${overflow} pixels wider than the screen`);
    }
    expect([...faults, ...complaints]).toEqual([]);
    await page.context().close();
  });

  test('a chart is drawn once, at the width that fits', async () => {
    const { page } = await pageAt(width);
    await page.goto(`${address}/licences/measure/productivity`);
    const shown = await page
      .locator('.app-chart svg')
      .evaluateAll((charts) =>
        charts.map(
          (chart) =>
            (chart as unknown as { getBoundingClientRect(): { width: number } }).getBoundingClientRect()
              .width,
        ),
      );
    const drawn = shown.filter((drawnWidth) => drawnWidth > 0);
    expect(shown).toHaveLength(2);
    expect(drawn).toHaveLength(1);
    expect(drawn[0]).toBeGreaterThan(width === 390 ? 250 : 500);
    expect(drawn[0]).toBeLessThanOrEqual(width);
    await page.context().close();
  });
});

interface Focused {
  readonly name: string;
  readonly seen: boolean;
}

/** What has the focus, and whether a reader can see it: on the screen, and marked by outline, shadow or colour. */
const focused = `(() => {
  const it = document.activeElement;
  const style = getComputedStyle(it);
  const box = it.getBoundingClientRect();
  const marked = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  const onScreen = box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight;
  return { name: it.tagName + ' ' + (it.getAttribute('aria-label') || it.textContent).trim().replace(/\\s+/g, ' ').slice(0, 40), seen: marked && onScreen };
})()`;

test('by keyboard a reader can skip to the answer, open the details and reach every link and region', async () => {
  const { page } = await pageAt(1280);
  await page.goto(`${address}/licences/measure/productivity`);
  await page.keyboard.press('Tab');
  expect(await page.evaluate<Focused>(focused)).toEqual({ name: 'A Skip to main content', seen: true });
  await page.keyboard.press('Enter');
  expect(await page.evaluate('document.activeElement.id')).toBe('main-content');

  const stops: Focused[] = [];
  for (let i = 0; i < 40; i += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate<Focused>(focused);
    stops.push(stop);
    if (stop.name.startsWith('SUMMARY')) await page.keyboard.press('Enter');
    if (stop.name.startsWith('A JSON')) break;
  }
  expect(stops.filter((stop) => !stop.seen)).toEqual([]);
  const names = stops.map((stop) => stop.name);
  expect(names).toEqual([
    'A Read the cautions',
    'A See what to do next',
    'A Rows behind this figure: Productivity, a',
    'A Rows behind this figure: Productivity, c',
    'A Rows behind this figure: Cost of a decis',
    'A Rows behind this figure: Cost of buildin',
    'DIV Output, volume and quality by month (scr',
    'A See all 36 rows: Output, volume and qual',
    'A Download this table (CSV): Output, volum',
    'SUMMARY How this was worked out',
    'PRE Command 1: productivity',
    'PRE Query 1: cases by month',
    'A JSON',
  ]);
  expect(await page.locator('pre').first().isVisible()).toBe(true);
  await page.context().close();
});

test('a wide table scrolls inside its own region by keyboard', async () => {
  const { page } = await pageAt(390);
  await page.goto(`${address}/licences/find/time`);
  const region = page.locator('.app-scroll').first();
  await region.focus();
  for (let i = 0; i < 5; i += 1) await page.keyboard.press('ArrowRight');
  await page.waitForTimeout(300);
  expect(await region.evaluate((it) => (it as unknown as { scrollLeft: number }).scrollLeft)).toBeGreaterThan(
    0,
  );
  await page.context().close();
});

test('on a phone a table of words is read row by row, without scrolling sideways', async () => {
  const { page } = await pageAt(390);
  await page.goto(`${address}/licences/checks/can-answer`);
  const region = page.locator('.app-scroll').first();
  const over = await region.evaluate((it) => {
    const { scrollWidth, clientWidth } = it as unknown as { scrollWidth: number; clientWidth: number };
    return scrollWidth - clientWidth;
  });
  expect(over).toBe(0);
  const cells = region.locator('tbody tr').last().locator('th, td');
  const [first, second] = [await cells.nth(0).boundingBox(), await cells.nth(1).boundingBox()];
  expect(second?.y).toBeGreaterThanOrEqual((first?.y ?? 0) + (first?.height ?? 0));
  // A cell that says nothing takes no line.
  expect(await cells.last().isVisible()).toBe(false);
  await page.context().close();
});

test('on paper every part is open and nothing is cut off', async () => {
  const { page } = await pageAt(800);
  await page.emulateMedia({ media: 'print' });
  await page.goto(`${address}/licences/find/time`);
  expect(await page.locator('pre').first().isVisible()).toBe(true);
  expect(await page.locator('.govuk-service-navigation').isVisible()).toBe(false);
  expect(await page.locator('.app-demonstration').isVisible()).toBe(true);
  await page.context().close();
});
