/** The parts of a DOM element that are used here; linkedom's own types are looser than we need. */
export interface SvgElement {
  readonly tagName: string;
  readonly children: Iterable<SvgElement>;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  setAttribute(name: string, value: string): void;
  getAttribute(name: string): string | null;
  removeAttribute(name: string): void;
  insertBefore(child: SvgElement, before: SvgElement | null): unknown;
  readonly firstChild: SvgElement | null;
  remove(): void;
  querySelectorAll(selector: string): Iterable<SvgElement>;
  textContent: string | null;
  readonly outerHTML: string;
}

export interface SvgDocument {
  createElementNS(namespace: string, name: string): SvgElement;
}

const svgNamespace = 'http://www.w3.org/2000/svg';
const kept = new Set(['role', 'aria-labelledby']);

/**
 * The one step that every drawing passes: no style elements or attributes (pages forbid inline style), no inner
 * ARIA that would be read out mark by mark, a title, a description, and the role of an image.
 */
export function accessible(
  svg: SvgElement,
  document: SvgDocument,
  parts: { readonly id: string; readonly title: string; readonly description: string },
): string {
  for (const style of [...svg.querySelectorAll('style')]) style.remove();
  for (const element of [svg, ...svg.querySelectorAll('*')]) {
    for (const { name, value } of [...element.attributes]) {
      const isCurrent = value === 'currentColor';
      if (isCurrent) element.setAttribute(name, '#0b0c0c');
      if (
        name === 'style' ||
        name === 'class' ||
        name.startsWith('on') ||
        (name.startsWith('aria-') && !kept.has(name))
      )
        element.removeAttribute(name);
    }
  }
  const describe = (tag: 'title' | 'desc', text: string) => {
    const element = document.createElementNS(svgNamespace, tag);
    element.setAttribute('id', `${parts.id}-${tag}`);
    element.textContent = text;
    return element;
  };
  svg.insertBefore(describe('desc', parts.description), svg.firstChild);
  svg.insertBefore(describe('title', parts.title), svg.firstChild);
  svg.setAttribute('xmlns', svgNamespace);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-labelledby', `${parts.id}-title ${parts.id}-desc`);
  svg.setAttribute('focusable', 'false');
  return svg.outerHTML;
}
