import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderChart } from '../../src/publish/charts/render-chart.ts';
import { samples } from '../../src/publish/charts/samples.test-support.ts';
import { launchBrowser } from './launch.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
});

afterAll(async () => {
  await browser?.close();
});

/** Texts that leave their drawing, and pairs of texts that lie on each other, as the browser has set them. */
const measure = `(() => {
  const faults = [];
  for (const svg of document.querySelectorAll('svg')) {
    const frame = svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll('text')]
      .map((text) => ({ text: text.textContent.trim().slice(0, 40), box: text.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0);
    const id = svg.getAttribute('aria-labelledby').split(' ')[0];
    for (const { text, box } of boxes)
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
        faults.push(id + ' cuts off: ' + text);
    boxes.forEach(({ text, box }, i) => {
      for (const other of boxes.slice(i + 1))
        if (box.left < other.box.right - 1 && other.box.left < box.right - 1 && box.top < other.box.bottom - 4 && other.box.top < box.bottom - 4)
          faults.push(id + ' prints over each other: ' + text + ' / ' + other.text);
    });
  }
  return { faults, drawings: document.querySelectorAll('svg').length, others: document.querySelectorAll('script, b, table, [onload]').length };
})()`;

test.each(['wide', 'narrow'] as const)(
  'no word of a %s drawing is cut off or printed over another',
  async (width) => {
    await page.setContent(samples.map((chart) => `<div>${renderChart(chart, width)}</div>`).join('\n'));
    const found = await page.evaluate<{ faults: string[]; drawings: number; others: number }>(measure);
    expect(found).toEqual({ faults: [], drawings: samples.length, others: 0 });
  },
);

test('words that lie on each other, or outside their drawing, are found', async () => {
  await page.setContent(
    '<svg width="100" height="40" aria-labelledby="planted"><text x="5" y="20">One</text><text x="8" y="22">Two</text><text x="90" y="39">Three</text></svg>',
  );
  const { faults } = await page.evaluate<{ faults: string[] }>(measure);
  expect(faults.map((fault) => fault.split(':')[0])).toEqual([
    'planted cuts off',
    'planted prints over each other',
  ]);
});
