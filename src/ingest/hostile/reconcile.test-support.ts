import { expect } from 'vitest';
import { isErrorCode } from '../../core/index.ts';
import type { ReadOutcome, Tried } from './run-imports.test-support.ts';

/** Holds an import that ended to its own counts: rows of the file, rows of the tables and lines of the rejects. */
export function expectReconciled({ report, events, others, lines }: ReadOutcome, held: number): void {
  const { rowsIn, rowsUsed, rowsSetAside, reasons, notices, pairing } = report;
  expect(rowsIn, 'rows in').toBe(rowsUsed + rowsSetAside);
  expect(others, 'rows that were there').toBe(held);
  expect(lines, 'lines of the rejects').toBe(rowsSetAside);
  const byReason = reasons.reduce((sum, { rows }) => sum + rows, 0);
  expect(byReason, 'reasons').toBeGreaterThanOrEqual(rowsSetAside);
  for (const { reason } of reasons) expect(isErrorCode(reason), reason).toBe(true);
  const added = notices.find(({ code }) => code === 'FLATTENED')?.count ?? 0;
  if (!notices.some(({ code }) => code === 'ROWS_SPREAD'))
    expect(events, 'events').toBe(rowsUsed - (pairing?.merged ?? 0) + added);
}

/** Whatever a file holds: it is read and reconciles, or it is refused with a code and leaves the workspace as it was. */
export function expectNothingSilent(tried: Tried, held: number): void {
  if (tried.kind === 'read') {
    expectReconciled(tried, held);
    return;
  }
  expect(tried.kind === 'refused' ? tried.message : tried.how).toBe(
    tried.kind === 'refused' && tried.code !== null ? tried.message : 'a coded error',
  );
  // The engine's own refusals are no answer to whoever sent a file.
  if (tried.kind === 'refused') expect(tried.code).not.toMatch(/^(WAREHOUSE_|INTERNAL)/);
  expect(tried.isUnchanged, 'the workspace').toBe(true);
}
