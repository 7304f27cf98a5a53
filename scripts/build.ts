/** Writes what the package ships into dist: `npm run build`. */
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildStyles } from '../src/web/styles/build-styles.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const exampleFiles = [
  'examples/emergency/service.yaml',
  'examples/emergency/data',
  'examples/passports/service.yaml',
  'examples/contact-centre/service.yaml',
  'examples/council/service.yaml',
  'examples/claims/service.yaml',
  'examples/operations/service.yaml',
];
/** Kinds of file that the program reads beside its code. */
const pageFiles = new Set(['.njk', '.css', '.svg', '.mjs', '.html']);

function compile(folder: string): void {
  const compiler = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  const options = ['-p', join(root, 'tsconfig.build.json'), '--outDir', folder];
  const { status } = spawnSync(process.execPath, [join(compiler, 'bin', 'tsc'), ...options], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('tsc did not accept the sources');
}

function filesOfPages(): readonly string[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => pageFiles.has(extname(file)))
    .map((file) => join('src', file));
}

/** Compiles the sources and their declarations into a folder, emptied first, with the files they read as they run. */
export async function buildPackage(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  await buildStyles();
  compile(folder);
  for (const file of [...exampleFiles, ...filesOfPages()])
    cpSync(join(root, file), join(folder, file), { recursive: true });
}

if (import.meta.main) await buildPackage(join(root, 'dist'));
