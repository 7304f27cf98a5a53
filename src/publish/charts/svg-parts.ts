import type { SvgDocument, SvgElement } from './accessible.ts';
import { type Drawing, edge, grey, ink } from './drawing.ts';
import { plain, wrap } from './text-width.ts';

/** The document that Plot draws into; linkedom's, which is close enough to a browser's. */
export type PlotDocument = NonNullable<import('@observablehq/plot').PlotOptions['document']>;

/** A drawing to which parts are added one after the other, in pixels from its top left. */
export interface Canvas {
  readonly svg: SvgElement;
  readonly document: SvgDocument;
  readonly drawing: Drawing;
}

interface TextOptions {
  readonly x: number;
  /** The middle of the first line. */
  readonly y: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly fill?: string;
  /** White around the letters, so that a line behind them does not cross them out. */
  readonly halo?: boolean;
}

type Attributes = Readonly<Record<string, string | number>>;

const svgNamespace = 'http://www.w3.org/2000/svg';

function rounded(value: string | number): string {
  return typeof value === 'number' ? String(Math.round(value * 100) / 100) : value;
}

function element(canvas: Canvas, name: string, attributes: Attributes): SvgElement {
  const made = canvas.document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, rounded(value));
  return made;
}

/** Adds a shape such as a line or a rectangle. */
export function addShape(canvas: Canvas, name: string, attributes: Attributes): void {
  canvas.svg.insertBefore(element(canvas, name, attributes), null);
}

/** Adds lines of text, one element a line, so that each is measured and read by itself. */
export function addText(canvas: Canvas, lines: readonly string[], options: TextOptions): void {
  const { fontSize, lineHeight } = canvas.drawing;
  lines.map(plain).forEach((line, i) => {
    if (line === '') return;
    const text = element(canvas, 'text', {
      x: options.x,
      y: options.y + i * lineHeight,
      dy: '0.35em',
      'font-size': fontSize,
      'text-anchor': options.anchor ?? 'start',
      fill: options.fill ?? ink,
      ...(options.halo
        ? { stroke: 'white', 'stroke-width': 4, 'stroke-linejoin': 'round', 'paint-order': 'stroke' }
        : {}),
    });
    text.textContent = line;
    canvas.svg.insertBefore(text, null);
  });
}

/** The lines of the remarks that stand at the foot of a drawing. */
export function noteLines(notes: readonly string[], drawing: Drawing): readonly string[] {
  return notes.flatMap((note) => wrap(plain(note), drawing.width - 2 * edge, drawing.fontSize, 3));
}

/** Adds remarks below a height, such as how many bars are not drawn. */
export function addNotes(canvas: Canvas, lines: readonly string[], top: number): void {
  addText(canvas, lines, { x: edge, y: top + canvas.drawing.lineHeight / 2, fill: grey });
}

/** What Plot draws, as the elements that `accessible` works on. */
export function asSvg(drawn: unknown): SvgElement {
  return drawn as SvgElement;
}
