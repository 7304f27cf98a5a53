/** The two widths at which every chart is drawn: for a page on a desk and for one on a phone. */
export type ChartWidth = 'wide' | 'narrow';

/** Sizes in pixels for one width. */
export interface Drawing {
  readonly name: ChartWidth;
  readonly width: number;
  readonly fontSize: number;
  readonly lineHeight: number;
}

export const drawings: Readonly<Record<ChartWidth, Drawing>> = {
  wide: { name: 'wide', width: 900, fontSize: 16, lineHeight: 20 },
  narrow: { name: 'narrow', width: 340, fontSize: 14, lineHeight: 18 },
};

/**
 * Four colours that differ in lightness too; each is 3:1 or more on white, enough for a mark. Two of them are too
 * light for text, so text is always ink or grey, with a mark of the colour beside it.
 */
export const palette = ['#12436D', '#28A197', '#801650', '#F46A25'] as const;
export const dashes = ['', '7 4', '2 4', '10 3 2 3'] as const;
export const mostCategories = palette.length;
export const ink = '#0b0c0c';
export const grey = '#505a5f';
export const gridGrey = '#cecece';

/** Room kept free at every edge of a drawing. */
export const edge = 4;
