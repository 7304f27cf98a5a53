import { type Cells, CodedCells } from '../cells.ts';
import type { RawBatch } from '../raw-table.ts';

/** Cells on their way from one thread to another: of a list of texts only those that the other has not got yet. */
type SentCells =
  | {
      readonly codes: Int32Array<ArrayBuffer>;
      readonly isNewList: boolean;
      readonly added: readonly string[];
    }
  | { readonly texts: readonly string[] };

/** A batch on its way from one thread to another. */
export interface SentBatch extends Omit<RawBatch, 'columns'> {
  readonly columns: readonly SentCells[];
}

/** What a text takes beside its characters. */
const bytesAText = 24;

const bytesOf = (texts: readonly string[]) =>
  texts.reduce((sum, text) => sum + text.length, bytesAText * texts.length);

/** A batch ready to be sent, the buffers that go over instead of being copied, and about how many bytes it takes. */
interface ReadyBatch {
  readonly sent: SentBatch;
  readonly moved: readonly ArrayBuffer[];
  readonly bytes: number;
}

/** Makes batches ready to be sent, one after the other. */
export function batchSender(): (batch: RawBatch) => ReadyBatch {
  /** The list that each column's codes are places in, and how many of its texts have been sent. */
  const lists: { words: readonly string[]; sent: number }[] = [];
  return (batch) => {
    const moved: ArrayBuffer[] = [];
    let bytes = 0;
    const ofColumn = (cells: Cells, column: number): SentCells => {
      if (!(cells instanceof CodedCells)) {
        bytes += bytesOf(cells);
        return { texts: cells };
      }
      const { words } = cells;
      const known = lists[column];
      const isNewList = known?.words !== words;
      const list = known && !isNewList ? known : { words, sent: 0 };
      lists[column] = list;
      const added = words.slice(list.sent);
      list.sent = words.length;
      const codes = Int32Array.from(cells.codes);
      moved.push(codes.buffer);
      bytes += codes.byteLength + bytesOf(added);
      return { codes, isNewList, added };
    };
    const columns = batch.columns.map(ofColumn);
    return { sent: { ...batch, columns }, moved, bytes };
  };
}

/** Makes batches of what came from the other thread, in the order in which they were sent. */
export function batchReceiver(): (sent: SentBatch) => RawBatch {
  const lists: string[][] = [];
  return (sent) => {
    const ofColumn = (cells: SentCells, column: number): Cells => {
      if ('texts' in cells) return cells.texts;
      if (cells.isNewList) lists[column] = [];
      const words = lists[column] ?? [];
      for (const word of cells.added) words.push(word);
      return new CodedCells(cells.codes, words);
    };
    return { ...sent, columns: sent.columns.map(ofColumn) };
  };
}
