import type { Result } from '../../../core/index.ts';
import type { Workspace } from '../../workspace.ts';
import { makeResult } from '../make-result.ts';

/** A check that the data do not allow, with what would. */
export function cannotTell(workspace: Workspace, id: string, question: string, needs: string): Result {
  return makeResult(workspace, {
    id,
    question,
    answer: `Cannot tell: that needs ${needs}.`,
    status: 'cannot-tell',
    next: [`Add to the extract: ${needs}.`],
    method: 'no method was run',
    queries: [],
  });
}
