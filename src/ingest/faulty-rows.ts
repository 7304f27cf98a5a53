import type { ManifestSource } from './store/manifest.ts';

/** The share of a source's rows set aside for a fault above which every figure that rests on it carries a caution. */
export const cautionShare = 0.01;

/** Reasons of rows that stand in another row, which is used: nothing of them is lost. */
const cameAgain: readonly string[] = ['DUPLICATE_ROW', 'SUPERSEDED_ROW'];

/** Reasons of rows that hold nothing of what was asked for. */
const notAsked: readonly string[] = ['OCEL_NO_OBJECT', 'OTHER_FIELD'];

type Counted = Pick<ManifestSource, 'rowsSetAside' | 'reasons'>;

function rowsFor({ reasons }: Counted, wanted: readonly string[]): number {
  return reasons.reduce((sum, { reason, rows }) => sum + (wanted.includes(reason) ? rows : 0), 0);
}

/** True where a row is set aside for a fault, not because what it says stands elsewhere or is not asked for. */
export function isFaulty(reason: string): boolean {
  return !cameAgain.includes(reason) && !notAsked.includes(reason);
}

/** Rows of a source that came again, alike or in a newer version, of which one counts. */
export function repeatedRows(source: Counted): number {
  return rowsFor(source, cameAgain);
}

/** Rows of a source that hold nothing of what was asked for. */
export function unwantedRows(source: Counted): number {
  return rowsFor(source, notAsked);
}

/** Rows of a source set aside for a fault of theirs. */
export function faultyRows(source: Counted): number {
  return source.rowsSetAside - repeatedRows(source) - unwantedRows(source);
}
