const totalWords = new Set(['total', 'totals', 'grand total', 'count', 'end of report', 'sum', 'end']);
/** What databases write under their rows. */
const countOfRows = /^\(?\d[\d,]* (rows?|records?|lines?)( (affected|selected|returned|exported))?\)?\.?$/;
const rule = /^\s*[-=_+]{2,}\s*$/;
const looksLikeTime = /\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d:\d\d/;

/** True for a row that only draws a line, as databases do below the names of columns. */
export function isRule(cells: readonly string[]): boolean {
  return cells.length > 0 && cells.every((cell) => rule.test(cell));
}

/** True for a last row that is a total or an end mark: such words in its first cell, and no time in any. */
export function isTrailer(cells: readonly string[]): boolean {
  const word = (cells[0] ?? '').trim().toLowerCase().replace(/:$/, '');
  return (totalWords.has(word) || countOfRows.test(word)) && !cells.some((cell) => looksLikeTime.test(cell));
}
