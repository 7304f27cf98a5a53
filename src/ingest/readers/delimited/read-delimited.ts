import { countOf, WellspentError } from '../../../core/index.ts';
import { newByteBacklog } from '../bytes/byte-backlog.ts';
import { ColumnCells } from '../bytes/column-cells.ts';
import { Stretch } from '../bytes/stretch.ts';
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
import { bytesAgain, readBytes } from '../source-bytes.ts';
import { decoderFor, encodingByMark, unmarkedUtf16, utf8Blocks } from '../text-decoding.ts';
import { isRule, isTrailer } from '../trailer.ts';
import {
  delimiterByte,
  delimiterName,
  delimiterOf,
  withOneByteDelimiter,
  withOneByteDelimiters,
} from './delimiter.ts';
import { fieldsOf, newScan, type RowScan, scanLine, scanRow } from './scan-row.ts';
import { type Layout, nameColumns, sniffLayout } from './sniff.ts';

const longestLine = 16_000_000;
const dash = 45;
const equals = 61;

/** True for a row of which nothing is filled: no field but blanks, and no second one. */
function isBlank(stretch: Stretch, scan: RowScan): boolean {
  const { count, starts, ends } = scan;
  // A row of delimiters alone is as wide as the others and is a row with empty fields.
  if (count > 1) return false;
  const [start = 0] = starts;
  const [end = 0] = ends;
  return start === end || stretch.slice(start, end).trim() === '';
}

interface Counts {
  blank: number;
}

/** Gathers rows as a batch, and what could not be split into fields. */
class RowBatch {
  readonly #columns: readonly ColumnCells[];
  #lines: number[] = [];
  #faults: RowFault[] = [];
  /** What its rows take up in the file. */
  #bytes = 0;
  #isFirst = true;

  constructor(width: number) {
    this.#columns = Array.from({ length: width }, () => new ColumnCells());
  }

  get isFull(): boolean {
    return isBatchFull(
      this.#lines.length + this.#faults.length,
      this.#columns.length,
      this.#bytes,
      this.#isFirst,
    );
  }

  add(stretch: Stretch, scan: RowScan, line: number): void {
    const columns = this.#columns;
    const row = this.#lines.push(line) - 1;
    const { starts, ends, texts } = scan;
    for (let c = 0; c < columns.length; c++) {
      const column = columns[c] as ColumnCells;
      const text = texts.size > 0 ? texts.get(c) : undefined;
      if (text === undefined) column.add(row, stretch, starts[c] as number, ends[c] as number);
      else column.addText(row, text);
    }
  }

  setAside(fault: RowFault): void {
    this.#faults.push(fault);
  }

  /** Keeps no cells of some columns from here on, unless rows wait to be handed on. */
  leaveOut(columns: readonly number[]): void {
    if (this.#lines.length === 0) for (const column of columns) this.#columns[column]?.leaveOut();
  }

  /** Takes the length of a row into account, whether it was kept or not. */
  pass(bytes: number): void {
    this.#bytes += bytes;
  }

  /** Sets the last row aside if it is a total or an end mark. */
  takeTrailer(): void {
    const last = this.#lines.length - 1;
    if (last < 0 || !isTrailer(this.#columns.map((column) => column.textAt(last)))) return;
    const line = this.#lines.pop() ?? 0;
    this.#faults.push({ line, column: null, value: null, reason: 'TRAILER_ROW' });
  }

  take(): RawBatch {
    const rows = this.#lines.length;
    const batch = {
      rows,
      lines: this.#lines,
      columns: this.#columns.map((column) => column.take(rows)),
      faults: this.#faults,
    };
    this.#lines = [];
    this.#faults = [];
    this.#bytes = 0;
    this.#isFirst = false;
    return batch;
  }
}

async function* readRows(
  blocks: AsyncIterable<Buffer>,
  layout: Layout,
  file: string,
  counts: Counts,
  leftOut: () => readonly number[],
): AsyncIterable<RawBatch> {
  const width = layout.header.length;
  const delimiter = delimiterByte(layout.delimiter);
  const scan = newScan();
  const batch = new RowBatch(width);
  let at = 0;
  let line = 1;

  const firstName = Buffer.from(layout.header[0] ?? '');
  /** True for a row that is the names of the columns once more, as at the top of each printed page. */
  const isHeaderAgain = ({ bytes }: Stretch): boolean => {
    const [start = 0] = scan.starts;
    const [end = 0] = scan.ends;
    if (width < 2 || end - start !== firstName.length || bytes[start] !== firstName[0]) return false;
    const names = nameColumns(fieldsOf(bytes, scan));
    return names.every((name, at) => name === layout.header[at]);
  };

  const keepRow = (stretch: Stretch) => {
    if (scan.count === width) {
      const first = stretch.bytes[scan.starts[0] as number];
      if ((first === dash || first === equals) && isRule(fieldsOf(stretch.bytes, scan)))
        return batch.setAside({ line, column: null, value: null, reason: 'RULE_ROW' });
      if (isHeaderAgain(stretch))
        return batch.setAside({ line, column: null, value: null, reason: 'HEADER_REPEATED' });
      return batch.add(stretch, scan, line);
    }
    const isEnd = isTrailer(fieldsOf(stretch.bytes, scan));
    batch.setAside({
      line,
      column: null,
      value: `${scan.count} fields where the header has ${width}`,
      reason: isEnd ? 'TRAILER_ROW' : scan.count < width ? 'TOO_FEW_FIELDS' : 'TOO_MANY_FIELDS',
    });
  };

  /** Takes rows until the bytes run out; true when a batch is full. */
  const takeRows = (stretch: Stretch, final: boolean): boolean => {
    const { bytes } = stretch;
    while (at < bytes.length) {
      const beforeData = line <= layout.headerLine;
      let end = scanRow(bytes, at, delimiter, final, scan);
      const spans = end === 'row' && scan.lineEnds > 1;
      if (end === 'broken' || (spans && !beforeData && scan.count !== width)) {
        end = scanLine(bytes, at, final, scan);
        if (end === 'row' && !beforeData)
          batch.setAside({ line, column: null, value: null, reason: 'QUOTE_NOT_CLOSED' });
      } else if (end === 'row' && !beforeData) {
        if (isBlank(stretch, scan)) counts.blank += 1;
        else {
          // A full batch is handed on when a row comes after it, so that the last batch holds the last row.
          if (batch.isFull) return true;
          keepRow(stretch);
        }
      }
      if (end === 'more') return false;
      line += scan.lineEnds;
      batch.pass(scan.next - at);
      at = scan.next;
    }
    return false;
  };

  const backlog = newByteBacklog();
  for await (const block of blocks) {
    const whole = backlog.add(block);
    if (whole === null) continue;
    const stretch = new Stretch(whole);
    at = 0;
    while (takeRows(stretch, false)) {
      yield batch.take();
      batch.leaveOut(leftOut());
    }
    if (whole.length - at > longestLine)
      throw new WellspentError('NOT_AN_EVENT_LOG', `${file} has a line of over 16 million bytes.`, {
        where: { file, line },
      });
    backlog.keep(whole.subarray(at));
  }
  const rest = new Stretch(backlog.all());
  at = 0;
  while (takeRows(rest, true)) yield batch.take();
  batch.takeTrailer();
  yield batch.take();
}

/** UTF-16 without its mark would be read as UTF-8 with zeros in it. */
function refuseUtf16(file: string, head: Buffer): void {
  const likely = encodingByMark(head) === null ? unmarkedUtf16(head) : null;
  if (likely === null) return;
  throw new WellspentError('ENCODING_UNKNOWN', `${file} looks like UTF-16 without its byte order mark.`, {
    where: { file },
    hint: `encoding: ${likely}`,
  });
}

/** Opens delimited text: finds encoding, delimiter and header, then streams its rows as text columns. */
export function openDelimited(file: string, found: Recognised, options: ReadOptions): RawTable {
  const encoding = options.encoding ?? encodingByMark(found.head) ?? 'utf-8';
  decoderFor(encoding, file);
  if (options.encoding === undefined) refuseUtf16(file, found.head);
  const whole = !found.gzip && found.head.length === found.bytes;
  const given = options.delimiter === undefined ? undefined : delimiterOf(options.delimiter, file);
  const text = Buffer.from(new TextDecoder(encoding).decode(found.head, { stream: !whole }));
  const head = given === undefined ? text : withOneByteDelimiter(text, given, file);
  const layout = sniffLayout(head, whole, given);
  if (layout.header.length === 0 && !whole && head.toString().trim() !== '') {
    // Not even the first line ends in what was looked at.
    const scan = newScan();
    scanRow(head, 0, delimiterByte(layout.delimiter), true, scan);
    const { columns } = { ...defaultLimits, ...options.limits };
    if (scan.count > columns) throw tooManyColumns(file, columns);
    throw new WellspentError(
      'NOT_AN_EVENT_LOG',
      `The first line of ${file} has over ${head.toString().length.toLocaleString('en-GB')} characters.`,
      { where: { file, line: 1 } },
    );
  }
  if (layout.isHeaderBlank)
    throw new WellspentError('HEADER_BLANK', `The columns of ${file} have no names: its header is blank.`, {
      where: { file, line: 1 },
    });
  if (layout.isHeaderData)
    throw new WellspentError(
      'HEADER_BLANK',
      `The columns of ${file} have no names: its first row holds dates, as the rows below do.`,
      { where: { file, line: layout.headerLine } },
    );
  // Of the reading that ended last: a file may be read ahead once to settle the order of its dates.
  let counts: Counts = { blank: 0 };
  let leftOut: readonly number[] = [];
  const notices = (): readonly Notice[] =>
    layout.headerLine === 1
      ? []
      : [
          {
            code: 'PREAMBLE_SKIPPED',
            message: `${countOf(layout.headerLine - 1, 'line')} above the header ${layout.headerLine === 2 ? 'was' : 'were'} left out.`,
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
        delimiter: delimiterName(layout.delimiter),
        headerLine: layout.headerLine,
        blankLines: counts.blank,
      };
    },
    notices,
    leaveOut(columns) {
      leftOut = layout.header.flatMap((name, at) => (columns.has(name) ? [at] : []));
    },
    async *batches() {
      const own: Counts = { blank: 0 };
      const again = bytesAgain(file, found.gzip, options);
      const blocks = utf8Blocks(readBytes(file, found.gzip, options), encoding, file, again);
      yield* readRows(
        withOneByteDelimiters(blocks, layout.delimiter, file),
        layout,
        file,
        own,
        () => leftOut,
      );
      counts = own;
    },
  };
}
