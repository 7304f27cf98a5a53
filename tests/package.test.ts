import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { libraryEntries } from '../scripts/library-reference.ts';
import { calcMethods } from '../src/calc/index.ts';
import { type Ended, type Installed, installPacked, runNode } from './packed-package.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const entries = libraryEntries();
const guide = readFileSync(join(root, 'docs/guides/library.md'), 'utf8');
const [, guideProgram = ''] = /```ts run\n([\s\S]*?)```/.exec(guide) ?? [];
const [, guideOutput = ''] = /```text\n([\s\S]*?)```/.exec(guide) ?? [];

const home = realpathSync(mkdtempSync(join(tmpdir(), 'wellspent-package-')));
let installed: Installed;
let demo: Ended;

function wellspent(...args: string[]): Ended {
  const { bin } = JSON.parse(readFileSync(join(installed.folder, 'package.json'), 'utf8')) as {
    bin: { wellspent: string };
  };
  return runNode([join(installed.folder, bin.wellspent), ...args], installed.program);
}

function write(name: string, text: string): void {
  writeFileSync(join(installed.program, name), text);
}

/** Runs a program that stands beside the package and prints JSON. */
function printed(program: string): unknown {
  write('program.mjs', program);
  const { stdout, stderr } = runNode(['program.mjs'], installed.program);
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

const notForReaders = /\.test[.-]|test-|fixture|\.scss$|\.map$|\.tsbuildinfo$|(^|\/)\.|(?<!\.d)\.ts$/;
const registry = /registry\.npmjs|\/\/[\w.-]*(registry|artifactory|nexus|verdaccio)/i;

/** Machine paths and addresses of registries in a file's text. */
function leaks(text: string, paths: readonly string[]): readonly string[] {
  const personal = /(?<![\w.])\/(?:home|Users)\/\w+|[A-Z]:\\Users\\\w+/.exec(text)?.[0];
  const address = registry.exec(text)?.[0];
  return [...paths.filter((path) => text.includes(path)), personal, address].filter(
    (found) => found !== undefined,
  );
}

beforeAll(async () => {
  installed = await installPacked(home);
  demo = wellspent('demo', 'emergency', '--build-only');
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('what is packed', () => {
  it('is the program, its types, its examples and pages, and nothing of the workshop', () => {
    expect(installed.files).toEqual(
      expect.arrayContaining([
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'bin/wellspent.mjs',
        'dist/examples/emergency/data/volumes.csv',
        'dist/examples/contact-centre/build.js',
        'dist/examples/contact-centre/service.yaml',
        'dist/examples/council/service.yaml',
        'dist/examples/claims/build.js',
        'dist/examples/claims/service.yaml',
        'dist/examples/operations/build.js',
        'dist/examples/operations/service.yaml',
        'dist/examples/passports/build.js',
        'dist/examples/passports/service.yaml',
        'dist/src/web/assets/wellspent.css',
        'dist/src/web/home/home.njk',
        'package.json',
      ]),
    );
    expect(installed.files.filter((file) => notForReaders.test(file))).toEqual([]);
  });

  it('names no machine and no registry', () => {
    const paths = [root, installed.packedFrom, home, `${homedir()}/`];
    const found = installed.files.flatMap((file) =>
      leaks(readFileSync(join(installed.folder, file), 'utf8'), paths).map((leak) => `${file}: ${leak}`),
    );
    expect(found).toEqual([]);
    expect(leaks(`at ${root}src/x.ts, /home/someone/x, https://registry.example/x`, paths)).toHaveLength(3);
  });
});

describe('the packed command', () => {
  it('prints its help and its version', () => {
    expect(wellspent('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('Examples:') });
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(wellspent('--version').stdout.trim()).toBe(version);
  });

  it('lists every method that can be run alone', () => {
    const { stdout } = wellspent('calc', '--list');
    for (const { name } of calcMethods) expect(stdout).toContain(name);
  });

  it('describes a log', () => {
    write('log.csv', 'case,step,when\n1,in,2026-04-01T09:00:00Z\n1,out,2026-04-09T15:30:00Z\n');
    const { status, stdout } = wellspent('log', 'log.csv', '--format', 'json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ cases: 1, events: 2, startSteps: [{ step: 'in', cases: 1 }] });
  });

  it('builds an example', () => {
    expect(demo).toMatchObject({ status: 0, stderr: expect.stringContaining('emergency is ready') });
  });

  it('keeps figures in a register, and exports it with a verifier that runs alone', () => {
    expect(wellspent('register', 'keep', 'demo/emergency').status).toBe(0);
    expect(wellspent('register', 'export', 'demo/emergency', '--into', 'copy').status).toBe(0);
    const { status, stdout } = runNode(['copy/verify.mjs', 'copy'], installed.program);
    expect([status, stdout]).toEqual([0, expect.stringContaining('The register holds')]);
  });
});

describe('the packed library', () => {
  it('exports from each entry what the reference lists', () => {
    const names = entries.map(({ from }) => from);
    const found = printed(
      `const found = {};
       for (const from of ${JSON.stringify(names)}) found[from] = Object.keys(await import(from)).sort();
       console.log(JSON.stringify(found));`,
    );
    const listed = entries.map(({ from, exports }) => [
      from,
      exports.filter(({ kind }) => kind !== 'type').map(({ name }) => name),
    ]);
    expect(found).toEqual(Object.fromEntries(listed));
  });

  it('says what every export means', () => {
    const silent = entries.flatMap(({ from, purpose, exports }) => [
      ...(purpose ? [] : [from]),
      ...exports.filter(({ sentence }) => !sentence).map(({ name }) => `${from} ${name}`),
    ]);
    expect(silent).toEqual([]);
  });

  it('carries types that a strict program can be checked against', () => {
    const files = entries.map(({ from, exports }) => {
      const names = exports.map(({ name, kind }) => (kind === 'type' ? `type ${name}` : name));
      return [`${from.replace('/', '-')}.ts`, `export { ${names.join(', ')} } from '${from}';\n`] as const;
    });
    for (const [file, text] of files) write(file, text);
    write('guide.ts', guideProgram);
    write('wrong.ts', "import { measure } from 'wellspent/measure';\nawait measure('demo');\n");
    write('package.json', '{ "type": "module" }');
    const compilerOptions = {
      target: 'es2024',
      module: 'nodenext',
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      types: ['node'],
    };
    write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const faults = runNode([tsc, '-p', '.', '--pretty', 'false'], installed.program)
      .stdout.split('\n')
      // Indented lines belong to the fault above; the types of Observable Plot have faults of their own.
      .filter((line) => /^\S/.test(line) && !line.includes('/@observablehq/plot/'));
    expect(faults).toEqual([expect.stringMatching(/^wrong\.ts\(2,15\): error TS2345/)]);
  });

  it('runs the program of the guide', () => {
    write('guide.ts', guideProgram);
    write('package.json', '{ "type": "module" }');
    expect(runNode(['guide.ts'], installed.program).stdout).toBe(guideOutput);
  });

  it('serves a page with its style sheet', () => {
    const page = printed(
      `import { createApp } from 'wellspent/web';
       const app = await createApp({ workspaces: [{ id: 'emergency', dir: 'demo/emergency' }] });
       const home = await app.inject('/emergency');
       const style = await app.inject(/href="([^"]+\\.css[^"]*)"/.exec(home.body)[1]);
       await app.close();
       console.log(JSON.stringify({ home: home.statusCode, html: home.body, style: style.statusCode, css: style.body }));`,
    );
    expect(page).toMatchObject({ home: 200, style: 200, css: expect.stringContaining('.govuk-') });
    expect(page).toMatchObject({ html: expect.stringMatching(/<h1[^>]*>[^<]*\w/) });
  });
});
