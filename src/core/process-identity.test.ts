import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { isRunning } from './is-running.ts';
import { startOfProcess } from './process-identity.ts';

const tells = startOfProcess(process.pid) !== null;

it.runIf(tells)('a process keeps its beginning, and another of its number would have another', async () => {
  const own = startOfProcess(process.pid);
  expect(own).toMatch(/^\d+$/);
  const later = spawn('sleep', ['60']);
  try {
    expect(Number(startOfProcess(later.pid ?? 0))).toBeGreaterThan(Number(own));
    expect(startOfProcess(process.pid)).toBe(own);
  } finally {
    later.kill('SIGKILL');
    await once(later, 'exit');
  }
});

it.runIf(tells)(
  'one that only waits to be cleared away has ended, and of one that is gone nothing is told',
  async () => {
    // The shell becomes a program that never asks what became of the other, which must not end before: shells do ask.
    const shell = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 60']);
    try {
      const [said] = await once(shell.stdout, 'data');
      const pid = Number(String(said));
      while (startOfProcess(pid) !== 'ended') await new Promise((done) => setTimeout(done, 5));
      expect(isRunning(pid)).toBe(true);
    } finally {
      shell.kill('SIGKILL');
      await once(shell, 'exit');
    }
    expect(startOfProcess(shell.pid ?? 0)).toBeNull();
  },
);
