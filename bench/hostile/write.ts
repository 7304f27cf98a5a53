import { once } from 'node:events';
import { createWriteStream, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  sheetXml,
  text,
  workbookParts,
  zipped,
} from '../../src/ingest/readers/xlsx/write-xlsx.test-support.ts';
import { keyword, openDuckdb, openParquetFile } from '../../src/stores/index.ts';

/** A large input that means harm: what it is, how it is made, and what must come of it. */
export interface LargeCase {
  readonly name: string;
  readonly file: string;
  /** The code that it is refused with, or how many rows are read of it. */
  readonly gives: string | number;
  /** Options of `wellspent add` beside `--as events`. */
  readonly options?: readonly string[];
  readonly make: (path: string) => Promise<void> | void;
}

/** Writes a file piece by piece. */
export const parts = (pieces: () => Iterable<string | Buffer>) => async (path: string) => {
  const out = createWriteStream(path, { highWaterMark: 1 << 20 });
  for (const piece of pieces()) if (!out.write(piece)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
};

/** Writes a gzip file whose body comes again and again: members may follow one another. */
export const packed = (head: string, body: string, times: number, tail = '') =>
  parts(function* () {
    yield gzipSync(head, { level: 9 });
    const member = gzipSync(body, { level: 9 });
    for (let i = 0; i < times; i++) yield member;
    yield gzipSync(tail, { level: 9 });
  });

/** Writes the rows of a query as Parquet. */
export const parquet = (query: string, rowsAGroup?: number) => async (path: string) => {
  const warehouse = await openDuckdb({ folders: [dirname(path)], memoryMb: 3_000 });
  try {
    await warehouse.writeParquet(keyword(query), path, rowsAGroup === undefined ? {} : { rowsAGroup });
  } finally {
    await warehouse.close();
  }
};

/** Writes events with a note each as Parquet in small groups of rows. */
export const parquetOfTexts =
  (rows: number, rowsAGroup: number, note: (i: number) => string) => async (path: string) => {
    const names = ['case', 'step', 'finished', 'note'];
    const file = openParquetFile(
      path,
      names.map((name) => ({ name, kind: 'text' as const })),
    );
    for (let from = 0; from < rows; from += rowsAGroup) {
      const group = Array.from({ length: Math.min(rowsAGroup, rows - from) }, (_, i) => from + i);
      const codes = Int32Array.from(group, (_, i) => i);
      const texts = group.map((i) => csvRow(i).split(','));
      const columns = [0, 1, 2].map((c) => texts.map((row) => row[c] ?? ''));
      await file.add([...columns, group.map(note)].map((words) => ({ codes, words })));
    }
    await file.end();
  };

/** A text for each number, joined to pieces of a megabyte. */
export function* repeat(count: number, piece: (i: number) => string): Iterable<string> {
  let block = '';
  for (let i = 0; i < count; i++) {
    block += piece(i);
    if (block.length < 1 << 20) continue;
    yield block;
    block = '';
  }
  yield block;
}

export const joined = (count: number, piece: (i: number) => string, separator = ',') =>
  Array.from({ length: count }, (_, i) => piece(i)).join(separator);

/** The i-th minute of 2024. */
export const at = (i: number) => new Date(Date.UTC(2024, 0, 1) + i * 60_000).toISOString();

export const csvHeader = 'case,step,finished';
export const csvRow = (i: number) => `c${i % 20_000},step ${i % 12},${at(i)}`;
export const jsonRow = (i: number, more = '') =>
  `{"case":"c${i % 20_000}","step":"step ${i % 12}","finished":"${at(i)}"${more}}`;

export const xesFields = (i: number) =>
  `<string key="concept:name" value="step ${i % 12}"/><date key="time:timestamp" value="${at(i)}"/>`;
export const xesTrace = (name: string, inner: string) =>
  `<trace><string key="concept:name" value="${name}"/>${inner}</trace>\n`;
export const xesHead = '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">\n';

export const xes = (body: () => Iterable<string>) =>
  parts(function* () {
    yield xesHead;
    yield* body();
    yield '</log>';
  });

/** A log of one event with attributes of all kinds. */
export const xesEvent = (attributes: () => Iterable<string>) =>
  xes(function* () {
    yield `<trace><string key="concept:name" value="a"/><event>${xesFields(1)}`;
    yield* attributes();
    yield '</event></trace>';
  });

export const ocelJson = (objects: () => Iterable<string>, events: () => Iterable<string>) =>
  parts(function* () {
    yield '{"objectTypes":[{"name":"order","attributes":[]}],"eventTypes":[],"objects":[';
    yield* objects();
    yield '],"events":[';
    yield* events();
    yield ']}';
  });

const cell = (reference: string, value: string) =>
  `<c r="${reference}" t="inlineStr"><is><t>${value}</t></is></c>`;

/** The i-th row below the header of a sheet; `more` is the XML of cells beyond. */
export const sheetRow = (i: number, more = '') =>
  `<row r="${i + 2}">${cell(`A${i + 2}`, `c${i % 20_000}`)}${cell(`B${i + 2}`, `step ${i % 12}`)}${cell(`C${i + 2}`, at(i))}${more}</row>`;

/** A sheet of a header and rows given as XML. */
export const sheet = (rows: string, columns = csvHeader.split(',')) =>
  sheetXml([columns.map(text)]).replace('</sheetData>', () => `${rows}</sheetData>`);

/** Writes a workbook of one sheet. */
export const book =
  (one: () => string, shared?: () => string) =>
  (path: string): void =>
    writeFileSync(
      path,
      zipped(workbookParts({ One: one() }, shared === undefined ? {} : { shared: shared() })),
    );
