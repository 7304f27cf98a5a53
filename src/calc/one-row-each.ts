import type { z } from 'zod';

/** A check that no two rows of a list share what `key` holds: each is a fault that names both rows. */
export function oneRowEach<Key extends string>(key: Key) {
  return (rows: readonly Readonly<Record<Key, string>>[], context: z.RefinementCtx): void => {
    const firstAt = new Map<string, number>();
    rows.forEach((row, i) => {
      const first = firstAt.get(row[key]);
      if (first === undefined) firstAt.set(row[key], i);
      else
        context.addIssue({
          code: 'custom',
          path: [i, key],
          message: `"${row[key]}" is given twice, in rows ${first} and ${i} counted from 0`,
        });
    });
  };
}
