import {
  type Chart,
  type Figure,
  type Provenance,
  provenance,
  type QueryRecord,
  type Result,
  type Status,
  type Table,
} from '../../core/index.ts';
import type { FindWorkspace } from '../workspace.ts';

/** The parts of a Result that differ from one finding verb to the next. */
export interface ResultParts {
  readonly id: string;
  readonly question: string;
  readonly answer: string;
  readonly status: Status;
  readonly figures?: readonly Figure[];
  readonly tables?: readonly Table[];
  readonly charts?: readonly Chart[];
  readonly caveats?: readonly string[];
  readonly next?: readonly string[];
  readonly method: string;
  readonly queries: readonly QueryRecord[];
  readonly parameters?: Readonly<Record<string, string | number>>;
  /** Calls of `wellspent calc` that give the shares again. */
  readonly recompute?: Provenance['recompute'];
}

/** Completes a Result with its provenance and what is always to be said of demonstration data. */
export function makeResult(workspace: FindWorkspace, parts: ResultParts): Result {
  const { charter, hash } = workspace.loaded;
  const made = charter.demonstration ? ['These are demonstration data, made up with a known truth.'] : [];
  return {
    id: parts.id,
    question: parts.question,
    answer: parts.answer,
    status: parts.status,
    figures: parts.figures ?? [],
    tables: parts.tables ?? [],
    charts: parts.charts ?? [],
    caveats: [...(parts.caveats ?? []), ...made],
    next: parts.next ?? [],
    provenance: provenance({
      method: parts.method,
      charter: { service: charter.service, version: charter.version, hash },
      sources: workspace.sources,
      parameters: parts.parameters ?? {},
      queries: parts.queries,
      recompute: parts.recompute ?? [],
    }),
  };
}

/** The call of `wellspent calc` that gives a share and its interval again. */
export function shareCall(successes: number, n: number): Provenance['recompute'][number] {
  return { method: 'wilson', input: { successes, n, level: 0.95 } };
}

/** The least number of cases about which anything is said. */
export const leastCases = 10;
