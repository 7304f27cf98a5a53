/** Widths in hundredths of the font size, as drawn by the widest face that stands in for Arial (DejaVu Sans). */
const groups: readonly (readonly [string, number])[] = [
  ["'ijl|", 29],
  [' ,.IJ·', 32],
  ['/:;\\f-', 36],
  ['()[]t!r', 41],
  ['"*_`sz?', 53],
  ['cLFk', 58],
  ['vxyPTYaoe', 62],
  ['ESbdghnpqu$0123456789{}£', 64],
  ['KAVBRXZC', 70],
  ['UHNDG', 77],
  ['&OQw#+<=>^~−×', 84],
  ['M%m', 97],
  ['W@…—', 100],
];
const widths = new Map(groups.flatMap(([characters, width]) => [...characters].map((c) => [c, width])));

/** Accents, and marks that are not seen, take no room of their own. */
const withoutWidth = /[\p{Mn}\p{Me}\p{Cf}]/u;
const wideScripts =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{So}\u{1f000}-\u{1ffff}]/u;

function characterWidth(character: string): number {
  const known = widths.get(character) ?? widths.get(character.normalize('NFD')[0] ?? '');
  if (known !== undefined) return known;
  if (withoutWidth.test(character)) return 0;
  return wideScripts.test(character) ? 110 : 100;
}

/** How wide a text is in pixels, rather too wide than too narrow: no font is at hand where charts are drawn. */
export function textWidth(text: string, fontSize: number): number {
  let sum = 0;
  for (const character of text) sum += characterWidth(character);
  return (sum * fontSize) / 100;
}

/** Controls and marks that turn the direction of writing: they are no part of a name and could hide or move text. */
const unseen = /[\p{Cc}\u2028\u2029]+/gu;
const turning = /[\u202a-\u202e\u2066-\u2069]/gu;

/** A text as it is drawn: on one line, with no control character and no half of a character. */
export function plain(text: string): string {
  return text.toWellFormed().replace(unseen, ' ').replace(turning, '').replace(/\s+/g, ' ').trim();
}

/** A name as it is drawn, also where there is none. */
export function plainName(text: string): string {
  return plain(text) || '(no name)';
}

/** As much of the beginning of a text as fits into a width. */
function beginning(text: string, pixels: number, fontSize: number): string {
  let kept = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    if (textWidth(kept + segment, fontSize) > pixels) break;
    kept += segment;
  }
  return kept;
}

/** A text that fits into a width; what was cut off shows as an ellipsis. */
export function cut(text: string, pixels: number, fontSize: number): string {
  if (textWidth(text, fontSize) <= pixels) return text;
  return `${beginning(text, pixels - textWidth('…', fontSize), fontSize).trimEnd()}…`;
}

/** Where a word too long for a line is broken: after a sign inside it if one is near, else where the line ends. */
function breakWord(word: string, pixels: number, fontSize: number): string {
  const part = beginning(word, pixels, fontSize);
  return /^.{2,}[_\-/.]/.exec(part)?.[0] ?? part;
}

/** A text broken between words into at most so many lines of a width; only what does not fit is cut. */
export function wrap(text: string, pixels: number, fontSize: number, most: number): readonly string[] {
  const out: string[] = [];
  const words = text.split(' ');
  const fits = (line: string) => textWidth(line, fontSize) <= pixels;
  while (words.length > 0 && out.length < most - 1) {
    let line = words.shift() ?? '';
    if (!fits(line)) {
      const part = breakWord(line, pixels, fontSize);
      if (part === '') {
        words.unshift(line);
        break;
      }
      words.unshift(line.slice(part.length));
      line = part;
    } else while (words[0] !== undefined && fits(`${line} ${words[0]}`)) line = `${line} ${words.shift()}`;
    out.push(line);
  }
  return words.length > 0 ? [...out, cut(words.join(' '), pixels, fontSize)] : out;
}
