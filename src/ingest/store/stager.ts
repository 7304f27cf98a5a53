import { join } from 'node:path';
import { openParquetFile, rowsForGroups } from '../../stores/index.ts';
import type { StagedRows } from '../cast/cast-batch.ts';
import { byCase } from './case-order.ts';
import { GroupRoom, gathered, HeldRows } from './held-rows.ts';
import type { StagedFile } from './manifest.ts';

/** Bytes of rows that are held before they are put in order and written. */
export const usualHeldBytes = 96_000_000;
/** Characters of different texts held likewise: few values can be long ones. */
const mostCharacters = 8_000_000;
/** Tables are made from the parts by range of cases: a range should not have to read much of its neighbours. */
const mostRowsAGroup = 61_440;

/** What became of the rows of one part of one source. */
export interface Staged {
  readonly files: readonly StagedFile[];
  /** The rows themselves, where all of them were held until the end; null where there were more, or none. */
  readonly held: HeldRows | null;
  /** Their file where it is not written yet: whoever makes tables of the held rows may write both at once. */
  readonly pending: PendingPart | null;
}

/** A part that is named and not written yet. */
export interface PendingPart {
  /** Relative to the store. */
  readonly file: string;
  write(): Promise<void>;
}

/** Writes cast rows to Parquet parts of bounded size. */
export interface Stager {
  add(rows: StagedRows): Promise<void>;
  /** Writes what is left, unless it is all there is, and tells all parts, with file names relative to the store. */
  end(): Promise<Staged>;
}

export interface StagerOptions {
  readonly store: string;
  /** Relative to the store. */
  readonly folder: string;
  readonly part: StagedFile['part'];
  readonly heldBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/** Makes a stager for one part of one source. */
export function stagerFor({ store, folder, part, heldBytes, signal }: StagerOptions): Stager {
  const files: StagedFile[] = [];
  let held: HeldRows | null = null;

  const nameRows = (rows: HeldRows): string => {
    const file = join(folder, `${part}-${String(files.length).padStart(4, '0')}.parquet`);
    files.push({ part, file, rows: rows.rows, characters: rows.characters });
    return file;
  };

  const write = async (rows: HeldRows, name: string) => {
    const ids = part === 'main' ? rows.texts('case_id') : undefined;
    const order = ids ? byCase(ids).rows : Int32Array.from({ length: rows.rows }, (_, row) => row);
    const rowsAGroup = rowsForGroups(rows.columns.length, mostRowsAGroup);
    const file = openParquetFile(join(store, name), rows.columns);
    const room = new GroupRoom();
    try {
      for (let from = 0; from < order.length; from += rowsAGroup) {
        signal?.throwIfAborted();
        const group = order.subarray(from, from + rowsAGroup);
        room.clear();
        await file.add(
          rows.columns.map((column) =>
            gathered(rows.values(column.name) ?? new Float64Array(0), group, room),
          ),
        );
      }
      await file.end();
    } finally {
      file.drop();
    }
  };
  const flush = (rows: HeldRows) => write(rows, nameRows(rows));

  return {
    async add(staged) {
      if (staged.rows === 0) return;
      if (held && !held.takes(staged.columns)) {
        await flush(held);
        held = null;
      }
      held ??= new HeldRows(staged.columns);
      held.add(staged);
      if (held.bytes < heldBytes && held.keptCharacters < mostCharacters) return;
      await flush(held);
      held = null;
    },
    async end() {
      if (!held) return { files, held: null, pending: null };
      const rows = held;
      const isAll = files.length === 0;
      const file = nameRows(rows);
      if (isAll) return { files, held: rows, pending: { file, write: () => write(rows, file) } };
      await write(rows, file);
      return { files, held: null, pending: null };
    },
  };
}
