import { WellspentError } from '../../../core/index.ts';
import { didYouMean } from '../../../define/index.ts';
import { nameColumns } from '../delimited/sniff.ts';
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
import { isTrailer } from '../trailer.ts';
import { findHeader, type SheetHeader } from './find-header.ts';
import { newSheetCounts, readSheetRows, type SheetCounts, type SheetRow } from './sheet-rows.ts';
import { readStyles } from './styles.ts';
import { readSharedTexts, readWorkbook, type Sheet } from './workbook.ts';
import { type Package, refuseDocumentTypes } from './xml-part.ts';
import { openZip } from './zip-archive.ts';

const sampleRows = 1_000;
const sampleCells = 100_000;

function refuse(file: string, what: string, hint?: string): never {
  throw new WellspentError('NOT_AN_EVENT_LOG', `${file} is not an event log or table: ${what}.`, {
    where: { file },
    ...(hint ? { hint } : {}),
  });
}

/** Says what a zip archive is when it is no workbook that we read. */
function checkIsWorkbook({ file, archive: { members } }: Package): void {
  const has = (name: string) => members.has(name);
  if (has('[content_types].xml') && has('xl/workbook.bin'))
    throw new WellspentError('FORMAT_NOT_READ_YET', `${file} is a binary workbook (.xlsb).`, {
      where: { file },
      hint: 'Save it as an Excel workbook (.xlsx) or as CSV (UTF-8).',
    });
  if (has('[content_types].xml') && has('word/document.xml')) refuse(file, 'it is a Word document');
  if (has('[content_types].xml') && has('ppt/presentation.xml')) refuse(file, 'it is a presentation');
  if (has('content.xml') && has('mimetype'))
    throw new WellspentError('FORMAT_NOT_READ_YET', `${file} is an OpenDocument file.`, {
      where: { file },
      hint: 'Save it as an Excel workbook (.xlsx) or as CSV (UTF-8).',
    });
  if (!has('[content_types].xml'))
    refuse(file, 'it is a zip archive and not a workbook', 'Unpack it and add the files inside.');
}

function chooseSheet(file: string, sheets: readonly Sheet[], wanted: string | undefined): Sheet {
  const shown = sheets.map(({ name, isHidden }) => (isHidden ? `${name} (hidden)` : name)).join(', ');
  if (wanted !== undefined) {
    const found = sheets.find(({ name }) => name === wanted);
    if (found) return found;
    throw new WellspentError('SHEET_NOT_FOUND', `${file} has no sheet "${wanted}".`, {
      where: { file },
      found: shown,
      hint: didYouMean(
        wanted,
        sheets.map(({ name }) => name),
      ),
    });
  }
  const [only] = sheets;
  if (only && sheets.length === 1) return only;
  throw new WellspentError('SHEET_AMBIGUOUS', `${file} has ${sheets.length} sheets; say which one to read.`, {
    where: { file },
    found: shown,
    hint: `sheet: ${only?.name}`,
    choices: sheets.map(({ name }) => name),
  });
}

interface Found {
  sheet: SheetCounts;
  blank: number;
  textDates: Map<string, number>;
  dates: Set<string>;
  lengths: Map<string, Set<number>>;
}

function newFound(): Found {
  return { sheet: newSheetCounts(), blank: 0, textDates: new Map(), dates: new Set(), lengths: new Map() };
}

const dateLike = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:\D|$)/;

/** Notes what only a workbook knows about its cells: numbers in place of texts, and texts in place of dates. */
function noteCells({ cells, kinds }: SheetRow, columns: readonly string[], found: Found): void {
  for (let c = 0; c < cells.length && c < columns.length; c++) {
    const column = columns[c] as string;
    const cell = cells[c] as string;
    if (kinds[c] === 'date') found.dates.add(column);
    else if (kinds[c] === 'number' && /^\d+$/.test(cell)) {
      const lengths = found.lengths.get(column);
      if (lengths) lengths.add(cell.length);
      else found.lengths.set(column, new Set([cell.length]));
    } else if (kinds[c] === 'text' && dateLike.test(cell))
      found.textDates.set(column, (found.textDates.get(column) ?? 0) + 1);
  }
}

/** Gathers rows into batches; the last row is held back, since it may be a total. */
class SheetBatches {
  readonly #header: SheetHeader;
  readonly #found: Found;
  #lines: number[] = [];
  #columns: string[][] = [];
  #faults: RowFault[] = [];
  #held: SheetRow | null = null;
  #characters = 0;
  #isFirst = true;

  constructor(header: SheetHeader, found: Found) {
    this.#header = header;
    this.#found = found;
    this.#clear();
  }

  #clear(): void {
    this.#lines = [];
    this.#columns = this.#header.columns.map(() => []);
    this.#faults = [];
    this.#characters = 0;
  }

  add(row: SheetRow): void {
    if (row.row <= this.#header.row) return;
    if (row.cells.every((cell) => cell.trim() === '')) {
      this.#found.blank += 1;
      return;
    }
    if (this.#held) this.#keep(this.#held);
    this.#held = row;
  }

  /** True for a row that is the names of the columns once more. */
  #isHeaderAgain({ cells }: SheetRow): boolean {
    const { columns } = this.#header;
    if (columns.length < 2 || cells[0]?.trim() !== columns[0]) return false;
    const names = nameColumns(columns.map((_, c) => cells[c] ?? ''));
    return names.every((name, c) => name === columns[c]);
  }

  #keep(row: SheetRow): void {
    const width = this.#header.columns.length;
    if (row.cells.length > width) {
      const value = `${row.cells.length} cells where the header has ${width}`;
      this.#faults.push({ line: row.row, column: null, value, reason: 'TOO_MANY_FIELDS' });
      return;
    }
    if (this.#isHeaderAgain(row)) {
      this.#faults.push({ line: row.row, column: null, value: null, reason: 'HEADER_REPEATED' });
      return;
    }
    noteCells(row, this.#header.columns, this.#found);
    for (let c = 0; c < width; c++) {
      const cell = row.cells[c] ?? '';
      this.#characters += cell.length;
      (this.#columns[c] as string[]).push(cell);
    }
    this.#lines.push(row.row);
  }

  get isFull(): boolean {
    const rows = this.#lines.length + this.#faults.length;
    return isBatchFull(rows, this.#columns.length, this.#characters, this.#isFirst);
  }

  take(): RawBatch {
    const batch = {
      rows: this.#lines.length,
      lines: this.#lines,
      columns: this.#columns,
      faults: this.#faults,
    };
    this.#clear();
    this.#isFirst = false;
    return batch;
  }

  end(): RawBatch {
    const last = this.#held;
    this.#held = null;
    if (last && isTrailer(last.cells))
      this.#faults.push({ line: last.row, column: null, value: null, reason: 'TRAILER_ROW' });
    else if (last) this.#keep(last);
    return this.take();
  }
}

function counted(n: number, code: Notice['code'], one: string, many: string): readonly Notice[] {
  return n === 0
    ? []
    : [{ code, message: `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}.`, count: n }];
}

function noticesOf(header: SheetHeader, { sheet, textDates, dates }: Found): readonly Notice[] {
  const width = header.columns.length;
  const hiddenColumns = sheet.hiddenColumns.reduce(
    (sum, [from, to]) => sum + Math.max(0, Math.min(to, width) - from + 1),
    0,
  );
  return [
    ...counted(
      header.preamble,
      'PREAMBLE_SKIPPED',
      'row above the header was left out',
      'rows above the header were left out',
    ),
    ...counted(sheet.hiddenRows, 'HIDDEN_CELLS', 'hidden row was read', 'hidden rows were read'),
    ...counted(hiddenColumns, 'HIDDEN_CELLS', 'hidden column was read', 'hidden columns were read'),
    ...counted(
      sheet.emptyFormulas,
      'FORMULA_EMPTY',
      'formula has no stored value and was read as empty',
      'formulas have no stored value and were read as empty',
    ),
    ...counted(
      sheet.errorCells,
      'CELL_ERRORS',
      'cell holds an error such as #N/A, kept as text',
      'cells hold an error such as #N/A, kept as text',
    ),
    ...counted(
      sheet.mergedRanges,
      'MERGED_CELLS',
      'range of cells is merged: only its first cell holds the value',
      'ranges of cells are merged: only the first cell of each holds the value',
    ),
    ...[...textDates]
      .filter(([column]) => dates.has(column))
      .map(
        ([column, count]): Notice => ({
          code: 'DATES_AS_TEXT',
          message: `Column "${column}" holds date cells, and ${count.toLocaleString('en-GB')} ${count === 1 ? 'date' : 'dates'} held as text.`,
          count,
        }),
      ),
  ];
}

async function firstRows(rows: AsyncIterable<readonly SheetRow[]>): Promise<readonly SheetRow[]> {
  const found: SheetRow[] = [];
  let cells = 0;
  for await (const some of rows) {
    for (const row of some) {
      if (!row.cells.some((cell) => cell.trim() !== '')) continue;
      found.push(row);
      cells += row.cells.length;
    }
    if (found.length >= sampleRows || cells >= sampleCells) break;
  }
  return found;
}

/** Opens one sheet of an Excel workbook, read straight from the archive as a stream. */
export async function openXlsx(
  file: string,
  recognised: Recognised,
  options: ReadOptions,
): Promise<RawTable> {
  const limits = { ...defaultLimits, ...options.limits };
  const archive = await openZip(file, recognised.bytes, limits);
  const pack: Package = { file, archive, limits };
  checkIsWorkbook(pack);
  await refuseDocumentTypes(pack);
  const workbook = await readWorkbook(pack);
  const sheet = chooseSheet(file, workbook.sheets, options.sheet);
  const context = {
    is1904: workbook.is1904,
    styles: workbook.styles ? await readStyles(pack, workbook.styles) : [],
    sharedTexts: workbook.sharedTexts ? await readSharedTexts(pack, workbook.sharedTexts) : [],
  };
  const rows = await firstRows(readSheetRows(pack, sheet.member, context, newSheetCounts()));
  const header = findHeader(rows, file, limits.columns) ?? { row: 0, columns: [], preamble: 0 };
  if (header.columns.length === 0)
    throw new WellspentError('NO_ROWS', `Sheet "${sheet.name}" of ${file} holds nothing.`, {
      where: { file },
    });
  let found = newFound();
  return {
    format: 'xlsx',
    columns: header.columns,
    listsCases: false,
    get facts() {
      return {
        sheet: sheet.name,
        sheets: workbook.sheets.length,
        headerLine: header.row,
        blankLines: found.blank,
        dateSystem: workbook.is1904 ? 1904 : 1900,
      };
    },
    notices: () => noticesOf(header, found),
    numberLengths: (column) => found.lengths.get(column) ?? new Set(),
    async *batches() {
      const own = newFound();
      const batches = new SheetBatches(header, own);
      const rows = readSheetRows(pack, sheet.member, context, own.sheet, options.onBytes);
      for await (const some of rows) {
        options.signal?.throwIfAborted();
        for (const row of some) {
          batches.add(row);
          if (batches.isFull) yield batches.take();
        }
      }
      yield batches.end();
      found = own;
    },
  };
}
