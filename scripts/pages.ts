/**
 * Writes a PNG of every page, at desktop and phone width: `npm run pages [-- FOLDER]` (`pages` by default), and
 * takes the README's pictures anew.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildExample as buildEmergency } from '../examples/emergency/build.ts';
import { buildExample as buildPassports } from '../examples/passports/build.ts';
import { buildWorkspace } from '../src/ingest/index.ts';
import { createApp, listen } from '../src/web/index.ts';
import { launchBrowser } from '../tests/browser/launch.ts';
import { everyPage } from '../tests/browser/pages.ts';

const widths = { desktop: 1280, phone: 390 };
/** The browser's drawing surface ends at 8,192 pixels; below that it starts again from the top. */
const tallest = 8000;
/** The pictures of the README: how much of which page, from the top. */
const pictures: Readonly<Record<string, { readonly name: string; readonly height: number }>> = {
  '/passports': { name: 'home', height: 1440 },
  '/passports/find/time': { name: 'where-time-goes', height: 1560 },
  '/emergency/measure/output': { name: 'output', height: 1440 },
};
const pictureFolder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
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
  for (const made of [folder, pictureFolder]) mkdirSync(made, { recursive: true });
  for (const [name, width] of Object.entries(widths)) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, javaScriptEnabled: false });
    for (const path of paths) {
      await page.goto(address + path);
      const height = Math.min(tallest, await page.evaluate<number>('document.documentElement.scrollHeight'));
      const clip = { x: 0, y: 0, width, height };
      writeFileSync(join(folder, fileName(path, name)), await page.screenshot({ fullPage: true, clip }));
      const picture = name === 'desktop' ? pictures[path] : undefined;
      if (picture) {
        const part = { ...clip, height: Math.min(height, picture.height) };
        writeFileSync(
          join(pictureFolder, `${picture.name}.png`),
          await page.screenshot({ fullPage: true, clip: part }),
        );
      }
    }
    await page.close();
  }
  await browser.close();
  await app.close();
  rmSync(home, { recursive: true });
  process.stdout.write(`${paths.length} pages at ${Object.keys(widths).length} widths are in ${folder}\n`);
}

await main(process.argv[2] ?? 'pages');
