import type { CellStyle } from './styles.ts';

const daySeconds = 86_400;
/** Days from 1899-12-30 to 1970-01-01, and from there to 9999-12-31. */
const epochDay = 25_569;
const lastDay = 2_958_465;
/** Days by which the 1904 system counts less. */
const from1904 = 1_462;

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function clockText(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${twoDigits(hours)}:${twoDigits(minutes)}:${twoDigits(seconds % 60)}`;
}

/**
 * A date cell as ISO text, rounded to the nearest second since binary fractions fall short of it.
 * In the 1900 system serial 60 is 29 February 1900, which never was, and is written as that; the serials below
 * stand for "none". Null for a number that is no date.
 */
export function dateText(serial: number, style: CellStyle, is1904: boolean): string | null {
  const total = Math.round((is1904 ? serial + from1904 : serial) * daySeconds);
  if (!(total >= 0) || total >= (lastDay + 1) * daySeconds) return null;
  const days = Math.floor(total / daySeconds);
  const seconds = total - days * daySeconds;
  if (style === 'clock' && (days === 0 || serial < 1)) return clockText(seconds);
  if (style === 'elapsed') return clockText(Math.round(serial * daySeconds));
  const clock = seconds === 0 && style === 'date' ? '' : `T${clockText(seconds)}`;
  if (!is1904 && days === 60) return `1900-02-29${clock}`;
  if (!is1904 && days < 60) return days === 0 ? `1899-12-30${clock}` : `1900-01-01${clock}`;
  const day = new Date((days - epochDay) * daySeconds * 1000).toISOString().slice(0, 10);
  return day + clock;
}

/**
 * A number cell as text: the digits that spreadsheets show (15), without the noise of binary fractions. A whole number
 * that is written in full stays as it is, however long: other programs than spreadsheets write ids so.
 */
export function numberText(raw: string): string {
  if (/^-?(0|[1-9]\d*)$/.test(raw)) return raw;
  const value = Number(raw);
  if (raw === '' || !Number.isFinite(value)) return raw;
  const rounded = Number(value.toPrecision(15));
  const text = String(rounded);
  if (!text.includes('e')) return text;
  return Math.abs(rounded) >= 1 ? BigInt(rounded).toString() : text;
}

/** Text with the escapes undone by which workbooks write characters that XML cannot hold. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([0-9a-f]{4})_/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
