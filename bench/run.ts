import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

interface Run {
  readonly cpu: number;
  readonly wall: number;
  readonly peakMb: number;
  /** CPU and wall seconds of the work alone, without starting, where the program says them. */
  readonly workCpu: number | null;
  readonly workWall: number | null;
}

/**
 * As the command starts Node in a checkout (`bin/wellspent.mjs`): bounds on young objects, large freed memory given
 * back, and what was compiled before kept.
 */
const nodeFlags = ['--max-semi-space-size=8'];
const settings = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_TRIM_THRESHOLD_: '1048576',
  MALLOC_MMAP_THRESHOLD_: '4194304',
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../node_modules/.cache/wellspent', import.meta.url)),
};

/** Runs a program under the system's accounting (GNU time) and reads what it used. */
function runOnce(command: string, args: readonly string[]): Run {
  const { status, stdout, stderr } = spawnSync('/usr/bin/time', ['-f', '%U %S %e %M', command, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...settings, ...process.env },
  });
  if (status !== 0) throw new Error(stderr.slice(-2000));
  const [user = 0, system = 0, wall = 0, kilobytes = 0] = (stderr.trimEnd().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number);
  const said = /\{.*"workCpu":([\d.]+).*"workWall":([\d.]+).*\}/.exec(stdout);
  return {
    cpu: user + system,
    wall,
    peakMb: Math.round((kilobytes * 1024) / 1e6),
    workCpu: said ? Number(said[1]) : null,
    workWall: said ? Number(said[2]) : null,
  };
}

function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  return known.length === 0 ? null : (known[Math.floor((known.length - 1) / 2)] ?? null);
}

const [times = '3', ...rest] = process.argv.slice(2);
const own = rest[0]?.endsWith('.ts') === true;
const command = own ? process.execPath : (rest[0] ?? '');
const program = own ? [...nodeFlags, fileURLToPath(new URL(rest[0] ?? '', `file://${process.cwd()}/`))] : [];
const runs = Array.from({ length: Number(times) }, () => runOnce(command, [...program, ...rest.slice(1)]));
const of = (key: keyof Run) => median(runs.map((run) => run[key]));
const round = (value: number | null) => (value === null ? null : Math.round(value * 100) / 100);
process.stdout.write(
  `${JSON.stringify({
    runs: runs.length,
    cpuSeconds: round(of('cpu')),
    wallSeconds: round(of('wall')),
    peakMb: Math.max(...runs.map((run) => run.peakMb)),
    workCpuSeconds: round(of('workCpu')),
    workWallSeconds: round(of('workWall')),
  })}\n`,
);
