import { countOf } from '../../core/index.ts';
import type { DisclosureProfile } from '../../stats/index.ts';
import type { ProtectedResults } from '../disclosure/protect-results.ts';
import { precisionNote } from '../disclosure/share-precision.ts';

/** Every symbol that may stand in the place of a value, or beside one, and what it means. */
export function symbolMeanings({ symbol }: DisclosureProfile): readonly (readonly [string, string])[] {
  const meanings: readonly (readonly [string, string])[] = [
    ['[b]', 'a break in the series: figures before and after do not compare'],
    [
      '[c]',
      'confidential: suppressed so that small counts stay protected, or a share that rounding would move too far',
    ],
    ['[e]', 'estimated'],
    ['[low]', 'low, but not zero'],
    ['[p]', 'provisional'],
    ['[r]', 'revised'],
    ['[u]', 'of low reliability'],
    ['[x]', 'not available'],
    ['[z]', 'not applicable'],
  ];
  return symbol === '[c]'
    ? meanings
    : [
        [
          symbol,
          'suppressed so that small counts stay protected, or a share that rounding would move too far',
        ],
        ...meanings.filter(([mark]) => mark !== '[c]'),
      ];
}

/** How small counts of a publication are protected, in words for its readers. */
export function disclosureNotes({ profile, suppressed }: ProtectedResults): readonly string[] {
  const { threshold, base, symbol, zeros } = profile;
  const hidden = suppressed.primary + suppressed.secondary;
  return [
    `Counts of people and cases under ${threshold}${zeros === 'small' ? ', zeros among them,' : ', other than zeros,'} are suppressed: ${symbol}. Further counts are suppressed where they would give one away. ${countOf(hidden, 'count')} of this publication, shown or told by a share, ${hidden === 1 ? 'is' : 'are'} suppressed.`,
    ...(base > 1
      ? [
          `Other counts are rounded to the nearest ${base}, each from its true value, so tables need not add. Shares of counts are worked out from the rounded counts.`,
          `${precisionNote(profile)} So no share is off by much, beside its interval. A difference between two shares that is smaller than this can still come out the other way round.`,
        ]
      : []),
    'Indices are given to one decimal, shares and growth to 0.1 point, pounds and times to three significant figures. Smallest and greatest values are not published.',
  ];
}

/** What a page that is marked for publication says of its values. */
export function publicationNote({ name, threshold, base, symbol }: DisclosureProfile): string {
  const rounding = base > 1 ? `, others are rounded to the nearest ${base}` : '';
  return `Marked for publication: small counts are protected by the profile "${name}" (under ${threshold} is ${symbol}${rounding}), here and in its files. The exact values stand in the workspace.`;
}
