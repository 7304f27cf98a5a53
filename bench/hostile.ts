/** Brings large hostile inputs in, each by a process of its own: `hostile.ts [WORD ...]` takes those whose names hold a word. */
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bombs } from './hostile/bombs.ts';
import { depthAndWidth } from './hostile/depth-and-width.ts';
import { sizes } from './hostile/sizes.ts';
import type { LargeCase } from './hostile/write.ts';

/** Bounds that hold for every input: memory of the process, and its CPU seconds, since wall time depends on what else runs. */
const mostMb = 500;
const mostSeconds = 10;
const patience = 240_000;

const cli = fileURLToPath(new URL('../bin/wellspent.mjs', import.meta.url));
const charter = fileURLToPath(new URL('permits.yaml', import.meta.url));
const words = process.argv.slice(2);

interface Outcome {
  readonly what: string;
  readonly seconds: number;
  readonly cpu: number;
  readonly peakMb: number;
}

function run(folder: string, { file, options = [] }: LargeCase): Promise<Outcome> {
  const args = [cli, 'add', file, '--into', '.', '--as', 'events', '--format', 'json', ...options];
  const child = spawn('/usr/bin/time', ['-f', '%e %U %S %M', process.execPath, ...args], {
    cwd: folder,
    detached: true,
    env: { ...process.env, WELLSPENT_KEY_FILE: join(folder, 'key') },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (part) => {
    stdout += part;
  });
  child.stderr.on('data', (part) => {
    stderr += part;
  });
  const watchdog = setTimeout(() => process.kill(-(child.pid as number), 'SIGKILL'), patience);
  return new Promise((resolve) => {
    child.on('close', (status) => {
      clearTimeout(watchdog);
      const [seconds = 0, user = 0, system = 0, kilobytes = 0] = (stderr.trimEnd().split('\n').at(-1) ?? '')
        .split(' ')
        .map(Number);
      const code = /^error\[(\w+)\]/m.exec(stderr)?.[1];
      const read = status === 0 ? (JSON.parse(stdout) as Record<string, number>) : null;
      const what = read
        ? `${read.rowsIn} in = ${read.rowsUsed} used + ${read.rowsSetAside} set aside`
        : (code ?? `ended with ${status}: ${stderr.slice(-300)}`);
      resolve({ what, seconds, cpu: user + system, peakMb: Math.round((kilobytes * 1024) / 1e6) });
    });
  });
}

/** True when an import that was refused left no row behind. */
function isEmpty(folder: string): boolean {
  const store = join(folder, '.wellspent');
  return (
    !existsSync(store) ||
    readdirSync(store).every((name) => name === 'staged' && readdirSync(join(store, name)).length === 0)
  );
}

const faults: string[] = [];
for (const large of [...depthAndWidth, ...bombs, ...sizes]) {
  if (words.length > 0 && !words.some((word) => large.name.includes(word))) continue;
  const folder = mkdtempSync(join(tmpdir(), 'wellspent-hostile-'));
  mkdirSync(folder, { recursive: true });
  copyFileSync(charter, join(folder, 'service.yaml'));
  await large.make(join(folder, large.file));
  const megabytes = statSync(join(folder, large.file)).size / 1e6;
  const { what, seconds, cpu, peakMb } = await run(folder, large);
  const expected =
    typeof large.gives === 'number'
      ? what.startsWith(`${large.gives} in = `)
      : what === large.gives && isEmpty(folder);
  const wrong = [
    ...(expected ? [] : ['outcome']),
    ...(peakMb > mostMb || peakMb === 0 ? ['memory'] : []),
    ...(cpu > mostSeconds || cpu === 0 ? ['time'] : []),
  ];
  if (wrong.length > 0) faults.push(`${large.name}: ${wrong.join(', ')}`);
  process.stdout.write(
    `| ${large.name} | ${megabytes.toFixed(megabytes < 10 ? 2 : 0)} | ${what} | ${seconds.toFixed(1)} | ${cpu.toFixed(1)} | ${peakMb} | ${wrong.join(', ') || 'held'} |\n`,
  );
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(faults.length === 0 ? 'All held.\n' : `Not held:\n${faults.join('\n')}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
