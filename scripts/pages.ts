/** Writes a PNG of every page, at desktop and phone width: `npm run pages [-- FOLDER]` (docs/pictures by default). */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildExample as buildEmergency } from '../examples/emergency/build.ts';
import { buildExample as buildPassports } from '../examples/passports/build.ts';
import { buildWorkspace } from '../src/ingest/index.ts';
import { createApp, listen } from '../src/web/index.ts';
import { launchBrowser } from '../tests/browser/launch.ts';
import { everyPage } from '../tests/browser/pages.ts';

const widths = { desktop: 1280, phone: 390 };
/** The browser's drawing surface ends at 8,192 pixels; below that it starts again from the top. */
const tallest = 8000;
const examples = { emergency: buildEmergency, passports: buildPassports };

function fileName(path: string, width: string): string {
  const name = path === '/' ? 'services' : path.slice(1).replaceAll('/', '-');
  return `${name}.${width}.png`;
}

async function main(folder: string): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'wellspent-pages-'));
  const workspaces = Object.keys(examples).map((id) => ({ id, dir: join(home, id) }));
  for (const [id, build] of Object.entries(examples)) {
    await build(join(home, id));
    await buildWorkspace(join(home, id));
  }
  const app = await createApp({ workspaces });
  const address = await listen(app, { port: 0 });
  const paths = await everyPage(app);
  const browser = await launchBrowser();
  mkdirSync(folder, { recursive: true });
  for (const [name, width] of Object.entries(widths)) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, javaScriptEnabled: false });
    for (const path of paths) {
      await page.goto(address + path);
      const height = Math.min(tallest, await page.evaluate<number>('document.documentElement.scrollHeight'));
      const clip = { x: 0, y: 0, width, height };
      writeFileSync(join(folder, fileName(path, name)), await page.screenshot({ fullPage: true, clip }));
    }
    await page.close();
  }
  await browser.close();
  await app.close();
  rmSync(home, { recursive: true });
  process.stdout.write(`${paths.length} pages at ${Object.keys(widths).length} widths are in ${folder}\n`);
}

await main(process.argv[2] ?? 'docs/pictures');
