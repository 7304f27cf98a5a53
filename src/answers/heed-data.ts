import type { Result } from '../core/index.ts';
import { describeCharter } from '../define/index.ts';
import { describeQuality, describeSources, type Workspace } from '../ingest/index.ts';
import { interruptible } from '../stores/index.ts';
import { checkQuestions, heedInEvidence } from './can-answer.ts';
import { answerMonday } from './monday.ts';

/** Gives Results of one verb the status that pages give them: none sound that the data answer only in part. */
export type HeedData = (verb: 'measure' | 'find', results: readonly Result[]) => readonly Result[];

/**
 * Checks the data of a workspace, so that Results worked out from them elsewhere say the same as its pages. To be
 * called before they are worked out: both make tables of their own.
 */
export async function heedData(opened: Workspace, signal?: AbortSignal): Promise<HeedData> {
  const workspace = signal ? { ...opened, warehouse: interruptible(opened.warehouse, signal) } : opened;
  const { charter } = workspace.loaded;
  const described = describeCharter(workspace.loaded);
  const data = await describeSources(workspace);
  const checks = await describeQuality(workspace);
  return (verb, results) => {
    const evidence = { charter: described, data, measure: [], find: [], [verb]: results };
    const questions = answerMonday(evidence);
    return heedInEvidence(verb, results, questions, checkQuestions({ charter, questions, checks, data }));
  };
}
