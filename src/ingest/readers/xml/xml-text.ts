import { isCharacter, type Malformed } from './xml-characters.ts';

/** Longest entity that is looked at: a number with zeros before it. */
const longestEntity = 32;
/** Pieces of a text put together at a time, so that millions of entities make no list of millions. */
const piecesAtOnce = 4_096;
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Line ends as XML reads them: each is a line feed. */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
}

/** The value of an attribute as XML reads it: line ends and tabs that are not written as entities are blanks. */
export function withBlanks(text: string): string {
  return text.replaceAll(/\r\n?|[\n\t]/g, ' ');
}

function entity(name: string, malformed: Malformed): string {
  if (Object.hasOwn(named, name)) return named[name] as string;
  const number = /^#(?:x0*([0-9a-fA-F]{1,6})|0*(\d{1,7}))$/.exec(name);
  if (!number)
    return malformed(`the entity "&${name};" is not defined`, 'Write the character itself, or its number.');
  const point = number[1] ? Number.parseInt(number[1], 16) : Number(number[2]);
  return isCharacter(point)
    ? String.fromCodePoint(point)
    : malformed(`"&${name};" is no character that XML allows`, 'Leave that character out.');
}

/** A text with the five named entities and numbered ones resolved; no others can be defined. */
export function withEntities(text: string, malformed: Malformed): string {
  let start = text.indexOf('&');
  if (start < 0) return text;
  let out = '';
  let pieces: string[] = [];
  let from = 0;
  for (; start >= 0; start = text.indexOf('&', from)) {
    const end = text.slice(start, start + longestEntity).indexOf(';') + start;
    const place = start;
    const here: Malformed = (what, hint) =>
      malformed(what, hint, text.slice(0, place).split('\n').length - 1);
    if (end < start) here('an "&" begins no entity', 'Write "&" as "&amp;".');
    pieces.push(text.slice(from, start), entity(text.slice(start + 1, end), here));
    from = end + 1;
    if (pieces.length < piecesAtOnce) continue;
    out += pieces.join('');
    pieces = [];
  }
  return out + pieces.join('') + text.slice(from);
}
