import type { Answers } from '../../answers/index.ts';
import { type Result, WellspentError } from '../../core/index.ts';
import { chooseSides, compareSides, type SidesChosen } from '../../find/index.ts';
import { type Asks, notAsked } from '../layout/check-asked.ts';
import type { Query } from '../page.ts';
import type { ControlView } from '../result/map-view.ts';
import { texts } from '../texts.ts';

/** What an address may ask of the page that compares; the page checks the values itself. */
export const compareAsks: Asks = { of: null, first: null, second: null };

/** The comparison that an address asks for, and the links to all others. */
export interface ComparisonView {
  readonly result: Result;
  /** The part of the address that asks for it; empty where it asks for nothing. */
  readonly query: string;
  readonly controls: readonly ControlView[];
}

function address({ of, first, second }: SidesChosen): string {
  const given = Object.entries({ of, first, second }).filter(([, value]) => value !== undefined);
  const parts = given.map(([key, value]) => `${key}=${encodeURIComponent(value ?? '')}`);
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/**
 * The comparison that an address means; null where there is nothing to compare. `ADDRESS_NOT_UNDERSTOOD` where it names
 * what there is not.
 */
export function viewComparison(
  { comparisons }: Pick<Answers, 'comparisons'>,
  path: string,
  { of, first, second }: Query,
): ComparisonView | null {
  if (!comparisons) return null;
  const asked = { of, first, second };
  try {
    const shown = chooseSides(comparisons, asked);
    const words = texts.compare;
    const link = (text: string, isCurrent: boolean, to: SidesChosen) => ({
      text,
      rest: '',
      href: `${path}${address(to)}`,
      isCurrent,
    });
    const { dimension } = shown;
    const sides = (which: 'first' | 'second', other: 'first' | 'second') =>
      dimension.sides
        .filter(({ value }) => value !== shown[other].value)
        .map(({ value }) =>
          link(value, value === shown[which].value, {
            of: dimension.id,
            [which]: value,
            [other]: shown[other].value,
          }),
        );
    return {
      result: compareSides(comparisons, asked),
      query: address(asked),
      controls: [
        {
          title: words.by,
          links: comparisons.dimensions.map(({ id, title }) => link(title, id === dimension.id, { of: id })),
        },
        { title: words.first, links: sides('first', 'second') },
        { title: words.second, links: sides('second', 'first') },
      ],
    };
  } catch (error) {
    if (!(error instanceof WellspentError) || error.code !== 'USAGE') throw error;
    throw notAsked(error.message, error.found ?? '', error.hint ?? '');
  }
}
