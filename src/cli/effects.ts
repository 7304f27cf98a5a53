import { requestsToEnd } from './requests-to-end.ts';

/** What a command may touch: passed in, so that tests run commands without a process of their own. */
export interface Effects {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly readStdin: () => Promise<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Whether results, and talk, go to a terminal. */
  readonly terminal: {
    readonly stdout: boolean;
    readonly stderr: boolean;
    readonly stdin: boolean;
    readonly width: number;
  };
  readonly now: () => Date;
  /** Aborted by Ctrl+C, by a request to end, and when the program that started this one has gone. */
  readonly signal: AbortSignal;
}

async function wholeStdin(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** A writer that goes quiet once its reader has left: the command still ends in order and tidies up. */
function writerTo(stream: NodeJS.WriteStream): (text: string) => void {
  let open = true;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    open = false;
  });
  return (text) => {
    if (open) stream.write(text);
  };
}

/** The effects of a real process. A second Ctrl+C ends it at once. */
export function processEffects(): Effects {
  const signal = requestsToEnd(process, () => {
    // Without a listener the signal does what the system has it do.
    process.removeAllListeners('SIGINT');
    process.kill(process.pid, 'SIGINT');
  });
  return {
    stdout: writerTo(process.stdout),
    stderr: writerTo(process.stderr),
    readStdin: wholeStdin,
    env: process.env,
    cwd: process.cwd(),
    terminal: {
      stdout: process.stdout.isTTY === true,
      stderr: process.stderr.isTTY === true,
      stdin: process.stdin.isTTY === true,
      width: process.stdout.columns ?? 100,
    },
    now: () => new Date(),
    signal,
  };
}
