import { WellspentError } from '../../../core/index.ts';
import {
  batchRows,
  casePrefix,
  defaultLimits,
  type Notice,
  type RawBatch,
  type RawTable,
  type ReadOptions,
} from '../raw-table.ts';
import type { Recognised } from '../recognise.ts';
import { readBytes } from '../source-bytes.ts';
import { decodeText, xmlEncoding } from '../text-decoding.ts';
import { type Classifier, unresolvedClassifiers } from './classifiers.ts';
import { createXmlScanner } from './xml-scanner.ts';

const values = new Set(['string', 'date', 'int', 'float', 'boolean', 'id', 'list', 'container']);

/** Collects events of a trace column by column; attributes that appear later fill earlier rows with ''. */
class XesBatches {
  readonly names: string[] = [];
  readonly #index = new Map<string, number>();
  #columns: string[][] = [];
  #lines: number[] = [];
  #caseOnly = new Set<number>();
  rows = 0;
  #traceStart = 0;
  readonly #trace = new Map<number, string>();
  traces = 0;
  events = 0;
  emptyTraces = 0;
  unnamedTraces = 0;
  nested = 0;

  constructor() {
    // Present in every log, so that a log without steps or times has empty ones instead of a missing column.
    for (const name of [`${casePrefix}concept:name`, 'concept:name', 'time:timestamp']) this.columnOf(name);
  }

  columnOf(name: string): number {
    const known = this.#index.get(name);
    if (known !== undefined) return known;
    const at = this.names.push(name) - 1;
    this.#index.set(name, at);
    this.#columns.push([]);
    return at;
  }

  set(column: number, value: string): void {
    const cells = this.#columns[column] as string[];
    // Columns are filled up only when written to, so that rare attributes cost nothing elsewhere.
    while (cells.length < this.rows) cells.push('');
    if (cells.length === this.rows) cells.push(value);
  }

  setTrace(column: number, value: string): void {
    if (!this.#trace.has(column)) this.#trace.set(column, value);
  }

  endEvent(): void {
    this.events += 1;
    this.#lines.push(this.events);
    this.rows += 1;
  }

  startTrace(): void {
    this.traces += 1;
    this.#trace.clear();
    this.#traceStart = this.rows;
  }

  endTrace(): void {
    const name = this.columnOf(`${casePrefix}concept:name`);
    if ((this.#trace.get(name) ?? '').trim() === '') {
      this.unnamedTraces += 1;
      this.#trace.set(name, `trace-${this.traces}`);
    }
    if (this.rows === this.#traceStart) {
      this.emptyTraces += 1;
      this.#caseOnly.add(this.rows);
      this.#lines.push(this.events);
      this.rows += 1;
    }
    for (const [column, value] of this.#trace) {
      const cells = this.#columns[column] as string[];
      while (cells.length < this.#traceStart) cells.push('');
      while (cells.length < this.rows) cells.push(value);
    }
  }

  take(): RawBatch {
    for (const cells of this.#columns) while (cells.length < this.rows) cells.push('');
    const batch: RawBatch = {
      rows: this.rows,
      lines: this.#lines,
      columns: this.#columns,
      faults: [],
      caseOnly: this.#caseOnly,
    };
    this.#columns = this.names.map(() => []);
    this.#lines = [];
    this.#caseOnly = new Set();
    this.rows = 0;
    this.#traceStart = 0;
    return batch;
  }
}

interface LogHead {
  readonly globals: string[];
  readonly classifiers: Classifier[];
}

async function* readEvents(
  texts: AsyncIterable<string>,
  file: string,
  depth: number,
  batches: XesBatches,
  head: LogHead,
): AsyncIterable<RawBatch> {
  // Levels: 0 outside, 1 log, 2 trace, 3 event; below, `skip` counts open elements that are left out.
  let level = 0;
  let skip = 0;
  let inGlobal = false;
  const full: RawBatch[] = [];
  const eventColumns = new Map<string, number>();
  const traceColumns = new Map<string, number>();
  const columnFor = (map: Map<string, number>, prefix: string, key: string): number => {
    const known = map.get(key);
    if (known !== undefined) return known;
    const at = batches.columnOf(prefix + key);
    map.set(key, at);
    return at;
  };

  const scanner = createXmlScanner({
    file,
    maxDepth: depth,
    open: (name, attribute) => {
      if (skip > 0) {
        if (inGlobal && skip === 1) head.globals.push(attribute('key') ?? '');
        else if (level >= 2) batches.nested += 1;
        skip += 1;
        return;
      }
      if (level === 0) {
        if (name !== 'log')
          throw new WellspentError(
            'NOT_AN_EVENT_LOG',
            `${file} is XML, but its root is <${name}> and not <log>.`,
            { where: { file }, found: `<${name}>` },
          );
        level = 1;
      } else if (level === 1 && name === 'trace') {
        level = 2;
        batches.startTrace();
      } else if (level === 2 && name === 'event') level = 3;
      else {
        if (level === 1 && name === 'classifier')
          head.classifiers.push({ name: attribute('name') ?? '', keys: attribute('keys') ?? '' });
        inGlobal = level === 1 && name === 'global' && attribute('scope') === 'event';
        if (level >= 2 && values.has(name)) {
          const key = attribute('key');
          const value = attribute('value');
          if (key !== null && value !== null) {
            if (level === 3) batches.set(columnFor(eventColumns, '', key), value);
            else batches.setTrace(columnFor(traceColumns, casePrefix, key), value);
          }
        }
        skip = 1;
      }
    },
    close: () => {
      if (skip > 0) {
        skip -= 1;
        return;
      }
      if (level === 3) batches.endEvent();
      else if (level === 2) {
        batches.endTrace();
        if (batches.rows >= batchRows) full.push(batches.take());
      }
      level -= 1;
    },
  });

  for await (const text of texts) {
    scanner.write(text);
    yield* full.splice(0);
  }
  scanner.end();
  yield batches.take();
}

function noticesOf(batches: XesBatches, head: LogHead): readonly Notice[] {
  const notices: Notice[] = [];
  if (batches.nested > 0)
    notices.push({
      code: 'NESTED_ATTRIBUTES',
      message: `${batches.nested.toLocaleString('en-GB')} attributes inside other attributes were left out.`,
      count: batches.nested,
    });
  const known = [...head.globals, ...batches.names.filter((name) => !name.startsWith(casePrefix))];
  for (const name of unresolvedClassifiers(head.classifiers, known))
    notices.push({
      code: 'CLASSIFIER_UNKNOWN_KEY',
      message: `The classifier "${name}" names attributes that no event has.`,
    });
  return notices;
}

/** Opens an XES log: events as rows, trace attributes as columns that start with `case:`. */
export function openXes(file: string, found: Recognised, options: ReadOptions): RawTable {
  const encoding = options.encoding ?? xmlEncoding(found.head);
  const limits = { ...defaultLimits, ...options.limits };
  let batches = new XesBatches();
  const head: LogHead = { globals: [], classifiers: [] };
  return {
    format: 'xes',
    listsCases: true,
    get columns() {
      return batches.names;
    },
    get facts() {
      return {
        encoding,
        traces: batches.traces,
        emptyTraces: batches.emptyTraces,
        unnamedTraces: batches.unnamedTraces,
      };
    },
    notices: () => noticesOf(batches, head),
    classifiers: () => ({ named: head.classifiers, declared: head.globals }),
    batches: () => {
      batches = new XesBatches();
      head.globals.length = 0;
      head.classifiers.length = 0;
      const texts = decodeText(readBytes(file, found.gzip, options), encoding, file);
      return readEvents(texts, file, limits.xmlDepth, batches, head);
    },
  };
}
