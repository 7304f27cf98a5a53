import type { Notice } from '../readers/raw-table.ts';
import type { ManifestSource } from '../store/manifest.ts';

const count = (n: number, one: string) => `${n.toLocaleString('en-GB')} ${one}${n === 1 ? '' : 's'}`;

/**
 * The second line of a reconciliation: rows used + rows added by flattening = events + cases without any. Nothing
 * where rows were taken as they stand. `gone` are events that gave way to those of another row.
 */
export function spreadNotice(source: ManifestSource, gone: number): readonly Notice[] {
  if (source.shape?.shape !== 'wide') return [];
  const { casesOnly } = source.shape;
  const staged = source.staged.reduce((sum, { part, rows }) => sum + (part === 'main' ? rows : 0), 0);
  const events = staged - gone;
  const added = events + casesOnly - source.rowsUsed;
  const cases = casesOnly === 0 ? '' : ` + ${count(casesOnly, 'case')} without any`;
  return [
    {
      code: 'ROWS_SPREAD',
      message: `${count(source.rowsUsed, 'row')} used + ${added.toLocaleString('en-GB')} added by flattening = ${count(events, 'event')}${cases}.`,
      count: added,
    },
  ];
}
