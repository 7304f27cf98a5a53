import { WellspentError } from '../../../core/index.ts';
import { dateText, numberText, unescapeText } from './cell-text.ts';
import type { CellStyle } from './styles.ts';
import { type Package, scanPart } from './xml-part.ts';
import type { ZipMember } from './zip-archive.ts';

/** What kind of value a cell held; texts that look like dates are texts. */
export type CellKind = 'text' | 'number' | 'date' | 'error';

/** A row of a sheet: its cells by column from 0, holes and all. */
export interface SheetRow {
  readonly row: number;
  readonly cells: readonly string[];
  readonly kinds: readonly CellKind[];
}

/** Counts of things worth knowing about a sheet; complete after its last row. */
export interface SheetCounts {
  hiddenRows: number;
  mergedRanges: number;
  emptyFormulas: number;
  errorCells: number;
  /** First and last column, from 1, of each hidden range. */
  readonly hiddenColumns: (readonly [number, number])[];
}

export interface SheetContext {
  readonly sharedTexts: readonly string[];
  readonly styles: readonly CellStyle[];
  readonly is1904: boolean;
}

const mostColumns = 16_384;
const longestText = 16_000_000;

export function newSheetCounts(): SheetCounts {
  return { hiddenRows: 0, mergedRanges: 0, emptyFormulas: 0, errorCells: 0, hiddenColumns: [] };
}

/** The column of a reference such as `AB12`, from 0; -1 if it is none. */
function columnOf(reference: string): number {
  let column = 0;
  let at = 0;
  for (; at < reference.length; at++) {
    const code = reference.charCodeAt(at) & 0xdf;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
    if (column > mostColumns) return -1;
  }
  return at === 0 ? -1 : column - 1;
}

const isTrue = (value: string | null) => value === '1' || value === 'true';

/** Streams the rows of a sheet with every value as text; rows and cells must come in order. */
export async function* readSheetRows(
  pack: Package,
  member: ZipMember,
  context: SheetContext,
  counts: SheetCounts,
  onPacked?: (bytes: number) => void,
): AsyncIterable<readonly SheetRow[]> {
  const { file } = pack;
  const { sharedTexts, styles, is1904 } = context;
  const damaged = (what: string): WellspentError =>
    new WellspentError('INPUT_DAMAGED', `${file} is a damaged workbook: ${what}.`, { where: { file } });
  let ready: SheetRow[] = [];
  const path: string[] = [];
  let row = 0;
  let isHidden = false;
  let cells: string[] = [];
  let kinds: CellKind[] = [];
  let column = -1;
  let type = 'n';
  let style: CellStyle = 'number';
  let hasFormula = false;
  let collects = false;
  let text = '';

  const startRow = (reference: string | null, hidden: string | null) => {
    const number = reference === null ? row + 1 : Number(reference);
    if (!Number.isSafeInteger(number) || number <= row) throw damaged(`row ${reference} is out of order`);
    row = number;
    isHidden = isTrue(hidden);
    cells = [];
    kinds = [];
    column = -1;
  };
  const startCell = (reference: string | null, kind: string | null, styleId: string | null) => {
    const at = reference === null ? column + 1 : columnOf(reference);
    if (at <= column || at >= mostColumns) throw damaged(`cell ${reference ?? ''} is out of order`);
    column = at;
    type = kind ?? 'n';
    style = styles[Number(styleId ?? 0)] ?? 'number';
    hasFormula = false;
    text = '';
  };
  const cellValue = (): { readonly value: string; readonly kind: CellKind } => {
    if (type === 's') {
      const shared = sharedTexts[text.trim() === '' ? -1 : Number(text)];
      if (shared === undefined && text !== '') throw damaged(`a cell of row ${row} points at no text`);
      return { value: shared ?? '', kind: 'text' };
    }
    if (type === 'inlineStr' || type === 'str') return { value: unescapeText(text), kind: 'text' };
    if (type === 'b') return { value: isTrue(text.trim()) ? 'TRUE' : 'FALSE', kind: 'text' };
    if (type === 'e') return { value: text, kind: 'error' };
    if (type === 'd') return { value: text.trim(), kind: 'date' };
    const raw = text.trim();
    const date = style === 'number' || raw === '' ? null : dateText(Number(raw), style, is1904);
    return date === null ? { value: numberText(raw), kind: 'number' } : { value: date, kind: 'date' };
  };
  const endCell = () => {
    if (hasFormula && text === '') counts.emptyFormulas += 1;
    if (text === '' && type !== 's') return;
    const { value, kind } = cellValue();
    if (value === '') return;
    if (kind === 'error') counts.errorCells += 1;
    while (cells.length < column) {
      cells.push('');
      kinds.push('text');
    }
    cells.push(value);
    kinds.push(kind);
  };

  const pieces = scanPart(
    pack,
    member,
    {
      open: (name, tag) => {
        const depth = path.push(name);
        if (depth === 1 && name !== 'worksheet') throw damaged(`its sheet begins with <${name}>`);
        const parent = path[depth - 2];
        if (depth === 3 && name === 'row' && parent === 'sheetData')
          startRow(tag.text('r'), tag.text('hidden'));
        else if (depth === 4 && name === 'c' && parent === 'row')
          startCell(tag.text('r'), tag.text('t'), tag.text('s'));
        else if (depth === 5 && parent === 'c') {
          if (name === 'f') hasFormula = true;
          collects = name === 'v';
        } else if (depth >= 6 && path[4] === 'is') collects = name === 't' && !path.includes('rPh');
        else if (name === 'mergeCell') counts.mergedRanges += 1;
        else if (name === 'col' && counts.hiddenColumns.length < mostColumns && isTrue(tag.text('hidden')))
          counts.hiddenColumns.push([Number(tag.text('min')), Number(tag.text('max'))]);
      },
      close: () => {
        const name = path.pop();
        collects = false;
        if (path.length === 3 && name === 'c') endCell();
        else if (path.length === 2 && name === 'row' && path[1] === 'sheetData') {
          if (isHidden && cells.length > 0) counts.hiddenRows += 1;
          ready.push({ row, cells, kinds });
        }
      },
      text: (value) => {
        if (!collects) return;
        text += value;
        if (text.length > longestText)
          throw new WellspentError('INPUT_TOO_LARGE', `A cell of row ${row} of ${file} is too long.`, {
            where: { file, line: row },
          });
      },
    },
    onPacked,
  );
  for await (const _ of pieces) {
    if (ready.length === 0) continue;
    yield ready;
    ready = [];
  }
}
