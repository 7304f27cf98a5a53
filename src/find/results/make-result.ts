import { completeResult, type Provenance, type Result, type ResultParts } from '../../core/index.ts';
import type { FindWorkspace } from '../workspace.ts';

/** Completes a Result with its provenance and what is always to be said of demonstration data. */
export function makeResult(workspace: FindWorkspace, parts: ResultParts): Result {
  const { charter, hash } = workspace.loaded;
  return completeResult(
    parts,
    {
      charter: { service: charter.service, version: charter.version, hash },
      sources: workspace.sources,
    },
    charter.demonstration ? ['These are demonstration data, made up with a known truth.'] : [],
  );
}

/** The call of `wellspent calc` that gives a share and its interval again. */
export function shareCall(successes: number, n: number): Provenance['recompute'][number] {
  return { method: 'wilson', input: { successes, n, level: 0.95 } };
}
