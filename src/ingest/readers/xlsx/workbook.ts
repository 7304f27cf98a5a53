import { WellspentError } from '../../../core/index.ts';
import { ownText } from '../own-text.ts';
import { unescapeText } from './cell-text.ts';
import { type Package, scanWholePart } from './xml-part.ts';
import type { ZipMember } from './zip-archive.ts';

/** A sheet of a workbook and the part that holds it. */
export interface Sheet {
  readonly name: string;
  readonly isHidden: boolean;
  readonly member: ZipMember;
}

/** What a workbook says about itself. */
export interface Workbook {
  readonly is1904: boolean;
  readonly sheets: readonly Sheet[];
  readonly styles: ZipMember | undefined;
  readonly sharedTexts: ZipMember | undefined;
}

interface Relationship {
  readonly id: string;
  /** The last word of its type, such as `worksheet`. */
  readonly kind: string;
  readonly member: ZipMember | undefined;
}

const mostParts = 10_000;

function refuseMany(file: string, parts: number): void {
  if (parts > mostParts)
    throw new WellspentError('INPUT_TOO_LARGE', `${file} lists over 10,000 sheets or parts.`, {
      where: { file },
    });
}

/** A target as the name of a member: relative to the folder of the part that names it. */
function resolveTarget(folder: string, target: string): string {
  const parts = target.startsWith('/') ? [] : folder.split('/').filter((part) => part !== '');
  for (const part of target.split(/[\\/]/)) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/').toLowerCase();
}

async function relationships(pack: Package, part: string): Promise<readonly Relationship[]> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const own = pack.archive.members.get(`${folder}_rels/${part.slice(folder.length)}.rels`);
  const found: Relationship[] = [];
  if (!own) return found;
  await scanWholePart(pack, own, {
    open: (name, tag) => {
      if (name !== 'Relationship') return;
      refuseMany(pack.file, found.length);
      const target = resolveTarget(folder, tag.text('Target') ?? '');
      const isInside = tag.text('TargetMode') !== 'External';
      found.push({
        id: tag.text('Id') ?? '',
        kind: (tag.text('Type') ?? '').split('/').at(-1) ?? '',
        member: isInside ? pack.archive.members.get(target) : undefined,
      });
    },
    close: () => undefined,
  });
  return found;
}

interface NamedSheet {
  readonly name: string;
  readonly id: string | null;
  readonly isHidden: boolean;
}

/** Reads the list of sheets and finds the parts that belong to the workbook. */
export async function readWorkbook(pack: Package): Promise<Workbook> {
  const { file, archive } = pack;
  const main = (await relationships(pack, '')).find(({ kind }) => kind === 'officeDocument');
  const member = main?.member ?? archive.members.get('xl/workbook.xml');
  if (!member)
    throw new WellspentError('INPUT_DAMAGED', `${file} is a workbook without a list of sheets.`, {
      where: { file },
    });
  let is1904 = false;
  const named: NamedSheet[] = [];
  await scanWholePart(pack, member, {
    open: (name, tag) => {
      if (name === 'workbookPr') is1904 = ['1', 'true', 'on'].includes(tag.text('date1904') ?? '');
      if (name !== 'sheet') return;
      refuseMany(file, named.length);
      const state = tag.text('state');
      named.push({
        name: unescapeText(tag.text('name') ?? ''),
        id: tag.text('r:id'),
        isHidden: state !== null && state !== 'visible',
      });
    },
    close: () => undefined,
  });
  const parts = await relationships(pack, member.name.replaceAll('\\', '/').toLowerCase());
  const sheetParts = parts.filter(({ kind }) => kind === 'worksheet');
  const sheets = named.flatMap(({ name, id, isHidden }): readonly Sheet[] => {
    // Some writers name the relationship by another prefix; a single sheet can still be told.
    const isOnly = id === null && named.length === 1 && sheetParts.length === 1;
    const part = isOnly ? sheetParts[0] : sheetParts.find((own) => own.id === id);
    return part?.member ? [{ name, isHidden, member: part.member }] : [];
  });
  if (sheets.length === 0)
    throw new WellspentError('INPUT_DAMAGED', `${file} is a workbook without a sheet of cells.`, {
      where: { file },
    });
  const partOf = (kind: string) => parts.find((part) => part.kind === kind)?.member;
  return { is1904, sheets, styles: partOf('styles'), sharedTexts: partOf('sharedStrings') };
}

/** Reads the table of texts that cells point into; furigana are left out. */
export async function readSharedTexts(pack: Package, member: ZipMember): Promise<readonly string[]> {
  const { file, limits } = pack;
  const texts: string[] = [];
  const path: string[] = [];
  let text = '';
  let characters = 0;
  await scanWholePart(pack, member, {
    open: (name) => {
      path.push(name);
      if (name === 'si') text = '';
    },
    close: () => {
      if (path.pop() !== 'si') return;
      texts.push(ownText(unescapeText(text)));
      // A small allowance for each text, since empty ones take memory too.
      characters += text.length + 16;
      if (characters > limits.sharedCharacters)
        throw new WellspentError(
          'INPUT_TOO_LARGE',
          `${file} holds more than ${limits.sharedCharacters.toLocaleString('en-GB')} characters of texts.`,
          { where: { file } },
        );
    },
    text: (value) => {
      if (path.at(-1) === 't' && !path.includes('rPh')) text += value;
    },
  });
  return texts;
}
