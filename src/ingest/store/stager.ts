import { join } from 'node:path';
import { openParquetFile, type ParquetWritten, rowsForGroups } from '../../stores/index.ts';
import type { StagedRows } from '../cast/cast-batch.ts';
import { byCase } from './case-order.ts';
import { GroupRoom } from './group-room.ts';
import { HeldRows } from './held-rows.ts';
import type { StagedFile } from './manifest.ts';

/**
 * Bytes of rows that are held before they are put in order and written: a log of ten million events is held whole.
 * Tables of many columns take much more when they are written, so that less of them is held.
 */
const heldBytesOfMany = 96_000_000;
export const heldBytesOfFew = 360_000_000;
const fewColumns = 40;
/** Rows held at most: putting them in order takes about forty bytes a row. */
const mostRows = 12_000_000;
/** Different texts held at most, each an object of its own: the ids of a million and a half cases. */
const mostTexts = 1_500_000;
/** Characters of long texts held likewise: few values can be long ones. */
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
  /** Keeps what another who wrote it tells of the file. */
  note(written: ParquetWritten): void;
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
  /** Bytes of rows to hold at most, where not as many as usual. */
  readonly heldBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

function isTooMuch(
  { rows, columns, bytes, differentTexts, longCharacters }: HeldRows,
  most = columns.length > fewColumns ? heldBytesOfMany : heldBytesOfFew,
): boolean {
  const hasManyTexts = differentTexts >= mostTexts || longCharacters >= mostCharacters;
  return rows >= mostRows || bytes >= most || hasManyTexts;
}

/** Keeps with a part what its file must be when it is read again. */
function noteWritten(staged: StagedFile, { sha256, bytes }: ParquetWritten): void {
  Object.assign(staged, { sha256, bytes });
}

/** Makes a stager for one part of one source. */
export function stagerFor({ store, folder, part, heldBytes, signal }: StagerOptions): Stager {
  const files: StagedFile[] = [];
  let held: HeldRows | null = null;

  const nameRows = (rows: HeldRows): StagedFile => {
    const file = join(folder, `${part}-${String(files.length).padStart(4, '0')}.parquet`);
    const staged: StagedFile = { part, file, rows: rows.rows, characters: rows.characters };
    files.push(staged);
    return staged;
  };

  const write = async (rows: HeldRows, staged: StagedFile) => {
    const ids = part === 'main' ? rows.texts('case_id') : undefined;
    const order = ids ? byCase(ids).rows : Int32Array.from({ length: rows.rows }, (_, row) => row);
    const rowsAGroup = rowsForGroups(rows.columns.length, mostRowsAGroup);
    const file = openParquetFile(join(store, staged.file), rows.columns);
    const room = new GroupRoom();
    try {
      for (let from = 0; from < order.length; from += rowsAGroup) {
        signal?.throwIfAborted();
        const group = order.subarray(from, from + rowsAGroup);
        room.clear();
        await file.add(
          rows.columns.map((column) => rows.gathered(column.name, group, room) ?? new Float64Array(0)),
        );
      }
      noteWritten(staged, await file.end());
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
      if (!isTooMuch(held, heldBytes)) return;
      await flush(held);
      held = null;
    },
    async end() {
      if (!held) return { files, held: null, pending: null };
      const rows = held;
      const isAll = files.length === 0;
      const last = nameRows(rows);
      if (isAll) {
        const pending: PendingPart = {
          file: last.file,
          write: () => write(rows, last),
          note: (written) => noteWritten(last, written),
        };
        return { files, held: rows, pending };
      }
      await write(rows, last);
      return { files, held: null, pending: null };
    },
  };
}
