import { Worker } from 'node:worker_threads';
import { canonicalJson, WellspentError } from '../../../core/index.ts';
import type { RawBatch, RawTable, ReadOptions } from '../raw-table.ts';
import type { Recognised } from '../recognise.ts';
import { batchReceiver } from './sent-batch.ts';
import {
  type FromReader,
  type PlainOptions,
  plainOptions,
  receivedError,
  type TableState,
  type ToReader,
} from './thread-messages.ts';

/** Smaller files are read before a thread would have started. */
const worthAThread = 8_000_000;

/** A file that is being read in a thread of its own, and what has come from there. */
class Reading {
  readonly #worker: Worker;
  readonly #file: string;
  readonly #waiting: FromReader[] = [];
  readonly #faults: unknown[] = [];
  #wake: (() => void) | null = null;

  constructor(file: string, found: Recognised, options: PlainOptions) {
    this.#file = file;
    const name = import.meta.url.endsWith('.ts') ? 'reading-thread.ts' : 'reading-thread.js';
    this.#worker = new Worker(new URL(name, import.meta.url));
    this.#worker.on('message', (message: FromReader) => {
      this.#waiting.push(message);
      this.#wake?.();
    });
    this.#worker.on('error', (cause) => this.fail(cause));
    this.#worker.on('exit', () =>
      this.fail(new Error('the thread that read the file ended before the file did')),
    );
    this.say({ say: 'read', file, found, options });
  }

  say(message: ToReader): void {
    this.#worker.postMessage(message);
  }

  fail(cause: unknown): void {
    const isFull = (cause as { code?: string } | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY';
    const file = this.#file;
    const fault = isFull
      ? new WellspentError('INPUT_TOO_LARGE', `${file} holds rows that are larger than memory.`, {
          where: { file },
          cause,
        })
      : cause;
    this.#faults.push(fault);
    this.#wake?.();
  }

  async next(): Promise<FromReader> {
    while (true) {
      const message = this.#waiting.shift();
      if (message) return message;
      if (this.#faults.length > 0) throw this.#faults[0];
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** A thread beside this one that reads large files. */
export class ReadingThread {
  readonly #fewestBytes: number;
  /** A file that is being read already, and what tells whether it is read as it is wanted. */
  #begun: { readonly reading: Reading; readonly key: string } | null = null;
  /** False while only first rows are looked at, for which no thread is worth its start. */
  isUsed = false;

  constructor(fewestBytes = worthAThread) {
    this.#fewestBytes = fewestBytes;
  }

  /** True for files that are scanned as bytes, so that little need be handed from thread to thread, and large enough. */
  reads({ format, bytes }: Pick<Recognised, 'format' | 'bytes'>): boolean {
    return (format === 'delimited' || format === 'xes') && bytes >= this.#fewestBytes;
  }

  /** Begins to read a file that will most likely be wanted, so that its first rows are there when it is. */
  async begin(file: string, found: Recognised, options: ReadOptions): Promise<void> {
    await this.close();
    const plain = plainOptions(options);
    this.#begun = { reading: new Reading(file, found, plain), key: canonicalJson({ file, ...plain }) };
  }

  /** The reading of a file from its first row on, which is then the taker's to end. */
  async take(file: string, found: Recognised, options: ReadOptions): Promise<Reading> {
    const plain = plainOptions(options);
    const begun = this.#begun;
    this.#begun = null;
    if (begun?.key === canonicalJson({ file, ...plain })) return begun.reading;
    await begun?.reading.end();
    return new Reading(file, found, plain);
  }

  async close(): Promise<void> {
    await this.#begun?.reading.end();
    this.#begun = null;
  }
}

/**
 * The same table, but read in a thread of its own, a few batches ahead of who takes them: reading and what is done
 * with the rows then each have a core. What the table tells of itself is what that thread has found so far.
 */
export function readInThread(
  table: RawTable,
  file: string,
  found: Recognised,
  options: ReadOptions,
  thread: ReadingThread,
): RawTable {
  let state: TableState | null = null;
  let reading: Reading | null = null;
  /** The batches from the thread; ends with false where the table has too many columns to be read there. */
  async function* fromThread(): AsyncGenerator<RawBatch, boolean> {
    const { signal, onBytes } = options;
    const own = await thread.take(file, found, options);
    reading = own;
    const receive = batchReceiver();
    const cancel = () => own.fail(signal?.reason);
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      while (true) {
        signal?.throwIfAborted();
        const message = await own.next();
        if (message.say === 'wide') return false;
        if (message.say === 'failed') throw receivedError(message.error);
        state = message.state;
        if (message.say === 'end') return true;
        onBytes?.(message.bytes);
        own.say({ say: 'more' });
        yield receive(message.batch);
      }
    } finally {
      signal?.removeEventListener('abort', cancel);
      reading = null;
      await own.end();
    }
  }
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
    leaveOut: (columns) => (reading ? reading.say({ say: 'leaveOut', columns }) : table.leaveOut?.(columns)),
    async *batches() {
      state = null;
      const isRead = thread.isUsed && (yield* fromThread());
      if (!isRead) yield* table.batches();
    },
  };
}
