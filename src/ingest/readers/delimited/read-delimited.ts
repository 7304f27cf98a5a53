import { WellspentError } from '../../../core/index.ts';
import { newBacklog } from '../backlog.ts';
import {
  defaultLimits,
  isBatchFull,
  type Notice,
  type RawBatch,
  type RawTable,
  type ReadOptions,
  type RowFault,
} from '../raw-table.ts';
import type { Recognised } from '../recognise.ts';
import { tooManyColumns } from '../row-collector.ts';
import { readBytes } from '../source-bytes.ts';
import { decoderFor, decodeText, encodingByMark } from '../text-decoding.ts';
import { isTrailer } from '../trailer.ts';
import { newScan, type RowScan, scanLine, scanRow } from './scan-row.ts';
import { type Layout, sniffLayout } from './sniff.ts';

const longestLine = 16_000_000;

interface MutableBatch {
  lines: number[];
  columns: string[][];
  faults: RowFault[];
}

function emptyBatch(width: number): MutableBatch {
  return { lines: [], columns: Array.from({ length: width }, () => []), faults: [] };
}

function finished(batch: MutableBatch): RawBatch {
  return { rows: batch.lines.length, ...batch };
}

/** Sets the last row aside if it is a total or an end mark. */
function takeTrailer(batch: MutableBatch): void {
  const last = batch.lines.length - 1;
  if (last < 0 || !isTrailer(batch.columns.map((column) => column[last] ?? ''))) return;
  const line = batch.lines.pop() ?? 0;
  for (const column of batch.columns) column.pop();
  batch.faults.push({ line, column: null, value: null, reason: 'TRAILER_ROW' });
}

function isBlank(scan: RowScan): boolean {
  for (let i = 0; i < scan.count; i++) {
    const field = scan.fields[i] as string;
    if (field !== '' && field.trim() !== '') return false;
    // A row of delimiters alone is as wide as the others and is a row with empty fields.
    if (i > 0) return false;
  }
  return true;
}

interface Counts {
  blank: number;
}

async function* readRows(
  texts: AsyncIterable<string>,
  layout: Layout,
  file: string,
  counts: Counts,
): AsyncIterable<RawBatch> {
  const width = layout.header.length;
  const delimiter = layout.delimiter.charCodeAt(0);
  const scan = newScan();
  let batch = emptyBatch(width);
  let text = '';
  let at = 0;
  let line = 1;
  // Of the batch: what its rows take up in the text.
  let characters = 0;

  const keepRow = () => {
    if (scan.count === width) {
      for (let c = 0; c < width; c++) (batch.columns[c] as string[]).push(scan.fields[c] as string);
      batch.lines.push(line);
      return;
    }
    const trailer = isTrailer(scan.fields.slice(0, scan.count));
    batch.faults.push({
      line,
      column: null,
      value: `${scan.count} fields where the header has ${width}`,
      reason: trailer ? 'TRAILER_ROW' : scan.count < width ? 'TOO_FEW_FIELDS' : 'TOO_MANY_FIELDS',
    });
  };

  /** Takes rows until the text runs out; true when a batch is full. */
  const takeRows = (final: boolean): boolean => {
    while (at < text.length) {
      const beforeData = line <= layout.headerLine;
      let end = scanRow(text, at, delimiter, final, scan);
      const spans = end === 'row' && scan.lineEnds > 1;
      if (end === 'broken' || (spans && !beforeData && scan.count !== width)) {
        end = scanLine(text, at, final, scan);
        if (end === 'row' && !beforeData)
          batch.faults.push({ line, column: null, value: null, reason: 'QUOTE_NOT_CLOSED' });
      } else if (end === 'row' && !beforeData) {
        if (isBlank(scan)) counts.blank += 1;
        else keepRow();
      }
      if (end === 'more') return false;
      line += scan.lineEnds;
      characters += scan.next - at;
      at = scan.next;
      const rows = batch.lines.length + batch.faults.length;
      if (isBatchFull(rows, width, characters) && at < text.length) return true;
    }
    return false;
  };

  const backlog = newBacklog();
  for await (const part of texts) {
    const whole = backlog.add(part);
    if (whole === null) continue;
    text = whole;
    at = 0;
    while (takeRows(false)) {
      yield finished(batch);
      batch = emptyBatch(width);
      characters = 0;
    }
    if (text.length - at > longestLine)
      throw new WellspentError('NOT_AN_EVENT_LOG', `${file} has a line of over 16 million characters.`, {
        where: { file, line },
      });
    backlog.keep(text.slice(at));
  }
  text = backlog.all();
  at = 0;
  while (takeRows(true)) {
    yield finished(batch);
    batch = emptyBatch(width);
    characters = 0;
  }
  takeTrailer(batch);
  yield finished(batch);
}

/** Opens delimited text: finds encoding, delimiter and header, then streams its rows as text columns. */
export function openDelimited(file: string, found: Recognised, options: ReadOptions): RawTable {
  const encoding = options.encoding ?? encodingByMark(found.head) ?? 'utf-8';
  decoderFor(encoding, file);
  const whole = !found.gzip && found.head.length === found.bytes;
  const head = new TextDecoder(encoding).decode(found.head, { stream: !whole });
  const layout = sniffLayout(head, whole, options.delimiter);
  if (layout.header.length === 0 && !whole && head.trim() !== '') {
    // Not even the first line ends in what was looked at.
    const scan = newScan();
    scanRow(head, 0, layout.delimiter.charCodeAt(0), true, scan);
    const { columns } = { ...defaultLimits, ...options.limits };
    if (scan.count > columns) throw tooManyColumns(file, columns);
    throw new WellspentError(
      'NOT_AN_EVENT_LOG',
      `The first line of ${file} has over ${head.length.toLocaleString('en-GB')} characters.`,
      { where: { file, line: 1 } },
    );
  }
  if (layout.isHeaderBlank)
    throw new WellspentError('HEADER_BLANK', `The columns of ${file} have no names: its header is blank.`, {
      where: { file, line: 1 },
    });
  // Of the reading that ended last: a file may be read ahead once to settle the order of its dates.
  let counts: Counts = { blank: 0 };
  const notices = (): readonly Notice[] =>
    layout.headerLine === 1
      ? []
      : [
          {
            code: 'PREAMBLE_SKIPPED',
            message: `${layout.headerLine - 1} lines above the header were left out.`,
            count: layout.headerLine - 1,
          },
        ];
  return {
    format: 'delimited',
    columns: layout.header,
    listsCases: false,
    get facts() {
      return {
        encoding,
        delimiter: layout.delimiter === '\t' ? 'tab' : layout.delimiter,
        headerLine: layout.headerLine,
        blankLines: counts.blank,
      };
    },
    notices,
    async *batches() {
      const own: Counts = { blank: 0 };
      yield* readRows(decodeText(readBytes(file, found.gzip, options), encoding, file), layout, file, own);
      counts = own;
    },
  };
}
