import { provenance, type Result } from '../core/index.ts';
import type { LoadedCharter } from './charter.ts';

/** The charter in plain English. */
export function describeCharter(loaded: LoadedCharter): Result {
  const { charter, hash } = loaded;
  return {
    id: 'charter',
    question: 'What is this service for, and what do we mean by productive?',
    answer: charter.purpose,
    status: 'sound',
    figures: [],
    tables: [],
    charts: [],
    caveats: [],
    next: [],
    provenance: provenance({
      method: 'The charter, as its owner wrote it.',
      charter: { service: charter.service, version: charter.version, hash },
    }),
  };
}
