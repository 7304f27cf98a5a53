/** How a scan ended: a row, a row whose quotes are wrong, or text that ends before the row does. */
export type ScanEnd = 'row' | 'broken' | 'more';

/** One logical row found in a text; reused from row to row so that scanning makes no objects. */
export interface RowScan {
  readonly fields: string[];
  count: number;
  /** Where the next row starts. */
  next: number;
  /** Line ends that the row takes up: more than one when a quoted value holds line breaks. */
  lineEnds: number;
}

/** A quoted value that has not closed after this many characters is taken never to close. */
export const longestRow = 1_000_000;

const quote = 34;
const lf = 10;
const cr = 13;

export function newScan(): RowScan {
  return { fields: [], count: 0, next: 0, lineEnds: 0 };
}

function afterLineEnd(text: string, at: number): number {
  return text.charCodeAt(at) === cr && text.charCodeAt(at + 1) === lf ? at + 2 : at + 1;
}

/** Turns line breaks inside a value into LF and counts them. */
function normaliseBreaks(value: string, scan: RowScan): string {
  if (!value.includes('\n') && !value.includes('\r')) return value;
  const plain = value.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  for (let i = plain.indexOf('\n'); i >= 0; i = plain.indexOf('\n', i + 1)) scan.lineEnds += 1;
  return plain;
}

/** Skips one line as a text editor sees it, whatever its quotes: what is done with a broken row. */
export function scanLine(text: string, from: number, final: boolean, scan: RowScan): ScanEnd {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === lf || code === cr) break;
    at += 1;
  }
  if (!final && at + 1 >= text.length) return 'more';
  scan.lineEnds = at < text.length ? 1 : 0;
  scan.next = at < text.length ? afterLineEnd(text, at) : at;
  return 'row';
}

/**
 * Scans one row of delimited text from a position. `final` says that no more text follows.
 * A quote counts only at the start of a field; inside, it is doubled (RFC 4180).
 */
export function scanRow(
  text: string,
  from: number,
  delimiter: number,
  final: boolean,
  scan: RowScan,
): ScanEnd {
  const { fields } = scan;
  const end = text.length;
  let at = from;
  let count = 0;
  scan.lineEnds = 0;
  while (true) {
    let code = 0;
    if (text.charCodeAt(at) === quote) {
      const open = at;
      let value = '';
      let start = at + 1;
      while (true) {
        const close = text.indexOf('"', start);
        if (close < 0) return final || end - open > longestRow ? 'broken' : 'more';
        if (close - open > longestRow) return 'broken';
        if (close + 1 >= end && !final) return 'more';
        if (text.charCodeAt(close + 1) === quote) {
          value += text.slice(start, close + 1);
          start = close + 2;
          continue;
        }
        value = value === '' ? text.slice(start, close) : value + text.slice(start, close);
        at = close + 1;
        break;
      }
      fields[count] = normaliseBreaks(value, scan);
      count += 1;
      if (at < end) {
        code = text.charCodeAt(at);
        if (code !== delimiter && code !== lf && code !== cr) return 'broken';
      }
    } else {
      const start = at;
      while (at < end) {
        code = text.charCodeAt(at);
        if (code === delimiter || code === lf || code === cr) break;
        at += 1;
      }
      if (at >= end && !final) return 'more';
      fields[count] = text.slice(start, at);
      count += 1;
    }
    if (at >= end) {
      scan.count = count;
      scan.next = end;
      return 'row';
    }
    if (code === delimiter) {
      at += 1;
      continue;
    }
    if (code === cr && at + 1 >= end && !final) return 'more';
    scan.count = count;
    scan.lineEnds += 1;
    scan.next = afterLineEnd(text, at);
    return 'row';
  }
}
