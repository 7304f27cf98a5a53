/** What bytes of UTF-8 need a look at in XML; 0 for all others. A set of kinds is their sum. */
export const byteKinds = new Uint8Array(256);
export const markKind = 1;
export const ampersandKind = 2;
export const lessKind = 4;
/** A control character that XML does not allow, or what may begin U+FFFE or U+FFFF. */
export const doubtfulKind = 8;
export const lineOrTabKind = 16;
/** What may belong to `]]>`. */
export const bracketKind = 32;

const bracket = 93;
const greater = 62;
const longForm = 0xef;

byteKinds.fill(doubtfulKind, 0, 32);
byteKinds.fill(lineOrTabKind, 9, 11);
byteKinds[13] = lineOrTabKind;
byteKinds[34] = markKind;
byteKinds[39] = markKind;
byteKinds[38] = ampersandKind;
byteKinds[60] = lessKind;
byteKinds[greater] = bracketKind;
byteKinds[bracket] = bracketKind;
byteKinds[longForm] = doubtfulKind;

/** Says what is wrong with the XML being read, what to do where that is known, and how many lines on it stands. */
export type Malformed = (what: string, hint?: string, linesOn?: number) => never;

/** So few bytes are looked through faster one by one. */
const fewBytes = 1_024;

/** Line ends between two places: line feeds, or another byte that ends lines. */
export function linesIn(bytes: Buffer, start: number, end: number, ending = 10): number {
  let lines = 0;
  if (end - start < fewBytes) {
    for (let i = start; i < end; i++) if (bytes[i] === ending) lines += 1;
    return lines;
  }
  const part = bytes.subarray(start, end);
  for (let i = part.indexOf(ending); i >= 0; i = part.indexOf(ending, i + 1)) lines += 1;
  return lines;
}

const nameStart =
  ':A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C-\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFEFE\\uFF00-\\uFFFD\\u{10000}-\\u{EFFFF}';
const nameOnly = new RegExp(
  `^[${nameStart}][${nameStart}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F-\\u2040]*$`,
  'u',
);

/** True for a name of an element or attribute (XML 1.0, fifth edition, section 2.3). */
export function isName(text: string): boolean {
  return nameOnly.test(text);
}

/** True for a character that XML allows (section 2.2): no half of a pair, and no control but tab and line ends. */
export function isCharacter(point: number): boolean {
  if (point < 32) return point === 9 || point === 10 || point === 13;
  return point < 0xd800 || (point > 0xdfff && point <= 0x10ffff && point !== 0xfffe && point !== 0xffff);
}

/** Refuses characters between two places that XML does not allow. The bytes are sound UTF-8. */
export function checkCharacters(bytes: Buffer, start: number, end: number, malformed: Malformed): void {
  for (let p = start; p < end; p++) {
    const byte = bytes[p] as number;
    if (byteKinds[byte] !== doubtfulKind) continue;
    const isLong = byte === longForm;
    if (isLong && !(bytes[p + 1] === 0xbf && (bytes[p + 2] as number) >= 0xbe)) continue;
    const point = isLong ? 0xff40 + (bytes[p + 2] as number) : byte;
    malformed(
      `the character U+${point.toString(16).toUpperCase().padStart(4, '0')} is not allowed in XML`,
      'Leave that character out, or export the log again.',
      linesIn(bytes, start, p),
    );
  }
}

/** Refuses `]]>` in a text, where it is kept for the end of CDATA. */
export function checkNoEndOfCdata(bytes: Buffer, start: number, end: number, malformed: Malformed): void {
  for (let p = start + 2; p < end; p++)
    if (bytes[p] === greater && bytes[p - 1] === bracket && bytes[p - 2] === bracket)
      malformed('"]]>" stands in a text', 'Write it as "]]&gt;".', linesIn(bytes, start, p));
}
