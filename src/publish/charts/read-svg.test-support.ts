import { parseHTML } from 'linkedom';
import { textWidth } from './text-width.ts';

/** One text of a drawing, with its ends as far as they can be judged without a font. */
export interface DrawnText {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly fill: string;
}

interface Parsed {
  readonly tagName: string;
  readonly textContent: string | null;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  readonly parentElement: Parsed | null;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<Parsed>;
}

/** The root of a drawing as a page would hold it. */
function parseSvg(svg: string): Parsed {
  const { document } = parseHTML(`<!doctype html><html><body>${svg}</body></html>`);
  const [root, ...more] = document.body.children as unknown as Parsed[];
  if (!root || more.length > 0) throw new Error('A drawing must be one element.');
  return root;
}

/** Every element of a drawing, the root first. */
export function elements(svg: string): readonly Parsed[] {
  const root = parseSvg(svg);
  return [root, ...root.querySelectorAll('*')];
}

/** How far the groups around an element move it to the right. */
function shift(element: Parsed): number {
  const parent = element.parentElement;
  if (!parent) return 0;
  const moved = /translate\(([\d.-]+)/.exec(parent.getAttribute('transform') ?? '')?.[1] ?? '0';
  return Number(moved) + shift(parent);
}

/** The left and right ends of what a reader sees. */
export function viewBoxEnds(svg: string): readonly [number, number] {
  const [left = 0, , width = 0] = parseSvg(svg).getAttribute('viewBox')?.split(/[ ,]+/).map(Number) ?? [];
  return [left, left + width];
}

/** The texts of a drawing in the order drawn, without its title and description. */
export function texts(svg: string): readonly DrawnText[] {
  return [...parseSvg(svg).querySelectorAll('text')].map((element) => {
    const text = element.textContent ?? '';
    const x = Number(element.getAttribute('x')) + shift(element);
    const width = textWidth(text, Number(element.getAttribute('font-size')));
    const anchor = element.getAttribute('text-anchor') ?? 'start';
    const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
    return { text, left, right: left + width, fill: element.getAttribute('fill') ?? 'black' };
  });
}

/** The words of a drawing, one text after the other. */
export function words(svg: string): string {
  return texts(svg)
    .map(({ text }) => text.trim())
    .join(' | ');
}

/** What assistive technology is told: the texts of the elements that `aria-labelledby` names. */
export function spoken(svg: string): readonly string[] {
  const all = elements(svg);
  const ids = all[0]?.getAttribute('aria-labelledby')?.split(' ') ?? [];
  return ids.map((id) => all.find((element) => element.getAttribute('id') === id)?.textContent ?? '');
}
