import { WellspentError } from '../../../core/index.ts';
import { type Package, scanWholePart } from './xml-part.ts';
import type { ZipMember } from './zip-archive.ts';

/** What a cell's number format shows: a plain number, a day, a day with a clock, a clock alone, hours elapsed. */
export type CellStyle = 'number' | 'date' | 'time' | 'clock' | 'elapsed';

const builtIn: Readonly<Record<number, CellStyle>> = {
  14: 'date',
  15: 'date',
  16: 'date',
  17: 'date',
  18: 'clock',
  19: 'clock',
  20: 'clock',
  21: 'clock',
  22: 'time',
  45: 'clock',
  46: 'elapsed',
  47: 'clock',
};

/** The longest code that a spreadsheet program takes. */
const longestCode = 255;
const mostFormats = 100_000;

/** What a format code such as `dd/mm/yyyy hh:mm` shows. */
export function styleOfCode(code: string): CellStyle {
  if (code.length > longestCode) return 'number';
  const [first = ''] = code
    .toLowerCase()
    .replaceAll(/"[^"]*"|\\.|_.|\*./g, '')
    .split(';');
  if (/\[(h+|m+|s+)\]/.test(first)) return 'elapsed';
  const bare = first.replaceAll(/\[[^\]]*\]/g, '').replaceAll(/general|am\/pm|a\/p|e[+-]/g, '');
  const hasDay = /[ydeg]/.test(bare) || (bare.includes('m') && !/[hs]/.test(bare));
  const hasClock = /[hs]/.test(bare);
  if (hasDay) return hasClock ? 'time' : 'date';
  return hasClock ? 'clock' : 'number';
}

function styleOf(id: number, codes: ReadonlyMap<number, string>): CellStyle {
  const code = codes.get(id);
  if (code !== undefined) return styleOfCode(code);
  // Formats that East Asian versions of Excel hold ready: all of them dates, or clocks.
  if ((id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 54) || id === 57 || id === 58) return 'date';
  if ((id >= 32 && id <= 35) || id === 55 || id === 56) return 'clock';
  return builtIn[id] ?? 'number';
}

/** What each style of a workbook shows, by the number by which cells name it. */
export async function readStyles(pack: Package, member: ZipMember): Promise<readonly CellStyle[]> {
  const codes = new Map<number, string>();
  const formats: number[] = [];
  const path: string[] = [];
  await scanWholePart(pack, member, {
    open: (name, tag) => {
      const parent = path.at(-1);
      if (codes.size > mostFormats || formats.length > mostFormats)
        throw new WellspentError('INPUT_TOO_LARGE', `${pack.file} holds over 100,000 formats of cells.`, {
          where: { file: pack.file },
        });
      if (name === 'numFmt') codes.set(Number(tag.text('numFmtId')), tag.text('formatCode') ?? '');
      else if (name === 'xf' && parent === 'cellXfs') formats.push(Number(tag.text('numFmtId') ?? 0));
      path.push(name);
    },
    close: () => {
      path.pop();
    },
  });
  return formats.map((id) => styleOf(id, codes));
}
