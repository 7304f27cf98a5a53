import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import type { ColumnKind, ColumnSpec } from '../warehouse.ts';
import {
  bool,
  bytes,
  compactBytes,
  i32,
  i64,
  list,
  struct,
  type ThriftStruct,
  type ThriftValue,
  text,
} from './compact-thrift.ts';
import { columnEncoder, type EncodedColumn, type GroupValues, rowsIn } from './group-values.ts';

/** A file that was written. */
export interface ParquetWritten {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Columns of a group that two files have in common, so that each is packed once: the first file puts in what it packs
 * of the values named here, and the second takes it.
 */
export type SharedColumns = Map<
  GroupValues,
  { readonly kind: ColumnKind; readonly chunk: Promise<ColumnChunk> } | null
>;

/** Writes one Parquet file, group by group of rows. */
export interface ParquetFile {
  /** Adds a group of rows: the values of each column, all of one length. */
  add(values: readonly GroupValues[], shared?: SharedColumns): Promise<void>;
  /** Ends the file and gives it its name. */
  end(): Promise<ParquetWritten>;
  /** Gives the file up; nothing of it stays. After `end` it does nothing. */
  drop(): void;
}

/** Values that are packed together at most: a group is in memory several times while it is written. */
const valuesAGroup = 2_000_000;

/** How many rows to add at a time, so that groups are at most `most` rows and not too large for wide tables. */
export function rowsForGroups(columns: number, most: number): number {
  return Math.max(1, Math.min(most, Math.floor(valuesAGroup / Math.max(1, columns))));
}

/** Numbers of Apache Parquet's format: types of values, encodings and the like. */
const types = { text: 6, integer: 2, number: 5, boolean: 0, timestamp: 2, date: 1 } as const;
const converted: Readonly<Record<ColumnKind, number | undefined>> = {
  text: 0,
  integer: 18,
  number: undefined,
  boolean: undefined,
  timestamp: undefined,
  date: 6,
};
const encodings = { plain: 0, hybrid: 3, dictionary: 8 } as const;
const codecs = { none: 0, zstd: 6 } as const;
/** Columns whose pages are smaller are not worth the start of a compression. */
const fewestBytes = 2_048;
/** A column that keeps more than this share of its size is not compressed in later groups: times to the millisecond. */
const keepsTooMuch = 0.8;
const pages = { data: 0, dictionary: 2 } as const;
const optional = 1;
/** Columns that are compressed at the same time: as many as the system has threads for it. */
const packedAtOnce = 4;
const magic = Buffer.from('PAR1');

const compress = promisify(zstdCompress);
const level = { [constants.ZSTD_c_compressionLevel]: 1 };

/** A page compressed in one piece: the usual small pieces of output would each cost a call. */
function pack(page: Uint8Array): Promise<Uint8Array> {
  // What cannot be made smaller grows by a 256th at most, and a few bytes.
  return compress(page, { params: level, chunkSize: page.length + (page.length >> 8) + 1_024 });
}

/** What readers take a column for beside its type: text, or a clock without a zone in microseconds. */
function logicalType(kind: ColumnKind): ThriftValue | undefined {
  if (kind === 'text') return struct([[1, struct([])]]);
  if (kind === 'date') return struct([[6, struct([])]]);
  if (kind !== 'timestamp') return undefined;
  const microseconds = struct([[2, struct([])]]);
  return struct([
    [
      8,
      struct([
        [1, bool(false)],
        [2, microseconds],
      ]),
    ],
  ]);
}

function schema(columns: readonly ColumnSpec[]): ThriftValue {
  const root = struct([
    [4, text('rows')],
    [5, i32(columns.length)],
  ]);
  const leaf = ({ name, kind }: ColumnSpec): ThriftValue => {
    const known = converted[kind];
    return struct([
      [1, i32(types[kind])],
      [3, i32(optional)],
      [4, text(name)],
      [6, known === undefined ? undefined : i32(known)],
      [10, logicalType(kind)],
    ]);
  };
  return list('struct', [root, ...columns.map(leaf)]);
}

function pageHeader(type: number, raw: number, packed: number, own: readonly [number, ThriftStruct]) {
  return compactBytes([
    [1, i32(type)],
    [2, i32(raw)],
    [3, i32(packed)],
    [own[0], struct(own[1])],
  ]);
}

/** One column of a group, compressed: its pages one after the other, and what the end of the file says of it. */
interface ColumnChunk {
  readonly parts: readonly Uint8Array[];
  /** False where compressing it made it hardly smaller. */
  readonly isWorthIt: boolean;
  readonly describe: (name: string, offset: number) => ThriftStruct;
}

const sizeOf = (parts: readonly Uint8Array[]) => parts.reduce((sum, part) => sum + part.length, 0);

function dataHeader(raw: number, packed: number, rows: number, encoding: number): Uint8Array {
  return pageHeader(pages.data, raw, packed, [
    5,
    [
      [1, i32(rows)],
      [2, i32(encoding)],
      [3, i32(encodings.hybrid)],
      [4, i32(encodings.hybrid)],
    ],
  ]);
}

function dictionaryHeader(raw: number, packed: number, values: number): Uint8Array {
  return pageHeader(pages.dictionary, raw, packed, [
    7,
    [
      [1, i32(values)],
      [2, i32(encodings.plain)],
    ],
  ]);
}

async function packColumn(
  kind: ColumnKind,
  { dictionary, page, missing, least, most }: EncodedColumn,
  rows: number,
  mayCompress: boolean,
): Promise<ColumnChunk> {
  const isPlain = !mayCompress || page.length + (dictionary?.page.length ?? 0) < fewestBytes;
  const shrunk = (whole: Uint8Array) => (isPlain ? whole : pack(whole));
  const [words, packed] = await Promise.all([dictionary ? shrunk(dictionary.page) : null, shrunk(page)]);
  const encoding = dictionary ? encodings.dictionary : encodings.plain;
  const head = dataHeader(page.length, packed.length, rows, encoding);
  const before =
    dictionary && words
      ? [dictionaryHeader(dictionary.page.length, words.length, dictionary.values), words]
      : [];
  const parts = [...before, head, packed];
  const raw =
    page.length + head.length + (dictionary ? dictionary.page.length + (before[0]?.length ?? 0) : 0);
  return {
    parts,
    isWorthIt: isPlain || sizeOf(parts) < keepsTooMuch * raw,
    describe: (name, offset) => [
      [1, i32(types[kind])],
      [2, list('i32', [i32(encodings.hybrid), i32(encodings.plain), ...(dictionary ? [i32(encoding)] : [])])],
      [3, list('binary', [text(name)])],
      [4, i32(isPlain ? codecs.none : codecs.zstd)],
      [5, i64(rows)],
      [6, i64(raw)],
      [7, i64(sizeOf(parts))],
      [9, i64(offset + sizeOf(before))],
      [11, dictionary ? i64(offset) : undefined],
      [
        12,
        struct([
          [3, i64(missing)],
          [5, most ? bytes(most) : undefined],
          [6, least ? bytes(least) : undefined],
        ]),
      ],
    ],
  };
}

/**
 * Opens a Parquet file (Apache Parquet format 2, pages of version 1, Zstandard) to be written with columns of the
 * kinds of the canonical tables, any of which may be missing. It has its name only once it is whole. The engine
 * writes such files from its queries; this writes what is held in memory as numbers and coded texts, without
 * handing each value over.
 */
export function openParquetFile(file: string, columns: readonly ColumnSpec[]): ParquetFile {
  mkdirSync(dirname(file), { recursive: true });
  const partial = `${file}.partial`;
  const handle = openSync(partial, 'w');
  const hash = createHash('sha256');
  const encode = columnEncoder();
  const groups: ThriftValue[] = [];
  /** Columns that were hardly made smaller in a group before. */
  const plain = new Set<number>();
  let offset = 0;
  let total = 0;
  let isOpen = true;
  const put = (part: Uint8Array) => {
    for (let at = 0; at < part.length; ) at += writeSync(handle, part, at);
    hash.update(part);
    offset += part.length;
  };
  put(magic);
  const close = () => {
    if (isOpen) closeSync(handle);
    isOpen = false;
  };
  return {
    async add(values, shared) {
      const rows = values[0] ? rowsIn(values[0]) : 0;
      const uneven = columns.find((_, c) => !values[c] || rowsIn(values[c]) !== rows);
      if (uneven) throw new RangeError(`column "${uneven.name}" has not ${rows} values, as the first has`);
      if (rows === 0) return;
      // The next column is encoded while threads of the system compress the ones before, a few at a time; each is
      // written when its turn comes. Columns that are the very same values are packed once.
      const last = new Map(
        columns.map(({ kind }, c) => [`${kind} ${values.indexOf(values[c] as GroupValues)}`, c]),
      );
      const packing = new Map<string, Promise<ColumnChunk>>();
      const chunks: Promise<ColumnChunk>[] = [];
      const from = offset;
      const described: ThriftValue[] = [];
      const write = async (c: number) => {
        const { parts, describe, isWorthIt } = await (chunks[c] as Promise<ColumnChunk>);
        if (!isWorthIt) plain.add(c);
        const at = offset;
        for (const part of parts) put(part);
        described.push(
          struct([
            [2, i64(at)],
            [3, struct(describe(columns[c]?.name ?? '', at))],
          ]),
        );
        delete chunks[c];
      };
      try {
        for (const [c, { kind }] of columns.entries()) {
          const own = values[c] as GroupValues;
          const key = `${kind} ${values.indexOf(own)}`;
          const ready = shared?.get(own);
          const chunk =
            packing.get(key) ??
            (ready?.kind === kind ? ready.chunk : packColumn(kind, encode(own, kind), rows, !plain.has(c)));
          packing.set(key, chunk);
          if (shared?.has(own)) shared.set(own, { kind, chunk });
          if (last.get(key) === c) packing.delete(key);
          chunks.push(chunk);
          if (c >= packedAtOnce) await write(c - packedAtOnce);
        }
        for (let c = described.length; c < columns.length; c++) await write(c);
      } finally {
        await Promise.allSettled(chunks);
      }
      groups.push(
        struct([
          [1, list('struct', described)],
          [2, i64(offset - from)],
          [3, i64(rows)],
        ]),
      );
      total += rows;
    },
    async end() {
      const footer = compactBytes([
        [1, i32(1)],
        [2, schema(columns)],
        [3, i64(total)],
        [4, list('struct', groups)],
        [6, text('wellspent')],
        // The bounds of every column are in the order of its type.
        [
          7,
          list(
            'struct',
            columns.map(() => struct([[1, struct([])]])),
          ),
        ],
      ]);
      put(footer);
      const length = Buffer.alloc(4);
      length.writeUInt32LE(footer.length);
      put(length);
      put(magic);
      close();
      renameSync(partial, file);
      return { rows: total, bytes: offset, sha256: hash.digest('hex') };
    },
    drop() {
      close();
      rmSync(partial, { force: true });
    },
  };
}
