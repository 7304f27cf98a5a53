import { Worker } from 'node:worker_threads';
import { WellspentError } from '../../../core/index.ts';
import type { RawBatch, RawTable, ReadOptions } from '../raw-table.ts';
import type { Recognised } from '../recognise.ts';
import { batchReceiver } from './sent-batch.ts';
import { type FromReader, receivedError, type TableState, type ToReader } from './thread-messages.ts';

/** Smaller files are read before a thread would have started. */
const worthAThread = 8_000_000;

/** A thread that waits to read a file. */
export class ReadingThread {
  #worker: Worker | null = null;
  readonly #fewestBytes: number;
  /** False while only first rows are looked at, for which no thread is worth its start. */
  isUsed = false;

  constructor(fewestBytes = worthAThread) {
    this.#fewestBytes = fewestBytes;
  }

  /** True for files that are scanned as bytes, so that little need be handed from thread to thread, and large enough. */
  reads({ format, bytes }: Pick<Recognised, 'format' | 'bytes'>): boolean {
    return (format === 'delimited' || format === 'xes') && bytes >= this.#fewestBytes;
  }

  /** Starts a thread unless one waits already: starting takes a while, in which other things can be done. */
  start(): void {
    if (this.#worker) return;
    const name = import.meta.url.endsWith('.ts') ? 'reading-thread.ts' : 'reading-thread.js';
    this.#worker = new Worker(new URL(name, import.meta.url));
    // Until it is taken nobody else listens: what it fails with is told to who takes it, as its end.
    this.#worker.on('error', () => undefined);
  }

  /** The thread that waits, which is then the taker's to end. */
  take(): Worker {
    this.start();
    const worker = this.#worker as Worker;
    this.#worker = null;
    return worker;
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = null;
  }
}

function asFault(cause: unknown, file: string): unknown {
  if ((cause as { code?: string } | null)?.code !== 'ERR_WORKER_OUT_OF_MEMORY') return cause;
  return new WellspentError('INPUT_TOO_LARGE', `${file} holds rows that are larger than memory.`, {
    where: { file },
    cause,
  });
}

async function* messagesOf(worker: Worker, signal: AbortSignal | undefined): AsyncIterable<FromReader> {
  const waiting: FromReader[] = [];
  const faults: unknown[] = [];
  let wake: (() => void) | null = null;
  worker.on('message', (message: FromReader) => {
    waiting.push(message);
    wake?.();
  });
  const fail = (cause: unknown) => {
    faults.push(cause);
    wake?.();
  };
  const cancel = () => fail(signal?.reason);
  const ended = () => fail(new Error('the thread that read the file ended before the file did'));
  worker.on('error', fail);
  worker.on('exit', ended);
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    while (true) {
      signal?.throwIfAborted();
      const message = waiting.shift();
      if (message) yield message;
      else if (faults.length > 0) throw faults[0];
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    worker.off('exit', ended);
    signal?.removeEventListener('abort', cancel);
  }
}

/**
 * The same table, but read in a thread of its own, a few batches ahead of who takes them: reading and what is done
 * with the rows then each have a core. What the table tells of itself is what that thread has found so far.
 */
export function readInThread(
  table: RawTable,
  file: string,
  options: ReadOptions,
  thread: ReadingThread,
): RawTable {
  let state: TableState | null = null;
  let worker: Worker | null = null;
  const say = (message: ToReader) => worker?.postMessage(message);
  const { limits, encoding, delimiter } = options;
  return {
    format: table.format,
    listsCases: table.listsCases,
    get columns() {
      return state?.columns ?? table.columns;
    },
    get facts() {
      return state?.facts ?? table.facts;
    },
    notices: () => state?.notices ?? table.notices(),
    classifiers: () => state?.classifiers ?? table.classifiers?.() ?? { named: [], declared: [] },
    leaveOut: (columns) => (worker ? say({ say: 'leaveOut', columns }) : table.leaveOut?.(columns)),
    async *batches(): AsyncIterable<RawBatch> {
      state = null;
      if (!thread.isUsed) {
        yield* table.batches();
        return;
      }
      const own = thread.take();
      worker = own;
      const receive = batchReceiver();
      say({ say: 'read', file, options: { limits, encoding, delimiter } });
      try {
        for await (const message of messagesOf(own, options.signal)) {
          if (message.say === 'failed') throw receivedError(message.error);
          state = message.state;
          if (message.say === 'end') return;
          options.onBytes?.(message.bytes);
          say({ say: 'more' });
          yield receive(message.batch);
        }
      } catch (cause) {
        throw asFault(cause, file);
      } finally {
        worker = null;
        await own.terminate();
      }
    },
  };
}
