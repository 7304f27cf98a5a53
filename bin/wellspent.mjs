#!/usr/bin/env node
// Starts the command line: the built one in an installed package; in a checkout the sources, which are never
// out of date, under the Node 24 that comes as a dependency.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const source = at('../src/cli/main.ts');
if (existsSync(source)) {
  const own = at(`../node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`);
  const node = existsSync(own) ? own : process.execPath;
  const child = spawn(node, [source, ...process.argv.slice(2)], { stdio: 'inherit' });
  // Ctrl+C reaches the command by itself; wait for it to tidy up. Other requests to end are passed on.
  process.on('SIGINT', () => {});
  for (const name of ['SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
  child.on('error', (error) => {
    process.stderr.write(`Node could not be started: ${error.message}\n`);
    process.exitCode = 3;
  });
  child.on('close', (status, signal) => {
    process.exitCode = signal ? 130 : (status ?? 3);
  });
} else if (Number.parseInt(process.versions.node, 10) < 24) {
  process.stderr.write(`Wellspent needs Node 24 or later; this is Node ${process.versions.node}.\n`);
  process.exitCode = 2;
} else {
  await import('../dist/src/cli/main.js');
}
