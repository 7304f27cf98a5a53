import type { CellValue, Result, Status } from '../core/index.ts';

/** The Results that the questions draw on. */
export interface Evidence {
  readonly charter: Result;
  readonly data: Result;
  readonly measure: readonly Result[];
  readonly find: readonly Result[];
}

/** An answer drawn from evidence: null parts fall back to "cannot tell yet". */
export interface Drawn {
  readonly answer: string;
  readonly status: Status;
  readonly evidence: string | null;
  readonly next?: readonly string[];
  readonly from?: Result;
}

/** The answer of one Result, or that it is missing. */
export function drawFrom(
  verb: 'measure' | 'find',
  id: string,
  missing: string,
): (evidence: Evidence) => Drawn {
  return (evidence) => {
    const from = evidence[verb].find((result) => result.id === id);
    if (!from) return { answer: missing, status: 'cannot-tell', evidence: null };
    return { answer: from.answer, status: from.status, evidence: `${verb}/${id}`, next: from.next, from };
  };
}

/** The list of findings, and its rows of some patterns, in their order. Dismissed findings are in neither. */
export function findingRows(
  evidence: Evidence,
  patterns: readonly string[],
): { readonly findings: Result | undefined; readonly rows: readonly Readonly<Record<string, CellValue>>[] } {
  const findings = evidence.find.find((result) => result.id === 'findings');
  const rows = findings?.tables.find(({ id }) => id === 'findings')?.rows ?? [];
  return { findings, rows: rows.filter((row) => patterns.includes(String(row.pattern))) };
}
