import { provenance } from './provenance.ts';
import type { Provenance, Result } from './result.ts';

/** The least number of cases about which anything is said: smaller groups could tell of a person. */
export const leastCases = 10;

type Optional = 'figures' | 'tables' | 'charts' | 'caveats' | 'next';

/** The parts of a Result that differ from one to the next; a list left out is empty. */
export interface ResultParts extends Omit<Result, Optional | 'provenance'>, Partial<Pick<Result, Optional>> {
  readonly method: string;
  readonly queries: Provenance['queries'];
  readonly parameters?: Provenance['parameters'];
  /** Calls of `wellspent calc` that give the shares again. */
  readonly recompute?: Provenance['recompute'];
}

/** Completes a Result with its provenance; `standing` is what every Result of the workspace must say. */
export function completeResult(
  parts: ResultParts,
  from: Pick<Provenance, 'charter' | 'sources'>,
  standing: readonly string[],
): Result {
  const { method, queries, parameters = {}, recompute = [], ...own } = parts;
  return {
    ...own,
    figures: own.figures ?? [],
    tables: own.tables ?? [],
    charts: own.charts ?? [],
    caveats: [...(own.caveats ?? []), ...standing],
    next: own.next ?? [],
    provenance: provenance({ method, ...from, parameters, queries, recompute }),
  };
}
