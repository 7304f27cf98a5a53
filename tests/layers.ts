import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** The order of folders: each may import from itself and from those before it. `web` and `cli` share the last place but one. */
export const layers = [
  'core',
  'stats',
  'stores',
  'define',
  'ingest',
  'measure',
  'find',
  'calc',
  'answers',
  'publish',
  'web',
  'cli',
] as const;

const imports = /(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)/g;

/** The package's main door: it imports from any other door, and nobody imports from it. */
const mainDoor = 'index.ts';

/** Breaches in one file: imports of a later folder, or past another folder's door. */
export function breachesIn(file: string, text: string, src: string): readonly string[] {
  const own = relative(src, file).split(sep)[0] ?? '';
  const found: string[] = [];
  for (const match of text.matchAll(imports)) {
    const target = match[1] ?? match[2] ?? '';
    if (!target.startsWith('.')) continue;
    const parts = relative(src, resolve(dirname(file), target)).split(sep);
    const folder = parts[0] ?? '';
    if (folder === own || folder === '..') continue;
    const place = relative(src, file);
    if (own !== mainDoor && layers.indexOf(folder as never) > layers.indexOf(own as never))
      found.push(`${place} imports ${target}, a later layer`);
    if (parts.length !== 2 || parts[1] !== 'index.ts')
      found.push(`${place} reaches past the door of ${folder}: ${target}`);
  }
  return found;
}

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    const isProduct = entry.name.endsWith('.ts') && !/\.test(-support|-suite)?\.ts$|\.test-/.test(entry.name);
    return isProduct ? [path] : [];
  });
}

/** Every breach below a `src` folder, in the product; a test may hold one part against another. */
export function breaches(src: string): readonly string[] {
  return sources(src).flatMap((file) => breachesIn(file, readFileSync(file, 'utf8'), src));
}
