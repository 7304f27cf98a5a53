import type { Result } from '../../core/index.ts';
import type { Page } from '../page.ts';
import type { OpenService } from '../shelf.ts';
import { viewChecks } from './view-checks.ts';

/** The data page with a line for each check of the data; any other page as it is. */
export function withChecks(page: Page, result: Result, { id, answers }: OpenService): Page {
  if (result !== answers.data) return page;
  return { ...page, content: { ...page.content, checks: viewChecks(answers.checks, id) } };
}
