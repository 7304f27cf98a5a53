import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ChildTask } from './child.test-support.ts';

const program = fileURLToPath(new URL('./child.test-support.ts', import.meta.url));

/** What a child said of one entry: where it is, or the code of the refusal. */
export interface Said {
  readonly index?: number;
  readonly leaf?: string;
  readonly code?: string;
}

/** A program that adds entries, ready to begin. */
export interface Child {
  readonly said: readonly Said[];
  begin(): void;
  kill(): void;
  /** Comes when it has said something of its first entry, or has ended. */
  readonly begun: Promise<unknown>;
  /** Comes when it has ended and everything it said has been read. */
  readonly ended: Promise<readonly Said[]>;
}

/** Starts a program that adds entries, and waits until it is ready. */
export async function startChild(task: ChildTask): Promise<Child> {
  const child: ChildProcess = spawn(process.execPath, [program, JSON.stringify(task)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Starting hundreds of programs is quicker when each does not compile everything anew.
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'wellspent-compile-cache') },
  });
  const said: Said[] = [];
  const ready = Promise.withResolvers<void>();
  const first = Promise.withResolvers<void>();
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  lines.on('line', (line) => {
    if (line === 'ready') ready.resolve();
    else if (line.endsWith('}')) said.push(JSON.parse(line) as Said);
    if (said.length > 0) first.resolve();
  });
  child.stdin?.on('error', () => {});
  const ended = new Promise<readonly Said[]>((done) => child.once('close', () => done(said)));
  child.once('exit', () => ready.reject(new Error('the program ended before it was ready')));
  await ready.promise;
  return {
    said,
    ended,
    begun: Promise.race([first.promise, ended]),
    begin: () => void child.stdin?.end('go\n'),
    kill: () => void child.kill('SIGKILL'),
  };
}
