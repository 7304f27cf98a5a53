import type { EventEmitter } from 'node:events';

/** What the program that started this one says: how often it was interrupted itself. */
export interface Interrupted {
  readonly interrupted: number;
}

/** The parts of a process by which it is asked to end. */
export interface EndableProcess extends EventEmitter {
  /** False once the program that started this one has gone; undefined where it keeps no channel to us. */
  readonly connected?: boolean;
  readonly channel?: { unref?(): void } | null | undefined;
}

function countIn(message: unknown): number {
  const count = (message as Partial<Interrupted> | null)?.interrupted;
  return typeof count === 'number' ? count : 0;
}

/**
 * A signal that is aborted by the first Ctrl+C, by a request to end, and when the program that started this one has
 * gone. A second Ctrl+C calls `endAtOnce`. Ctrl+C in a terminal reaches this process and the one that started it, which
 * passes on how many it has had: whichever count is larger holds, so that once is once.
 */
export function requestsToEnd(process: EndableProcess, endAtOnce: () => void): AbortSignal {
  const controller = new AbortController();
  const abort = () => controller.abort();
  let own = 0;
  let most = 0;
  const interrupt = (count: number) => {
    if (count <= most) return;
    most = count;
    abort();
    if (most > 1) endAtOnce();
  };
  process.on('SIGINT', () => {
    own += 1;
    interrupt(own);
  });
  process.once('SIGTERM', abort);
  if (!process.channel) return controller.signal;
  process.on('message', (message) => interrupt(countIn(message)));
  process.once('disconnect', abort);
  if (process.connected === false) abort();
  // The channel alone is no reason to go on.
  process.channel.unref?.();
  return controller.signal;
}
