import { type DisclosureProfile, roundedCount } from '../../stats/index.ts';

/** Stands for a small number that is not zero, where the number itself tells of nobody. */
export const lowSymbol = '[low]';

/** A number of rows of a file: rounded like other counts, but a few are "[low]" and none is none. */
export function roundedRows(rows: number, profile: DisclosureProfile): number | string {
  if (rows === 0) return 0;
  return rows < profile.threshold ? lowSymbol : roundedCount(rows, profile);
}
