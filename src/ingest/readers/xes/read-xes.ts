import { countOf, WellspentError } from '../../../core/index.ts';
import {
  casePrefix,
  defaultLimits,
  type Notice,
  type RawBatch,
  type RawTable,
  type ReadLimits,
  type ReadOptions,
} from '../raw-table.ts';
import type { Recognised } from '../recognise.ts';
import { tooManyColumns } from '../row-collector.ts';
import { bytesAgain, readBytes } from '../source-bytes.ts';
import { utf8Blocks, xmlEncoding } from '../text-decoding.ts';
import { createXmlScanner } from '../xml/xml-scanner.ts';
import { type Classifier, unresolvedClassifiers } from './classifiers.ts';
import { XesBatches } from './xes-batches.ts';

const values = new Set(['string', 'date', 'int', 'float', 'boolean', 'id', 'list', 'container']);

interface LogHead {
  readonly globals: string[];
  readonly classifiers: Classifier[];
}

/** What a tag stands for inside another attribute: nothing that is kept. Elsewhere it is four times its column, and its level. */
const nestedMeaning = 0;
/** Ways to tell steps apart that a log may name: no log needs more than a few. */
const mostClassifiers = 1_000;

async function* readEvents(
  blocks: AsyncIterable<Buffer>,
  file: string,
  limits: Pick<ReadLimits, 'xmlDepth' | 'columns'>,
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
    // A key of an event must not pass for one of its trace.
    const own = prefix === '' && key.startsWith(casePrefix) ? `event:${key}` : prefix + key;
    const at = batches.columnOf(own);
    map.set(key, at);
    return at;
  };

  const scanner = createXmlScanner({
    file,
    maxDepth: limits.xmlDepth,
    open: (name, tag) => {
      if (skip > 0) {
        if (inGlobal && skip === 1) {
          if (head.globals.length >= limits.columns) throw tooManyColumns(file, limits.columns);
          head.globals.push(tag.text('key') ?? '');
        } else if (level >= 2) {
          batches.nested += 1;
          tag.standsFor('value', nestedMeaning);
        }
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
      else if (level === 1 && name === 'event') {
        batches.addWithoutTrace();
        skip = 1;
      } else {
        if (level === 1 && name === 'classifier') {
          if (head.classifiers.length >= mostClassifiers)
            throw new WellspentError('INPUT_TOO_LARGE', `${file} names more than 1,000 classifiers.`, {
              where: { file },
            });
          head.classifiers.push({ name: tag.text('name') ?? '', keys: tag.text('keys') ?? '' });
        }
        inGlobal = level === 1 && name === 'global' && tag.text('scope') === 'event';
        if (level >= 2 && !values.has(name)) batches.unknown += 1;
        else if (level >= 2) {
          const key = tag.word('key');
          const span = level === 3 ? tag.span('value') : null;
          const value = span ?? tag.text('value');
          if (key !== null && value !== null) {
            const column =
              level === 3 ? columnFor(eventColumns, '', key) : columnFor(traceColumns, casePrefix, key);
            if (typeof value !== 'string') batches.setSpan(column, value.stretch, value.start, value.end);
            else if (level === 3) batches.set(column, value);
            else batches.setTrace(column, value);
            tag.standsFor('value', 4 * column + level);
          }
        }
        skip = 1;
      }
    },
    value: (meaning, stretch, start, end) => {
      if (skip > 0) {
        if (meaning !== nestedMeaning || level < 2) return false;
        batches.nested += 1;
        return true;
      }
      if ((meaning & 3) !== level) return false;
      if (level === 3) batches.setSpan(meaning >> 2, stretch, start, end);
      else batches.setTraceSpan(meaning >> 2, stretch, start, end);
      return true;
    },
    close: () => {
      if (skip > 0) {
        skip -= 1;
        return;
      }
      if (level === 3) {
        batches.endEvent();
        if (batches.isFull) full.push(batches.take());
      } else if (level === 2) {
        batches.endTrace();
        if (batches.isFull) full.push(batches.take());
      }
      level -= 1;
    },
  });

  for await (const block of blocks) {
    scanner.write(block);
    yield* full.splice(0);
  }
  scanner.end();
  // The end of a text may have waited for more, with whole batches in it.
  yield* full.splice(0);
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
  if (batches.repeated > 0)
    notices.push({
      code: 'ATTRIBUTE_REPEATED',
      message: `${countOf(batches.repeated, 'attribute')} had a key that the event or trace had already. The first value of each key was kept.`,
      count: batches.repeated,
    });
  if (batches.unknown > 0)
    notices.push({
      code: 'XES_ELEMENT_UNKNOWN',
      message: `${countOf(batches.unknown, 'element')} in traces and events held no attribute of the standard, such as <string> or <date>, and ${batches.unknown === 1 ? 'was' : 'were'} left out.`,
      count: batches.unknown,
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
  let batches = new XesBatches(file, limits.columns);
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
    leaveOut: (columns) => batches.leaveOut(columns),
    classifiers: () => ({ named: head.classifiers, declared: head.globals }),
    batches: () => {
      batches = new XesBatches(file, limits.columns);
      head.globals.length = 0;
      head.classifiers.length = 0;
      const again = bytesAgain(file, found.gzip, options);
      const blocks = utf8Blocks(readBytes(file, found.gzip, options), encoding, file, again);
      return readEvents(blocks, file, limits, batches, head);
    },
  };
}
