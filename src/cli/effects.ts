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
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
}

async function wholeStdin(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** The effects of a real process. A reader that closes the pipe early ends us quietly. */
export function processEffects(): Effects {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  return {
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
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
    signal: controller.signal,
  };
}
