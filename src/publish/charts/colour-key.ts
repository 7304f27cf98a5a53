import { type Drawing, edge } from './drawing.ts';
import { addText, type Canvas } from './svg-parts.ts';
import { plainName, textWidth, wrap } from './text-width.ts';

const gap = 6;
const between = 24;

/** One name of a colour key, and where its mark begins and the middle of its first line lies. */
interface KeyItem {
  readonly name: string;
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
}

/** A colour key laid out in rows from the top left of an area. */
export interface ColourKey {
  readonly items: readonly KeyItem[];
  readonly markWidth: number;
  readonly height: number;
}

/** Lays names out side by side, in as many rows as they need. */
export function layKey(
  names: readonly string[],
  drawing: Drawing,
  markWidth: number,
  top: number,
): ColourKey {
  const right = drawing.width - edge;
  const room = right - edge - markWidth - gap;
  const half = drawing.lineHeight / 2 + 2;
  const items: KeyItem[] = [];
  let x = edge;
  let rowTop = top;
  let rowBottom = top;
  for (const name of names) {
    const lines = wrap(plainName(name), room, drawing.fontSize, 2);
    const width = markWidth + gap + Math.max(...lines.map((line) => textWidth(line, drawing.fontSize)));
    if (x > edge && x + width > right) {
      x = edge;
      rowTop = rowBottom;
    }
    items.push({ name, lines, x, y: rowTop + half });
    rowBottom = Math.max(rowBottom, rowTop + lines.length * drawing.lineHeight + 4);
    x += width + between;
  }
  return { items, markWidth, height: rowBottom - top };
}

/** Draws a key: names in ink, each after the mark that carries its colour. */
export function addKey(
  canvas: Canvas,
  key: ColourKey,
  addMark: (x: number, y: number, name: string) => void,
): void {
  for (const { name, lines, x, y } of key.items) {
    addMark(x, y, name);
    addText(canvas, lines, { x: x + key.markWidth + gap, y });
  }
}
