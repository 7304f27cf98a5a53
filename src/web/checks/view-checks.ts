import type { Result } from '../../core/index.ts';
import { statusText } from '../result/result-view.ts';
import type { StatusText } from '../texts.ts';

/** A check of the data in one line, with the page that holds it. */
export interface CheckView {
  readonly question: string;
  readonly answer: string;
  readonly status: StatusText;
  readonly href: string;
}

/** The checks of a service's data, in their own order. */
export function viewChecks(checks: readonly Result[], service: string): readonly CheckView[] {
  return checks.map(({ id, question, answer, status }) => ({
    question,
    answer,
    status: statusText(status),
    href: `/${service}/checks/${id}`,
  }));
}
