import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPackage } from '../scripts/build.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A program's folder with the packed package installed in it, and beside it what the package depends on. */
export interface Installed {
  /** The folder of the program that uses the package. */
  readonly program: string;
  /** The package as it was unpacked. */
  readonly folder: string;
  readonly files: readonly string[];
  /** The folder that was packed: neither it nor the checkout may be named in the package. */
  readonly packedFrom: string;
}

/** What a process printed, and how it ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs Node with arguments in a folder. */
export function runNode(args: readonly string[], cwd: string): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
}

function run(command: string, args: readonly string[], cwd: string): void {
  const windows = process.platform === 'win32';
  const { status, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', shell: windows });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`);
}

function link(name: string, into: string): void {
  const to = join(into, name);
  mkdirSync(dirname(to), { recursive: true });
  symlinkSync(join(root, 'node_modules', name), to, 'junction');
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((file) => file.replaceAll(sep, '/'))
    .sort();
}

/**
 * Builds and packs the package in an empty folder, away from the checkout's own dist, and installs it there without
 * a network. Only what package.json calls a dependency is put beside it, so that a missing one is found.
 */
export async function installPacked(home: string): Promise<Installed> {
  const packedFrom = join(home, 'packed-from');
  await buildPackage(join(packedFrom, 'dist'));
  for (const part of ['.gitignore', 'CHANGELOG.md', 'LICENSE', 'README.md', 'bin', 'package.json'])
    cpSync(join(root, part), join(packedFrom, part), { recursive: true });
  run('npm', ['pack', '--ignore-scripts', '--offline', '--pack-destination', home], packedFrom);

  const tarball = readdirSync(home).find((name) => name.endsWith('.tgz')) ?? 'no tarball';
  run('tar', ['-xzf', tarball], home);
  const program = join(home, 'program');
  const modules = join(program, 'node_modules');
  const folder = join(modules, 'wellspent');
  mkdirSync(modules, { recursive: true });
  renameSync(join(home, 'package'), folder);
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  // A program in TypeScript brings Node's types itself.
  for (const name of [...Object.keys(dependencies), '@types/node']) link(name, modules);
  return { program, folder, files: filesBelow(folder), packedFrom };
}
