/** How a scan ended: a row, a row whose quotes are wrong, or bytes that end before the row does. */
export type ScanEnd = 'row' | 'broken' | 'more';

/** One logical row found in bytes; reused from row to row so that scanning makes no objects. */
export interface RowScan {
  /** Where each field starts and ends, without its quotes. */
  readonly starts: number[];
  readonly ends: number[];
  /** The text of fields that mean other than what stands there: with doubled quotes or line breaks. Empty in most rows. */
  readonly texts: Map<number, string>;
  count: number;
  /** Where the next row starts. */
  next: number;
  /** Line ends that the row takes up: more than one when a quoted value holds line breaks. */
  lineEnds: number;
}

/** A quoted value that has not closed after this many bytes is taken never to close. */
export const longestRow = 16_000_000;

const quote = 34;
const lf = 10;
const cr = 13;

export function newScan(): RowScan {
  return { starts: [], ends: [], texts: new Map(), count: 0, next: 0, lineEnds: 0 };
}

/** The texts of all fields of a row that was scanned. */
export function fieldsOf(bytes: Buffer, scan: RowScan): string[] {
  const { starts, ends, texts } = scan;
  const textOf = (field: number) => texts.get(field) ?? bytes.toString('utf8', starts[field], ends[field]);
  return Array.from({ length: scan.count }, (_, field) => textOf(field));
}

function afterLineEnd(bytes: Buffer, at: number): number {
  return bytes[at] === cr && bytes[at + 1] === lf ? at + 2 : at + 1;
}

/** Skips one line as a text editor sees it, whatever its quotes: what is done with a broken row. */
export function scanLine(bytes: Buffer, from: number, final: boolean, scan: RowScan): ScanEnd {
  const end = bytes.length;
  let at = from;
  while (at < end && bytes[at] !== lf && bytes[at] !== cr) at += 1;
  if (!final && at + 1 >= end) return 'more';
  scan.lineEnds = at < end ? 1 : 0;
  scan.next = at < end ? afterLineEnd(bytes, at) : at;
  return 'row';
}

/** What a quoted value means: doubled quotes are one, and each of its line breaks is LF and counted. */
function unquoted(bytes: Buffer, start: number, end: number, scan: RowScan): string {
  const plain = bytes
    .toString('utf8', start, end)
    .replaceAll('""', '"')
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n');
  for (let i = plain.indexOf('\n'); i >= 0; i = plain.indexOf('\n', i + 1)) scan.lineEnds += 1;
  return plain;
}

/** Scans a quoted field from its opening quote; the place behind its closing quote, -1 where it does not close. */
function scanQuoted(bytes: Buffer, open: number, final: boolean, scan: RowScan): number {
  const last = Math.min(bytes.length, open + longestRow + 1);
  let isPlain = true;
  for (let at = open + 1; at < last; at++) {
    const code = bytes[at];
    if (code === lf || code === cr) isPlain = false;
    if (code !== quote) continue;
    if (at + 1 < bytes.length && bytes[at + 1] === quote) {
      isPlain = false;
      at += 1;
      continue;
    }
    // What follows tells whether it closes the value or is the first of two.
    if (at + 1 >= bytes.length && !final) return -1;
    scan.starts[scan.count] = open + 1;
    scan.ends[scan.count] = at;
    if (!isPlain) scan.texts.set(scan.count, unquoted(bytes, open + 1, at, scan));
    scan.count += 1;
    return at + 1;
  }
  return -1;
}

/**
 * Scans one row of delimited text in UTF-8 from a position. `final` says that no more bytes follow. A quote counts
 * only at the start of a field; inside, it is doubled (RFC 4180).
 */
export function scanRow(
  bytes: Buffer,
  from: number,
  delimiter: number,
  final: boolean,
  scan: RowScan,
): ScanEnd {
  const end = bytes.length;
  // Letters and numbers lie above most delimiters, so that one look tells them.
  const highest = Math.max(delimiter, cr);
  let at = from;
  scan.count = 0;
  scan.lineEnds = 0;
  if (scan.texts.size > 0) scan.texts.clear();
  while (true) {
    let code = 0;
    if (at < end && bytes[at] === quote) {
      const after = scanQuoted(bytes, at, final, scan);
      if (after < 0) return final || end - at > longestRow ? 'broken' : 'more';
      at = after;
      if (at < end) {
        code = bytes[at] as number;
        if (code !== delimiter && code !== lf && code !== cr) return 'broken';
      }
    } else {
      scan.starts[scan.count] = at;
      while (at < end) {
        code = bytes[at] as number;
        if (code <= highest && (code === delimiter || code === lf || code === cr)) break;
        at += 1;
      }
      if (at >= end && !final) return 'more';
      scan.ends[scan.count] = at;
      scan.count += 1;
    }
    if (at >= end) {
      scan.next = end;
      return 'row';
    }
    if (code === delimiter) {
      at += 1;
      continue;
    }
    if (code === cr && at + 1 >= end && !final) return 'more';
    scan.lineEnds += 1;
    scan.next = afterLineEnd(bytes, at);
    return 'row';
  }
}
