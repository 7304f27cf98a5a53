import { countOf, type Table, wilson } from '../../core/index.ts';
import type { PatternReview } from '../../stores/index.ts';

/** How often findings of each pattern were confirmed by those who do the work; none where nothing was reviewed. */
export function reviewsTable(
  reviews: readonly PatternReview[],
  signOf: (pattern: string) => string,
): readonly Table[] {
  if (reviews.length === 0) return [];
  return [
    {
      id: 'reviews',
      title: 'How often findings of a pattern were confirmed',
      columns: [
        { key: 'pattern', title: 'Pattern', type: 'text' },
        { key: 'confirmed', title: 'Confirmed', type: 'count', ofNobody: true },
        { key: 'reviewed', title: 'Reviewed', type: 'count', ofNobody: true },
        { key: 'low', title: 'At least (95%)', type: 'share', ofNobody: true },
        { key: 'high', title: 'At most (95%)', type: 'share', ofNobody: true },
      ],
      rows: reviews.map(({ pattern, confirmed, reviewed }) => {
        const { low, high } = wilson(confirmed, reviewed);
        return { pattern: signOf(pattern), confirmed, reviewed, low, high };
      }),
    },
  ];
}

/** Confirmed over reviewed of one pattern in words; null where none was reviewed. */
export function confirmedOf(reviews: readonly PatternReview[], pattern: string): string | null {
  const found = reviews.find((each) => each.pattern === pattern);
  return found ? `${found.confirmed} of ${found.reviewed}` : null;
}

/** That findings were left out because they were dismissed, and until when. */
export function dismissedCaveat(dismissed: readonly unknown[]): readonly string[] {
  if (dismissed.length === 0) return [];
  const [are, say] =
    dismissed.length === 1
      ? ['is', 'it is a legitimate exception or an error of the data']
      : ['are', 'they are legitimate exceptions or errors of the data'];
  return [
    `${countOf(dismissed.length, 'finding')} ${are} left out: those who do the work say that ${say}. A year after it was said, or when its share of cases has doubled, a finding is told again.`,
  ];
}
