import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import type { ColumnKind } from '../warehouse.ts';
import { bytes, compactBytes, i32, i64, list, struct, type ThriftStruct, text } from './compact-thrift.ts';
import type { EncodedColumn } from './group-values.ts';

/** Numbers of Apache Parquet's format: types of values, encodings and the like. */
export const types = { text: 6, integer: 2, number: 5, boolean: 0, timestamp: 2, date: 1 } as const;
const encodings = { plain: 0, hybrid: 3, deltas: 5, dictionary: 8 } as const;
const codecs = { none: 0, zstd: 6 } as const;
/** Columns whose pages are smaller are not worth the start of a compression. */
const fewestBytes = 2_048;

/**
 * True where compressing a column is worth its time: packed codes and differences hardly shrink, but the texts that
 * many codes stand for may be most of a column.
 */
function mayShrink({ dictionary, encoding, page }: EncodedColumn): boolean {
  const words = dictionary?.page.length ?? 0;
  return page.length + words >= fewestBytes && (encoding === 'plain' || words > page.length);
}

/** A column that keeps more than this share of its size is not compressed in later groups: pseudonyms, which are random. */
const keepsTooMuch = 0.5;
const pages = { data: 0, dictionary: 2 } as const;
const compress = promisify(zstdCompress);
const level = { [constants.ZSTD_c_compressionLevel]: 1 };

/** A page compressed in one piece: the usual small pieces of output would each cost a call. */
function pack(page: Uint8Array): Promise<Uint8Array> {
  // What cannot be made smaller grows by a 256th at most, and a few bytes.
  return compress(page, { params: level, chunkSize: page.length + (page.length >> 8) + 1_024 });
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
export interface ColumnChunk {
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

/** Packs one column of a group. */
export async function packColumn(
  kind: ColumnKind,
  column: EncodedColumn,
  rows: number,
  mayCompress: boolean,
): Promise<ColumnChunk> {
  const { dictionary, page, missing, least, most } = column;
  const isPlain = !mayCompress || !mayShrink(column);
  const shrunk = (whole: Uint8Array) => (isPlain ? whole : pack(whole));
  const shrinking = [dictionary ? shrunk(dictionary.page) : null, shrunk(page)] as const;
  // Where one fails the other is still at work on its page, which nobody may take back before.
  await Promise.allSettled(shrinking);
  const [words, packed] = await Promise.all(shrinking);
  const encoding = encodings[column.encoding];
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
      [
        2,
        list('i32', [
          i32(encodings.hybrid),
          i32(encodings.plain),
          ...(encoding === encodings.plain ? [] : [i32(encoding)]),
        ]),
      ],
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
