import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

/** In one process, closing a page's context would take the browser with it. */
const unwanted = new Set(['--single-process', '--no-zygote']);

/** Starts the browser that comes inside a development dependency, so that tests need nothing installed. */
export async function launchBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args.filter((argument) => !unwanted.has(argument)),
    headless: true,
    timeout: 60_000,
  });
}
