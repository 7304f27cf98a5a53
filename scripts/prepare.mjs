// Runs before `npm start` and `npm test` with whatever Node there is (20 or later), so it uses no dependency
// and no syntax that Node 20 lacks: installs from the lock file if needed, then compiles the styles.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');
const stamp = join(modules, '.wellspent-lock');
const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
const windows = process.platform === 'win32';
const node24 = join(modules, 'node', 'bin', windows ? 'node.exe' : 'node');

/** @param {string} command @param {string[]} args */
function run(command, args, cwd = root) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit', shell: windows });
  if (error || status !== 0) {
    process.stderr.write(
      `\nCould not run: ${command} ${args.join(' ')}\n${error ? `${error.message}\n` : ''}`,
    );
    process.exit(1);
  }
}

/** @param {string[]} args */
function npm(args) {
  const cli = process.env.npm_execpath;
  if (cli) run(process.execPath, [cli, ...args]);
  else run('npm', args);
}

function nodeMajor() {
  if (!existsSync(node24)) return 0;
  const { stdout } = spawnSync(node24, ['--version'], { encoding: 'utf8' });
  return Number(/^v(\d+)/.exec(stdout ?? '')?.[1] ?? 0);
}

const installed = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
if (!installed) {
  process.stderr.write('Installing what is missing (once, about half a minute)…\n');
  npm(['ci', '--no-fund', '--no-audit', '--loglevel=error']);
}
if (nodeMajor() < 24) {
  // Some set-ups of npm do not run install scripts; this is the one that matters.
  run(process.execPath, ['installArchSpecificPackage.js'], join(modules, 'node'));
}
if (nodeMajor() < 24) {
  process.stderr.write(
    'Node 24 could not be installed from the package "node"; install Node 24 and try again.\n',
  );
  process.exit(1);
}
if (!installed) writeFileSync(stamp, wanted);
run(node24, ['scripts/build-styles.ts']);
