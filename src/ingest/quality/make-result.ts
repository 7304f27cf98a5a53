import {
  type Column,
  completeResult,
  type Figure,
  type Result,
  type ResultParts,
  type Unit,
} from '../../core/index.ts';
import { sourceRecords, type Workspace } from '../workspace.ts';

/** Completes a Result about the data with its provenance. */
export function makeResult(workspace: Workspace, parts: ResultParts): Result {
  const { charter, hash } = workspace.loaded;
  return completeResult(
    parts,
    {
      charter: { service: charter.service, version: charter.version, hash },
      sources: sourceRecords(workspace.manifest),
    },
    charter.demonstration ? ['These data are made up for demonstration.'] : [],
  );
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
