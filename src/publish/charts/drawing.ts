import type { SvgElement } from './accessible.ts';

/** The two widths at which every chart is drawn: for a page on a desk and for one on a phone. */
export type ChartWidth = 'wide' | 'narrow';

/** Sizes in pixels for one width. */
export interface Drawing {
  readonly name: ChartWidth;
  readonly width: number;
  readonly fontSize: number;
  /** Characters of Arial that fit into a number of pixels, roughly. */
  readonly charactersIn: (pixels: number) => number;
}

export const drawings: Readonly<Record<ChartWidth, Drawing>> = {
  wide: { name: 'wide', width: 900, fontSize: 16, charactersIn: (pixels) => Math.floor(pixels / 8.2) },
  narrow: { name: 'narrow', width: 340, fontSize: 14, charactersIn: (pixels) => Math.floor(pixels / 7.2) },
};

/** Four colours that differ in lightness too; a line also differs by its dash, a bar by its label. */
export const palette = ['#12436D', '#28A197', '#801650', '#F46A25'] as const;
export const dashes = ['', '7 4', '2 4', '10 3 2 3'] as const;
export const ink = '#0b0c0c';
export const grey = '#505a5f';
export const gridGrey = '#cecece';

/** Breaks text into lines of at most a number of characters, cutting only words that are longer than a line. */
export function lines(text: string, most: number): readonly string[] {
  const room = Math.max(4, most);
  const out: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const piece = word.length > room ? `${word.slice(0, room - 1)}…` : word;
    if (line !== '' && line.length + 1 + piece.length > room) {
      out.push(line);
      line = piece;
    } else line = line === '' ? piece : `${line} ${piece}`;
  }
  if (line !== '') out.push(line);
  return out;
}

/** A text as short as it must be. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;
}

/** The document that Plot draws into; linkedom's, which is close enough to a browser's. */
export type PlotDocument = NonNullable<import('@observablehq/plot').PlotOptions['document']>;

/** What Plot draws, as the elements that `accessible` works on. */
export function asSvg(drawn: unknown): SvgElement {
  return drawn as SvgElement;
}
