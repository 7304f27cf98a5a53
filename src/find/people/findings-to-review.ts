import type { Result } from '../../core/index.ts';

/** A finding that those who do the work may say something of, as the Results of `find` tell it. */
export interface FindingToReview {
  /** The id by which verdicts on it are kept. */
  readonly id: string;
  /** The id under which the list of findings shows it; the same as `id` where it shows none other. */
  readonly shown: string;
  readonly key: string;
  readonly title: string;
  readonly sign: string;
  /** What a verdict calls its pattern. */
  readonly pattern: string;
  /** True for a possible workaround, which is confirmed as one. */
  readonly isWorkaround: boolean;
  readonly share: number | null;
  readonly cases: string;
  readonly question: string;
}

const tables: readonly (readonly [result: string, table: string])[] = [
  ['findings', 'findings'],
  ['findings', 'parts'],
  ['findings', 'dismissed'],
  ['workarounds', 'workarounds'],
];

/** Every finding of the Results of `find`, those that were dismissed too, each once, in their order. */
export function findingsToReview(results: readonly Result[]): readonly FindingToReview[] {
  const rows = tables.flatMap(([result, table]) => {
    const of = results.find(({ id }) => id === result)?.tables.find(({ id }) => id === table);
    return of?.rows ?? [];
  });
  const found = new Map<string, FindingToReview>();
  for (const row of rows) {
    const id = String(row.review ?? row.id);
    if (found.has(id)) continue;
    found.set(id, {
      id,
      shown: String(row.id),
      key: String(row.key),
      title: String(row.title),
      sign: String(row.sign),
      pattern: String(row.of ?? row.pattern),
      isWorkaround: (row.of ?? null) !== null,
      share: typeof row.share === 'number' ? row.share : null,
      cases: String(row.cases),
      question: String(row.question),
    });
  }
  return [...found.values()];
}
