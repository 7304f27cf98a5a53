import { type CellValue, type Figure, provenance, type Result } from '../core/index.ts';
import type { Evidence } from './drawn.ts';

type Rows = readonly Readonly<Record<string, CellValue>>[];

/** A Result with one table of its own name, where it has rows. */
export function madeResult(
  id: string,
  answer: string,
  {
    rows = [],
    figures = [],
    status = 'caution',
  }: Partial<Pick<Result, 'status' | 'figures'>> & { readonly rows?: Rows } = {},
): Result {
  const tables = rows.length > 0 ? [{ id, title: id, columns: [], rows }] : [];
  const none = { charts: [], caveats: [], next: [], provenance: provenance({ method: 'none' }) };
  return { id, question: id, answer, status, figures, tables, ...none };
}

/** A figure without an interval. */
export function madeFigure(id: string, value: number, unit: Figure['unit']): Figure {
  return { id, name: id, value, unit, interval: null, period: null };
}

/** What the questions draw on, where there are Results of `find` alone. */
export function foundAlone(...find: readonly Result[]): Evidence {
  return { charter: madeResult('charter', ''), data: madeResult('data', ''), measure: [], find };
}
