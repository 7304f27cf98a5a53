import { isUtf8 } from 'node:buffer';
import { countOf, WellspentError } from '../../core/index.ts';

/** Places beyond which nobody counts on: a text with so many is not one that was damaged here and there. */
const mostPlaces = 1000;
const newline = 10;

/** What keeps bytes from being UTF-8. */
interface Utf8Faults {
  /** Places at which no character stands, at most `mostPlaces`; bytes side by side are one place. */
  places: number;
  /** Line, from 1, and first byte of the first place. */
  line: number;
  byte: number;
  /** Characters of more than one byte, at most one more than `mostPlaces`. */
  characters: number;
  /** Bytes of a character that the end cuts off. */
  cut: number;
}

/** Length of the character that begins at a place; 0 for none, -1 for one that goes on behind the end. */
function characterAt(bytes: Buffer, at: number): number {
  const lead = bytes[at] as number;
  if (lead < 0x80) return 1;
  const size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (at + size <= bytes.length) return isUtf8(bytes.subarray(at, at + size)) ? size : 0;
  const isLead = lead >= 0xc2 && lead <= 0xf4;
  return isLead && bytes.subarray(at + 1).every((byte) => (byte & 0xc0) === 0x80) ? -1 : 0;
}

function linesBefore(bytes: Buffer, end: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(newline); at >= 0 && at < end; at = bytes.indexOf(newline, at + 1)) lines += 1;
  return lines;
}

/** Looks through bytes for what is no UTF-8. */
async function findFaults(blocks: AsyncIterable<Buffer>): Promise<Utf8Faults> {
  const faults: Utf8Faults = { places: 0, line: 1, byte: 0, characters: 0, cut: 0 };
  let rest: Buffer = Buffer.alloc(0);
  let isInPlace = false;
  for await (const block of blocks) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, block]) : block;
    rest = Buffer.alloc(0);
    if (faults.characters > mostPlaces && isUtf8(bytes)) {
      if (faults.places === 0) faults.line += linesBefore(bytes, bytes.length);
      isInPlace = false;
      continue;
    }
    let firstAt = -1;
    for (let at = 0; at < bytes.length; ) {
      const size = characterAt(bytes, at);
      if (size < 0) {
        // A block's memory is used again.
        rest = Buffer.from(bytes.subarray(at));
        break;
      }
      if (size > 1 && faults.characters <= mostPlaces) faults.characters += 1;
      if (size === 0 && !isInPlace) {
        if (faults.places === 0) {
          firstAt = at;
          faults.byte = bytes[at] as number;
          faults.line += linesBefore(bytes, at);
        }
        faults.places += 1;
        if (faults.places >= mostPlaces) return faults;
      }
      isInPlace = size === 0;
      at += Math.max(1, size);
    }
    if (faults.places === 0 && firstAt < 0) faults.line += linesBefore(bytes, bytes.length - rest.length);
  }
  faults.cut = rest.length;
  return faults;
}

/**
 * Why a text that was taken for UTF-8 is none, where its bytes tell: `INPUT_TRUNCATED` for one that ends inside a
 * character, `INPUT_DAMAGED` for one that holds more characters of UTF-8 than places that are none. Null for a text
 * that is more likely in another encoding. Bytes of another encoding hardly ever make characters of UTF-8.
 */
export async function utf8Fault(blocks: AsyncIterable<Buffer>, file: string): Promise<WellspentError | null> {
  const { places, line, byte, characters, cut } = await findFaults(blocks);
  if (places === 0 && cut > 0)
    return new WellspentError('INPUT_TRUNCATED', `${file} ends in the middle of a character.`, {
      where: { file, line },
      // A single byte may also be a whole letter of another encoding, if it is the only one.
      ...(cut === 1 && characters === 0
        ? { hint: 'copy or export it again; if it is whole, say its encoding, such as windows-1252' }
        : {}),
    });
  if (places === 0 || characters <= places) return null;
  const many = places >= mostPlaces ? `${countOf(places, 'place')} or more` : countOf(places, 'place');
  const named = places === 1 ? `in line ${line}` : `the first in line ${line}`;
  return new WellspentError('INPUT_DAMAGED', `${file} is UTF-8 but for ${many}, ${named}.`, {
    where: { file, line },
    found: `the byte ${byte.toString(16).toUpperCase().padStart(2, '0')}, where a character should be`,
    hint: 'mend it or export the file again; read as windows-1252, every accented letter would be garbled',
  });
}
