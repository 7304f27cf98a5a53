import type { WellspentError } from '../core/index.ts';
import type { ColumnSpec } from '../stores/index.ts';
import type { LoadedCharter } from './charter.ts';

/** What the charter asks of the data that they do not have; columns are those of the canonical tables. */
export function lintCharter(
  _loaded: LoadedCharter,
  _columns: Readonly<Record<string, readonly ColumnSpec[]>>,
): readonly WellspentError[] {
  return [];
}
