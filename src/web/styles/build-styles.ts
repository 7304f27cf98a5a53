import { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const govuk = dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json'));

/** Where the compiled style sheet stands. */
export const styleSheet = join(here, '..', 'assets', 'wellspent.css');

function sources(): readonly string[] {
  const ours = readdirSync(here).filter((name) => name.endsWith('.scss'));
  return ours.length === 0 ? [] : [...ours.map((name) => join(here, name)), join(govuk, 'package.json')];
}

/** True when the style sheet is missing, or older than a source of it. A package without sources is never stale. */
function stylesAreStale(): boolean {
  if (!existsSync(styleSheet)) return true;
  const built = statSync(styleSheet).mtimeMs;
  return sources().some((source) => statSync(source).mtimeMs > built);
}

/** Compiles the style sheet if it is stale, and says whether it did. */
export async function buildStyles(): Promise<boolean> {
  if (!stylesAreStale()) return false;
  const { compile } = await import('sass');
  const { css } = compile(join(here, 'wellspent.scss'), {
    loadPaths: [join(govuk, 'dist')],
    style: 'compressed',
    quietDeps: true,
  });
  mkdirSync(dirname(styleSheet), { recursive: true });
  const partial = `${styleSheet}.${process.pid}`;
  writeFileSync(partial, css);
  renameSync(partial, styleSheet);
  return true;
}
