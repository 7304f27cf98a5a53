const totalWords = new Set(['total', 'totals', 'grand total', 'count', 'end of report', 'sum', 'end']);
const looksLikeTime = /\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d:\d\d/;

/** True for a last row that is a total or an end mark: such a word in its first cell, and no time in any. */
export function isTrailer(cells: readonly string[]): boolean {
  const word = (cells[0] ?? '').trim().toLowerCase().replace(/:$/, '');
  return totalWords.has(word) && !cells.some((cell) => looksLikeTime.test(cell));
}
