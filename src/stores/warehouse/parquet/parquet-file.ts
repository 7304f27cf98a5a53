import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { writing } from '../../../core/index.ts';
import type { ColumnKind, ColumnSpec } from '../warehouse.ts';
import { type ColumnChunk, packColumn, types } from './column-chunk.ts';
import { bool, compactBytes, i32, i64, list, struct, type ThriftValue, text } from './compact-thrift.ts';
import { ColumnEncoder, type GroupValues, rowsIn } from './group-values.ts';

/** A file that was written. */
export interface ParquetWritten {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Columns of a group that two files have in common, so that each is packed once: the first file puts in what it packs
 * of the values named here, and the second takes it before the first is given its next group.
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
  /** Gives the file up; nothing of it stays. Only while no `add` is under way; after `end` it does nothing. */
  drop(): void;
}

/** Values that are packed together at most: a group is in memory several times while it is written. */
const valuesAGroup = 2_000_000;

/** How many rows to add at a time, so that groups are at most `most` rows and not too large for wide tables. */
export function rowsForGroups(columns: number, most: number): number {
  return Math.max(1, Math.min(most, Math.floor(valuesAGroup / Math.max(1, columns))));
}

/** How a type is told to older readers. */
const converted: Readonly<Record<ColumnKind, number | undefined>> = {
  text: 0,
  integer: 18,
  number: undefined,
  boolean: undefined,
  timestamp: undefined,
  date: 6,
};
const optional = 1;
/** Columns that are compressed at the same time: as many as the system has threads for it. */
const packedAtOnce = 4;
const magic = Buffer.from('PAR1');

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

/**
 * Opens a Parquet file (Apache Parquet format 2, pages of version 1, Zstandard) to be written with columns of the
 * kinds of the canonical tables, any of which may be missing. It has its name only once it is whole. The engine
 * writes such files from its queries; this writes what is held in memory as numbers and coded texts, without
 * handing each value over. Throws `FILE_NOT_WRITTEN`, as `add` and `end` do, where the disk is full or fails.
 */
export function openParquetFile(file: string, columns: readonly ColumnSpec[]): ParquetFile {
  mkdirSync(dirname(file), { recursive: true });
  const partial = `${file}.partial`;
  const handle = openSync(partial, 'w');
  const hash = createHash('sha256');
  const encoder = new ColumnEncoder();
  const groups: ThriftValue[] = [];
  /** Columns that were hardly made smaller in a group before. */
  const plain = new Set<number>();
  let offset = 0;
  let total = 0;
  let isOpen = true;
  const put = (part: Uint8Array) => {
    writing(file, () => {
      for (let at = 0; at < part.length; ) at += writeSync(handle, part, at);
    });
    hash.update(part);
    offset += part.length;
  };
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    encoder.end();
    closeSync(handle);
  };
  const drop = () => {
    close();
    rmSync(partial, { force: true });
  };
  try {
    put(magic);
  } catch (cause) {
    drop();
    throw cause;
  }
  return {
    async add(values, shared) {
      const rows = values[0] ? rowsIn(values[0]) : 0;
      const uneven = columns.find((_, c) => !values[c] || rowsIn(values[c]) !== rows);
      if (uneven) throw new RangeError(`column "${uneven.name}" has not ${rows} values, as the first has`);
      if (rows === 0) return;
      encoder.begin();
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
            (ready?.kind === kind
              ? ready.chunk
              : packColumn(kind, encoder.encode(own, kind), rows, !plain.has(c)));
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
    drop,
  };
}
