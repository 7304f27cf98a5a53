#!/usr/bin/env node
// Starts the command line: the built one in an installed package; in a checkout the sources, which are never
// out of date, under the Node 24 that comes as a dependency.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const source = at('../src/cli/main.ts');
const isCheckout = existsSync(source);
const words = process.argv.slice(2);
// Young objects get 8 MB of room instead of what the machine could spare: a hundred megabytes less, as fast.
const memory = '--max-semi-space-size=8';
// Large memory that was freed goes back to the system, not into reserves of each thread; pieces below 4 MB are used again,
// since the system clears each page that it hands out (heeded where the C library is glibc).
const allocator = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_TRIM_THRESHOLD_: '1048576',
  MALLOC_MMAP_THRESHOLD_: '4194304',
};
// In a checkout the types are taken off the sources, and they are compiled, once rather than at every start.
const compiled = isCheckout ? { NODE_COMPILE_CACHE: at('../node_modules/.cache/wellspent') } : {};
const isQuick =
  words.length === 0 || words.some((word) => /^(-h|--help|help|-V|--version|explain)$/.test(word));

function tellSignal(signal) {
  const why = signal === 'SIGKILL' ? '. Memory may have run out' : '';
  // Whoever read the output may have gone too.
  process.stderr.on('error', () => {});
  process.stderr.write(`The command was ended by signal ${signal}${why}.\n`);
}

function start(node, main) {
  const child = spawn(node, [memory, main, ...words], {
    // The channel tells the command of interrupts, and by its end that nobody waits for the command any more.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...allocator, ...compiled, ...process.env },
  });
  // Ctrl+C in a terminal reaches the command by itself, `kill` does not: the command is told how often it was, and
  // takes the two for one. Wait for it to tidy up. Other requests to end are passed on.
  let interrupted = 0;
  process.on('SIGINT', () => {
    interrupted += 1;
    if (child.connected) child.send({ interrupted }, () => {});
  });
  for (const name of ['SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
  child.on('error', (error) => {
    process.stderr.write(`Node could not be started: ${error.message}\n`);
    process.exitCode = 3;
  });
  child.on('close', (status, signal) => {
    process.exitCode = signal ? 128 + (constants.signals[signal] ?? 2) : (status ?? 3);
    if (signal) tellSignal(signal);
  });
}

if (isCheckout) {
  const own = at(`../node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`);
  start(existsSync(own) ? own : process.execPath, source);
} else if (Number.parseInt(process.versions.node, 10) < 24) {
  process.stderr.write(`Wellspent needs Node 24 or later; this is Node ${process.versions.node}.\n`);
  process.exitCode = 2;
} else if (isQuick) {
  await import('../dist/src/cli/main.js');
} else start(process.execPath, at('../dist/src/cli/main.js'));
