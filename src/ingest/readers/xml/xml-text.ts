const longestEntity = 13;
/** Pieces of a text put together at a time, so that millions of entities make no list of millions. */
const piecesAtOnce = 4_096;
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Says what is wrong with the text being read. */
export type Malformed = (what: string) => never;

/** Line ends as XML reads them: each is a line feed. */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
}

/** True for a character that XML allows: no half of a pair, and no control character but tab and line ends. */
function isCharacter(point: number): boolean {
  if (point < 32) return point === 9 || point === 10 || point === 13;
  return point < 0xd800 || (point > 0xdfff && point <= 0x10ffff && point !== 0xfffe && point !== 0xffff);
}

function entity(name: string, malformed: Malformed): string {
  if (Object.hasOwn(named, name)) return named[name] as string;
  const number = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name);
  const point = number ? Number.parseInt(number[1] ?? number[2] ?? '', number[1] ? 16 : 10) : Number.NaN;
  return isCharacter(point)
    ? String.fromCodePoint(point)
    : malformed(`the entity "&${name};" is not defined`);
}

/** A text with the five named entities and numbered ones resolved; no others can be defined. */
export function withEntities(text: string, malformed: Malformed): string {
  let start = text.indexOf('&');
  if (start < 0) return text;
  let out = '';
  let pieces: string[] = [];
  let from = 0;
  for (; start >= 0; start = text.indexOf('&', from)) {
    const end = text.indexOf(';', start);
    if (end < 0 || end - start > longestEntity)
      malformed(`"${text.slice(start, start + longestEntity)}" begins no entity`);
    pieces.push(text.slice(from, start), entity(text.slice(start + 1, end), malformed));
    from = end + 1;
    if (pieces.length < piecesAtOnce) continue;
    out += pieces.join('');
    pieces = [];
  }
  return out + pieces.join('') + text.slice(from);
}
