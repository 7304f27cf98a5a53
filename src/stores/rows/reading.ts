import type { CountedClass } from './read-rows.ts';
import type { RowTrail, Share } from './row-trail.ts';

/** What the rows of a trail come to, worked out from its classes alone; null where they alone do not give the figure. */
export function readingOf({ gives }: RowTrail, classes: readonly CountedClass[]): number | null {
  if (!gives || gives.kind === 'quantile') return null;
  const over = (ids: readonly string[], of: (one: CountedClass) => number) =>
    classes.filter(({ id }) => ids.includes(id)).reduce((sum, one) => sum + of(one), 0);
  const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  const share = ({ part, of }: Share) =>
    ratio(
      over(part, ({ rows }) => rows),
      over(of, ({ rows }) => rows),
    );
  switch (gives.kind) {
    case 'count':
      return over(gives.of, ({ rows }) => rows);
    case 'sum':
      return over(gives.of, ({ sum }) => sum);
    case 'mean':
      return ratio(
        over(gives.of, ({ sum }) => sum),
        over(gives.of, ({ known }) => known),
      );
    case 'share':
      return share(gives);
    case 'difference': {
      const [later, earlier] = [share(gives.later), share(gives.earlier)];
      return later === null || earlier === null ? null : later - earlier;
    }
    case 'share-of-sum':
      return ratio(
        over(gives.part, ({ sum }) => sum),
        over(gives.of, ({ sum }) => sum),
      );
  }
}
