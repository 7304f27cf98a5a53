import type { ManifestSource } from './store/manifest.ts';

/** The share of a source's rows set aside for a fault above which every figure that rests on it carries a caution. */
export const cautionShare = 0.01;

/** Reasons for which a row is set aside as it should be: what it says is not asked for, or stands in another row. */
const asItShould: readonly string[] = ['OCEL_NO_OBJECT', 'OTHER_FIELD', 'DUPLICATE_ROW', 'SUPERSEDED_ROW'];

/** Rows of a source set aside for a fault of theirs. */
export function faultyRows({ rowsSetAside, reasons }: ManifestSource): number {
  const others = reasons.filter(({ reason }) => asItShould.includes(reason));
  return rowsSetAside - others.reduce((sum, { rows }) => sum + rows, 0);
}
