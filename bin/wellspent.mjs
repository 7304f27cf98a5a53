#!/usr/bin/env node
// Starts the built command line, or, in a checkout, the sources under the Node 24 that comes as a dependency.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const built = at('../dist/cli/main.js');
if (existsSync(built)) {
  await import('../dist/cli/main.js');
} else {
  const own = at(`../node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`);
  const node = existsSync(own) ? own : process.execPath;
  const { status, signal } = spawnSync(node, [at('../src/cli/main.ts'), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  process.exitCode = signal ? 130 : (status ?? 3);
}
