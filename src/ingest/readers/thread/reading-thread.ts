/** Reads one file in a thread of its own and hands its batches on, a few ahead of who takes them. */
import { parentPort } from 'node:worker_threads';
import { openDelimited } from '../delimited/read-delimited.ts';
import type { RawTable } from '../raw-table.ts';
import { openXes } from '../xes/read-xes.ts';
import { batchSender } from './sent-batch.ts';
import { type FromReader, sentError, type TableState, type ToReader } from './thread-messages.ts';

/** Tables of more columns are read where they are wanted: two threads would each hold lists for every column. */
const mostColumns = 64;
/** Bytes of batches that wait to be taken, before no more are sent. */
const mostBytesAhead = 12_000_000;

/**
 * Hands a buffer over before anything is compiled: until the first is, V8 compiles for buffers that nobody takes away,
 * and then throws all of that away.
 */
function handOneOver(): void {
  const buffer = new ArrayBuffer(0);
  structuredClone(buffer, { transfer: [buffer] });
}

/** The bytes of each batch that was sent and not taken yet. */
const ahead: number[] = [];
let goOn: (() => void) | null = null;
let leaveOut: ReadonlySet<string> | null = null;

function tell(message: FromReader, moved: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, [...moved]);
}

function stateOf(table: RawTable): TableState {
  return {
    columns: [...table.columns],
    facts: { ...table.facts },
    notices: table.notices(),
    ...(table.classifiers ? { classifiers: table.classifiers() } : {}),
  };
}

async function untilAsked(): Promise<void> {
  while (ahead.reduce((sum, bytes) => sum + bytes, 0) > mostBytesAhead)
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
}

async function read({ file, found, options }: Extract<ToReader, { say: 'read' }>): Promise<void> {
  let bytes = 0;
  const onBytes = (n: number) => {
    bytes = n;
  };
  const head = Buffer.from(found.head.buffer, found.head.byteOffset, found.head.length);
  // Only the readers that may be needed: a thread starts sooner the less it loads.
  const open = found.format === 'xes' ? openXes : openDelimited;
  const table = open(file, { ...found, head }, { ...options, onBytes });
  const isWide = () => table.columns.length > mostColumns;
  const tellWide = () => tell({ say: 'wide' });
  if (isWide()) return tellWide();
  const send = batchSender();
  let isFirst = true;
  for await (const batch of table.batches()) {
    // The columns of XES are known once events have been read.
    if (isFirst && isWide()) return tellWide();
    isFirst = false;
    await untilAsked();
    const { sent, moved, bytes: size } = send(batch);
    ahead.push(size);
    tell({ say: 'batch', batch: sent, state: stateOf(table), bytes }, moved);
    if (leaveOut) table.leaveOut?.(leaveOut);
  }
  tell({ say: 'end', state: stateOf(table) });
}

handOneOver();
parentPort?.on('message', (message: ToReader) => {
  if (message.say === 'more') {
    ahead.shift();
    goOn?.();
  } else if (message.say === 'leaveOut') leaveOut = message.columns;
  else read(message).catch((error: unknown) => tell({ say: 'failed', error: sentError(error) }));
});
