import { WellspentError } from '../../../core/index.ts';
import { isOcelJson, openOcelJson } from '../ocel/ocel-json.ts';
import {
  defaultLimits,
  type Notice,
  type RawBatch,
  type RawTable,
  type ReadLimits,
  type ReadOptions,
} from '../raw-table.ts';
import type { Recognised } from '../recognise.ts';
import { RowCollector } from '../row-collector.ts';
import { bytesAgain, readBytes } from '../source-bytes.ts';
import { decodeText, encodingByMark } from '../text-decoding.ts';
import { flattenerFor, type RowFlattener } from './flatten-row.ts';
import { parseJson, readItems } from './json-items.ts';
import { type JsonOutline, readOutline } from './json-outline.ts';
import { likeLastFor } from './like-last.ts';

const longestRow = 64_000_000;

interface Rows {
  readonly rows: RowCollector;
  readonly flattener: RowFlattener;
}

function startRows(file: string, limits: ReadLimits): Rows {
  const rows = new RowCollector(file, limits.columns);
  return { rows, flattener: flattenerFor(rows) };
}

/** What both kinds of JSON share: columns that grow, lists, and what there is to say of them. */
function jsonTable(
  file: string,
  limits: ReadLimits,
  facts: () => Readonly<Record<string, string | number>>,
  said: readonly Notice[],
  read: (rows: Rows) => AsyncIterable<RawBatch>,
): RawTable {
  let shown = startRows(file, limits);
  let readings = 0;
  return {
    format: 'json',
    listsCases: false,
    get columns() {
      return shown.rows.names;
    },
    get facts() {
      return facts();
    },
    notices: () => [...said, ...shown.flattener.notices()],
    lists: () => shown.flattener.lists,
    leaveOut: (columns) => shown.rows.leaveOut(columns),
    async *batches() {
      const own = startRows(file, limits);
      // A second reading, made inside the first to settle the order of dates, must not take its place.
      if (readings === 0) shown = own;
      readings += 1;
      try {
        yield* read(own);
      } finally {
        readings -= 1;
      }
    },
  };
}

/** The list of a JSON document that holds its rows; null when the document is itself one row. */
function chooseList(file: string, outline: JsonOutline): readonly string[] | null {
  if (outline.root === 'array') return [];
  const candidates = outline.lists.filter(({ objects }) => objects > 0);
  const [only] = candidates;
  if (only && candidates.length > 1)
    throw new WellspentError('JSON_LIST_AMBIGUOUS', `${file} holds ${candidates.length} lists of objects.`, {
      where: { file },
      found: candidates
        .slice(0, 20)
        .map(({ path, objects }) => `${path.join('.')} (${objects.toLocaleString('en-GB')})`)
        .join(', '),
    });
  return only?.path ?? null;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, i) => key === b[i]);
}

async function openDocument(
  file: string,
  found: Recognised,
  encoding: string,
  options: ReadOptions,
): Promise<RawTable> {
  const limits = { ...defaultLimits, ...options.limits };
  const texts = (own: ReadOptions = options) =>
    decodeText(readBytes(file, found.gzip, own), encoding, file, bytesAgain(file, found.gzip, own));
  const { onBytes: _, ...quiet } = options;
  const outline = await readOutline(texts(quiet), file, limits.jsonDepth);
  if (isOcelJson(outline)) return openOcelJson(file, outline, texts, options);
  const path = chooseList(file, outline);
  const isEmpty = path !== null && (outline.lists.find((list) => isSame(list.path, path))?.items ?? 0) === 0;
  if (isEmpty || outline.root === 'scalar')
    throw new WellspentError('NO_ROWS', `${file} holds no objects.`, { where: { file } });
  const where = path === null ? 'the whole document' : path.length === 0 ? 'the root' : path.join('.');
  const said: readonly Notice[] =
    path !== null && path.length > 0
      ? [{ code: 'JSON_LIST_CHOSEN', message: `Rows were taken from the list "${where}".` }]
      : [];
  return jsonTable(
    file,
    limits,
    () => ({ encoding, rowsFrom: where }),
    said,
    async function* ({ rows, flattener }) {
      let line = 0;
      if (path === null) {
        let whole = '';
        for await (const text of texts()) {
          whole += text;
          if (whole.length > longestRow)
            throw new WellspentError('INPUT_TOO_LARGE', `${file} is one object, larger than any row.`, {
              where: { file },
            });
        }
        flattener.add(parseJson(whole, file, limits.jsonDepth), 1);
        yield rows.take();
        return;
      }
      for await (const items of readItems(texts(), file, limits.jsonDepth, (at) => isSame(at, path))) {
        options.signal?.throwIfAborted();
        for (const { value } of items) {
          line += 1;
          flattener.add(value, line);
          if (rows.isFull) yield rows.take();
        }
      }
      yield rows.take();
    },
  );
}

/** Lines of a text as they come. */
async function* linesOf(texts: AsyncIterable<string>, file: string): AsyncIterable<readonly string[]> {
  // A line that has not ended is kept in pieces, so that a long one is not copied again and again.
  let pieces: string[] = [];
  let length = 0;
  for await (const text of texts) {
    const lines = text.split('\n');
    const last = lines.pop() ?? '';
    if (lines.length > 0) {
      lines[0] = pieces.join('') + lines[0];
      pieces = [];
      length = 0;
      yield lines;
    }
    pieces.push(last);
    length += last.length;
    if (length > longestRow)
      throw new WellspentError('INPUT_TOO_LARGE', `${file} has a line that is longer than any row.`, {
        where: { file },
      });
  }
  const rest = pieces.join('');
  if (rest !== '') yield [rest];
}

function openLines(file: string, found: Recognised, encoding: string, options: ReadOptions): RawTable {
  const limits = { ...defaultLimits, ...options.limits };
  let blankLines = 0;
  return jsonTable(
    file,
    limits,
    () => ({ encoding, rowsFrom: 'lines', blankLines }),
    [],
    async function* ({ rows, flattener }) {
      const likeLast = likeLastFor(rows);
      let blank = 0;
      let line = 0;
      const addLine = (text: string) => {
        line += 1;
        const trimmed = text.trim();
        if (trimmed === '') {
          blank += 1;
          return;
        }
        if (likeLast.add(trimmed, line)) return;
        try {
          const value = parseJson(trimmed, file, limits.jsonDepth, line);
          if (flattener.add(value, line)) likeLast.learn(value);
        } catch (error) {
          if (!(error instanceof WellspentError && error.code === 'JSON_MALFORMED')) throw error;
          rows.setAside({ line, column: null, value: null, reason: 'JSON_MALFORMED' });
        }
      };
      for await (const lines of linesOf(
        decodeText(
          readBytes(file, found.gzip, options),
          encoding,
          file,
          bytesAgain(file, found.gzip, options),
        ),
        file,
      )) {
        options.signal?.throwIfAborted();
        for (const text of lines) {
          addLine(text);
          if (rows.isFull) yield rows.take();
        }
      }
      blankLines = blank;
      yield rows.take();
    },
  );
}

function isWhole(text: string, file: string): boolean {
  try {
    parseJson(text, file, Number.POSITIVE_INFINITY);
    return true;
  } catch {
    return false;
  }
}

/** True when a text is one object a line: its first line is whole in itself, and more follows. */
function looksLikeLines(head: string, file: string): boolean {
  const lines = head
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const [first = '', second] = lines;
  if (second === undefined || !first.startsWith('{')) return false;
  return isWhole(first, file) || (first.endsWith('}') && second.startsWith('{'));
}

/** The start of a text as far as its second line, or as far as a line may go. */
async function firstLines(texts: AsyncIterable<string>): Promise<string> {
  let start = '';
  let isSecond = false;
  for await (const text of texts) {
    start += text;
    isSecond ||= text.includes('\n');
    // The line end may be the last character so far.
    if ((isSecond && start.trimEnd().includes('\n')) || start.length > longestRow) break;
  }
  return start;
}

/** Opens JSON: an object a line, a list of objects, the one list of objects inside a document, or one object. */
export async function openJson(file: string, found: Recognised, options: ReadOptions): Promise<RawTable> {
  const encoding = options.encoding ?? encodingByMark(found.head) ?? 'utf-8';
  let start = new TextDecoder(encoding).decode(found.head, { stream: true });
  const isCut = found.gzip || found.bytes > found.head.length;
  if (isCut && start.trimStart().startsWith('{') && !start.trim().includes('\n')) {
    const { onBytes: _, ...quiet } = options;
    const again = bytesAgain(file, found.gzip, quiet);
    start = await firstLines(decodeText(readBytes(file, found.gzip, quiet), encoding, file, again));
  }
  return looksLikeLines(start, file)
    ? openLines(file, found, encoding, options)
    : openDocument(file, found, encoding, options);
}
