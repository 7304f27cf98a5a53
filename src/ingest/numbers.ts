/** Whether a column writes decimals with a point or a comma. */
export type NumberStyle = 'point' | 'comma';

const plain = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,3})?$/i;
// No number with marks of thousands begins with 0, so 0,125 is an eighth.
const pointGroups = /^[-+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/;
const commaGroups = /^[-+]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$/;
const commaDecimal = /^[-+]?\d+,\d+$/;
/** No number is written longer: a text of a megabyte must not be matched against patterns. */
const longest = 100;
const money = /^([-+]?)\s*[£$€]\s*/;

function bare(text: string): string {
  const signed = money.test(text) ? text.replace(money, '$1') : text;
  return signed.replace(/\s*[£$€%]$/, '').replaceAll(/(\d)[\s\u00a0'](?=\d{3}\b)/g, '$1');
}

/** Digits that a double always holds. */
const surest = 15;

/** Reads a number as a column writes it; NaN when the text is none. Currency signs and thousands marks go. */
export function parseNumber(text: string, style: NumberStyle): number {
  if (text.length > longest) return Number.NaN;
  const code = text.charCodeAt(0);
  if (style === 'point' && code >= 45 && code <= 57 && plain.test(text)) return Number(text);
  const value = bare(text.trim());
  if (style === 'point') {
    if (plain.test(value)) return Number(value);
    return pointGroups.test(value) ? Number(value.replaceAll(',', '')) : Number.NaN;
  }
  if (commaDecimal.test(value) || commaGroups.test(value))
    return Number(value.replaceAll('.', '').replace(',', '.'));
  return /^[-+]?\d+$/.test(value) ? Number(value) : Number.NaN;
}

const onlyComma = /^[-+]?(?:(?:\d+|\d{1,3}(?:\.\d{3})+),\d{1,2}|\d+,\d{4,}|0\d*,\d+)$/;
const onlyPoint = /^[-+]?(?:\d+\.(?:\d{1,2}|\d{4,})|0\.\d+|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,})$/;
const eitherWay = /^[-+]?[1-9]\d{0,2},\d{3}$/;

/**
 * Which decimal mark a number can only have been written with: "12,50", "1.234,5" and "0,125" a comma, "12.5" and
 * "1,234,567" a point. `either` for 1,234, which reads both ways; null for what tells nothing.
 */
export function styleOf(text: string): NumberStyle | 'either' | null {
  if (text.length > longest || (!text.includes(',') && !text.includes('.'))) return null;
  const value = bare(text.trim());
  if (onlyComma.test(value)) return 'comma';
  if (onlyPoint.test(value)) return 'point';
  return eitherWay.test(value) ? 'either' : null;
}

/** Numbers that can only have been written with one of the marks. */
export interface StyleCounts {
  comma: number;
  point: number;
}

/** Takes the decimal marks of some values into account, each as often as `times` says; once where that is left out. */
export function countStyles(counts: StyleCounts, texts: readonly string[], times?: Int32Array): void {
  for (let i = 0; i < texts.length; i++) {
    const style = styleOf(texts[i] as string);
    if (style === 'comma' || style === 'point') counts[style] += times?.[i] ?? 1;
  }
}

/** The style that counts tell: comma only if more can only be that than can only be point. */
export function styleIn({ comma, point }: StyleCounts): NumberStyle {
  return comma > point ? 'comma' : 'point';
}

/** The style of a column from a sample of its values, likewise. */
export function numberStyle(sample: readonly string[], times?: Int32Array): NumberStyle {
  const counts = { comma: 0, point: 0 };
  countStyles(counts, sample, times);
  return styleIn(counts);
}

/** The digits of a number that count, from the first that is not 0 to the last. */
function significant(text: string): string {
  const [mantissa = ''] = text.toLowerCase().split('e');
  return mantissa.replaceAll(/[-+.]/g, '').replace(/^0+/, '').replace(/0+$/, '');
}

/** True where a double has all digits of a fraction that were written: those that programs write of a double. */
const hasAllDigits = (text: string) =>
  plain.test(text) && significant(String(Number(text))) === significant(text);

/**
 * True for text that may be kept as a number without losing anything: no leading zeros as in a reference
 * (007) and no more digits than a double always holds, or just those that a double has where it is a fraction.
 */
export function isPlainNumber(text: string): boolean {
  const size = text.length;
  if (size === 0 || size > 24) return false;
  let at = 0;
  const sign = text.charCodeAt(0);
  if (sign === 45 || sign === 43) at = 1;
  if (text.charCodeAt(at) === 48 && text.charCodeAt(at + 1) >= 48 && text.charCodeAt(at + 1) <= 57)
    return false;
  let digits = 0;
  let points = 0;
  for (; at < size; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) digits += 1;
    else if (code === 46 && points === 0) points = 1;
    else if (code === 101 || code === 69)
      return digits > 0 && (digits <= surest ? plain.test(text) : hasAllDigits(text));
    else return false;
  }
  return digits > 0 && (digits <= surest || (points === 1 && hasAllDigits(text)));
}
