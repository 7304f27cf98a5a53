import type { Manifest, ManifestSource } from './store/manifest.ts';

/** A file with the day on which it was brought in: what it dates later cannot have happened when it was written. */
export interface BroughtIn {
  /** Number of the source, as the `source` column has it. */
  readonly source: number;
  readonly file: string;
  readonly as: ManifestSource['as'];
  /** ISO date, in UTC. */
  readonly day: string;
  /** The instant at which that day ends, ISO. */
  readonly until: string;
}

const dayMs = 86_400_000;

/** When each source was brought in, as the import recorded it, so that the answer is the same whenever it is asked. */
export function broughtInOf({ sources }: Manifest): readonly BroughtIn[] {
  return sources.flatMap(({ file, as, importedAt }, i) => {
    const day = importedAt.slice(0, 10);
    const start = Date.parse(`${day}T00:00:00Z`);
    if (Number.isNaN(start)) return [];
    return [{ source: i + 1, file, as, day, until: new Date(start + dayMs).toISOString() }];
  });
}

/** The instant from which nothing in the data can have happened yet: the last day on which cases, events or contacts came in has ended. */
export function knownUntil(sources: readonly BroughtIn[]): string | null {
  const ends = sources.flatMap(({ as, until }) =>
    as === 'events' || as === 'cases' || as === 'contacts' ? [until] : [],
  );
  return ends.toSorted().at(-1) ?? null;
}
