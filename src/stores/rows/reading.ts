import { sql } from '../warehouse/sql.ts';
import type { Row, Warehouse } from '../warehouse/warehouse.ts';
import { type CountedClass, inClasses } from './read-rows.ts';
import type { Gives, RowTrail, Share } from './row-trail.ts';

/** What counted classes come to; null where they alone do not tell. */
function fromClasses(gives: Gives, classes: readonly CountedClass[]): number | null {
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
    case 'quantile':
      return null;
  }
}

/** What the rows of a trail come to, from its rows alone; null where they alone do not give the figure. */
export async function readingOf(
  warehouse: Warehouse,
  trail: RowTrail,
  classes: readonly CountedClass[],
): Promise<number | null> {
  const { gives, value } = trail;
  if (gives?.kind !== 'quantile' || !value) return gives ? fromClasses(gives, classes) : null;
  const [row] = await warehouse.query<Row & { q: number | null }>(
    sql`select ${warehouse.dialect.quantile(warehouse.dialect.toDouble(value.sql), gives.p)} as q from ${trail.from} where ${inClasses(trail, gives.of)}`,
  );
  return row?.q ?? null;
}
