import { errorCatalogue, formatValue, isErrorCode } from '../core/index.ts';

/** Rows set aside, a line for each reason with what it means; nothing when all rows were used. */
export function rowsSetAside(reasons: readonly { readonly reason: string; readonly rows: number }[]): string {
  if (reasons.length === 0) return '';
  const width = Math.max(...reasons.map(({ reason }) => reason.length));
  const lines = reasons.map(({ reason, rows }) => {
    const meaning = isErrorCode(reason) ? `  ${errorCatalogue[reason].meaning}` : '';
    return `  ${formatValue(rows, 'count').padStart(9)}  ${reason.padEnd(width)}${meaning}`.trimEnd();
  });
  return `\nRows set aside, by reason\n${lines.join('\n')}\n`;
}
