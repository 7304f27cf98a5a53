import { addShape, addText, type Canvas } from './svg-parts.ts';
import { textWidth } from './text-width.ts';

/** A bar made of parts, as drawn: the ends of its parts in pixels from the left, in order, and its middle line. */
export interface StackedBar {
  readonly values: readonly number[];
  readonly ends: readonly number[];
  readonly start: number;
  readonly middle: number;
  readonly height: number;
}

/** Whether a bar is a whole made of parts: two or more of them, none negative. */
export function isWholeOfParts(values: readonly number[]): boolean {
  return values.length > 1 && values.every((value) => value > 0);
}

/**
 * Parts a stacked bar for the eye: a white line between neighbours, so that no colour has to tell them apart, and the
 * share of each part on it, where there is room for its words.
 */
export function labelParts(canvas: Canvas, { values, ends, start, middle, height }: StackedBar): void {
  const { fontSize } = canvas.drawing;
  const whole = values.reduce((sum, value) => sum + value, 0);
  values.forEach((value, i) => {
    const from = i === 0 ? start : (ends[i - 1] ?? start);
    const to = ends[i] ?? from;
    if (i > 0)
      addShape(canvas, 'line', {
        x1: from,
        x2: from,
        y1: middle - height / 2,
        y2: middle + height / 2,
        stroke: 'white',
        'stroke-width': 2,
      });
    const share = `${Math.round((100 * value) / whole)}%`;
    if (to - from >= textWidth(share, fontSize) + 12)
      addText(canvas, [share], { x: (from + to) / 2, y: middle, anchor: 'middle', halo: true });
  });
}
