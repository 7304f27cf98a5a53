import {
  type Column,
  type Figure,
  provenance,
  type QueryRecord,
  type Result,
  type Status,
  type Table,
  type Unit,
} from '../../core/index.ts';
import { sourceRecords, type Workspace } from '../workspace.ts';

/** No group of fewer cases is described. */
export const leastCases = 10;

/** The parts of a Result that differ from one check of the data to the next. */
export interface ResultParts {
  readonly id: string;
  readonly question: string;
  readonly answer: string;
  readonly status: Status;
  readonly figures?: readonly Figure[];
  readonly tables?: readonly Table[];
  readonly charts?: Result['charts'];
  readonly caveats?: readonly string[];
  readonly next?: readonly string[];
  readonly method: string;
  readonly parameters?: Readonly<Record<string, string | number>>;
  readonly queries: readonly QueryRecord[];
}

/** Completes a Result about the data with its provenance. */
export function makeResult(workspace: Workspace, parts: ResultParts): Result {
  const { charter, hash } = workspace.loaded;
  const made = charter.demonstration ? ['These data are made up for demonstration.'] : [];
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
      sources: sourceRecords(workspace.manifest),
      parameters: parts.parameters ?? {},
      queries: parts.queries,
    }),
  };
}

/** A column of a table about the data. */
export function column(key: string, title: string, type: Column['type'] = 'text'): Column {
  return { key, title, type };
}

/** A figure without an interval: the data are counted, not sampled. */
export function figure(
  id: string,
  name: string,
  value: number | null,
  unit: Unit,
  period: string | null = null,
): Figure {
  return { id, name, value, unit, interval: null, period };
}
